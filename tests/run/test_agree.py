"""What two runs of a program have in common."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckbuild.model import Binding, Fault, Outcome, Printed, Value
from deckbuild.run.agree import ONCE, agreed, agreed_text

FAULT = Fault("raised", "ValueError", "3 of 4", 2, (2,))


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("a\nb\n", "a\nb\n", "a\nb\n"),
        ("took 0.031 s\n", "took 0.027 s\n", "took … s\n"),
        ("step 1 took 31 ms\nend\n", "step 1 took 27 ms\nend\n", "step … took … ms\nend\n"),
        ("a\nb\nc", "a\nc", "a\n…\nc"),
        ("[3, 1]", "[1, 3]", "[…, …]"),
    ],
)
def test_text(first: str, second: str, both: str) -> None:
    assert agreed_text(first, second) == both


def test_a_value_that_differs_keeps_its_type_and_shape_only() -> None:
    one = Value("t", "torch.Tensor", "float32", (2,), [1.0, 2.0], "tensor([1., 2.])")
    two = Value("t", "torch.Tensor", "float32", (2,), [1.0, 3.0], "tensor([1., 3.])")
    same = Value("x", "int", data=1, text="1")
    outcome = agreed(Outcome(None, values=(one, same)), Outcome(None, values=(two, same), lines_run=(1, 2)))
    assert outcome.unstable == ("t",)
    assert outcome.values[0].data is None
    assert outcome.values[0].shape == (2,)
    assert outcome.values[1] is same
    assert outcome.lines_run == (1, 2)


def test_a_text_that_names_this_machine_is_not_data() -> None:
    here = Outcome(None, values=(Value("where", "str", data="…/work", text="'…/work'"),))
    assert agreed(here, here).values[0].data is None
    assert agreed(here, here).unstable == ("where",)


def test_a_program_that_fails_once_fails() -> None:
    for first, second in ((None, FAULT), (FAULT, None)):
        fault = agreed(Outcome(first), Outcome(second)).fault
        assert fault is not None
        assert fault.message == ONCE + "3 of 4"


def test_two_different_ends_are_not_laid_over_each_other() -> None:
    late, wrong = (
        Fault("timeout", "Timeout", "still running after 10 s", 3),
        Fault("raised", "ValueError", "no 2 of 3", 5),
    )
    for first, second in ((late, wrong), (wrong, late)):
        assert agreed(Outcome(first), Outcome(second)).fault == replace(wrong, message=ONCE + "no 2 of 3")
    other = replace(wrong, type="TypeError", message="no 2 of 3 either")
    assert agreed(Outcome(wrong), Outcome(other)).fault == replace(wrong, message=ONCE + "no 2 of 3")


def test_one_end_told_with_other_numbers_is_one() -> None:
    first, second = Fault("raised", "ValueError", "no 2 of 3", 5), Fault("raised", "ValueError", "no 4 of 3", 5)
    fault = agreed(Outcome(first), Outcome(second)).fault
    assert fault is not None
    assert fault.message == "no … of …"


def test_prints_and_bindings_agree_in_pairs() -> None:
    def run(number: int) -> Outcome:
        value = Value("t", "int", data=number, text=str(number))
        return Outcome(None, prints=(Printed(2, f"{number}\n"), Printed(3, "x\n")), bindings=(Binding(1, 1, value),))

    both = agreed(run(1), run(2))
    assert [p.text for p in both.prints] == ["…\n", "x\n"]
    assert both.bindings[0].value.data is None


def test_different_numbers_of_prints_are_not_paired() -> None:
    one = Outcome(None, prints=(Printed(1, "1\n"),))
    two = Outcome(None, prints=(Printed(1, "1\n"), Printed(1, "2\n")))
    assert agreed(one, two).prints == (Printed(1, "…\n"),)
