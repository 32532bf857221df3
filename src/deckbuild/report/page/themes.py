"""A style sheet with rules for Anki's night mode -> the same for a page that follows the system, or a box that turns it round.

`.card.nightMode .x { … }` holds for `.card .x` if the system is dark and the box `#theme` is not ticked, or the system is light and
it is. No script is needed.
"""

from __future__ import annotations

import re

_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NIGHT = ".nightMode"
_SAME = ".night_mode"
"""The class by which some of Anki's programs call it."""
_WHERE = "~ .page "


def themed(css: str) -> str:
    """The style sheet, its night rules moved to its end."""
    css = _REMARK.sub("", css)
    night = [rule for rule in _RULE.finditer(css) if _NIGHT in rule[1]]
    day = _RULE.sub(lambda rule: "" if _NIGHT in rule[1] else rule[0], css)
    dark = _media("dark", "#theme:not(:checked)", night)
    turned = _media("light", "#theme:checked", night)
    return f"{day.rstrip()}\n{dark}{turned}"


def _media(scheme: str, box: str, rules: list[re.Match[str]]) -> str:
    inside = "".join(f"{_selectors(rule[1], box)} {{{rule[2]}}}\n" for rule in rules)
    return f"@media (prefers-color-scheme: {scheme}) {{\n{inside}}}\n" if inside else ""


def _selectors(selectors: str, box: str) -> str:
    own = [s.strip().replace(_NIGHT, "").strip() for s in selectors.split(",") if _NIGHT in s]
    others = [s.strip() for s in selectors.split(",") if _NIGHT not in s and _SAME not in s]
    return ", ".join([*(f"{box} {_WHERE}{s}" for s in own), *others])
