"""What a statement's result rests on."""

from __future__ import annotations

import ast

import pytest

from deckbuild.claims.facts.chance import draws, seeds
from deckbuild.claims.facts.reliance import binds, form_functions, reads, slice_back
from deckbuild.model import Assumption

from ..build import make_card, run, verdicts


def statement(code: str) -> ast.stmt:
    return ast.parse(code).body[0]


@pytest.mark.parametrize(
    ("code", "data", "form"),
    [
        ("y = x + 1", {"x"}, set()),
        ("y = x.shape", set(), {"x"}),
        ("y = len(x) + z", {"len", "z"}, {"x"}),
        ("n = sum(p.numel() for p in m.parameters())", {"sum"}, {"p", "m"}),
        ("n = sum(p.numel() for m in (a, b) for p in m.parameters())", {"sum"}, {"p", "m", "a", "b"}),
        ("n = sum(p.sum() for m in (a, b) for p in m.parameters())", {"sum", "p", "m", "a", "b"}, set()),
        ("n = sum(p.sum() for p in m.parameters())", {"sum", "p", "m"}, set()),
        ("n = x[x > 0].shape", {"x"}, set()),
    ],
)
def test_reads_tell_numbers_from_form(code: str, data: set[str], form: set[str]) -> None:
    found = reads(statement(code))
    assert (set(found.data), set(found.form)) == (data, form)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("a, b = f()", {"a", "b"}),
        ("x[0] = 1", {"x"}),
        ("x.append(1)", {"x"}),
        ("for i in y:\n    z.add_(i)", {"i", "z"}),
        ("def f():\n    q = 1", {"f"}),
        ("import a.b as c", {"c"}),
    ],
)
def test_binds(code: str, names: set[str]) -> None:
    assert binds(statement(code)) == names


def test_a_slice_follows_names_and_mutations_backwards() -> None:
    code = "a = 1\nb = 2\nc = [a]\nc.append(9)\nd = b\nprint(c)\nc = 0\n"
    found = slice_back(code, 6)
    assert [s.lineno for s in found.nodes] == [1, 3, 4, 6]


def test_a_function_defined_later_belongs_to_it() -> None:
    assert [s.lineno for s in slice_back("def g():\n    return f()\nx = g()\ndef f():\n    return 1\n", 3).nodes] == [
        1,
        3,
        4,
    ]


@pytest.mark.parametrize("code", ["not python (", "x = 1"])
def test_no_statement_no_slice(code: str) -> None:
    assert slice_back(code, 7).nodes == ()


@pytest.mark.parametrize(
    ("code", "libraries"),
    [
        ("x = torch.rand(2)", {"torch"}),
        ("x = np.random.rand(2)", {"numpy"}),
        ("x = random.choice(y)", {"python"}),
        ("m = nn.Linear(2, 2)", {"torch"}),
        ("x = g(random_state=3).sample()", {"torch"}),
        ("x = split(y, seed=3)", set()),
        ("x = torch.zeros(2)", set()),
    ],
)
def test_draws(code: str, libraries: set[str]) -> None:
    assert draws(statement(code)) == libraries


@pytest.mark.parametrize(
    ("code", "libraries"),
    [
        ("torch.manual_seed(1)", {"torch"}),
        ("np.random.seed(1)", {"numpy"}),
        ("random.seed(1)", {"python"}),
        ("set_seed(1)", {"torch", "numpy", "python"}),
    ],
)
def test_seeds(code: str, libraries: set[str]) -> None:
    assert seeds(statement(code)) == libraries


@pytest.mark.parametrize(
    ("code", "printed", "verdict"),
    [
        ("print(torch.cuda.is_available())  # True", "False", "untested"),
        ("print(id(x))  # 41", "7", "untested"),
        ("print(datetime.now().year)  # 2021", "2026", "untested"),
        ("print(torch.__version__)  # '2.0'", "'2.9'", "untested"),
        ("print(ball.time)  # 41", "7", "refuted"),
        ("print(f(x.to(device)))  # 41", "7", "refuted"),
    ],
)
def test_what_the_machine_answers_refutes_nothing(code: str, printed: str, verdict: str) -> None:
    card = make_card(f"```python\ndevice = 'cuda' if torch.cuda.is_available() else 'cpu'\nx = 5\n{code}\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={4: printed}))] == [verdict]


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        ("np.random.default_rng(4)", "confirmed"),
        ("random.Random(4)", "confirmed"),
        ("np.random.default_rng()", "untested"),
    ],
)
def test_a_generator_with_a_seed_draws_what_it_draws(made: str, verdict: str) -> None:
    card = make_card(f"```python\nrng = {made}\nx = rng.normal(3)\nprint(x)  # 0.5\n```")
    assert [v for _, v, _ in verdicts(card, run(card, printed={4: "0.5\n"}))] == [verdict]


@pytest.mark.parametrize(("value", "verdict"), [("'cpu'", "confirmed"), ("torch.device('cpu')", "confirmed"), ("torch.ones(2)", "untested")])  # fmt: skip
def test_a_device_that_is_stood_in_for_changes_no_number(value: str, verdict: str) -> None:
    card = make_card("```python\nx = torch.tensor([1, 2]).to(device)\nprint(x)  # tensor([1, 2])\n```")
    repairs = run(
        card,
        printed={3: "tensor([1, 2])\n"},
        setup=[f"device = {value}"],
        assumptions=[Assumption("device", value, "")],
        assumed=["device", "x"],
    )
    assert [v for _, v, _ in verdicts(card, repairs)] == [verdict]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("return sum(p.numel() for p in m.parameters())", {"count"}),
        ("n = 0\n    for p in m.parameters():\n        n += p.numel()\n    return n", {"count"}),
        ("return m.weight.shape", {"count"}),
        ("return len(m)", {"count"}),
        ("return sum(p.sum() for p in m.parameters())", set()),
        ("n = 0\n    for p in m.parameters():\n        n += p.sum()\n    return n", set()),
        ("return m.shape, m.sum()", set()),
        ("return len(set(m))", set()),
        ("return 3", set()),
    ],
)
def test_a_function_may_ask_only_for_the_form(body: str, names: set[str]) -> None:
    assert form_functions(f"def count(m):\n    {body}\n") == names


@pytest.mark.parametrize(
    ("function", "names"),
    [
        ("sum(p.numel() for p in m.parameters())", {"count"}),
        ("sum(p.sum() for p in m.parameters())", set()),
        ("n", set()),
    ],
)
def test_so_may_one_without_a_definition(function: str, names: set[str]) -> None:
    assert form_functions(f"count = lambda m: {function}\n") == names


@pytest.mark.parametrize(
    ("body", "verdict"),
    [("return sum(p.numel() for p in m.parameters())", "confirmed"), ("return m(torch.ones(3)).sum()", "untested")],
)
def test_what_is_asked_of_the_form_of_a_drawn_layer_is_no_chance(body: str, verdict: str) -> None:
    card = make_card(
        f"```python\ndef count(m):\n    {body}\nnet = nn.Linear(3, 4)\nprint(count(net))  # 16\nprint(count(nn.Linear(3, 4)))  # 16\n```"
    )
    assert [v for _, v, _ in verdicts(card, run(card, printed={5: "16\n", 6: "16\n"}))] == [verdict] * 2


def test_the_shape_of_what_is_drawn_at_once_is_no_chance() -> None:
    assert draws(statement("print(torch.rand(2).shape)")) == frozenset()
    assert draws(statement("print(torch.rand(2).sum())")) == {"torch"}
    assert draws(statement("print(len(set(random.choices(xs))))")) == {"python"}
