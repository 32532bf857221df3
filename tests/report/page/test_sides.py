"""Templates filled as Anki fills them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.model import FIELDS, NoteStyle
from deckbuild.render import note_style
from deckbuild.report.page.sides import sides
from tests.sample import note

STYLE = NoteStyle("", "", "", "", "")


def front(template: str, **fields: str) -> str:
    (one,) = sides(note("a", (), **fields), replace(STYLE, card_front=template))
    return one.front


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("<b>{{Title}}</b>", "<b>Sums</b>"),
        ("{{#Title}}<b>{{Title}}</b>{{/Title}}.", "<b>Sums</b>."),
        ("{{#Context}}<b>{{Context}}</b>{{/Context}}.", "."),
        ("{{^Context}}none{{/Context}}{{^Title}}none{{/Title}}", "none"),
        ("{{#Title}}{{#Context}}both{{/Context}}{{^Context}}one{{/Context}}{{/Title}}", "one"),
    ],
)
def test_fields_and_sections(template: str, filled: str) -> None:
    assert front(template) == filled


def test_a_field_is_no_template() -> None:
    assert front("{{Question}}", Question="{{Title}} {{#Title}}x{{/Title}}") == "{{Title}} {{#Title}}x{{/Title}}"


def test_a_back_may_hold_the_front_and_has_no_ids() -> None:
    style = replace(STYLE, card_front="{{Title}}", card_back='{{FrontSide}}<hr id="answer"><hr id=answer>{{Answer}}')
    (one,) = sides(note("a"), style)
    assert one.back == "Sums<hr><hr><p>Answer.</p>"


def test_a_card_needs_something_on_its_front() -> None:
    assert [s.name for s in sides(note("a"), note_style())] == ["Card"]
    assert [s.name for s in sides(note("a", Predict="What shape?", PredictAnswer="2"), note_style())] == [
        "Card",
        "Predict",
    ]


def test_every_field_of_the_templates_is_known() -> None:
    fields = {name: f"<i>{name}</i>" for name in FIELDS}
    card, predict = sides(note("a", (), **fields), note_style())
    assert "{{" not in card.front + card.back + predict.front + predict.back
    assert "<i>Answer</i>" in card.back
    assert "<i>Answer</i>" not in card.front
