"""What the examples of a loader are, if nothing unpacks it. In: the program, the card and its file; out: names for their parts.

Source: the names that programs of this field give to the parts of a batch; `parts` tells the values by them.
"""

from __future__ import annotations

import ast
import re

from ...scene import Scene

PICTURES, TOKENS, ROWS = ("images", "labels"), ("input_ids", "target_ids"), ("rows", "labels")
_PICTURES = re.compile(r"(?<![a-z])(?:images?|pictures?|photos?|pixels?|channels?|MNIST|CIFAR)(?![a-z])", re.IGNORECASE)
_TOKENS = re.compile(r"(?<![a-z])(?:tokens?|tokenizers?|vocab(?:ulary)?|texts?|words?)(?![a-z])", re.IGNORECASE)


def subject(tree: ast.Module, scene: Scene) -> tuple[str, str]:
    """PICTURES where a convolution is fed or the card speaks of them, else TOKENS if it speaks of these, else what its file speaks of most; ROWS."""
    if _PICTURES.search(scene.text) or any(isinstance(n, ast.Attribute) and "Conv" in n.attr for n in ast.walk(tree)):
        return PICTURES
    if _TOKENS.search(scene.text):
        return TOKENS
    text = _file(scene)
    pictures, tokens = len(_PICTURES.findall(text)), len(_TOKENS.findall(text))
    if not pictures and not tokens:
        return ROWS
    return PICTURES if pictures > tokens else TOKENS


def _file(scene: Scene) -> str:
    """Titles and code of all cards of the card's file."""
    chunks = [c for c in scene.library.chunks.values() if c.path == scene.card.path]
    return "\n".join(text for c in chunks for text in (c.title, *(s.text for s in c.statements)))
