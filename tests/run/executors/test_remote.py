"""The build's end of workers elsewhere: what it sends, what it takes, what it refuses."""

from __future__ import annotations

import socket
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from deckbuild.cli.main import main
from deckbuild.errors import UsageError
from deckbuild.model import Job
from deckbuild.options import RunOptions
from deckbuild.run import Runner, open_runner
from deckbuild.run.executors.find import open_pool
from deckbuild.run.executors.unit import Unit, read_answer, read_unit, versions_here, write_unit
from deckbuild.run.executors.work import mismatch, work
from deckbuild.run.frames import WireError
from deckbuild.run.worker.request import Request
from tests.run.running import confirmed

MAKING = "tests.run.executors.making"


def remote(name: str, **options: object) -> Runner:
    return Runner(replace(RunOptions(cache=False, executor=f"{MAKING}:{name}"), **options))  # type: ignore[arg-type]


def test_a_pool_of_processes_runs_programs(tmp_path: Path) -> None:
    options = RunOptions(cache_dir=str(tmp_path), timeout_s=20.0, executor=f"{MAKING}:spawned")
    with open_runner(options) as runner:
        assert runner.slots == 2
        assert confirmed(runner, "import torch\nx = torch.ones(2)").values[0].data == [1.0, 1.0]
        fault = confirmed(runner, "import os\nos._exit(0)").fault
        denied = confirmed(runner, "open('/etc/passwd')").fault
        found = runner.confinement()
    assert fault is not None
    assert fault.kind == "exit"
    assert (denied is not None and denied.kind == "denied") == (found["files"] == "confined")
    with open_runner(replace(options, executor="local", frozen=True)) as runner:  # the cache is the build's
        assert confirmed(runner, "import torch\nx = torch.ones(2)").cached


def test_a_unit_travels_as_text() -> None:
    options = RunOptions(seed=3, timeout_s=2.5, memory_mb=512, sandbox="off", allow=("network",))
    request = Request(0, (Job("x = 1\n", ("x",)), Job("y = 2\n")), batch=True)
    unit = Unit(options, {"torch": "2"}, (request,))
    assert read_unit(write_unit(unit)) == unit


def test_a_worker_does_no_work_for_another_version() -> None:
    unit = Unit(RunOptions(), {**versions_here(()), "torch": "1.0"})
    answer = read_answer(work(write_unit(unit)), 0)
    assert "found torch 2" in answer.refused
    assert "expected 1.0" in answer.refused


@pytest.mark.parametrize("name", ["deckbuild", "Python", "torch", "numpy"])
def test_what_must_be_the_same_is_told_with_both_versions(name: str) -> None:
    here = versions_here(())
    assert mismatch(here, here) == ""
    assert f"found {name} {here[name]} · expected 0" in mismatch({**here, name: "0"}, here)


def test_so_must_be_what_the_programs_import() -> None:
    named = versions_here([Request(0, (Job("import click\nimport os\n"),))])
    assert named["click"]
    assert "os" not in named
    assert "found click missing" in mismatch(named, {**named, "click": ""})


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"refused": "", "machine": [], "layers": [], "confinement": {}, "outcomes": ["{"]}']
)
def test_what_is_no_answer_is_not_taken(text: str) -> None:
    with pytest.raises(WireError):
        read_answer(text, 1)


@pytest.mark.parametrize("name", ["dying", "babbling"])
def test_what_is_lost_each_time_is_a_fault_of_its_own(name: str) -> None:
    with remote(name) as runner:
        outcomes = runner.trial([Job("x = 1"), Job("y = 2")])
    assert [outcome.fault and outcome.fault.kind for outcome in outcomes] == ["broken", "broken"]


def test_a_worker_without_deckbuild_stops_the_build() -> None:
    with remote("without_deckbuild") as runner, pytest.raises(UsageError, match="install it on the workers"):
        runner.confirm([Job("x = 1")])


def test_a_required_sandbox_is_required_of_the_workers() -> None:
    with remote("unconfined", sandbox="require") as runner:
        with pytest.raises(UsageError, match="on a worker: --sandbox require: files open"):
            runner.confinement()
        with pytest.raises(UsageError, match="on a worker: --sandbox require: files open"):
            runner.confirm([Job("x = 1")])


def test_a_worker_that_cannot_confine_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKBUILD_WITHOUT", "landlock,namespaces")
    with remote("spawned", sandbox="require") as runner, pytest.raises(UsageError, match=r"on a worker: .*files open"):
        runner.confinement()


@pytest.mark.parametrize("name", ["elsewhere", "openly"])
def test_outcomes_of_another_kind_of_machine_are_used_and_not_kept(name: str, tmp_path: Path) -> None:
    for _ in range(2):
        with remote(name, cache=True, cache_dir=str(tmp_path)) as runner:
            outcome = confirmed(runner, "print(1)")
            assert (outcome.stdout, outcome.cached) == ("1\n", False)


def test_no_worker_at_all_is_told() -> None:
    with remote("dying") as runner, pytest.raises(UsageError, match="no worker answers"):
        runner.confinement()


def test_nothing_is_connected_where_nothing_runs(tmp_path: Path) -> None:
    with open_runner(RunOptions(cache_dir=str(tmp_path), frozen=True, executor=f"{MAKING}:failing")) as runner:
        assert confirmed(runner, "x = 1").fault


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "expected local, dask://HOST:PORT or module:factory"),
        ("dask://", "expected local, dask://HOST:PORT or module:factory"),
        ("dask://host", "expected local, dask://HOST:PORT or module:factory"),
        ("loky", "expected local, dask://HOST:PORT or module:factory"),
        ("no_such_module:make", "found no module no_such_module"),
        (f"{MAKING}:no_such_function", "no_such_function"),
        (f"{MAKING}:NOT_CALLABLE", "not callable"),
        (f"{MAKING}:failing", "closed on Sundays"),
        (f"{MAKING}:wrong", "returned list · expected a concurrent.futures.Executor"),
    ],
)
def test_what_names_no_executor_is_told(name: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_pool(name)
    assert told in str(caught.value)


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("deckbuild.run.executors.find.CONNECT_S", 1.0)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        with pytest.raises(UsageError, match=f"dask scheduler --port {port}"):
            open_pool(f"dask://127.0.0.1:{port}")


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'deckbuild\[dask\]'"):
        open_pool("dask://127.0.0.1:1")


def test_the_command_line_and_a_file_name_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deck = tmp_path / "deck.md"
    deck.write_text("# One\n\n:p Which?\n\n??x\n```python\nx = 1\n```\nx??\n")
    with pytest.raises(SystemExit) as ended:
        main(["check", str(deck), "--executor", "nothing"])
    assert ended.value.code == 2
    (tmp_path / "deckbuild.toml").write_text(f'executor = "{MAKING}:failing"\n')
    with pytest.raises(SystemExit) as ended:
        main(["check", str(deck)])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "sets executor" in told
    assert "closed on Sundays" in told
