"""Configuration files: found, read, and refused with a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuild.cli.commands import build, check
from deckbuild.cli.fix import fix
from deckbuild.cli.preview import preview
from deckbuild.config import KINDS, read_config
from deckbuild.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with `notes/book.md` in it."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "book.md").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_option_can_stand_in_a_file() -> None:
    commands = (build, check, fix, preview)
    options = {str(p.name) for command in commands for p in command.params if p.name != "sources"}
    assert options == {key.replace("-", "_") for key in KINDS}


def test_no_file_no_settings(folder: Path) -> None:
    config = read_config(["notes/book.md"])
    assert (config.path, dict(config.settings)) == (None, {})


@pytest.mark.parametrize("sources", [["notes/book.md"], ["notes"], ["notes", "notes/book.md"]])
@pytest.mark.parametrize("place", ["notes/deckbuild.toml", "deckbuild.toml"])
def test_a_file_next_to_the_sources_or_above_counts(folder: Path, sources: list[str], place: str) -> None:
    (folder / place).write_text("jobs = 3\nfail-on = ['failed']\n")
    assert read_config(sources).settings == {"jobs": 3, "fail_on": ("failed",)}


def test_the_nearest_counts_and_deckbuild_toml_first(folder: Path) -> None:
    (folder / "deckbuild.toml").write_text("seed = 1")
    (folder / "notes" / "pyproject.toml").write_text("[tool.other]\nx = 1")
    assert read_config(["notes"]).settings == {"seed": 1}
    (folder / "notes" / "pyproject.toml").write_text("[tool.deckbuild]\nseed = 2")
    assert read_config(["notes"]).settings == {"seed": 2}
    (folder / "notes" / "deckbuild.toml").write_text("seed = 3")
    assert read_config(["notes"]).settings == {"seed": 3}


def test_paths_are_meant_from_where_the_file_lies(folder: Path) -> None:
    text = 'report = "../out/r.json"\nallow = ["read=data", "network"]\ncache_dir = "/tmp/cache"'
    (folder / "notes" / "deckbuild.toml").write_text(text)
    settings = read_config(["notes"]).settings
    assert settings["report"] == "out/r.json"
    assert settings["allow"] == ("read=notes/data", "network")
    assert Path(settings["cache_dir"]).resolve() == Path("/tmp/cache").resolve()


def test_standard_input_is_read_where_one_is(folder: Path) -> None:
    (folder / "deckbuild.toml").write_text("seed = 1")
    assert read_config(["-"]).settings == {"seed": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("timout = 5", "unknown setting 'timout' · did you mean 'timeout'?"),
        ("xyzzy = 5", "unknown setting 'xyzzy' · known are output, report"),
        ("jobs = 'two'", "'jobs' is 'two' · expected a whole number"),
        ("jobs = true", "'jobs' is True · expected a whole number"),
        ("strict = 1", "'strict' is 1 · expected true or false"),
        ("tag = [1]", "'tag' is [1] · expected a list of words"),
        ("jobs = ", "cannot be read: Invalid value"),
    ],
)
def test_what_is_wrong_is_told_with_the_file_and_a_hint(folder: Path, text: str, message: str) -> None:
    (folder / "deckbuild.toml").write_text(text)
    with pytest.raises(UsageError) as error:
        read_config(["notes"])
    assert str(error.value).startswith(f"{folder / 'deckbuild.toml'}: ")
    assert message in str(error.value)
