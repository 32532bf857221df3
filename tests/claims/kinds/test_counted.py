"""Counts said of names and models."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption, Edit, SnippetVerdict, Value

from ..build import make_card, plain, run, tensor, verdicts

CODE = "```python\nx = f()\n```\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Now `x` has 6 elements.", "6"),
        ("The tensor contains six elements.", "six"),
        ("Here `x` has a total of 1,200 trainable parameters.", "1,200"),
    ],
)
def test_is_recognised(text: str, expected: str) -> None:
    assert [c.expected for c in extract(make_card(CODE + text))] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "`x` can have 6 elements.",
        "There are 6 elements.",
        "`y` has 6 elements.",
        "`x` has 6 legs.",
        "`x` has 6 key elements.",
        "`x` consists of two key layers.",
        "`x` has 6 red elements.",
    ],
)
def test_is_left_alone(text: str) -> None:
    assert extract(make_card(CODE + text)) == ()


def test_is_held_against_the_value() -> None:
    card = make_card(CODE + "Now `x` has 6 elements.")
    assert verdicts(card, run(card, bound={2: tensor("x", [[1.0] * 3] * 2)})) == [("6", "confirmed", "6")]
    assert verdicts(card, run(card, bound={2: plain("x", [1, 2])})) == [("6", "refuted", "2")]
    assert verdicts(card, run(card))[0][1] == "untested"


def test_parameters_are_summed() -> None:
    card = make_card(CODE + "The model has 9 parameters.")
    members = tuple(
        Value(n, "torch.nn.parameter.Parameter", shape=s, requires_grad=True)
        for n, s in (("weight", (3, 2)), ("bias", (3,)))
    )
    assert verdicts(card, run(card, bound={2: Value("x", "torch.nn.modules.linear.Linear", members=members)})) == [
        ("9", "confirmed", "9")
    ]


@pytest.mark.parametrize(("text", "said"), [("Now `x` has 6 elements.", "6"), ("Now `x` has 8 elements.", "6")])
def test_nothing_that_the_author_says_is_said_of_a_stand_in(text: str, said: str) -> None:
    card = make_card("```python\nprint(x.ndim)\n```\n" + text)
    stand_in = Assumption("x", "torch.zeros(2, 3)", "made up")
    (repair,) = run(card, bound={2: tensor("x", [[0.0] * 3] * 2)})
    supplied = replace(
        repair,
        verdict=SnippetVerdict.COMPLETED,
        code=f"x = torch.zeros(2, 3)\n{repair.code}",
        line_map=(None, *repair.line_map),
        own=(2, 2),
        assumptions=(stand_in,),
        assumed=frozenset({"x"}),
    )
    assert [(v, c) for _, v, c in verdicts(card, (supplied,))] == [("untested", said)]


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("x = layer(8, 4)", "x = layer(8, 4, bias=False)", "assumed"),
        ("x = layer(8, 4, bias=False)", "x = layer(8, 4, stride=1, bias=False)", "confirmed"),
    ],
)
def test_a_count_proves_nothing_where_a_correction_took_the_biases(before: str, after: str, verdict: str) -> None:
    card = make_card(CODE + "Here `x` has 32 parameters.")
    edit = Edit("missing-argument", 1, before, after, "", "")
    weights = Value("x", "torch.nn.Linear", members=(replace(tensor("weight", [[1.0] * 8] * 4), requires_grad=True),))
    assert verdicts(card, run(card, bound={2: weights}, edits=[edit])) == [("32", verdict, "32")]


@pytest.mark.parametrize(
    ("text", "verdict"), [("3 rows", "confirmed"), ("2 rows", "refuted"), ("2 columns", "confirmed")]
)
def test_a_list_of_lists_has_rows_and_columns(text: str, verdict: str) -> None:
    card = make_card(CODE + f"Here `x` has {text}.")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("x", [[1, 2]] * 3)}))] == [verdict]


def test_lists_of_other_lengths_have_no_columns() -> None:
    card = make_card(CODE + "Here `x` has 2 columns.")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: plain("x", [[1, 2], [3]])}))] == ["untested"]


@pytest.mark.parametrize(("said", "verdict"), [("36", "confirmed"), ("32", "refuted")])
def test_the_layer_may_be_spoken_of_before_its_code(said: str, verdict: str) -> None:
    card = make_card(f"The layer has {said} parameters. It is small.\n```python\nx = layer(8, 4)\n```")
    weight, bias = tensor("weight", [[1.0] * 8] * 4), tensor("bias", [1.0] * 4)
    members = (replace(weight, requires_grad=True), replace(bias, requires_grad=True))
    layer = Value("x", "torch.nn.Linear", members=members)
    assert [v for _, v, _ in verdicts(card, run(card, bound={3: layer}))] == [verdict]


@pytest.mark.parametrize(("thing", "verdict"), [("model", "refuted"), ("layer", "untested")])
def test_of_several_layers_none_is_meant_by_the_layer(thing: str, verdict: str) -> None:
    card = make_card(CODE + f"The {thing} has 36 parameters.")
    made = (tensor("0.weight", [[1.0] * 8] * 4), tensor("0.bias", [1.0] * 4), tensor("2.weight", [[1.0] * 4]))
    members = tuple(replace(m, requires_grad=True) for m in made)
    model = Value("x", "torch.nn.Sequential", members=members)
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: model}))] == [verdict]


@pytest.mark.parametrize("subject", ["It", "The module", "The residual block", "The generator", "The LSTM"])
@pytest.mark.parametrize(("number", "verdict"), [("24", "confirmed"), ("25", "untested")])
def test_of_a_part_or_it_another_number_refutes_nothing(subject: str, number: str, verdict: str) -> None:
    card = make_card(CODE + f"{subject} has {number} parameters.")
    members = (Value("weight", "torch.nn.parameter.Parameter", shape=(4, 6), requires_grad=True),)
    repairs = run(card, bound={2: Value("x", "torch.nn.modules.linear.Linear", members=members)})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize("text", ["It has 9 parameters.", "The book has 24 parameters.", "It has 24 rows."])
def test_of_a_part_few_or_other_things_are_left_alone(text: str) -> None:
    assert extract(make_card(CODE + text)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`x` has 2 rows and 3 columns.", ["confirmed", "confirmed"]),
        ("`x` has 2 rows and 2 columns.", ["confirmed", "refuted"]),
        ("`x` has 2 rows and `y` 4 columns.", ["confirmed"]),
    ],
)
def test_columns_are_those_of_the_rows_before(text: str, found: list[str]) -> None:
    card = make_card(CODE + text)
    repairs = run(card, bound={2: tensor("x", [[1.0, 2, 3], [4, 5, 6]])})
    assert sorted(v for _, v, _ in verdicts(card, repairs)) == found


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (Value("x", "dict", length=2), "confirmed"),
        (Value("x", "dict", length=3), "refuted"),
        (Value("x", "list", length=2), "untested"),
    ],
)
def test_only_a_dict_has_keys(value: Value, verdict: str) -> None:
    card = make_card(CODE + "`x` has 2 keys.")
    assert [v for _, v, _ in verdicts(card, run(card, bound={2: value}))] == [verdict]
