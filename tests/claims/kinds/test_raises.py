"""Errors that code is said to raise."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.model import Edit, Fault

from ..build import failed, make_card, run, verdicts

CODE = "```python\nt = (1, 2)\nt[0] = 5  # raises TypeError\n```"


def fault(kind: str, line: int) -> Fault:
    return Fault("raised", kind, "no", line, (line,))


@pytest.mark.parametrize(
    ("comment", "error"),
    [
        ("raises TypeError", "TypeError"),
        ("This will raise a ValueError", "ValueError"),
        ("IndexError: list index out of range", "IndexError"),
        ("throws `KeyError`", "KeyError"),
        ("-> ZeroDivisionError", "ZeroDivisionError"),
    ],
)
def test_is_recognised(comment: str, error: str) -> None:
    assert [c.expected for c in extract(make_card(f"```python\nf()  # {comment}\n```"))] == [error]


@pytest.mark.parametrize(
    "line",
    [
        "except KeyError:  # KeyError: not there",
        "f()  # can raise a KeyError",
        "f()  # handle errors",
        "raise KeyError()  # raises KeyError",
    ],
)
def test_is_left_alone(line: str) -> None:
    assert extract(make_card(f"```python\n{line}\n    pass\n```")) == ()


def test_exactly_that_error_from_that_line_confirms() -> None:
    card = make_card(CODE)
    assert verdicts(card, run(card, fault=fault("TypeError", 2)))[0][:2] == ("TypeError", "confirmed")
    assert verdicts(card, run(card, fault=fault("IndexError", 2)))[0][:2] == ("TypeError", "refuted")


def test_a_line_that_runs_refutes_only_unaided() -> None:
    card = make_card(CODE)
    assert verdicts(card, run(card)) == [("TypeError", "refuted", "no error")]
    edit = Edit("x", 1, "t = (1, 2)", "t = [1, 2]", "", "")
    assert verdicts(card, run(card, edits=[edit]))[0][1] == "untested"


def test_an_error_of_another_line_decides_nothing() -> None:
    card = make_card(CODE)
    assert verdicts(card, run(card, fault=fault("TypeError", 1)))[0][1] == "untested"


def test_a_session_shows_its_error() -> None:
    card = make_card(
        "```python\n>>> [][1]\nTraceback (most recent call last):\n  ...\nIndexError: list index out of range\n```"
    )
    (claim,) = extract(card)
    assert (claim.kind, claim.expected, claim.line) == ("raises", "IndexError", 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This raises an `IndexError`.", ["IndexError"]),
        ("The last line will raise a `IndexError`, as the list is short.", ["IndexError"]),
        ("Accessing a missing key raises a `KeyError`.", []),
        ("This may raise an `IndexError`.", []),
        ("It raises an `IndexError` if the list is short.", []),
        ("This does not raise an `IndexError`.", []),
        ("If the key is missing, it raises a `KeyError`.", []),
    ],
)
def test_prose_behind_code_that_points_at_it_is_recognised(text: str, expected: list[str]) -> None:
    card = make_card(f"```python\nxs[3]\n```\n{text}")
    assert [c.expected for c in extract(card) if c.kind == "raises"] == expected


@pytest.mark.parametrize(("error", "verdict"), [("IndexError", "confirmed"), ("KeyError", "refuted")])
def test_prose_is_held_against_the_error(error: str, verdict: str) -> None:
    card = make_card("```python\nxs[3]\n```\nThis raises an `IndexError`.")
    repairs = run(card, fault=fault(error, 1))
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(
    ("error", "verdict"),
    [("IndexError", "confirmed"), ("KeyError", "refuted"), ("LookupError", "untested"), ("OddError", "untested")],
)
def test_a_snippet_that_failed_tells_its_error(error: str, verdict: str) -> None:
    card = make_card("```python\nxs = [1]\nxs[3]\n```\nThis raises an `IndexError`.")
    assert [v for _, v, _ in verdicts(card, failed(run(card, fault=fault(error, 2))))] == [verdict]


def test_an_error_before_the_last_statement_is_not_surely_the_one_that_is_named() -> None:
    card = make_card("```python\nys = xs['a']\nxs[3]\n```\nThis raises an `IndexError`.")
    assert [v for _, v, _ in verdicts(card, failed(run(card, fault=fault("KeyError", 1))))] == ["untested"]


def test_an_error_on_what_another_card_defines_is_not_the_authors() -> None:
    card = make_card("```python\nxs[3]\n```\nThis raises an `IndexError`.")
    repairs = failed(run(card, setup=["xs = dict(a=1)"], fault=fault("KeyError", 2)))
    assert [v for _, v, _ in verdicts(card, repairs)] == ["untested"]


@pytest.mark.parametrize(
    ("subject", "count"),
    [("The assignment", 1), ("The last statement", 1), ("Such an assignment", 0), ("A careless user", 0)],
)
def test_the_words_that_point_at_the_code(subject: str, count: int) -> None:
    text = f"```python\nxs[0] = 1\n```\n{subject} raises a `TypeError`."
    assert [c.expected for c in extract(make_card(text))] == ["TypeError"] * count


@pytest.mark.parametrize(
    ("added", "error", "verdict"),
    [
        ("import torch", "TypeError", "refuted"),
        ("import torch\nfrom torch import nn", "TypeError", "refuted"),
        ("import torch", "NameError", "untested"),
        ("t = [1, 2]", "TypeError", "untested"),
    ],
)
def test_an_import_that_was_missing_spares_no_error(added: str, error: str, verdict: str) -> None:
    card = make_card(f"```python\nt = (1, 2)\nt[0]  # raises {error}\n```")
    edit = Edit("missing-import", None, "", added, "", "")
    assert [v for _, v, _ in verdicts(card, run(card, edits=[edit]))] == [verdict]
