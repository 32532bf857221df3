"""Text damage and syntax: what keeps a snippet from being parsed although it is Python. In: a Snippet; out: a Draft."""

from __future__ import annotations

from deckbuild.model import Snippet

from ..draft import Draft, start_draft


def clean(snippet: Snippet) -> Draft:
    """The snippet's draft with text damage undone, so far as a rule applies and the result parses."""
    return start_draft(snippet)
