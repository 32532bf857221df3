"""What is shown and was never meant to run. In: a snippet that does not run; out: the reason to skip it, None where it failed.

Signatures (`tensor.masked_fill(mask, value)` and nothing else), shapes noted as annotations (`image: Tensor[B, 3, 288, 288]`), heads
without a body (`class Name(nn.Module)`). It must leave alone: whatever runs, with stand-ins too; calls whose arguments the card gives,
or that are more than names; blocks of which something is claimed; and cards that say that something fails.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from deckbuild.model import Fault

from ..conclude import Unrunnable
from ..draft import Draft, parse
from ..meant import is_about_failure
from ..program.annotations import is_of_shapes, noted_shapes
from ..program.names import bound, root, used
from ..program.needs import needs
from ..scene import Scene
from ..search import NotFound
from .refuse import Refusal

_HEAD = re.compile(r"^(?:class|(?:async )?def) (?P<name>\w+)\b.*[^:\s]$")


def as_shown(place: Unrunnable, found: NotFound, scene: Scene) -> Unrunnable:
    """The snippet with the reason to skip it, where all of it is notation."""
    draft = found.state.drafts[-1]
    tree = parse(draft.text)
    claimed = any(c.snippet == place.snippet.line for c in scene.claims)
    if place.reason is not None or tree is None or claimed or is_about_failure(scene):
        return place
    refusal = _notes_shapes(tree, place.fault) or _is_signature(tree, draft, found, scene)
    return place if refusal is None else replace(place, reason=refusal.reason, why=refusal.why)


def shown_heads(source: str, scene: Scene) -> Refusal | None:
    """Why a block of nothing but heads of classes and functions is not run."""
    lines = [x for x in source.split("\n") if x.strip() and not x.lstrip().startswith(("#", "@"))]
    heads = [_HEAD.match(x.strip()) for x in lines]
    whole = all(h is not None and parse(f"{h[0]}:\n    pass") is not None for h in heads)
    if not heads or not whole or is_about_failure(scene):
        return None
    names = ", ".join(f"`{h['name']}`" for h in heads if h is not None)
    return Refusal("fragment", f"it shows the head of {names}, without a body")


def _notes_shapes(tree: ast.Module, fault: Fault | None) -> Refusal | None:
    """PSEUDO-CODE where the missing name stands in annotations of shapes alone, or such an annotation cannot be read."""
    shapes = noted_shapes(tree)
    if fault is None or not shapes:
        return None
    if (fault.name and is_of_shapes(fault.name, tree)) or "not subscriptable" in fault.message:
        return Refusal("pseudo-code", f"`{ast.unparse(shapes[0])}` notes a shape: it is no type that Python knows")
    return None


def _is_signature(tree: ast.Module, draft: Draft, found: NotFound, scene: Scene) -> Refusal | None:
    """FRAGMENT where the block is nothing but calls of a library or a method whose arguments are names that nothing gives."""
    body = [s for s in tree.body if not isinstance(s, ast.Import | ast.ImportFrom)]
    calls = [s.value for s in body if isinstance(s, ast.Expr) and isinstance(s.value, ast.Call)]
    if not calls or len(calls) < len(body):
        return None
    above = {n for d in found.state.drafts[:-1] for s in (parse(d.text) or ast.Module([], [])).body for n in bound(s)}
    missing = {n.name for n in needs(tree)} - above
    imported = {n for a in draft.before if a.text.startswith(("import ", "from ")) for n in a.binds}
    given = imported | {n for s in tree.body if s not in body for n in bound(s)}
    objects = given | (missing - scene.book.definitions.keys())
    if not all(_is_placeholder_call(c, missing - given, given) and root(c.func) in objects for c in calls):
        return None
    nowhere = [n for c in calls for n in sorted(used(c)) if n in missing - given and n not in scene.book.definitions]
    if not nowhere:
        return None
    said = f"`{ast.unparse(calls[0].func)}`"
    return Refusal("fragment", f"it shows how {said} is called, with names that nothing gives")


def _is_placeholder_call(call: ast.Call, missing: set[str], given: set[str]) -> bool:
    """Whether all arguments are such names or settings by keyword, and what is called is a library's or a method."""
    names = [*call.args, *(k.value for k in call.keywords if not isinstance(k.value, ast.Constant))]
    named = all(isinstance(a, ast.Name) and a.id in missing for a in names)
    known = isinstance(call.func, ast.Attribute) or (isinstance(call.func, ast.Name) and call.func.id in given)
    return bool(names) and named and known
