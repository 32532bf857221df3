"""The outside program and its record: started without a shell, ended in time, asked once."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deckbuild.errors import UsageError
from deckbuild.model import Answer, Declined, Json, LineEdit, Proposal, Unanswered
from deckbuild.options import RunOptions
from deckbuild.outside import open_outside
from deckbuild.outside.command import ask_command
from deckbuild.outside.record import key_of

REQUEST: dict[str, Json] = {"schema": 1, "path": "a.md", "line": 3, "source": "x = 1 / 0", "card": {"title": "Größe"}}
EDIT: Json = {"edits": [{"line": 1, "before": "x = 1 / 0", "after": "x = 1 / 1", "why": "one"}]}
PROPOSED = Proposal((LineEdit(1, "x = 1 / 0", "x = 1 / 1", "one"),))

Script = Callable[[str], str]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Writes a program, the answer of which is counted by the lines of `asked`; the command that starts it."""

    def written(body: str) -> str:
        path = tmp_path / "a program.py"
        head = f"import json, os, sys, time\nopen({str(tmp_path / 'asked')!r}, 'a').write('once\\n')\n"
        path.write_text(head + body)
        return f"{sys.executable} '{path}'"

    return written


def asked(folder: Path) -> int:
    path = folder / "asked"
    return path.read_text().count("once") if path.exists() else 0


def options(folder: Path, command: str | None, *, frozen: bool = False, limit_s: float = 30.0) -> RunOptions:
    record = str(folder / "record.jsonl")
    return RunOptions(repair_command=command, repair_record=record, repair_timeout_s=limit_s, frozen=frozen)


def ask(given: RunOptions, request: dict[str, Json] = REQUEST) -> Answer | Unanswered | None:
    with open_outside(given) as outside:
        return outside(request)


def test_it_gets_the_request_and_its_answer_is_read(tmp_path: Path, script: Script) -> None:
    command = script("told = json.load(sys.stdin)\nprint(json.dumps({'refuse': told['card']['title']}))")
    assert ask(options(tmp_path, command)) == Declined("Größe")


def test_it_has_the_users_environment_and_no_shell(
    tmp_path: Path, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_KEY", "secret")
    command = script("print(json.dumps({'refuse': os.environ['A_KEY'] + ' ' + ' '.join(sys.argv[1:])}))")
    injected = f"{command} '; touch {tmp_path / 'made'}' $HOME"
    assert ask(options(tmp_path, injected)) == Declined(f"secret ; touch {tmp_path / 'made'} $HOME")
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("print('I think that')", "wrote no JSON: 'I think that'"),
        ("pass", "wrote no JSON: nothing at all"),
        ("sys.exit('no key')", "ended with exit code 1: no key"),
        ("os.kill(os.getpid(), 9)", "was ended by signal 9"),
        ("print('[1]')", "wrote no answer"),
        ("print(json.dumps({'edits': []}))", "expected 1 to 8 edits"),
        ("print(json.dumps({'edits': [{'line': 1, 'before': 'a', 'after': 'b'}]}))", "just the fields"),
        (
            "print(json.dumps({'edits': [{'line': True, 'before': 'a', 'after': 'b', 'why': ''}]}))",
            "a whole number",
        ),
        ("print(json.dumps({'edits': [{'line': 1, 'before': 'a', 'after': '', 'why': ''}]}))", "takes none away"),
        (
            "print(json.dumps({'edits': [{'line': 1, 'before': '', 'after': 'a' * 2100, 'why': ''}] * 2}))",
            "more than 4000 characters",
        ),
        ("print(json.dumps({'edits': [], 'refuse': ''}))", "wrote no answer"),
        ("sys.stdout.write('x' * 300000)", "more than 256 KB"),
    ],
)
def test_what_is_no_answer_is_told_and_not_recorded(tmp_path: Path, script: Script, body: str, why: str) -> None:
    told = ask(options(tmp_path, script(body)))
    assert isinstance(told, Unanswered)
    assert why in told.why
    assert not (tmp_path / "record.jsonl").exists()


@pytest.mark.parametrize(
    "body",
    [
        "time.sleep(60)",
        "import subprocess\nsubprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])",
        "print('{}', flush=True)\nos.close(1)\ntime.sleep(60)",
    ],
)
def test_it_is_ended_in_time_with_all_that_it_started(tmp_path: Path, script: Script, body: str) -> None:
    begun_s = time.monotonic()
    assert ask(options(tmp_path, script(body), limit_s=0.5)) == Unanswered("gave no answer within 0.5 s")
    assert time.monotonic() - begun_s < 30


def test_a_program_that_does_not_listen_may_answer(tmp_path: Path) -> None:
    words = (sys.executable, "-c", "print('{}')")
    assert ask_command(words, "x" * 3_000_000, 30.0) == {}


def test_what_is_recorded_is_never_asked_again_and_needs_no_program(tmp_path: Path, script: Script) -> None:
    command = script(f"print({json.dumps(EDIT)!r})")
    assert ask(options(tmp_path, command)) == PROPOSED
    first = (tmp_path / "record.jsonl").read_bytes()
    moved = {**REQUEST, "path": "b.md", "line": 70}
    assert ask(options(tmp_path, command), moved) == PROPOSED
    assert ask(options(tmp_path, command, frozen=True)) == PROPOSED
    assert ask(options(tmp_path, None)) == PROPOSED
    assert asked(tmp_path) == 1
    assert (tmp_path / "record.jsonl").read_bytes() == first
    assert json.loads(first) == {"title": "Größe", "request": key_of(REQUEST), "answer": EDIT}


def test_what_is_not_recorded_is_not_answered_without_a_program(tmp_path: Path, script: Script) -> None:
    assert ask(options(tmp_path, None)) is None
    assert ask(options(tmp_path, script("print('{}')"), frozen=True)) is None
    assert asked(tmp_path) == 0


def test_the_record_is_sorted_and_grows(tmp_path: Path, script: Script) -> None:
    command = script("print(json.dumps({'refuse': 'no'}))")
    for title in ("B", "A", "C"):
        ask(options(tmp_path, command), {**REQUEST, "card": {"title": title}})
    lines = (tmp_path / "record.jsonl").read_text().splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["A", "B", "C"]


def test_the_same_question_at_the_same_time_is_asked_once(tmp_path: Path, script: Script) -> None:
    command = script("time.sleep(0.3)\nprint(json.dumps({'refuse': 'no'}))")
    with open_outside(options(tmp_path, command)) as outside, ThreadPoolExecutor(4) as pool:
        told = list(pool.map(outside, [REQUEST] * 4))
    assert told == [Declined("no")] * 4
    assert asked(tmp_path) == 1


def test_without_a_named_record_it_lies_with_the_cache(tmp_path: Path, script: Script) -> None:
    command = script("print(json.dumps({'refuse': 'no'}))")
    given = RunOptions(repair_command=command, cache_dir=str(tmp_path / "cache"))
    ask(given)
    ask(given)
    assert asked(tmp_path) == 1
    ask(RunOptions(repair_command=command, cache_dir=str(tmp_path / "cache"), cache=False))
    assert asked(tmp_path) == 2


@pytest.mark.parametrize("command", ["no-such-program-here", "'unclosed", " "])
def test_a_program_that_is_not_there_is_wrong_usage(tmp_path: Path, command: str) -> None:
    with pytest.raises(UsageError, match="--repair-command"):
        open_outside(options(tmp_path, command))


@pytest.mark.parametrize("line", ["no json", "{}", '{"request": "a", "title": "b", "answer": {"edits": []}}', "[]"])
def test_a_damaged_record_is_wrong_usage_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "record.jsonl").write_text(f"\n{line}\n")
    with pytest.raises(UsageError, match=r"record\.jsonl:2"):
        open_outside(options(tmp_path, None))
