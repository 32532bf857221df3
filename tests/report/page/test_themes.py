"""Night rules turned into rules for the system's colours and a box."""

from __future__ import annotations

from deckbuild.render import note_style
from deckbuild.report.page.themes import themed

CSS = """
/* {not a .nightMode rule} */
.card { color: black; }
.card.nightMode, .card.night_mode { color: white; }
.nightMode .x, .night_mode .x { color: red; }
@media (min-width: 1px) { .card .y { color: blue; } }
"""


TURNED = """
.card { color: black; }
@media (min-width: 1px) { .card .y { color: blue; } }
@media (prefers-color-scheme: dark) {
#theme:not(:checked) ~ .page .card { color: white; }
#theme:not(:checked) ~ .page .x { color: red; }
}
@media (prefers-color-scheme: light) {
#theme:checked ~ .page .card { color: white; }
#theme:checked ~ .page .x { color: red; }
}
"""


def test_day_rules_stay_and_night_rules_hold_by_the_box() -> None:
    assert themed(CSS).split() == TURNED.split()


def test_a_sheet_without_night_stays() -> None:
    assert themed(".card { color: black; }") == ".card { color: black; }\n"


def test_the_cards_own_sheet() -> None:
    css = note_style().css
    made = themed(css)
    assert css.count("nightMode") > 0
    assert "night" not in made
    assert made.count("{") == made.count("}")
    assert made.count("--db-bg: #1d1e21") == 2
