"""Markdown -> HTML of a card. CommonMark with tables and strikethrough; formulas as Anki's MathJax wants them; of HTML only
`<br>`, `<sub>`, `<sup>` and `<kbd>` without attributes, comments vanish. Nothing else of HTML, no picture, no script comes through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from . import markdown_rules
from .code import draw_plain_code
from .formula import Formula, to_anki
from .html import Html, code_text, element, escaped, text

LONGEST_BLOCK = 10_000
"""Characters of a paragraph, list or table that are read as Markdown: of open brackets it takes the square of steps."""
_LONG_FORMULA = 40
"""Characters of a formula in a line that may be wider than a phone: it is scrolled by itself."""

Place = Callable[[int], Html]
"""Draws the block that a placeholder stands for."""


def draw_markdown(source: str, place: Place | None = None, after: Mapping[int, Html] | None = None) -> Html:
    """The text as HTML, a line for each row of it.

    `place` draws the placeholder lines (see `placeholder`), by their number. `after` holds what is to stand below the paragraph,
    heading, table or block that holds a line (0-based) of `source`; what belongs to no block comes last.
    """
    md = parser()
    env: EnvType = {"place": place, "after": dict(after or {})}
    tokens = _with_remarks(md.parse(_clean(source), env), env["after"])
    return Html(md.renderer.render(tokens, md.options, env).strip("\n"))


def draw_inline(source: str) -> Html:
    """The text as HTML without paragraphs: emphasis, code and formulas; what is endless as it is written."""
    if len(source) > LONGEST_BLOCK:
        return text(source)
    return Html(parser().renderInline(" ".join(_clean(source).split("\n")), {}))


def placeholder(number: int, indent: int = 0) -> str:
    """The line that stands for a block of its own: the fence's place in the text, and so in its lists."""
    return f"{' ' * indent}{markdown_rules.PLACE}{number}{markdown_rules.PLACE}"


def _clean(source: str) -> str:
    return source.replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown_rules.install(md)
    draw: dict[str, Callable[..., str]] = {
        "text": lambda _, tokens, i, *__: text(tokens[i].content),
        "math": _draw_formula,
        "math_block": lambda _, tokens, i, *__: element("p", to_anki(tokens[i].content, display=True)) + "\n",
        "code_inline": lambda _, tokens, i, *__: element("code", code_text(tokens[i].content)),
        "code_block": lambda _, tokens, i, *__: draw_plain_code(tokens[i].content.rstrip("\n"), None) + "\n",
        "fence": lambda _, tokens, i, *__: draw_plain_code(tokens[i].content.rstrip("\n"), tokens[i].info) + "\n",
        "image": _draw_image,
        "link_open": _open_link,
        "place": _draw_place,
        "remark": lambda _, tokens, i, *__: tokens[i].content + "\n",
        "table_open": lambda *_: '<div class="wide">\n<table class="grid">\n',
        "table_close": lambda *_: "</table>\n</div>\n",
        "th_open": _draw_cell,
        "td_open": _draw_cell,
    }
    for name, rule in draw.items():
        md.add_render_rule(name, rule)
    return md


def _draw_formula(_: RendererHTML, tokens: Sequence[Token], i: int, *__: Any) -> str:
    formula: Formula = tokens[i].meta["formula"]
    drawn = to_anki(formula.tex, display=formula.display)
    if not formula.display and len(formula.tex) > _LONG_FORMULA:
        drawn = element("span", drawn, classes="long")
    return formula.before + drawn + formula.after


def _draw_image(renderer: RendererHTML, tokens: Sequence[Token], i: int, options: OptionsDict, env: EnvType) -> Html:
    """What the picture shows, in words: the deck has no file for it, and a card loads nothing from elsewhere."""
    said = renderer.renderInlineAsText(tokens[i].children, options, env) or str(tokens[i].attrs.get("src", ""))
    return element("span", text(said), classes="image")


def _open_link(_: RendererHTML, tokens: Sequence[Token], i: int, *__: Any) -> str:
    """A link that leads somewhere from a card; others keep their text."""
    target = str(tokens[i].attrs.get("href", ""))
    return f'<a href="{escaped(target)}">' if target.startswith(("https://", "http://", "mailto:")) else "<a>"


def _draw_place(_: RendererHTML, tokens: Sequence[Token], i: int, __: OptionsDict, env: EnvType) -> str:
    drawer: Place | None = env["place"]
    return drawer(tokens[i].meta["number"]) + "\n" if drawer is not None else ""


def _draw_cell(_: RendererHTML, tokens: Sequence[Token], i: int, *__: Any) -> str:
    """A table's cell; its alignment is a class, not a style."""
    style = str(tokens[i].attrs.get("style", ""))
    side = style.rpartition(":")[2]
    return f'<{tokens[i].tag} class="{side}">' if side in ("right", "center") else f"<{tokens[i].tag}>"


def _with_remarks(tokens: list[Token], after: dict[int, Html]) -> list[Token]:
    """The tokens, with each remark behind the innermost block that holds its line."""
    behind: dict[int, list[Html]] = {}
    ends = _block_ends(tokens)
    for line, remark in sorted(after.items()):
        end = next((end for first, last, end in ends if first <= line < last), len(tokens) - 1)
        behind.setdefault(end, []).append(remark)
    placed = [_remark(r) for r in behind.get(-1, [])]
    for i, token in enumerate(tokens):
        placed.append(token)
        placed += [_remark(r) for r in behind.get(i, [])]
    return placed


def _block_ends(tokens: Sequence[Token]) -> list[tuple[int, int, int]]:
    """Of each block that holds text: its first line, the line after its last, the index of the token that ends it."""
    ends = []
    for i, token in enumerate(tokens):
        if token.map is None or token.type not in markdown_rules.LEAVES:
            continue
        closing = token.type.replace("_open", "_close")
        end = next(j for j in range(i, len(tokens)) if tokens[j].type == closing and tokens[j].level == token.level)
        ends.append((token.map[0], token.map[1], end))
    return ends


def _remark(fragment: Html) -> Token:
    return Token("remark", "", 0, content=fragment, block=True)
