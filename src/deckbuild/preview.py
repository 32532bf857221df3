"""Sources in; the folder with the preview page out.

read ──▶ check ──▶ draw ──▶ page
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .files import check_writable, replace_files
from .known import Progress
from .model import Checked
from .options import Options
from .pipeline import check
from .render import draw_note, note_style
from .report import draw_page

PAGE = "index.html"
SCRIPTS = ("tex-svg-full.js", "tex-svg.js", "tex-chtml-full.js", "tex-chtml.js")
"""Of a MathJax 3, those first that bring their fonts along."""
FONTS = "output/chtml/fonts/woff-v2"
_PLACES = (
    "node_modules/mathjax/es5",
    "/usr/local/lib/node_modules/mathjax/es5",
    "/usr/lib/node_modules/mathjax/es5",
    "/usr/share/nodejs/mathjax/es5",
    "/usr/share/nodejs/mathjax-full/es5",
)
"""Where npm and distributions put it."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """What became of a preview."""

    checked: Checked
    page: Path


def preview(
    paths: Sequence[str],
    folder: Path,
    options: Options,
    progress: Progress | None = None,
    stdin: bytes | None = None,
) -> Previewed:
    """The cards, checked, and the page with them written to the folder: all of its files, or none.

    A MathJax that is found on this machine is copied next to the page. Raises: as `check`.
    """
    page = folder / PAGE
    check_writable(page)
    checked = check(paths, options, progress, stdin)
    notes = [draw_note(c, checked.versions, checked.seed, context=options.cards.context) for c in checked.cards]
    formulas = any("\\(" in field or "\\[" in field for note in notes for field in note.fields)
    scripts = _scripts(find_mathjax()) if formulas else {}
    files = {**scripts, **draw_page(checked, notes, note_style(), next(iter(scripts), None))}
    replace_files({folder / name: data for name, data in files.items()})
    return Previewed(checked, page)


def find_mathjax() -> Path | None:
    """The script of a MathJax 3 on this machine: of npm, of the distribution, or of an Anki that is installed for this Python."""
    return next((path for place in _places() for name in SCRIPTS if (path := place / name).is_file()), None)


def _places() -> Iterator[Path]:
    yield from map(Path, _PLACES)
    anki = importlib.util.find_spec("_aqt")
    for location in (anki.submodule_search_locations or ()) if anki else ():
        yield Path(location) / "data/web/js/vendor/mathjax"


def _scripts(script: Path | None) -> Mapping[str, bytes]:
    """The script, and its fonts where it needs any, by their places next to the page; the script first."""
    if script is None:
        return {}
    fonts = sorted((script.parent / FONTS).glob("*.woff")) if "chtml" in script.name else []
    return {f"mathjax/{path.relative_to(script.parent).as_posix()}": path.read_bytes() for path in (script, *fonts)}
