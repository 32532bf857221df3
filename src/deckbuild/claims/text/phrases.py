"""The ways in which texts name a setting and its number: "128 hidden units", "a learning rate of 0.001"."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way of naming a setting; the group `n` is its number."""

    pattern: re.Pattern[str]
    keys: tuple[str, ...]
    variables: tuple[str, ...] = ()
    ordered: bool = False
    """Whether words like "second hidden layer" tell which layer is meant."""


WORDS = {
    "one": 1,
    "a single": 1,
    "single": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
}
COUNT = rf"(?P<n>\d[\d,]*|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
DIGITS = r"(?P<n>\d[\d,]*)"
REAL = r"(?P<n>\d*\.?\d+(?:[eE][-−]?\d+)?)(?!\w|\.\d|\s?[%x×])"
LINK = r"(?:\s+(?:size|value))?`?\s*(?:\s(?:of|is|was|to|as|set to|equal to)\s|=|:)\s*(?:set\s+to\s+|equal\s+to\s+)?`?"


def phrase(pattern: str, keys: str, variables: str = "", *, ordered: bool = False) -> Phrase:
    """The phrase for a pattern, with names divided by blanks."""
    return Phrase(re.compile(pattern, re.IGNORECASE), tuple(keys.split()), tuple(variables.split()), ordered)


PHRASES = (
    phrase(rf"(?<![\w.,-]){COUNT}[\s-]+input[\s-]+channels?\b", "in_channels", ordered=True),
    phrase(rf"(?<![\w.,-]){COUNT}[\s-]+output[\s-]+channels?\b", "out_channels", ordered=True),
    phrase(rf"(?<![\w.,-]){COUNT}[\s-]+input[\s-]+(?:features?|neurons?|units?|nodes?)\b", "in_features", ordered=True),
    phrase(rf"(?<![\w.,-]){COUNT}[\s-]+output[\s-]+(?:features?|neurons?|units?|nodes?)\b", "out_features", ordered=True),
    phrase(rf"(?<![\w.,-]){COUNT}\s+inputs\b", "in_features", ordered=True),
    phrase(rf"(?<![\w.,-]){COUNT}\s+outputs?\b(?!\s+(?:channel|feature|neuron|unit|node|layer))", "out_features", ordered=True),
    phrase(rf"(?<![\w.,-]){DIGITS}[\s-]+(?:neurons?|(?:hidden\s+)?units?|nodes?)\b", "out_features hidden_size", "hidden_size hidden_dim", ordered=True),
    phrase(rf"\bdrop-?out(?:\s+layers?)?(?:\s+with)?(?:\s+an?)?(?:\s+drop-?out)?(?:\s+(?:rate|probability|value))?(?:\s+p)?(?:\s+of|\s*=|\s+is)?\s+`?{REAL}", "p", "dropout dropout_rate drop_rate p"),
    phrase(rf"\blearning[\s-]rate(?:\s+\(?`?\w{{1,5}}`?\)?)?{LINK}{REAL}", "lr", "lr learning_rate LEARNING_RATE alpha eta"),
    phrase(rf"\bbatch[\s-]size{LINK}{COUNT}\b(?!\.\d)", "batch_size", "batch_size BATCH_SIZE bs batch"),
    phrase(rf"\b(?:embedding|model)[\s-](?:dimension|size|dim){LINK}{COUNT}\b(?!\.\d)", "embedding_dim", "embed_dim embedding_dim embed_size emb_dim d_model embedding_size n_embd"),
    phrase(rf"\bhidden[\s-](?:dimension|size|dim){LINK}{COUNT}\b(?!\.\d)", "hidden_size", "hidden_size hidden_dim d_ff"),
    phrase(rf"\bvocab(?:ulary)?[\s-]size{LINK}{COUNT}\b(?!\.\d)", "num_embeddings", "vocab_size VOCAB_SIZE"),
    phrase(rf"(?<![\w.,-]){COUNT}[\s-]+(?:attention\s+)?heads\b", "num_heads", "num_heads n_heads nhead heads n_head h"),
    phrase(rf"(?<![\w.,-]){COUNT}[\s-]+(?:(?:transformer|decoder|encoder)\s+)?(?:layers|blocks)\b", "", "n_layers num_layers n_layer num_blocks n_blocks depth"),
    phrase(rf"\bnegative[\s_]slope(?:\s+\w+)?{LINK}{REAL}", "negative_slope"),
    phrase(rf"\bmomentum{LINK}{REAL}", "momentum", "momentum"),
    phrase(rf"\bweight[\s_]decay{LINK}{REAL}", "weight_decay", "weight_decay"),
    phrase(rf"\bcontext[\s_](?:length|size){LINK}{COUNT}\b(?!\.\d)", "context_length", "context_length block_size"),
)  # fmt: skip
