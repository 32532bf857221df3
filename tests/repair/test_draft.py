"""Drafts keep the place of every line, whatever is changed in them."""

from __future__ import annotations

import ast
from dataclasses import replace

from deckbuild.model import Fault
from deckbuild.repair.draft import (
    Addition,
    Change,
    Draft,
    State,
    assemble,
    edit_span,
    insert_line,
    replace_lines,
    respelt,
    start_draft,
)
from deckbuild.repair.edits import notes_of
from deckbuild.repair.meant import raising
from tests.repair.making import snippet

CHANGE = Change("rule", "why", "evidence")


def node_at(draft: Draft, source: str) -> ast.AST:
    """The node of a draft's text with that text."""
    return next(
        n
        for n in ast.walk(ast.parse(draft.text))
        if isinstance(n, ast.expr) and ast.get_source_segment(draft.text, n) == source
    )


def test_a_changed_argument_is_one_edit_of_the_whole_statement() -> None:
    draft = start_draft(snippet("a = 1\nb = f(1,\n      2)\nc = 3"))
    changed = edit_span(draft, node_at(draft, "2"), "2, s=3", CHANGE)
    (edit,) = notes_of(changed).edits
    assert (edit.line, edit.before, edit.after) == (2, "b = f(1,\n      2)", "b = f(1,\n      2, s=3)")


def test_a_node_of_a_program_is_respelt_in_the_text_of_its_own_snippet_only() -> None:
    given = Addition("k = g(2)", CHANGE, frozenset({"k"}), "k")
    state = State((start_draft(snippet("a = 1\nb = g(a)")), replace(start_draft(snippet("c = g(k)")), before=(given,))))
    program = state.program()
    calls = {n.lineno: n for n in ast.walk(ast.parse(program.code)) if isinstance(n, ast.Call)}
    assert respelt(state, program, calls[3], "h(2)", CHANGE, 1.0) is None
    for line, text, expected in [(2, "h(a)", ("a = 1\nb = h(a)", "c = g(k)")), (4, "k", ("a = 1\nb = g(a)", "c = k"))]:
        changed = respelt(state, program, calls[line], text, CHANGE, 1.5)
        assert changed is not None
        assert (tuple(d.text for d in changed.drafts), changed.cost) == (expected, 1.5)


def test_an_inserted_line_is_an_addition() -> None:
    draft = insert_line(start_draft(snippet("if x:\n    # nothing\ny = 1")), 2, "    pass", CHANGE)
    (edit,) = notes_of(draft).edits
    assert (edit.line, edit.before, edit.after) == (None, "", "    pass")
    assert [s.source_line for s in notes_of(draft).shown] == [1, 2, None, 3]


def test_two_rules_on_one_line_are_two_edits_of_it() -> None:
    draft = start_draft(snippet("y = g(x)"))
    other = Change("other", "w", "e")
    draft = edit_span(draft, node_at(draft, "x"), "x.t()", CHANGE)
    draft = edit_span(draft, node_at(draft, "g(x.t())"), "g(x.t()) + 1", other)
    assert [(e.rule, e.before, e.after) for e in notes_of(draft).edits] == [
        ("rule", "y = g(x)", "y = g(x.t()) + 1"),
        ("other", "y = g(x)", "y = g(x.t()) + 1"),
    ]


def test_edits_applied_in_reverse_give_the_source_back() -> None:
    source = "a = 1\nb = 2\nc = 3\nd = 4"
    draft = replace_lines(start_draft(snippet(source)), 1, 2, ["b = 20", "b += 1", "c = 30"], CHANGE)
    (edit,) = notes_of(draft).edits
    assert draft.text.replace(edit.after, edit.before) == source


def test_a_program_runs_future_imports_first_and_knows_its_lines() -> None:
    first = start_draft(snippet("x = 1", line=3))
    second = start_draft(snippet("from __future__ import annotations\ny = x", line=9))
    addition = Addition("import torch", CHANGE, frozenset({"torch"}), "torch")

    program = assemble((first, replace(second, before=(addition,))))
    assert program.code == "from __future__ import annotations\nx = 1\nimport torch\ny = x\n"
    assert [(p.draft, p.line, p.before) for p in program.places] == [
        (1, 0, None),
        (0, 0, None),
        (1, None, 0),
        (1, 1, None),
    ]


def test_what_raises_and_what_stands_below_is_not_run_before_others() -> None:
    state = State((start_draft(snippet("x = 1\nfor i in (1, 0):\n    print(1 / i)\nz = 3")),))
    program = state.program()
    shown = raising(state, program, Fault("raised", "ZeroDivisionError", "division by zero", 3)).drafts[0]
    assert (shown.expects, shown.chained) == ("ZeroDivisionError", 1)
    assert assemble((shown, start_draft(snippet("y = 2")))).code == "x = 1\ny = 2\n"
    assert assemble((shown,)).code == program.code


def test_of_what_raises_at_its_first_line_nothing_is_run_before_others() -> None:
    addition = Addition("x = 0", CHANGE, frozenset({"x"}), "x")
    state = State((replace(start_draft(snippet("1 / x")), before=(addition,)),))
    shown = raising(state, state.program(), Fault("raised", "ZeroDivisionError", "division by zero", 2)).drafts[0]
    assert assemble((shown, start_draft(snippet("y = 2")))).code == "y = 2\n"
