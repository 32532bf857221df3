"""Which values a card shows."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest

from deckbuild.model import Assumption, Binding, Claim, ClaimVerdict, Judgement, Outcome, Repair, Value
from deckbuild.showing import MOST, shown_values

from .sample import BOOK, Says, ran, snippet


def tensor(name: str, shape: tuple[int, ...] = (2, 2), kind: str = "torch.Tensor") -> Value:
    """A tensor's snapshot."""
    return Value(name, kind, "float32", shape)


def number(name: str, written: str = "1") -> Value:
    """An int's snapshot."""
    return Value(name, "int", data=1, text=written)


def repaired(
    code: str, *values: Value, bindings: tuple[Binding, ...] = (), first: int = 1, unstable: tuple[str, ...] = ()
) -> Repair:
    """A repair whose program left these values; its own lines begin at `first`."""
    program = textwrap.dedent(code).strip()
    outcome = Outcome(None, values=values, bindings=bindings, unstable=unstable)
    return replace(ran(snippet(program)), code=program, own=(first, 1 + program.count("\n")), outcome=outcome)


def speaks_of(name: str, line: int = 10) -> Judgement:
    """A confirmed statement about a value."""
    claim = Claim(BOOK.path, 3, "it is", "shape", "2", line, Says("2"))
    return Judgement(claim, ClaimVerdict.CONFIRMED, shows=((line, name),))


def names(repair: Repair, *judgements: Judgement) -> list[str]:
    """The names of the shown values."""
    return [v.name for v in shown_values(repair, judgements)]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("x = f()\ny = g(x)\nprint(x)", ["x"]),
        ("x = f()\ny = g(x)\nprint('x is', x, y)", ["x", "y"]),
        ("x = f()\ny = g(x)\nprint(f'x is {x}')", ["x"]),
        ("x = f()\ny = g(x)\nif y:\n    print(x)", ["x"]),
        ("x = f()\ny = g(x)\ndef h():\n    print(x)", ["y"]),
        ("x = f()\ny = g(x)\nprint(x.shape)", ["y"]),
        ("x = f()\ny = g(x)\nx", ["x"]),
        ("x = f()\ny = g(x)", ["y"]),
        ("y = g(1)\nx = f()\nn = 2", ["x"]),
        ("x = f()\nfor i in n:\n    y = g(x)", ["y"]),
        ("x = f(\n", []),
    ],
)
def test_what_is_shown_of_two_tensors(code: str, shown: list[str]) -> None:
    assert names(repaired(code, tensor("x"), tensor("y"), number("n"))) == shown


def test_what_a_statement_speaks_of_comes_first() -> None:
    repair = repaired("x = f()\ny = g(x)\nprint(y)", tensor("x"), tensor("y"))
    assert names(repair, speaks_of("x")) == ["x", "y"]
    assert names(repair, speaks_of("x", line=99)) == ["y"]


def test_what_only_its_own_text_made_is_shown_if_it_is_small() -> None:
    assert names(repaired("x = torch.zeros(100, 100)", tensor("x", (100, 100)))) == []
    assert names(repaired("x = torch.zeros(3)", tensor("x", (3,)))) == ["x"]


def test_a_result_is_shown_even_if_it_is_large() -> None:
    assert names(repaired("y = layer(x)", tensor("x"), tensor("y", (100, 100)))) == ["y"]


def test_only_own_lines_count() -> None:
    assert names(repaired("x = f()\nprint(x)\ny = 2", tensor("x"), number("y"), first=3)) == []


def test_the_value_of_a_last_expression_is_shown() -> None:
    value = replace(tensor(""), text="tensor(1.)")
    repair = repaired("x = f()\nx.sum()", tensor("x"), bindings=(Binding(1, 1, tensor("x")), Binding(2, 2, value)))
    assert shown_values(repair, ()) == (value,)


@pytest.mark.parametrize(
    "value",
    [
        Value(
            "",
            "torch.nn.modules.linear.Linear",
            text="Linear()",
            settings=(("bias", True),),
            members=(tensor("weight"),),
        ),
        Value("", "NoneType", text="None"),
        Value("", "book.Thing", text="<book.Thing object at 0x…>"),
    ],
)
def test_what_a_call_returns_for_its_effect_is_not_shown(value: Value) -> None:
    repair = repaired("n = 1\nn.eval()", number("n"), bindings=(Binding(2, 2, value),))
    assert shown_values(repair, ()) == ()


def test_a_text_that_ends_a_snippet_is_no_value() -> None:
    repair = repaired(
        "x = 1\n'done'", number("x"), bindings=(Binding(2, 2, Value("", "str", data="done", text="'done'")),)
    )
    assert shown_values(repair, ()) == ()


def test_tables_and_figures_that_were_bound_are_shown() -> None:
    table = Value("df", "pandas.core.frame.DataFrame", table=(("a",), ("1",)))
    figure = Value("fig", "matplotlib.figure.Figure", media="aGk=")
    repair = repaired("df = f()\nfig = g()", table, figure, bindings=(Binding(1, 1, table), Binding(2, 2, figure)))
    assert names(repair) == ["df", "fig"]


def test_a_figure_without_a_name_is_that_of_the_snippet_that_draws() -> None:
    figure = Value("", "matplotlib.figure.Figure", media="aGk=", text="<Figure>")
    other = replace(figure, media="aGo=")
    code = "plt.plot(x)\nplt.show()\nn = 1"
    assert shown_values(repaired(code, figure, other, number("n")), ()) == (figure, other)
    assert shown_values(repaired(code, figure, other, number("n"), first=3), ()) == ()


def test_the_figures_of_earlier_snippets_are_not_shown_again() -> None:
    old = Value("", "matplotlib.figure.Figure", media="aGk=", text="<Figure>")
    new = replace(old, media="aGo=")
    made = (Binding(1, 1, old), Binding(2, 2, tensor("y")), Binding(3, 3, new))
    repair = repaired("plt.plot(x)\ny = f()\nplt.plot(y)", old, new, tensor("y"), first=2, bindings=made)
    assert shown_values(repair, ()) == (tensor("y"), new)


def test_what_differs_between_runs_is_not_shown() -> None:
    assert names(repaired("x = f()\nprint(x)", tensor("x"), unstable=("x",))) == []


def test_no_more_than_a_card_can_hold() -> None:
    code = "print(a, b, c, d, e, a)"
    assert names(repaired(code, *(tensor(n) for n in "abcde"))) == list("abcde")[:MOST]


def test_without_a_run_nothing_is_shown() -> None:
    assert shown_values(replace(repaired("x = 1"), outcome=None), ()) == ()


def test_what_is_bound_to_be_thrown_away_is_not_shown() -> None:
    assert names(repaired("x, _ = f()", tensor("x"), tensor("_"))) == ["x"]


def test_what_an_untrained_model_made_is_not_shown() -> None:
    repair = repaired("y = net(x)\nprint(x, y)", tensor("x"), tensor("y"))
    assert names(replace(repair, noise=frozenset({"y"}))) == ["x"]


def test_what_only_stands_in_for_something_is_no_result() -> None:
    code = "rows = f()\nlist(rows)\nn = 2"
    shown = repaired(code, tensor("rows"))
    assert names(shown) == ["rows"]
    lent = replace(shown, line_map=(None, 10, 11))
    assert names(lent) == ["rows"]
    assumed = replace(lent, assumptions=(Assumption("rows", "f()", "it is a row"),))
    assert names(assumed) == []
    assert names(replace(assumed, line_map=(9, 10, 11))) == ["rows"]
    assert names(assumed, speaks_of("rows")) == ["rows"]
