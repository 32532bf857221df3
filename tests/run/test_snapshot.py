"""Objects as plain values."""

from __future__ import annotations

import base64

import numpy as np
import pytest

from deckbuild.model import Json, Value
from tests.run.running import RunCode


def only(run: RunCode, expression: str, setup: str = "") -> Value:
    """The value of an expression, in a program that imports what is usual."""
    outcome = run(f"import torch, numpy as np, collections\n{setup}\nx = {expression}\n")
    assert outcome.ok, outcome.fault
    value = outcome.value("x")
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("expression", "type_", "dtype", "shape", "data"),
    [
        ("torch.tensor([[1, 2], [3, 4]])", "torch.Tensor", "int64", (2, 2), [[1, 2], [3, 4]]),
        ("torch.tensor(2.5)", "torch.Tensor", "float32", (), 2.5),
        ("torch.empty(0, 3)", "torch.Tensor", "float32", (0, 3), []),
        ("torch.tensor([True, False])", "torch.Tensor", "bool", (2,), [True, False]),
        ("torch.tensor([1.5], dtype=torch.bfloat16)", "torch.Tensor", "bfloat16", (1,), [1.5]),
        ("torch.tensor([1.5], dtype=torch.half)", "torch.Tensor", "float16", (1,), [1.5]),
        ("np.array([1.5, np.inf], dtype='g')", "numpy.ndarray", np.dtype("g").name, (2,), [1.5, "inf"]),
        pytest.param(
            *("np.array([10], dtype='g') ** 400", "numpy.ndarray", np.dtype("g").name, (1,), None),
            marks=pytest.mark.skipif(np.finfo("g").max <= np.finfo("d").max, reason="no longer than a double here"),
        ),
        ("torch.tensor([float('nan'), float('-inf')])", "torch.Tensor", "float32", (2,), ["nan", "-inf"]),
        ("torch.tensor([1+2j])", "torch.Tensor", "complex64", (1,), ["1+2j"]),
        ("torch.eye(2).to_sparse()", "torch.Tensor", "float32", (2, 2), [[1.0, 0.0], [0.0, 1.0]]),
        ("torch.empty(2, device='meta')", "torch.Tensor", "float32", (2,), None),
        ("torch.quantize_per_tensor(torch.ones(1), 0.5, 0, torch.qint8)", "torch.Tensor", "qint8", (1,), [1.0]),
        ("torch.nn.Parameter(torch.ones(1))", "torch.nn.parameter.Parameter", "float32", (1,), [1.0]),
        ("torch.ones(2).conj()[::1]", "torch.Tensor", "float32", (2,), [1.0, 1.0]),
        ("np.array([1, 2], dtype='int8')", "numpy.ndarray", "int8", (2,), [1, 2]),
        ("np.array(['a'])", "numpy.ndarray", "<U1", (1,), ["a"]),
        ("np.float64(0.5)", "numpy.float64", "float64", None, 0.5),
        ("torch.Size([1, 2])", "torch.Size", None, None, [1, 2]),
        ("True", "bool", None, None, True),
        ("3", "int", None, None, 3),
        ("float('inf')", "float", None, None, "inf"),
        ("'text'", "str", None, None, "text"),
        ("b'x'", "bytes", None, None, None),
        ("None", "NoneType", None, None, None),
        ("10 ** 5000", "int", None, None, None),
        ("'x' * 5000", "str", None, None, None),
        ("[1, (2.0, 'a'), None]", "list", None, None, [1, [2.0, "a"], None]),
        ("{'a': {'b': 1}}", "dict", None, None, {"a": {"b": 1}}),
        ("{1: 2}", "dict", None, None, None),
        ("{3}", "set", None, None, [3]),
        ("range(3)", "range", None, None, None),
        ("list(range(5000))", "list", None, None, None),
        ("torch.float32", "torch.dtype", None, None, None),
        ("collections.Counter('aab')", "collections.Counter", None, None, {"a": 2, "b": 1}),
        ("lambda: 1", "function", None, None, None),
        ("collections.OrderedDict", "type", None, None, None),
    ],
)
def test_kinds(
    run: RunCode, expression: str, type_: str, dtype: str | None, shape: tuple[int, ...] | None, data: Json
) -> None:
    value = only(run, expression)
    assert (value.type, value.dtype, value.shape, value.data) == (type_, dtype, shape, data)


def test_statistics_are_of_the_finite(run: RunCode) -> None:
    stats = only(run, "torch.tensor([1.0, 3.0, float('nan')])").stats
    assert stats is not None
    assert (stats.mean, stats.low, stats.high, stats.nonfinite, stats.count) == (2.0, 1.0, 3.0, 1, 2)


def test_a_large_tensor_has_a_preview(run: RunCode) -> None:
    value = only(run, "torch.arange(3 * 300 * 20.).reshape(3, 300, 20)")
    assert value.data is None
    assert value.preview is not None
    assert isinstance(value.preview.edges, list)
    assert [len(value.preview.edges), len(value.preview.edges[0])] == [3, 6]  # type: ignore[arg-type]
    assert [p.index for p in value.preview.pictures] == [(0,), (1,), (2,)]
    picture = value.preview.pictures[0]
    assert picture.shape == (300, 20)
    assert (len(picture.rows), len(picture.rows[0])) == (100, 20)
    assert picture.rows[0][0] == 20.0  # the mean of rows 0, 1, 2: of 0, 20, 40


def test_a_tensor_beyond_all_measure_is_told_by_its_shape(run: RunCode) -> None:
    value = only(run, "torch.empty(200_000_000, dtype=torch.uint8)")
    assert (value.shape, value.stats, value.preview) == ((200_000_000,), None, None)


def test_modules_and_state_dicts_have_members(run: RunCode) -> None:
    module = only(run, "torch.nn.BatchNorm1d(2)")
    assert [m.name for m in module.members] == ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"]
    assert ("num_features", 2) in module.settings
    state = only(run, "torch.nn.Linear(2, 1).state_dict()")
    assert [(m.name, m.shape) for m in state.members] == [("weight", (1, 2)), ("bias", (1,))]


def test_members_of_rows(run: RunCode) -> None:
    value = only(run, "[torch.ones(1)] * 30")
    assert value.length == 30
    assert [m.name for m in value.members] == [str(n) for n in range(20)]


def test_autograd(run: RunCode) -> None:
    value = only(run, "torch.ones(1, requires_grad=True) * 2")
    assert (value.requires_grad, value.grad_fn, value.device) == (True, "MulBackward0", "cpu")


def test_strangers_cannot_break_it(run: RunCode) -> None:
    setup = """
class Bad:
    def __repr__(self): raise ValueError("no")
class Liar(torch.Tensor):
    def tolist(self): raise ValueError
    def detach(self): raise ValueError
class Odd(list):
    def __iter__(self): raise ValueError
    def __len__(self): return 7
loop = []
loop.append(loop)
deep = []
for _ in range(5000): deep = [deep]
"""
    assert only(run, "Bad()", setup).text == "<Bad: repr raised ValueError>"
    assert only(run, "torch.ones(2).as_subclass(Liar)", setup).data == [1.0, 1.0]
    assert only(run, "Odd([1, 2])", setup).data == [1, 2]
    assert only(run, "loop", setup).length == 1
    assert only(run, "deep", setup).length == 1


def test_a_long_text_is_cut(run: RunCode) -> None:
    value = only(run, "['word'] * 100000")
    assert len(value.text) == 2000
    assert value.text.endswith("…")


def test_lone_surrogates_do_not_reach_the_report(run: RunCode) -> None:
    value = only(run, r"'\ud800'")
    assert str(value.data).encode()
    assert value.text.encode()


def test_figures(run: RunCode) -> None:
    pytest.importorskip("matplotlib")
    outcome = run("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nplt.figure()\nplt.show()")
    media = {v.name: v.media for v in outcome.values if v.type == "matplotlib.figure.Figure"}
    assert set(media) == {"fig", ""}
    for picture in media.values():
        assert picture is not None
        assert base64.b64decode(picture).startswith(b"\x89PNG")


def test_of_many_figures_the_first_and_the_last_are_drawn(run: RunCode) -> None:
    code = "import matplotlib.pyplot as plt\nfor n in range({}):\n    plt.figure(figsize=(1, 1)).text(0.5, 0.5, n)"
    drawn = {}
    for count in (8, 20):
        outcome = run(code.format(count))
        assert outcome.ok
        drawn[count] = [v.media for v in outcome.values if v.type == "matplotlib.figure.Figure"]
    assert len(set(drawn[8])) == len(drawn[20]) == 8
    assert drawn[20][:4] == drawn[8][:4]
    assert not set(drawn[20][4:]) & set(drawn[8])


def test_a_figure_belongs_to_the_statement_that_made_it_and_ends_when_it_is_shown(run: RunCode) -> None:
    pytest.importorskip("matplotlib")
    outcome = run(
        """
        import matplotlib.pyplot as plt
        plt.plot([1, 2])
        plt.show()
        lines = len(plt.gca().lines)
        plt.plot([2, 1])
        """
    )
    drawn = {b.line: b.value.media for b in outcome.bindings if b.value.media}
    assert list(drawn) == [2, 4]
    assert len({*drawn.values()}) == 2
    assert [v.media for v in outcome.values if not v.name] == [*drawn.values()]
    lines = outcome.value("lines")
    assert lines is not None
    assert lines.data == 0


def test_large_figures_are_drawn_coarser(run: RunCode) -> None:
    pytest.importorskip("matplotlib")
    outcome = run(
        "import matplotlib.pyplot as plt\nfig = plt.figure(figsize=(40, 10))\nsmall = plt.figure(figsize=(4, 1))"
    )
    widths = {v.name: int.from_bytes(base64.b64decode(v.media or "")[16:20]) for v in outcome.values}
    assert widths == {"fig": 1600, "small": 440}


def test_figures_of_loops_are_all_shown(run: RunCode) -> None:
    pytest.importorskip("matplotlib")
    outcome = run("import matplotlib.pyplot as plt\nfor n in range(3):\n    plt.plot([n, 1])\n    plt.show()")
    assert len({v.media for v in outcome.values if v.media}) == 3


def test_tables(run: RunCode) -> None:
    pytest.importorskip("pandas")
    outcome = run("import pandas as pd\nd = pd.DataFrame({'a': [1, 2]}, index=['x', 'y'])\ns = d['a']")
    d, s = outcome.values
    assert d.table == (("", "a"), ("x", "1"), ("y", "2"))
    assert (d.shape, s.shape) == ((2, 1), (2,))
    assert s.table == (("", "a"), ("x", "1"), ("y", "2"))
