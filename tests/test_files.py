"""Replacing files, with everything that can go wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deckbuild.errors import UsageError
from deckbuild.files import check_writable, replace_files


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_files_and_their_folders_are_made(tmp_path: Path) -> None:
    replace_files({tmp_path / "out" / "deep" / "a": b"1", tmp_path / "b": b"2"})
    assert (tmp_path / "out" / "deep" / "a").read_bytes() == b"1"
    assert names(tmp_path) == ["b", "out"]


def test_a_full_disk_leaves_all_old_files_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "b").write_bytes(b"old b")
    sync = os.fsync
    calls: list[int] = []

    def full(number: int) -> None:
        calls.append(number)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        sync(number)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="b: cannot be written: No space left on device"):
        replace_files({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert [(tmp_path / n).read_bytes() for n in names(tmp_path)] == [b"old a", b"old b"]


def test_an_interrupt_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def interrupted(number: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace_files({tmp_path / "a": b"new"})
    assert names(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_link_still_points_to_what_it_pointed_to(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    replace_files({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_new_files_have_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    replace_files({tmp_path / "a": b""})
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_device_is_written_to_and_not_replaced() -> None:
    replace_files({Path(os.devnull): b"gone"})
    assert Path(os.devnull).is_char_device()


def test_what_cannot_be_written_is_known_before(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a folder"):
        check_writable(tmp_path)
    with pytest.raises(UsageError, match="file is not a folder"):
        check_writable(tmp_path / "file" / "deck.apkg")
    check_writable(tmp_path / "new" / "folder" / "deck.apkg")


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a").touch(0o604)
    replace_files({tmp_path / "a": b"new"})
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o604
