"""Shapes stated in comments, and of names in prose."""

from __future__ import annotations

import pytest

from deckbuild.claims import extract
from deckbuild.model import Assumption, Fault

from ..build import call, failed, make_card, plain, run, tensor, verdicts


def stated(code: str) -> list[str]:
    return [c.expected for c in extract(make_card(f"```python\n{code}\n```")) if c.kind == "shape"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("y = f(x)  # shape: (2, 6, 3)", "(2, 6, 3)"),
        ("y = f(x)  # Output shape: [2, 6]", "[2, 6]"),
        ("y = f(x)  # (batch, 3, 64, 64)", "(batch, 3, 64, 64)"),
        ("y = f(x)  # (B, T, C)", "(B, T, C)"),
    ],
)
def test_is_recognised(code: str, expected: str) -> None:
    assert stated(code) == [expected]


@pytest.mark.parametrize(
    "code",
    ["y = f(x)  # (see below)", "y = f(x)  # change the shape", "y = f(a, b)  # (a and b)", "# shape: (2, 3)\ny = 1"],
)
def test_is_left_alone(code: str) -> None:
    assert stated(code) == []


@pytest.mark.parametrize(
    "code",
    [
        "y = f(x)\n# Shape: (2, 3)",
        "y = f(x)\n# shape: torch.Size([2, 3])\n\nz = y",
        "for x in xs:\n    y = f(x)\n    # Output shape: [2, 3]",
        "print(y.shape)\n# shape (2, 3)\nz = y",
        "y = f(\n    x\n)\n# The resulting shape is (2, 3).",
    ],
)
def test_below_its_statement_is_recognised(code: str) -> None:
    assert [s.replace("[", "(").replace("]", ")").rstrip(".").replace("))", ")") for s in stated(code)] == ["(2, 3)"]


@pytest.mark.parametrize(
    "code",
    [
        "x = g()\n# shape: (2, 3)\ny = f(x)",
        "y = f(x)\n\n# shape: (2, 3)",
        "y = f(x)\n# input shape: (2, 3)",
        "y = f(x)\n# the shape (2, 3) is what the layer wants",
        "def f(x):\n    return g(x)\n# shape: (2, 3)",
        "import torch\n# shape: (2, 3)",
        "for x in xs:\n# shape: (2, 3)",
    ],
)
def test_between_statements_or_of_something_else_is_left_alone(code: str) -> None:
    assert stated(code) == []


@pytest.mark.parametrize(("comment", "verdict"), [("(2, 3)", "confirmed"), ("torch.Size([3, 2])", "refuted")])
def test_below_its_statement_is_held_against_its_value(comment: str, verdict: str) -> None:
    card = make_card(f"```python\ny = f(2)\n# shape: {comment}\n```")
    repairs = run(card, bound={2: tensor("y", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(("comment", "verdict"), [("(2, 3)", "confirmed"), ("(3, 2)", "refuted")])
def test_below_a_print_is_held_against_what_it_printed(comment: str, verdict: str) -> None:
    card = make_card(f"```python\ny = f(2)\nprint(y.shape)\n# shape: {comment}\n```")
    repairs = run(card, printed={3: "torch.Size([2, 3])\n"})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(
    ("comment", "verdict"),
    [
        ("shape: (2, 3)", "confirmed"),
        ("shape: (3, 2)", "refuted"),
        ("shape: (2, 3, 1)", "refuted"),
        ("(batch, 3)", "confirmed"),
        ("(batch, 4)", "refuted"),
        ("(n, 3)", "confirmed"),
        ("(B, T)", "untested"),
        ("(N, N)", "refuted"),
    ],
)
def test_is_held_against_the_value_on_the_line(comment: str, verdict: str) -> None:
    card = make_card(f"```python\nn = 2\ny = f(n)  # {comment}\n```")
    repairs = run(card, bound={2: plain("n", 2), 3: tensor("y", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])})
    assert verdicts(card, repairs)[0][1] == verdict


@pytest.mark.parametrize(
    ("comment", "verdict"),
    [
        ("input shape: (1, 6)", "untested"),
        ("expects shape (1, 6)", "untested"),
        ("from shape (6,) to shape (2, 3)", "untested"),
        ("its shape was (6, 1)", "untested"),
        ("input shape: (2, 3)", "confirmed"),
        ("expected shape: (1, 6)", "refuted"),
    ],
)
def test_what_may_speak_of_the_input_refutes_nothing(comment: str, verdict: str) -> None:
    card = make_card(f"```python\ny = f(2)  # {comment}\n```")
    repairs = run(card, bound={2: tensor("y", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])})
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


def test_inside_a_model_the_layers_output_decides() -> None:
    card = make_card("```python\ndef forward(x):\n    x = conv(x)  # (batch, 8, 5, 5)\n    return x\n```")
    assert verdicts(card, run(card, calls=[call(3, "Conv2d", (2, 1, 7, 7), (2, 8, 5, 5))]))[0][1] == "confirmed"
    assert verdicts(card, run(card, calls=[call(3, "Conv2d", (2, 1, 7, 7), (2, 8, 6, 6))]))[0][1] == "refuted"


def test_dimensions_that_come_from_a_stand_in_are_assumed() -> None:
    card = make_card("```python\ny = f(x)  # shape: (4, 10)\n```")
    stand_in = [Assumption("x", "torch.rand(4, 7)", "never defined")]
    made = {"setup": ["x = torch.rand(4, 7)"], "setup_values": [tensor("x", [[0.5] * 7] * 4)], "assumed": ["x", "y"]}
    repairs = run(card, bound={2: tensor("y", [[1.0] * 10] * 4)}, assumptions=stand_in, **made)  # type: ignore[arg-type]
    assert verdicts(card, repairs)[0][1] == "assumed"


def test_a_size_of_what_failed_later_may_be_that_of_a_stand_in_that_is_not_told() -> None:
    card = make_card("```python\nprint(x.shape)  # (4, 7)\nx.missing()\n```")
    stops = Fault("raised", "AttributeError", "no", 3, (3,))
    setup = {"setup": ["x = torch.rand(4, 7)"], "setup_values": [tensor("x", [[0.5] * 7] * 4)], "assumed": ["x"]}
    repairs = failed(run(card, printed={2: "torch.Size([4, 7])\n"}, fault=stops, **setup))  # type: ignore[arg-type]
    assert verdicts(card, repairs)[0][1] == "assumed"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("It has 4 samples with 7 features.", "confirmed", "refuted"),
        ("It has 4 heads and 7 layers.", "assumed", "untested"),
        ("It has 4 epochs and 7 features.", "assumed", "untested"),
    ],
)
def test_a_size_is_named_by_what_data_consist_of_only(text: str, right: str, wrong: str) -> None:
    stand_in = [Assumption("x", "torch.rand(4, 7)", "never defined")]
    made = {"setup": ["x = torch.rand(4, 7)"], "setup_values": [tensor("x", [[0.5] * 7] * 4)], "assumed": ["x", "y"]}
    for shape, verdict in (("(4, 10)", right), ("(5, 10)", wrong)):
        card = make_card(f"{text}\n```python\ny = f(x)  # shape: {shape}\n```")
        repairs = run(card, bound={3: tensor("y", [[1.0] * 10] * 4)}, assumptions=stand_in, **made)  # type: ignore[arg-type]
        assert verdicts(card, repairs)[-1][1] == verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Here `y` has shape (2, 3).", "(2, 3)"),
        ("The shape of `y` is `torch.Size([2, 3])`.", "torch.Size([2, 3])"),
        ("The resulting tensor has a shape of 2x3.", "2x3"),
    ],
)
def test_shapes_of_names_are_recognised_and_held_against_them(text: str, expected: str) -> None:
    card = make_card(f"```python\ny = f(2)\n```\n{text}")
    right = run(card, bound={2: tensor("y", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])})
    assert [(e, v) for e, v, _ in verdicts(card, right)] == [(expected, "confirmed")]
    wrong = run(card, bound={2: tensor("y", [[1.0], [4.0]])})
    assert verdicts(card, wrong)[0][1] == "refuted"


@pytest.mark.parametrize(
    ("printed", "stated", "verdict"),
    [
        ("torch.Size([2, 1])", "(3, 2)", "refuted"),
        ("torch.Size([3, 2])", "(3, 2)", "untested"),
        ("torch.Size([2, 1])", "(2, 3)", "untested"),
        ("7", "(3, 2)", "untested"),
        ("", "(3, 2)", "untested"),
    ],
)
def test_of_several_arrays_the_one_whose_shape_is_printed_is_the_output(
    printed: str, stated: str, verdict: str
) -> None:
    card = make_card(f"```python\nx = g()\nz = f(x)\nprint(z.shape)\n```\nThe output has the shape {stated}.")
    bound = {2: tensor("x", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 3: tensor("z", [[1.0], [4.0]])}
    repairs = run(card, bound=bound, printed={4: f"{printed}\n"} if printed else {})
    assert verdicts(card, repairs)[-1][1] == verdict


@pytest.mark.parametrize(("size", "verdict"), [("3x4", "confirmed"), ("4x3", "refuted"), ("2x3", "refuted")])
def test_height_and_width_alone_are_the_last_two_dimensions(size: str, verdict: str) -> None:
    card = make_card(f"```python\nout = f(2)\n```\nThe resulting tensor has a size of {size}.")
    image = tensor("out", [[[1.0] * 4] * 3])
    assert verdicts(card, run(card, bound={2: image}))[0][1] == verdict


@pytest.mark.parametrize(
    "text",
    [
        "It can have shape (2, 3).",
        "Take the point (2, 3).",
        "The value at position (2, 3) is high.",
        "Here `z` has shape (2, 3).",
    ],
)
def test_other_pairs_are_left_alone(text: str) -> None:
    assert extract(make_card(f"```python\ny = f(2)\n```\n{text}")) == ()


def test_of_several_arrays_the_one_called_an_output_is_meant() -> None:
    text = "```python\nx = g()\n{} = f(x)\n```\nThe output has the shape (3, 2)."
    x = tensor("x", [[1.0] * 3] * 2)
    for name, verdict in (("out", "refuted"), ("z", "untested")):
        card = make_card(text.format(name))
        assert verdicts(card, run(card, bound={2: x, 3: tensor(name, [[1.0], [4.0]])}))[-1][1] == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The output has the shape (2, 3).", "refuted"),
        ("For a single image the output has the shape (1, 1).", "untested"),
        ("For each image the output has the shape (1, 1).", "untested"),
        ("Per image, the output has the shape (1, 1).", "untested"),
        ("The output has the shape (3,).", "untested"),
        ("The output shape is (2, 3).", "refuted"),
        ("The output shape is (2, 1).", "confirmed"),
    ],
)
def test_of_one_example_the_output_may_be_another(text: str, verdict: str) -> None:
    card = make_card(f"```python\nout = f(2)\n```\n{text}")
    assert verdicts(card, run(card, bound={2: tensor("out", [[1.0], [4.0]])}))[0][1] == verdict


@pytest.mark.parametrize(
    ("code", "stated", "verdict"),
    [
        ("print(pool(x).shape)", "(2, 1)", "confirmed"),
        ("print(pool(x).shape)", "(1, 2)", "refuted"),
        ("print(pool(x).shape)", "(2, 3)", "refuted"),
        ("print((x @ w).shape)", "(2, 1)", "confirmed"),
        ("print(pool(z).shape)", "(2, 3)", "untested"),
        ("print(pool(x).shape)", "(2, 1, 1)", "untested"),
        ("print(x.shape)", "(2, 1)", "untested"),
    ],
)
def test_the_shape_of_a_result_that_only_is_printed_may_confirm_it(code: str, stated: str, verdict: str) -> None:
    card = make_card(f"```python\nx = g()\n{code}\n```\nThe output has shape {stated}.")
    printed = {3: "torch.Size([2, 1])\n"} if code.startswith("print") else {}
    repairs = run(card, bound={2: tensor("x", [[1.0] * 3] * 2)}, printed=printed)
    assert verdicts(card, repairs)[-1][1] == verdict


@pytest.mark.parametrize(
    ("subject", "verdict"),
    [("This", "refuted"), ("Turning it", "untested"), ("It is short, and turning it", "untested")],
)
def test_another_deed_gives_another_shape(subject: str, verdict: str) -> None:
    card = make_card(f"```python\nx = g()\n```\n{subject} gives a tensor of shape (3, 2).")
    assert verdicts(card, run(card, bound={2: tensor("x", [[1.0] * 3] * 2)}))[-1][1] == verdict
