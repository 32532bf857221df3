"""Layers as they are named in words: text in, the torch class of each layer that it names out."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A layer that a text names."""

    kind: str
    """The class in `torch.nn`: `Conv2d`."""
    start: int
    end: int


RANK = r"(?:(?P<rank>[123])[\s-]?[dD](?:imensional)?|(?P<word>one|two|three)[\s-]dimensional)"
SPATIAL = {
    "ConvTranspose": r"(?:transposed?|de|fractionally[\s-]strided\s)[\s-]?convolution(?:al|s)?(?:\s(?:layers?|operations?))?",
    "Conv": r"convolution(?:al|s)?(?:\s(?:layers?|operations?))?",
    "BatchNorm": r"batch[\s-]?norm(?:alization)?(?:\s(?:layers?|operations?))?",
    "MaxPool": r"max[\s-]?pool(?:ing)?(?:\s(?:layers?|operations?))?",
    "AvgPool": r"(?:average|avg|mean)[\s-]?pool(?:ing)?(?:\s(?:layers?|operations?))?",
    "InstanceNorm": r"instance[\s-]norm(?:alization)?",
}
PLAIN = {
    "Linear": r"(?:linear|fully[\s-]connected|dense)\s(?:\w+\s)?layers?",
    "LayerNorm": r"layer[\s-]norm(?:alization)?",
    "Embedding": r"(?:token\s|word\s|positional\s)?embedding\slayers?",
    "Dropout": r"dropout",
    "LSTM": r"LSTM|long short[\s-]term memory",
    "GRU": r"GRU|gated recurrent units?",
    "MultiheadAttention": r"multi[\s-]?head(?:ed)?\s(?:self[\s-])?attention",
    "ReLU": r"ReLU(?:\sactivation)?",
    "LeakyReLU": r"leaky[\s-]?relu",
    "Sigmoid": r"sigmoid\s(?:activation|layer|function)",
    "Tanh": r"tanh(?:\sactivation)?",
    "Softmax": r"softmax",
    "Flatten": r"flatten(?:ing)?\slayer",
}
NAMED = re.compile(
    r"\b(?:nn\.)(?P<kind>[A-Z]\w+)|\b(?P<bare>(?:Conv|ConvTranspose|BatchNorm|MaxPool|AvgPool|InstanceNorm)[123]d)\b"
)
WORDS = {"one": "1", "two": "2", "three": "3"}
PATTERNS = tuple(
    (
        kind,
        re.compile(
            rf"(?<![\w-])(?:{RANK}\s)?(?:{pattern})(?:\s(?:for|in|over)\s{RANK.replace('rank', 'after').replace('word', 'spelt')})?\b",
            re.IGNORECASE,
        ),
    )
    for kind, pattern in SPATIAL.items()
)
FLAT = tuple((kind, re.compile(rf"(?<![\w-])(?:{pattern})\b", re.IGNORECASE)) for kind, pattern in PLAIN.items())


@functools.lru_cache(maxsize=512)
def layer_words(text: str) -> tuple[LayerWord, ...]:
    """The layers that a text names, in their order, by their classes in `torch.nn`.

    A convolution, pooling or batch normalization of unstated rank is taken as 2-D. Where two readings overlap, the longer one stands.
    """
    found = [LayerWord(m["kind"] or m["bare"], m.start(), m.end()) for m in NAMED.finditer(text)]
    found += [LayerWord(kind + rank(m), m.start(), m.end()) for kind, p in PATTERNS for m in p.finditer(text)]
    found += [LayerWord(kind, m.start(), m.end()) for kind, p in FLAT for m in p.finditer(text)]
    longest = sorted(found, key=lambda w: (w.start - w.end, w.start))
    kept: list[LayerWord] = []
    for word in longest:
        if all(word.end <= k.start or k.end <= word.start for k in kept):
            kept.append(word)
    return tuple(sorted(kept, key=lambda w: w.start))


def rank(match: re.Match[str]) -> str:
    """`2d` of "2D …", "two-dimensional …", "… for 2D data"; 2 where nothing is said."""
    digit = match["rank"] or match["after"] or WORDS.get((match["word"] or match["spelt"] or "").lower())
    return f"{digit or 2}d"
