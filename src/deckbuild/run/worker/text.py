"""The `repr` of anything, short.

Goes in: any object. Comes out: its `repr`, cut at 2,000 characters and never longer in the making: of a list of a
million entries only the first are looked at. A `repr` that raises is said to be one.
"""

from __future__ import annotations

from collections.abc import Iterator

LIMIT = 2000
BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}"), dict: ("{", "}")}


def short_repr(value: object, limit: int = LIMIT) -> str:
    """The `repr`; what is beyond the limit is `…`."""
    parts: list[str] = []
    size = 0
    try:
        for part in _pieces(value, frozenset()):
            parts.append(part)
            size += len(part)
            if size > limit:
                return "".join(parts)[: limit - 1] + "…"
    except RecursionError:
        return "".join(parts) + "…"
    return "".join(parts)


def _pieces(value: object, above: frozenset[int]) -> Iterator[str]:
    match value:
        case list() | tuple() | set() | dict() if type(value) in BRACKETS and value and id(value) not in above:
            first, last = BRACKETS[type(value)]
            inside = above | {id(value)}
            yield first
            for index, entry in enumerate(value.items() if isinstance(value, dict) else value):
                yield ", " if index else ""
                if isinstance(value, dict):
                    yield from _pieces(entry[0], inside)
                    yield ": "
                yield from _pieces(entry[1] if isinstance(value, dict) else entry, inside)
            yield ",)" if type(value) is tuple and len(value) == 1 else last
        case _:
            yield _whole(value)


def _whole(value: object) -> str:
    if type(value) in (str, bytes):
        return repr(value[: LIMIT + 1])  # type: ignore[index]
    try:
        return str.__str__(repr(value))
    except RecursionError:
        return f"<{type(value).__name__}: repr goes too deep>"
    except BaseException as error:  # whatever a stranger's __repr__ raises is told, and changes nothing
        return f"<{type(value).__name__}: repr raised {type(error).__name__}>"
