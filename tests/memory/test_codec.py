"""Records of the model <-> JSON."""

from __future__ import annotations

import json
import math

import pytest

from deckbuild.memory import Check
from deckbuild.memory.codec import CodecError, Stated, decode, encode
from deckbuild.model import (
    Assumption,
    Binding,
    Claim,
    ClaimVerdict,
    Diagnostic,
    Edit,
    Fault,
    Judgement,
    Media,
    Note,
    Outcome,
    Picture,
    Preview,
    Printed,
    Repair,
    ShownLine,
    SnippetVerdict,
    Stats,
    Value,
)
from tests.sample import snippet

STATS = Stats(1.0, 2.5, -1.0, 3.0, 0, 4)
TENSOR = Value(
    "x",
    "torch.Tensor",
    "float32",
    (2, 9),
    data=[[1.0, "nan"], [None, True]],
    preview=Preview([[1, 2]], (Picture((0,), (9, 9), ((1.5, 2.0),), STATS),), STATS),
    stats=STATS,
    members=(Value("0", "int", data=3),),
    settings=(("stride", [1, 1]),),
    table=(("a", "b"),),
)
REPAIR = Repair(
    snippet("x = 1\nprint(x)"),
    SnippetVerdict.COMPLETED,
    "needs-file",
    "why",
    "x = 1\nprint(x)",
    (Edit("rule", None, "", "after", "why", "evidence"),),
    (Assumption("x", "1", "why", ("2",)),),
    (ShownLine("x", 1, 0),),
    (None, 3),
    (1, 2),
    Outcome(
        Fault("raised", "E", "m", None, (1, 2), "x"),
        "1\n\ud800",
        (Printed(2, "1\n"),),
        (Binding(1, 1, TENSOR),),
        (TENSOR,),
        probed=(TENSOR, Fault("raised", "E", "m", None)),
        seconds=0.25,
        unstable=("x",),
    ),
    error=Fault("syntax", "SyntaxError", "m", 3),
    assumed=frozenset({"b", "a"}),
    diagnostics=(Diagnostic("a.md", 3, "code", "info", "m"),),
)
CLAIM = Claim("a.md", 3, "it is 1", "number", "1", 3, Stated("1"))
CHECK = Check((REPAIR,), (Judgement(CLAIM, ClaimVerdict.REFUTED, "2", 3, 1.5, ((3, "x"),)),))
NOTE = Note("guid", "A::B", ("<b>", ""), ("t",), (Media("m.png", b"\0\xff"),))


def test_what_was_written_is_read() -> None:
    assert decode(Check, encode(CHECK)) == CHECK
    assert decode(Note, encode(NOTE)) == NOTE


def test_a_value_that_a_binding_holds_is_written_once() -> None:
    other = Value("y", "int", data=2)
    outcome = Outcome(None, bindings=(Binding(1, 1, TENSOR),), values=(other, TENSOR))
    written = json.loads(encode(outcome))
    assert written["values"] == [{"name": "y", "type": "int", "data": 2}, 0]
    found = decode(Outcome, json.dumps(written).encode())
    assert found == outcome
    assert found.values[1] is found.bindings[0].value


def test_numbers_that_are_none_are_read() -> None:
    found = decode(Stats, encode(Stats(math.nan, math.inf, -math.inf, 1, 0, 1)))
    assert (math.isnan(found.mean), found.std, found.low) == (True, math.inf, -math.inf)
    assert type(found.high) is float


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{}",
        b"[]",
        b"3",
        b'{"repairs":[],"judgements":[],"more":1}',
        b'{"repairs":[],"judgements":{}}',
        b'{"repairs":[null],"judgements":[]}',
        b'{"repairs":[],"judgements":[],"broken":1}',
        b"[" * 100_000,
    ],
)
def test_what_is_none_is_refused(payload: bytes) -> None:
    with pytest.raises(CodecError):
        decode(Check, payload)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("verdict", "good"),
        ("reason", "boredom"),
        ("own", [1]),
        ("own", [1, 2, 3]),
        ("own", "ab"),
        ("lines", True),
        ("lines", 1.0),
        ("code", 1),
        ("assumed", "ab"),
        ("line_map", [1, "2"]),
        ("outcome", {"fault": None, "seconds": "1"}),
        ("outcome", {"fault": {"kind": "boredom", "type": "E", "message": "m", "line": None}}),
        ("outcome", {"fault": None, "probed": [{"neither": 1}]}),
        ("outcome", {"fault": None, "values": [0]}),
        (
            "outcome",
            {
                "fault": None,
                "bindings": [{"line": 1, "end_line": 1, "value": {"name": "x", "type": "int"}}],
                "values": [-1],
            },
        ),
        ("outcome", {"fault": None, "values": [True]}),
        ("outcome", {"fault": None, "values": {}}),
    ],
)
def test_a_field_of_the_wrong_type_is_refused(field: str, wrong: object) -> None:
    fields = json.loads(encode(REPAIR))
    fields[field] = wrong
    with pytest.raises(CodecError):
        decode(Repair, json.dumps(fields).encode())
