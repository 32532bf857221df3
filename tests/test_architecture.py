"""The house rules, read from the imports: stages know the model and nothing of each other; third parties have one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "deckbuild"
STAGES = ("source", "run", "repair", "claims", "render", "package", "report", "memory")
SHARED = {"model", "errors", "prose", "options", "showing", "syntax", "store", "lazy"}
DOORS = {
    "torch": {"run/worker"},
    "distributed": {"run/executors"},
    "genanki": {"package"},
    "click": {"cli"},
    "markdown_it": {"render", "source"},
    "pygments": {"render"},
    "anki": set(),
}


def modules() -> list[Path]:
    """All modules of the package."""
    return sorted(ROOT.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, anywhere in it."""
    package = ("deckbuild", *path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *((node.module,) if node.module else ())))
            yield from (f"{stem}.{a.name}" for a in node.names)


def place(path: Path) -> str:
    """`run/worker/fork.py`, say, without its ending."""
    return path.relative_to(ROOT).with_suffix("").as_posix()


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_only_itself_and_the_shared_modules(stage: str) -> None:
    allowed = SHARED | {stage, "__version__"}
    wrong = [
        f"{place(p)}: {name}"
        for p in modules()
        if place(p).startswith(stage + "/")
        for name in imported(p)
        if name.startswith("deckbuild.") and name.split(".")[1] not in allowed
    ]
    assert wrong == []


@pytest.mark.parametrize("library", DOORS)
def test_a_third_party_has_one_door(library: str) -> None:
    wrong = [
        place(p)
        for p in modules()
        for name in imported(p)
        if name.split(".")[0] == library
        and not any(place(p) == d or place(p).startswith(d + "/") for d in DOORS[library])
    ]
    assert wrong == []


def test_modules_are_small() -> None:
    long = {place(p): n for p in modules() if (n := len(p.read_text(encoding="utf-8").splitlines())) > 250}
    assert long == {}


def test_each_folder_of_tests_is_a_package() -> None:
    """Where one is none, its folder comes among those that can be imported from, on which the keys of kept cards depend."""
    folders = {path.parent for path in Path(__file__).parent.rglob("test_*.py")}
    assert sorted(folder for folder in folders if not (folder / "__init__.py").exists()) == []
