"""What the text says, held against what was computed.

    text/       what a card says: comments, sentences, sessions, and words that take them back
    kinds/      the kinds of claims: each module has the recogniser, the test and the judge of one
    facts/      what was computed, on what it rests, and what is asked for besides
    agreement/  when two things that are written differently are the same
    extract     a card -> its claims                     judge       claims and repairs -> judgements
    findings    what a comparison gave                   grounds     from a comparison to a verdict
    standins    shapes that rest on a size of our own

A claim is confirmed or refuted only by something that was computed: by the outcomes of the card's repaired snippets, by those under other
seeds (`reseed`), and by what the expressions give that the text speaks of (`ask`). In doubt it is untested.
"""

from .extract import extract
from .facts.asking import ask
from .facts.reseeded import reseed
from .judge import judge

__all__ = ["ask", "extract", "judge", "reseed"]
