"""What a program makes of libraries and classes changes neither what is recorded of its values nor how it ended."""

from __future__ import annotations

import pytest

from tests.run.running import RunCode

EXCHANGED = {
    "its numbers": "torch.Tensor.numpy = torch.Tensor.tolist = lambda self, **named: np.full(2, 9.0)",
    "the way to them": "torch.Tensor.detach = torch.Tensor.to = torch.Tensor.numel = lambda self, *given, **named: 9",
    "its shape and type": "torch.Tensor.shape = property(lambda self: (7, 7))\ntorch.Tensor.dtype = property(lambda self: torch.int8)",
    "what autograd knows": "torch.Tensor.requires_grad = torch.Tensor.grad_fn = torch.Tensor.is_nested = True",
}


@pytest.mark.parametrize("name", EXCHANGED)
@pytest.mark.parametrize("kind", ["float32", "float16"])
def test_of_a_tensor_its_own_numbers_are_recorded(name: str, kind: str, run: RunCode) -> None:
    outcome = run(f"import numpy as np\nimport torch\n{EXCHANGED[name]}\nx = torch.ones(2, dtype=torch.{kind})\n")
    x = outcome.value("x")
    assert outcome.fault is None
    assert x is not None
    assert (x.dtype, x.shape, x.data, x.requires_grad) == (kind, (2,), [1.0, 1.0], False)


def test_of_an_array_that_hides_its_shape_its_own_is_recorded(run: RunCode) -> None:
    outcome = run("""
        import numpy as np
        class Hiding(np.ndarray):
            shape, size, ndim, dtype = (7, 7), 1, 2, np.dtype("int8")
            def tolist(self):
                return [9, 9]
        x = np.ones(2).view(Hiding)
        masked = np.ma.masked_array([1, 2], [False, True])
    """)
    x, masked = outcome.value("x"), outcome.value("masked")
    assert outcome.fault is None
    assert x is not None
    assert (x.dtype, x.shape, x.data) == ("float64", (2,), [1.0, 1.0])
    assert masked is not None
    assert masked.data is None  # it has numbers that are not to be seen
    assert "--" in masked.text


@pytest.mark.parametrize("base", ["Exception", "BaseException", "KeyboardInterrupt"])
def test_an_error_that_passes_for_an_exit_is_an_error(base: str, run: RunCode) -> None:
    outcome = run(f"""
        class Exiting({base}):
            code = 0
            @property
            def __class__(self):
                return SystemExit
        raise Exiting("seen")
    """)
    assert outcome.fault is not None
    assert (outcome.fault.kind, outcome.fault.type, outcome.fault.line) == ("raised", "Exiting", 6)
    assert outcome.fault.message == "seen"


@pytest.mark.parametrize(
    "text", ["exit()", "raise SystemExit", "import sys\nsys.exit(0)", "class E(SystemExit):\n    pass\nraise E"]
)
def test_an_exit_without_complaint_is_none(text: str, run: RunCode) -> None:
    assert run(text).fault is None


def test_a_repr_that_leaves_the_interpreter_is_told_as_one_that_raised(run: RunCode) -> None:
    outcome = run("""
        class Leaving:
            def __repr__(self):
                raise SystemExit(0)
        x = Leaving()
        y = 1 / 0
    """)
    assert outcome.fault is not None
    assert (outcome.fault.type, outcome.fault.line) == ("ZeroDivisionError", 5)
    (x,) = (b.value for b in outcome.bindings if b.value.name == "x")
    assert x.text == "<Leaving: repr raised SystemExit>"
