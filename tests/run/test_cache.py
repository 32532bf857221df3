"""Outcomes of earlier builds: kept, found, thrown away."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from deckbuild.errors import UsageError
from deckbuild.model import Fault, FaultKind, Job, Outcome, Value
from deckbuild.options import RunOptions
from deckbuild.run import Cache, open_cache
from deckbuild.run.cache import RECENT, is_kept
from deckbuild.run.key import key_of
from deckbuild.store import FILE

OUTCOME = Outcome(None, "1\n", values=(Value("x", "int", data=1),))


def test_what_is_written_is_found_again(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.write([(b"a", OUTCOME), (b"b", Outcome(None))])
    with Cache(tmp_path) as cache:
        assert cache.read([b"a", b"c"]) == {b"a": replace(OUTCOME, cached=True)}
        assert cache.info().entries == 2


@pytest.mark.parametrize("kind", ["timeout", "killed", "memory", "broken", "uncached"])
def test_what_may_end_otherwise_is_not_kept(kind: FaultKind) -> None:
    assert not is_kept(Outcome(Fault(kind, "T", "m", None)))


@pytest.mark.parametrize("kind", ["raised", "syntax", "exit", "denied", "output"])
def test_what_ends_the_same_way_is_kept(kind: FaultKind) -> None:
    assert is_kept(Outcome(Fault(kind, "T", "m", None)))


def test_a_fault_of_one_of_two_runs_is_not_kept() -> None:
    assert not is_kept(Outcome(Fault("raised", "T", "in one of two runs: m", None)))


@pytest.mark.parametrize("garbage", [b"", b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_file_is_made_anew(tmp_path: Path, garbage: bytes) -> None:
    (tmp_path / FILE).write_bytes(garbage)
    with Cache(tmp_path) as cache:
        assert cache.read([b"a"]) == {}
        cache.write([(b"a", OUTCOME)])
        assert cache.read([b"a"])
        assert (cache.notes != ()) == (garbage != b"")


def test_a_file_cut_short_is_made_anew(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.write([(bytes([n]) * 8, replace(OUTCOME, stdout="x" * n * 99)) for n in range(100)])
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[: len(whole) // 2])
    with Cache(tmp_path) as cache:
        assert cache.read([bytes([n]) * 8 for n in range(100)]) == {}
        cache.write([(b"new", OUTCOME)])
        assert cache.read([b"new"])
        (note,) = cache.notes
        assert note.endswith("it was made anew")


WRITER = """
import sys
from pathlib import Path
from deckbuild.model import Outcome
from deckbuild.run import Cache
cache = Cache(Path(sys.argv[1]))
for n in range(10**9):
    cache.write([(b"%d-%d" % (n, m), Outcome(None, "x" * 5000)) for m in range(20)])
    print(n, flush=True)
"""


def test_a_build_that_is_killed_in_mid_write_spoils_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        done = [int(writer.stdout.readline()) for _ in range(20)][-1]
        writer.kill()
    with Cache(tmp_path) as cache:
        keys = [b"%d-%d" % (n, m) for n in range(done + 1) for m in range(20)]
        assert len(cache.read(keys)) == len(keys)
        assert cache.info().entries % 20 == 0
        cache.write([(b"new", OUTCOME)])
        assert cache.read([b"new"])
        assert cache.notes == ()


def test_two_builds_in_two_processes(tmp_path: Path) -> None:
    write = WRITER.replace("10**9", "15").replace("%d-%d", "WHO%d-%d")
    commands = [[sys.executable, "-c", write.replace("WHO", who), str(tmp_path)] for who in "ab"]
    builds = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    assert [build.wait() for build in builds] == [0, 0]
    with Cache(tmp_path) as cache:
        assert cache.info().entries == 2 * 15 * 20


def test_a_build_keeps_the_file_to_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cache.prune, "__defaults__", (20_000,))
    noise = random.Random(0)
    with Cache(tmp_path) as cache:
        cache.write([(bytes([n]), replace(OUTCOME, stdout=noise.randbytes(1500).hex())) for n in range(100)])
        assert cache.info().size_bytes > 100_000
    with Cache(tmp_path) as cache:
        assert 10_000 < cache.info().size_bytes <= 20_000
    assert (tmp_path / FILE).stat().st_size < 60_000


def test_foreign_entries_are_not_outcomes(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.write([(b"a", OUTCOME)])
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE outcomes SET payload = ?", (b"not compressed",))
    database.close()
    with Cache(tmp_path) as cache:
        assert cache.read([b"a"]) == {}


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.write([(b"old", OUTCOME), (b"new", OUTCOME)])
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("UPDATE outcomes SET used = 1 WHERE key = ?", (b"old",))
    database.close()
    with Cache(tmp_path) as cache:
        half = cache.info().size_bytes // 2
        assert cache.prune(half) == 1
        assert list(cache.read([b"old", b"new"])) == [b"new"]
        assert cache.clear() == 1
        assert cache.info().entries == 0


def test_two_builds_at_once(tmp_path: Path) -> None:
    def build(name: bytes) -> None:
        with Cache(tmp_path) as cache:
            for n in range(30):
                cache.write([(name + bytes([n]), OUTCOME)])
                assert cache.read([name + bytes([n])])
            assert cache.notes == ()

    builds = [threading.Thread(target=build, args=(name,)) for name in (b"a", b"b")]
    for thread in builds:
        thread.start()
    for thread in builds:
        thread.join()
    with Cache(tmp_path) as cache:
        assert cache.info().entries == 60


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--no-cache"):
        open_cache(RunOptions(cache_dir=str(tmp_path / "file")))


def test_without_a_cache_nothing_is_written(tmp_path: Path) -> None:
    with open_cache(RunOptions(cache=False, cache_dir=str(tmp_path))) as cache:
        cache.write([(b"a", OUTCOME)])
        assert cache.read([b"a"])
    assert list(tmp_path.iterdir()) == []


def test_the_key_knows_what_an_outcome_depends_on() -> None:
    options, job = RunOptions(), Job("x = 1")
    key = key_of(job, "trial", options)
    others = [
        key_of(Job("x = 2"), "trial", options),
        key_of(Job("x = 1 "), "trial", options),
        key_of(Job("x = 1", ("x",)), "trial", options),
        key_of(job, "confirm", options),
        key_of(job, "trial", replace(options, seed=1)),
        key_of(job, "trial", replace(options, sandbox="off")),
        key_of(job, "trial", replace(options, allow=("processes",))),
        key_of(job, "trial", options, ("files", "landlock 6")),
        key_of(job, "trial", options, ("files", "sealed", "landlock 6")),
    ]
    assert len({key, *others}) == 10
    same = (replace(options, timeout_s=1.0), replace(options, jobs=7), replace(options, cache_dir="elsewhere"))
    assert {key_of(job, "trial", o) for o in same} == {key}


def test_what_was_read_a_moment_ago_is_not_unpacked_again(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.write([(b"a", OUTCOME), (b"b", Outcome(None))])
        first = cache.read([b"a"])[b"a"]
        assert cache.read([b"b", b"a"])[b"a"] is first
        cache.write([(b"a", Outcome(None))])
        assert cache.read([b"a"]) == {b"a": replace(Outcome(None), cached=True)}
        cache.clear()
        assert cache.read([b"a", b"b"]) == {}


def test_few_stay_unpacked() -> None:
    keys = [bytes([n]) for n in range(2 * RECENT)]
    with Cache(None) as cache:
        cache.write([(key, OUTCOME) for key in keys])
        first = cache.read(keys)
        again = cache.read(keys)
        assert again == first
        assert [again[key] is first[key] for key in keys] == [False] * RECENT + [True] * RECENT
