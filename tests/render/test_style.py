"""The note type's looks: colours that can be read in both modes, templates that hold no script and no style."""

from __future__ import annotations

import itertools
import re

import pytest

from deckbuild.model import FIELDS
from deckbuild.render import note_style

CSS = note_style().css
LIGHT_PAGES, DARK_PAGES = ("#ffffff", "#f5f5f5"), ("#1d1e21", "#2c2c2c", "#303030", "#000000")
"""What Anki's desktop, AnkiDroid's and an OLED's cards have behind them."""

Colour = tuple[float, float, float]


def variables(selector: str) -> dict[str, str]:
    """The variables that the first rule of a selector sets."""
    body = CSS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--db-\w+):\s*([^;]+);", body))


LIGHT = variables(".card")
DARK = variables(".card.nightMode, .card.night_mode")


def colour(written: str, below: Colour = (0, 0, 0)) -> Colour:
    """The colour of `#rgb`, `#rrggbb` or `rgba(r, g, b, a)` over what is below."""
    if written.startswith("#"):
        digits = written[1:] if len(written) == 7 else "".join(c * 2 for c in written[1:])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    red, green, blue, alpha = (float(x) for x in re.findall(r"[\d.]+", written))
    mixed = [alpha * a + (1 - alpha) * b for a, b in zip((red, green, blue), below, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def luminance(of: Colour) -> float:
    """Relative luminance. Source: WCAG 2.1."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (x / 255 for x in of)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: Colour, b: Colour) -> float:
    """The ratio of WCAG 2.1; 4.5 is enough for text."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def modes() -> list[tuple[dict[str, str], Colour]]:
    """Variables and background of each mode, the card's own and those of the apps."""
    return [(LIGHT, colour(p)) for p in (LIGHT["--db-bg"], *LIGHT_PAGES)] + [
        (LIGHT | DARK, colour(p)) for p in (DARK["--db-bg"], *DARK_PAGES)
    ]


@pytest.mark.parametrize("name", ["fg", "dim", "good", "bad", "guess", "f"])
def test_text_can_be_read_on_the_page(name: str) -> None:
    assert min(contrast(colour(v[f"--db-{name}"]), page) for v, page in modes()) >= 4.5


@pytest.mark.parametrize("name", ["fg", "k", "b", "f", "s", "m", "c", "good", "guess", "bad"])
@pytest.mark.parametrize("tint", [None, "goodbg", "badbg", "guessbg"])
def test_code_can_be_read_on_its_ground_and_on_the_tints(name: str, tint: str | None) -> None:
    for values in (LIGHT, LIGHT | DARK):
        ground = colour(values["--db-soft"])
        ground = colour(values[f"--db-{tint}"], ground) if tint else ground
        assert contrast(colour(values[f"--db-{name}"]), ground) >= 4.5


@pytest.mark.parametrize(("sign", "step"), [*itertools.product(("pos", "neg"), (1, 2, 3, 4))])
def test_digits_can_be_read_on_every_shade(sign: str, step: int) -> None:
    for values, page in modes():
        shade = colour(f"rgba({values[f'--db-{sign}']}, .{step})", page)
        assert contrast(colour(values["--db-fg"]), shade) >= 4.5


def test_dark_paints_again_what_the_app_paints_over() -> None:
    dark = CSS.split(".card.nightMode, .card.night_mode {", 1)[1].split("}", 1)[0]
    assert "color: var(--db-fg); background: var(--db-bg);" in dark


def test_dark_sets_every_colour_of_light() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_only_our_own_variables_are_set() -> None:
    assert set(re.findall(r"(--[\w-]+)\s*:", CSS)) == set(LIGHT)


def test_nothing_is_loaded_and_nothing_runs() -> None:
    style = note_style()
    sides = (style.card_front, style.card_back, style.predict_front, style.predict_back)
    assert not re.search(r"url\(|@import|prefers-color-scheme|\{\{", CSS)
    assert not re.search(r"<script|style=|on\w+=|http", "".join(sides))


def test_templates_name_fields_that_exist() -> None:
    style = note_style()
    sides = (style.card_front, style.card_back, style.predict_front, style.predict_back)
    named = {name for side in sides for name in re.findall(r"\{\{[#/^]?(\w+)\}\}", side)}
    assert named <= set(FIELDS)


def test_a_predict_card_is_made_only_where_the_field_is_filled() -> None:
    assert re.fullmatch(r"\{\{#Predict\}\}.*\{\{/Predict\}\}\s*", note_style().predict_front, re.DOTALL)


def test_the_back_holds_the_scroll_target() -> None:
    assert '<hr id="answer">' in note_style().card_back


def test_every_class_of_the_stylesheet_is_one_that_is_drawn() -> None:
    css_classes = set(re.findall(r"\.([a-z]\w*)", re.sub(r"/\*.*?\*/|\{[^}]*\}", "", CSS, flags=re.DOTALL)))
    assert css_classes >= {"card", "tensor", "claims", "refuted", "confirmed", "fix", "hint", "code", "diff"}
