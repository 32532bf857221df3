"""Functions that are only defined are called once: what that reaches, and what it must leave alone."""

from __future__ import annotations

from deckbuild.model import Run
from deckbuild.repair.draft import State, start_draft
from deckbuild.repair.exercise import exercise
from deckbuild.repair.scene import Scene
from tests.repair.conftest import Mend
from tests.repair.making import card, scene
from tests.repair.making import snippet as block


def exercised(code: str, run: Run) -> tuple[list[int], list[str]]:
    """The lines that calls reached, and the diagnostics' messages."""
    this = scene(card(code))
    with_run = Scene(this.card, this.library, (), run, this.judge)
    found = exercise(State((start_draft(block(code)),)), 0, with_run)
    return sorted(found.lines), [d.message for d in found.diagnostics]


def test_a_function_is_called_with_values_that_its_body_tells(run: Run) -> None:
    code = "def total(rows):\n    result = 0\n    for r in rows:\n        result = result + r * 2\n    return sum(rows) + result"
    lines, messages = exercised(code, run)
    assert {2, 3, 4, 5} <= set(lines)
    assert messages == []


def test_what_a_call_raises_is_an_information(run: Run) -> None:
    _, messages = exercised("def area(radius):\n    return pi_of_old * radius ** 2", run)
    assert messages == ["`pi_of_old` is defined nowhere in the deck: what reads it would fail when called"]


def test_what_only_the_made_up_value_causes_is_no_information(run: Run) -> None:
    _, messages = exercised("def clipped(x):\n    x = x.copy()\n    return x[:, 0] * 2", run)
    assert messages == []
    _, messages = exercised("def area(r):\n    return side(r * 2)\ndef side(a, b):\n    return a", run)
    assert len(messages) == 1
    assert "side() missing 1 required positional argument" in messages[0]


def test_a_call_brings_the_imports_that_its_values_need(run: Run) -> None:
    _, messages = exercised("def first(images):\n    return images.mean().view(1, 1)", run)
    assert messages == []


def test_functions_that_are_called_or_need_what_cannot_be_told_are_left_alone(run: Run) -> None:
    assert exercised("def f(x):\n    return x + 1\nf(2)", run) == ([], [])
    assert exercised("def f(x):\n    return x", run) == ([], [])


STEP = "    loss = model(torch.ones(2, 4)).sum()\n    loss.backward()\n    optimizer.step()"


def test_a_value_that_is_made_of_another_parameter_s_gets_it(run: Run) -> None:
    lines, messages = exercised(f"import torch\ndef step(model, optimizer):\n{STEP}", run)
    assert ({3, 4, 5} <= set(lines), messages) == (True, [])


def test_a_call_whose_values_read_what_the_program_lacks_is_not_made(run: Run) -> None:
    _, messages = exercised(f"import torch\ndef step(optimizer):\n{STEP}", run)
    assert messages == ["`model` is defined nowhere in the deck: what reads it would fail when called"]


def test_what_a_function_lacks_that_was_brought_in_is_told(mend: Mend) -> None:
    lent = card("def row_of_old():\n    return [0] * len(cells_of_old)", line=200)
    (repair,) = mend(card("def first():\n    return row_of_old()[0]"), lent)
    expected = (
        "`cells_of_old` is defined nowhere in the deck: `row_of_old`, which is brought in, would fail when called"
    )
    assert [(d.line, d.message) for d in repair.diagnostics] == [(repair.snippet.line, expected)]
    whole = card("def row_of_old():\n    return [0] * 9", line=200)
    (repair,) = mend(card("def first():\n    return row_of_old()[0]"), whole)
    assert repair.diagnostics == ()
