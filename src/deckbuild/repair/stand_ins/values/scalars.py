"""Settings that programs of this field name alike: devices, rates, counts. In: a name and its use; out: guesses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...program.usage import Usage
from ...scene import Scene
from ..guess import Guess

_NUMBER = r"\d{1,3}(?:,\d{3})+\b|\d+(?:\.\d+)?(?:e-?\d+)?(?![\w×]|\.\d|\s?[x×]\s?\d)"
_GOES_ON = re.compile(r"\s*[-+*/^%@]")
"""What follows a number that is only the beginning of a calculation: `mean = 0.9 * mean`."""
_WORDS = {
    "lr": r"learning[\s_]rate",
    "emb": "emb(?:edding)?",
    "embed": "emb(?:ed(?:ding)?)?",
    "dim": "dim(?:ension(?:s|ality)?)?",
    "vocab": "vocab(?:ulary)?",
    "seq": "seq(?:uence)?",
    "len": "len(?:gth)?",
    "ctx": "context",
    "num": r"(?:num(?:ber)?(?:[\s_]of)?|n)",
    "n": r"(?:num(?:ber)?(?:[\s_]of)?|n)",
}
_SETTINGS = {
    "device": "'cpu'",
    "lr": "0.001",
    "learning_rate": "0.001",
    "batch_size": "2",
    "num_epochs": "1",
    "epochs": "1",
    "n_epochs": "1",
    "num_classes": "3",
    "vocab_size": "10",
    "seed": "0",
    "eps": "1e-5",
    "epsilon": "1e-5",
    "alpha": "0.5",
    "beta": "0.5",
    "gamma": "0.9",
    "eta": "0.1",
    "temperature": "1.0",
    "dropout": "0.1",
    "seq_len": "4",
    "num_heads": "2",
    "hidden_size": "4",
    "input_size": "4",
    "latent_dim": "4",
    "z_dim": "4",
    "noise_dim": "4",
    "nz": "4",
    "hidden_dim": "4",
    "embedding_dim": "4",
    "embed_dim": "4",
    "emb_dim": "4",
    "d_model": "4",
    "num_layers": "1",
    "n_heads": "2",
    "in_features": "4",
    "out_features": "3",
}


_KINDS = (
    (re.compile(r"(?:^|_)lr(?:_|$)|learning_rate|_decay$|^weight_decay$"), "0.001"),
    (re.compile(r"^(?:\w+_)?(?:pad|bos|eos|sos|unk|start|end)_?(?:id|idx|index|token_id|symbol)$|^pad$"), "0"),
    (re.compile(r"(?:^|_)drop(?:out)?_?(?:rate|p|prob|probability)$|^p_drop(?:out)?$|_(?:prob|probability)$"), "0.5"),
    (re.compile(r"^(?:dt|dx|dy|tol(?:erance)?|delta_?[tx])$"), "0.1"),
    (re.compile(r"_(?:heads|channels)$"), "2"),
    (re.compile(r"_(?:epochs|layers|blocks)$"), "1"),
    (re.compile(r"_(?:steps|iters|iterations)$|(?:^|_)patience$"), "3"),
    (
        re.compile(
            r"^d_(?:in|out|model|k|v|ff)$|_(?:dim|dims|units|length|len|size)$|^(?:in|out|num|n|hidden)_features$"
        ),
        "4",
    ),
)
"""Settings by the ends of their names."""


def setting(name: str) -> object:
    """The small number that stands in for a setting of just that name; None where it is none."""
    value = _SETTINGS.get(name.lower())
    return ast.literal_eval(value) if value is not None else None


def usual(name: str) -> object:
    """The small number that stands in for a setting of that name, or of one whose name ends so; None where it is none."""
    value = _usual(name)
    return ast.literal_eval(value) if value is not None else None


def guess(usage: Usage, tree: ast.Module, scene: Scene) -> Iterator[Guess]:
    """What the text says of a setting of that name, or its usual small value; nothing of what is used as a container."""
    if usage.subscripts or usage.calls or usage.attributes or not usage.contexts:
        return
    for number, said in _said(usage.name, scene.text, scene.prose):
        yield Guess(number, f"the card says “{said}”", copied=(said,))
    value = _usual(usage.name)
    if value is not None:
        yield Guess(value, "a small setting of the usual kind")


def _usual(name: str) -> str | None:
    """The value of a setting of that name, or of one whose name ends so."""
    low = name.lower()
    return _SETTINGS.get(low) or next((value for form, value in _KINDS if form.search(low)), None)


def _said(name: str, text: str, prose: str) -> Iterator[tuple[str, str]]:
    """(number, words) where the text gives a number under the words of the name: `block_size` and "a block size of 8", "12 heads"."""
    yield from _equated(name, prose)
    words = [_WORDS.get(w, re.escape(w)) for w in name.lower().split("_") if w]
    if len(words) < 2 and name.lower() not in _WORDS and _usual(name) is None:
        return
    whole = r"[\s_-]".join(words)
    patterns = [
        rf"(?<![\w.]){whole}`?\s*(?:=|of|is|to|:|equals)\s*`?(?P<n>{_NUMBER})",
        rf"(?<![\w.]){re.escape(name)}`?\s+`?(?P<n>{_NUMBER})",
    ]
    if name.lower().startswith(("num_", "n_")) and len(words) == 2:
        patterns.append(rf"(?<![\w.,×-])(?P<n>\d+)\s(?:[a-z]+\s)?{words[1].rstrip('s')}s?\b")
    for pattern in patterns:
        for m in re.finditer(pattern, text, re.IGNORECASE):
            if "=" in m[0] and _GOES_ON.match(text, m.end()):
                continue
            yield m["n"].replace(",", ""), " ".join(m[0].split())


def _equated(name: str, prose: str) -> Iterator[tuple[str, str]]:
    """(number, words) where the text outside the code says `k = 2.5`, with one number only."""
    found = re.findall(
        rf"(?<![\w\\.+*/^_-])[$`]{{0,2}}{re.escape(name)}[$`]{{0,2}}\s*=\s*[$`]{{0,2}}({_NUMBER})(?!\s*[-+*/^\d\\])",
        prose,
    )
    if len(set(found)) == 1:
        yield found[0].replace(",", ""), f"{name} = {found[0]}"
