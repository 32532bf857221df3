"""The values that flow through deckbuild, from text to package. All are frozen; a stage wraps what it got.

    source ──▶ Deck of Cards, each with Passages of Prose and Snippets
    run    ──▶ Outcome of a Job: what a program printed, bound, called and raised
    repair ──▶ Repair of each Snippet: the program that runs, the Edits and Assumptions that it took
    claims ──▶ Judgement of each Claim
    render ──▶ Note ──▶ package

Lines are 1-based. Paths are as given on the command line, with `/`.
"""

from .asking import Answer, Ask, Declined, LineEdit, Proposal, Unanswered
from .card import FIELDS, Checked, CheckedCard, Confinement, Media, Note, NoteStyle, Versions
from .claims import Claim, ClaimKind, ClaimVerdict, Judge, Judgement, Test
from .execution import (
    Binding,
    Fault,
    FaultKind,
    Job,
    Json,
    LayerCall,
    Outcome,
    Picture,
    Preview,
    Printed,
    Run,
    Stats,
    Value,
)
from .repair import Assumption, Edit, Repair, ShownLine, SkipReason, SnippetVerdict
from .text import (
    LONGEST_CARD,
    LONGEST_LINE,
    MOST_SNIPPETS,
    PYTHON_LANGUAGES,
    Card,
    Deck,
    Diagnostic,
    Part,
    Passage,
    Prose,
    Severity,
    Snippet,
    Source,
    Where,
)

__all__ = [
    "FIELDS",
    "LONGEST_CARD",
    "LONGEST_LINE",
    "MOST_SNIPPETS",
    "PYTHON_LANGUAGES",
    "Answer",
    "Ask",
    "Assumption",
    "Binding",
    "Card",
    "Checked",
    "CheckedCard",
    "Claim",
    "ClaimKind",
    "ClaimVerdict",
    "Confinement",
    "Deck",
    "Declined",
    "Diagnostic",
    "Edit",
    "Fault",
    "FaultKind",
    "Job",
    "Json",
    "Judge",
    "Judgement",
    "LayerCall",
    "LineEdit",
    "Media",
    "Note",
    "NoteStyle",
    "Outcome",
    "Part",
    "Passage",
    "Picture",
    "Preview",
    "Printed",
    "Proposal",
    "Prose",
    "Repair",
    "Run",
    "Severity",
    "ShownLine",
    "SkipReason",
    "Snippet",
    "SnippetVerdict",
    "Source",
    "Stats",
    "Test",
    "Unanswered",
    "Value",
    "Versions",
    "Where",
]
