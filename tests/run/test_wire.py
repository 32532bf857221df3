"""Frames and outcomes survive the way; strangers' bytes do not become outcomes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.model import (
    Binding,
    Fault,
    Json,
    LayerCall,
    Outcome,
    Picture,
    Preview,
    Printed,
    Stats,
    Value,
)
from deckbuild.run.frames import Frames, WireError, frame
from deckbuild.run.wire import decode, encode

NONCE = b"n" * 16
STATS = Stats(1.5, 0.5, 1.0, 2.0, 0, 2)
PREVIEW = Preview([[1.0, "nan"]], (Picture((), (2, 2), ((1.0, 2.0), (3.0, float("inf"))), STATS),), STATS)
VALUE = Value(
    "x",
    "torch.Tensor",
    "float32",
    (2,),
    [1.0, 2.0],
    "tensor([1., 2.])",
    PREVIEW,
    STATS,
    requires_grad=True,
    grad_fn="AddBackward0",
    device="cpu",
    members=(Value("0", "int", data=1),),
    settings=(("stride", [1, 1]),),
    media="iVBORw0KGgo=",
    table=(("a", "b"), ("1", "2")),
    length=2,
)
OUTCOME = Outcome(
    Fault("raised", "NameError", "name 'y' is not defined", 3, (3,), "y"),
    "1\n",
    (Printed(1, "1\n"),),
    (Binding(1, 2, VALUE),),
    (VALUE, Value("none", "NoneType")),
    (LayerCall(2, "Conv2d", (("stride", [1, 1]),), ((1, 1, 4, 4),), (1, 1, 2, 2), (1, 1, 6, 6), 1),),
    (1, 2, 3),
    (VALUE, Fault("raised", "KeyError", "'k'", None)),
    0.25,
    unstable=("t",),
)


def test_an_outcome_survives() -> None:
    assert decode(encode(OUTCOME)) == OUTCOME


def test_what_has_its_default_is_left_out() -> None:
    assert json.loads(encode(Outcome(None, values=(Value("x", "int", data=0),)))) == {
        "fault": None,
        "values": [{"name": "x", "type": "int", "data": 0}],
    }


def test_a_final_value_that_a_binding_has_is_sent_but_once() -> None:
    other = Value("x", "int", data=1)
    outcome = Outcome(
        None, bindings=(Binding(1, 1, VALUE), Binding(2, 2, other)), values=(other, Value("x", "int", data=1))
    )
    assert json.loads(encode(outcome))["values"] == [1, {"name": "x", "type": "int", "data": 1}]
    assert decode(encode(outcome)) == outcome


def test_what_no_recorder_writes_is_refused() -> None:
    """By a program that reached its recorder: the report, the drawings and the cache take it for true."""
    whole = json.loads(
        encode(Outcome(None, "", (Printed(1, "a"),), (Binding(1, 1, VALUE),), (), OUTCOME.calls, (1,), seconds=0.5))
    )
    value, call = whole["bindings"][0]["value"], whole["calls"][0]
    forgeries: tuple[tuple[dict[str, Any], str, object], ...] = (
        (value, "data", [1.0, float("nan")]),
        (value, "data", [1.0, 1e999]),
        (value, "data", {"a": [{"b": -1e999}]}),
        (value, "data", json.loads("[" * 200 + "]" * 200)),
        (value, "data", [1.0, 2.0, 3.0]),
        (value, "data", [[1.0], 2.0]),
        (value, "data", 1.0),
        (value, "shape", [-2]),
        (value, "shape", [10**30]),
        (value, "shape", [10**12]),
        (value, "length", -1),
        (value, "media", "PHNjcmlwdD4="),
        (value, "media", "not base64"),
        (value, "settings", [["stride", float("inf")]]),
        (value["members"][0], "data", float("nan")),
        (value["preview"], "edges", [float("nan")]),
        (value["preview"]["pictures"][0], "shape", [-1, 2]),
        (value["stats"], "count", -1),
        (whole["bindings"][0], "line", -1),
        (whole["prints"][0], "line", 10**20),
        (call, "inputs", [[-1]]),
        (call, "depth", -1),
        (whole, "lines_run", [-1]),
        (whole, "seconds", float("nan")),
    )
    decode(json.dumps(whole).encode())
    for place, name, forged in forgeries:
        true, place[name] = place[name], forged
        with pytest.raises(WireError):
            decode(json.dumps(whole).encode())
        place[name] = true
    decode(json.dumps(whole).encode())


@pytest.mark.parametrize("data", [0, "text", None, 1e300, [], {"a": [1, "b", None, {"c": [0.5]}]}, [[1, 2], [3, 4]]])
def test_what_recorders_write_passes(data: Json) -> None:
    outcome = Outcome(None, values=(Value("x", "list", data=data),))
    assert decode(encode(outcome)) == outcome


@given(st.lists(st.binary(max_size=50), max_size=5), st.integers(1, 20))
def test_frames_arrive_whole_in_any_pieces(payloads: list[bytes], piece: int) -> None:
    stream = b"".join(frame(p, NONCE) for p in payloads)
    frames = Frames(NONCE)
    arrived = [p for n in range(0, len(stream), piece) for p in frames.feed(stream[n : n + piece])]
    assert arrived == payloads


def test_a_wrong_secret_is_refused() -> None:
    with pytest.raises(WireError, match="no frame"):
        list(Frames(NONCE).feed(frame(b"{}", b"m" * 16)))


def test_too_large_a_payload_is_refused_before_it_arrives() -> None:
    with pytest.raises(WireError, match="allowed"):
        list(Frames(NONCE, limit_bytes=10).feed(frame(b"x" * 11, NONCE)[:24]))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"fault": 3}',
        b'{"fault": null, "values": [{"name": 1, "type": "int"}]}',
        b'{"fault": null, "values": [{"name": "x"}]}',
        b'{"fault": null, "unknown": 1}',
        b'{"fault": null, "values": [0]}',
        b'{"fault": null, "values": [-1], "bindings": [{"line": 1, "end_line": 1, "value": {"name": "x", "type": "int"}}]}',
        b'{"fault": null, "values": [true], "bindings": [{"line": 1, "end_line": 1, "value": {"name": "x", "type": "int"}}]}',
        b'{"fault": {"kind": "fine", "type": "", "message": "", "line": null}}',
        b'{"fault": null, "stdout": "' + b"\xff" + b'"}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_outcome_is_refused(payload: bytes) -> None:
    with pytest.raises(WireError):
        decode(payload)
