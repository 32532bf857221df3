"""Arguments that a layer's call leaves out. In: a state; out: states with one or two of them given.

Only what the call does not say is tried, so that nothing of the card's own code is replaced, and nothing that the question asks
about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from ..draft import Change, State
from ..program.modules import modules_of
from ..program.names import last_name
from ..rules.state_dict_keys import append_argument
from ..scene import Scene

RULE = "missing-argument"
MOST_TOKENS = 2
_CONV = {"stride": ("2", "3"), "padding": ("1", "2"), "dilation": ("2",), "bias": ("False",)}
_KNOBS: dict[str, dict[str, tuple[str, ...]]] = {
    **{f"Conv{n}d": _CONV for n in (1, 2, 3)},
    **{f"ConvTranspose{n}d": {**_CONV, "output_padding": ("1",)} for n in (1, 2, 3)},
    **{f"MaxPool{n}d": {"stride": ("1", "2"), "padding": ("1",)} for n in (1, 2, 3)},
    **{f"AvgPool{n}d": {"stride": ("1", "2"), "padding": ("1",)} for n in (1, 2, 3)},
    "Linear": {"bias": ("False",)},
    "Softmax": {"dim": ("0", "1", "-1")},
    "LSTM": {"batch_first": ("True",)},
    "GRU": {"batch_first": ("True",)},
}
_PLACES = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding")


def arguments(state: State, scene: Scene) -> Iterator[State]:
    """States in which one layer is given one or two arguments that it was not given."""
    program = state.program()
    tree = program.tree()
    if tree is None or not any(c.kind in ("tensor", "shape", "number", "relation") for c in scene.claims):
        return
    for call in modules_of(tree).values():
        kind = last_name(call.func)
        given = {k.arg for k in call.keywords} | set(_PLACES[: len(call.args)])
        asked = {name for name in _KNOBS.get(kind, {}) if re.search(rf"\b{name}", scene.question, re.IGNORECASE)}
        knobs = {name: values for name, values in _KNOBS.get(kind, {}).items() if name not in given | asked}
        for setting in _settings(knobs):
            change = Change(
                RULE,
                f"`{kind}` is not told its {' and '.join(n for n, _ in setting)}",
                "only so it gives what the card states",
            )
            text = ", ".join(f"{name}={value}" for name, value in setting)
            yield from append_argument(state, program, call, text, change, float(len(setting)))


def _settings(knobs: dict[str, tuple[str, ...]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """The combinations of at most MOST_TOKENS arguments."""
    choices = [((), *((name, v) for v in values)) for name, values in knobs.items()]
    for combination in product(*choices):
        setting = tuple(c for c in combination if c)
        if 0 < len(setting) <= MOST_TOKENS:
            yield setting  # type: ignore[misc]
