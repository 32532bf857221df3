"""Figures: what a tensor of each kind looks like, and that drawing never fails."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hn

from deckbuild.model import Value
from deckbuild.render.html import seal
from deckbuild.render.tensor import draw

from ..wellformed import faults
from .arrays import value

RANDOM = np.random.default_rng(0)


def cells(html: str) -> list[str]:
    """The texts of the cells, in order."""
    return re.findall(r"<td[^>]*>([^<]*)</td>", html)


def heads(html: str) -> list[str]:
    """The texts of the index cells."""
    return re.findall(r"<th[^>]*>([^<]*)</th>", html)


def test_the_caption_names_shape_and_type() -> None:
    html = draw(value(np.ones((1, 1, 2, 2), np.float32), "img")).html
    assert '<figure class="tensor">' in html
    assert "<figcaption><b>img</b> [1, 1, 2, 2] · float32</figcaption>" in html


def test_chips_tell_what_surprises() -> None:
    tensor = replace(value([1.0]), grad_fn="MmBackward0", requires_grad=True, device="cuda:0")
    html = draw(tensor, assumed=True).html
    assert re.findall(r'class="chip[^"]*">([^<]*)<', html) == ["grad_fn=Mm", "cuda:0", "from assumed values"]


def test_a_scalar_is_one_number() -> None:
    html = draw(value(np.array(-0.376678, np.float32))).html
    assert "scalar · float32" in html
    assert '<p class="scalar">−0.376678</p>' in html


def test_an_empty_tensor_says_so() -> None:
    assert "no elements" in draw(value(np.zeros((0, 3)))).html


def test_a_vector_has_column_indices_and_no_row_index() -> None:
    html = draw(value([5, 6, 7])).html
    assert heads(html) == ["0", "1", "2"]
    assert cells(html) == ["5", "6", "7"]


def test_a_long_row_of_a_vector_goes_on_below() -> None:
    html = draw(value([i + 0.123 for i in range(8)])).html
    assert html.count("<tr>") == 4
    assert heads(html) == [str(i) for i in range(8)]


def test_a_matrix_has_both_indices() -> None:
    html = draw(value([[1, 2], [3, 4]])).html
    assert heads(html) == ["", "0", "1", "0", "1"]
    assert cells(html) == ["1", "2", "3", "4"]


def test_a_long_axis_shows_both_ends_with_their_true_indices() -> None:
    html = draw(value(np.arange(200).reshape(100, 2))).html
    assert heads(html) == ["", "0", "1", "0", "1", "2", "⋮", "97", "98", "99"]
    assert cells(html)[-2:] == ["198", "199"]
    assert "mean" in html


def test_of_a_wide_axis_the_middle_columns_are_left_out() -> None:
    html = draw(value(np.arange(40).reshape(2, 20))).html
    assert heads(html)[:8] == ["", "0", "1", "2", "…", "17", "18", "19"]
    assert cells(html)[:7] == ["0", "1", "2", "⋯", "17", "18", "19"]


def test_one_slice_a_leading_index() -> None:
    html = draw(value(np.arange(12).reshape(3, 1, 2, 2))).html
    assert re.findall(r'class="index">([^<]*)<', html) == ["[0, 0]", "[1, 0]", "[2, 0]"]


def test_a_single_slice_needs_no_index() -> None:
    assert 'class="index"' not in draw(value(np.ones((1, 1, 2, 2)))).html


def test_of_many_slices_the_ends_are_shown() -> None:
    html = draw(value(np.arange(48).reshape(12, 2, 2))).html
    assert re.findall(r'class="(?:index|more)">([^<]*)<', html) == [
        "[0]",
        "[1]",
        "[2]",
        "6 more",
        "[9]",
        "[10]",
        "[11]",
    ]


def test_shades_follow_sign_and_size() -> None:
    html = draw(value([[-4.0, -1.0, 0.0], [1.0, 2.0, 4.0]])).html
    assert re.findall(r'<td class="(\w+)">', html) == ["n4", "n1", "z", "p1", "p2", "p4"]


@pytest.mark.parametrize("array", [np.arange(9).reshape(3, 3), np.ones((2, 2)), np.eye(3) > 0])
def test_integers_truths_and_small_kernels_have_no_shade(array: Any) -> None:
    assert not re.search(r'class="[pn]\d', draw(value(array)).html)


def test_truths() -> None:
    assert '<td class="t">True</td><td class="z">False</td>' in draw(value([[True, False]])).html


def test_what_is_not_finite_warns() -> None:
    html = draw(value([[1.0, float("nan")], [float("inf"), float("-inf")]])).html
    assert re.findall(r'<td class="x">([^<]*)<', html) == ["nan", "inf", "−inf"]


def test_complex_numbers() -> None:
    assert cells(draw(value(np.array([1 + 2j, 3.5 - 1j]))).html) == ["1.0+2.0j", "3.5−1.0j"]


@pytest.mark.parametrize(("shape", "pictures"), [((3, 64, 64), 3), ((28, 28), 1), ((1, 8, 16, 9), 8), ((20, 9, 9), 6)])
def test_large_slices_are_pictures(shape: tuple[int, ...], pictures: int) -> None:
    drawing = draw(value(RANDOM.normal(size=shape)))
    sources = re.findall(r'<img src="(deckbuild-[0-9a-f]{24}\.png)" width="\d+" height="\d+" alt="[^"]+"', drawing.html)
    assert len(sources) == pictures
    assert {m.name for m in drawing.media} == set(sources)
    assert "<td" not in drawing.html
    assert 'class="key"' in drawing.html


def test_a_long_thin_tensor_is_digits() -> None:
    assert draw(value(RANDOM.normal(size=(2000, 5)))).media == ()


def test_a_state_dict_has_a_row_a_parameter_and_small_ones_drawn() -> None:
    members = (value(np.ones((16, 3), np.float32), "weight"), value(np.zeros(2, np.float32), "bias"))
    html = draw(Value("net", "collections.OrderedDict", members=members)).html
    assert "2 tensors · 50 values · float32" in html
    assert html.count('<figure class="tensor">') == 1
    assert "[16, 3]" in html


def test_a_frame() -> None:
    rows = (("", "name", "size"), ("0", "a<b", "2.5"), ("1", "c", "4"))
    html = draw(Value("df", "pandas.core.frame.DataFrame", shape=(30, 2), table=rows, length=30)).html
    assert '<figure class="frame">' in html
    assert cells(html) == ["0", "a&lt;b", "2.5", "1", "c", "4"]
    assert "28 more rows" in html


def test_a_plot_is_a_picture_of_the_package() -> None:
    drawing = draw(Value("fig", "matplotlib.figure.Figure", media=base64.b64encode(b"png").decode()))
    assert drawing.media[0].data == b"png"
    assert f'src="{drawing.media[0].name}"' in drawing.html


@pytest.mark.parametrize(
    ("plain", "drawn"),
    [
        (Value("a", "list", data=[1, 2], text="[1, 2]"), "<b>a</b> = [1, 2]"),
        (Value("", "str", data="x", text="'<b>'"), "'&lt;b&gt;'"),
        (Value("t", "str", data="x\ny", text="x\ny"), '<pre class="out">x\ny</pre>'),
        (Value("s", "torch.Tensor", "float32", (2,), text="tensor(sparse)"), '<td class="w">tensor(sparse)</td>'),
        (Value("s", "torch.Tensor", "float32", (), text="tensor(5.)"), '<p class="scalar">tensor(5.)</p>'),
        (Value("s", "torch.Tensor", "float32", (2, 2), data=[1, 2], text="odd"), '<td class="w">odd</td>'),
    ],
)
def test_what_is_no_table_is_text(plain: Value, drawn: str) -> None:
    assert drawn in draw(plain).html


DTYPES = st.sampled_from(["float64", "float32", "float16", "int64", "int8", "uint8", "bool", "complex64"])


@given(DTYPES.flatmap(lambda d: hn.arrays(d, hn.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=11))))
def test_any_array_is_drawn(array: Any) -> None:
    html = seal(draw(value(array)).html)
    assert faults(html) == []
    assert re.search("<td|<img|scalar|no elements", html)


@given(
    st.text(max_size=20),
    st.recursive(
        st.none() | st.integers() | st.floats() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=4)
    ),
    st.lists(st.integers(0, 5), max_size=4).map(tuple) | st.none(),
    st.sampled_from([None, "float32", "int64", "bool", "complex64", "object"]),
)
def test_any_snapshot_is_drawn(name: str, data: Any, shape: tuple[int, ...] | None, dtype: str | None) -> None:
    assert faults(seal(draw(Value(name, "torch.Tensor", dtype, shape, data, text=repr(data))).html)) == []


def test_every_row_has_its_own_line() -> None:
    html = draw(value(RANDOM.normal(size=(8, 8)))).html
    assert max(len(line) for line in html.split("\n")) < 600
