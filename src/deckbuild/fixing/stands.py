"""Which corrections of a snippet can be written into its source: all that do not rest on what deckbuild assumed."""

from __future__ import annotations

import ast
import builtins
import re
import textwrap
import warnings

from deckbuild.model import Edit, Repair, Snippet, SnippetVerdict
from deckbuild.syntax import parse_module

_NAME = re.compile(r"[^\W\d]\w*")
_IMPORT = re.compile(r"\s*(?:>>> )?(?:import|from)\b")
_BUILT_IN = frozenset(dir(builtins))


def standing(repair: Repair) -> frozenset[int]:
    """Indices of the edits that can be written.

    Of a corrected snippet all of them. Of a completed one those that would be right whatever takes the place of the
    assumptions: what made its text Python, imports, statements about the snippet's own names, and changes that a claim did
    not choose; none of them may touch a name whose value is assumed. Code that a question
    on its row cuts off is never written: it stands in the file, and it is the question that has to move.
    """
    edits = [(n, edit) for n, edit in enumerate(repair.edits) if not _is_cut_off(edit, repair.snippet)]
    match repair.verdict:
        case SnippetVerdict.CORRECTED:
            return frozenset(n for n, _ in edits)
        case SnippetVerdict.COMPLETED:
            return frozenset(n for n, edit in edits if _stands(edit, repair))
        case _:
            return frozenset()


def _is_cut_off(edit: Edit, snippet: Snippet) -> bool:
    return edit.line is None and bool(snippet.rest) and edit.after.strip() == snippet.rest.strip()


def _stands(edit: Edit, repair: Repair) -> bool:
    if edit.line is None:
        return _addition_stands(edit.after, repair)
    group = [e for e in repair.edits if (e.line, e.before) == (edit.line, edit.before)]
    if len(group) == 1 and _tree(edit.before) is None and _tree(edit.after) is not None:
        return True
    names = {*_NAME.findall(edit.before), *_NAME.findall(edit.after)}
    return repair.tried is None and not names & repair.assumed


def _addition_stands(text: str, repair: Repair) -> bool:
    """Statements that are made of nothing but what stands in the snippet: definitions of other cards are not."""
    tree = _tree(text)
    if tree is None:
        return False
    if all(isinstance(s, ast.Pass) for s in tree.body):
        return True
    if all(isinstance(s, ast.Import | ast.ImportFrom) for s in tree.body):
        # An assumption has imports of its own, and stands before those of the snippet.
        source = repair.snippet.source
        return bool(_imported(text) & {*_NAME.findall(source)} - _imported(source))
    named = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
    read = {n.id for n in named if isinstance(n.ctx, ast.Load)} - _BUILT_IN
    own = {*_NAME.findall(repair.snippet.source)}
    assumed = {n.id for n in named} & repair.assumed
    return repair.tried is None and bool(read) and read <= own and not assumed and _is_simple(tree)


def _imported(text: str) -> frozenset[str]:
    """The names that the lines import; the text around them need not be Python."""
    found = (_tree(line.strip().removeprefix(">>> ")) for line in text.split("\n") if _IMPORT.match(line))
    statements = (s for tree in found if tree is not None for s in tree.body)
    aliases = (a for s in statements if isinstance(s, ast.Import | ast.ImportFrom) for a in s.names)
    return frozenset((a.asname or a.name).partition(".")[0] for a in aliases)


def _is_simple(tree: ast.Module) -> bool:
    return all(isinstance(s, ast.Assign | ast.Expr) for s in tree.body)


def _tree(lines: str) -> ast.Module | None:
    """The syntax tree of whole lines, a header without its body included."""
    text = textwrap.dedent(lines)
    for candidate in (text, text + "\n    pass"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in the card's strings
            try:
                return parse_module(candidate)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
    return None
