"""Corrections that a program outside proposes: it is asked where the search fails, and trusted with nothing.

request   the snippet, its context and its fault, as JSON
apply     an answer -> a draft, if its lines are the snippet's
limits    what an edit may not do to the card's own text
evidence  what of the card's claims rests on an edit, and what it costs in bits
mend      asked, tried, weighed: a state, or the failure with what was proposed told
"""

from .mend import mend_outside

__all__ = ["mend_outside"]
