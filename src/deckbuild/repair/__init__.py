"""The stage that makes snippets run: cards and the deck around them in, each snippet's Repair out, with evidence.

    program/    how a program is read                    damage/     text that does not parse although it is Python
    lending/    what other cards give, and may give      slips       text that is one edit away from Python
    resolve     missing names -> providers of rules/     stand_ins/  values inferred from use, told as assumptions
    search      best first, judged by execution          settings/   what a claim selects, by `choose`
    by_claim    corrections that only a claim may choose in_part     lists of which a block shows the first entries
    inverse/    an input that follows from what is shown external/   what a program outside proposes
    doubts/     what a program that runs may not show    refusals/   why a snippet is left as it is
    conclude    clean runs -> repairs                    card        all of it, in its order

Code is run only through the `Run` that the stage is handed; claims are judged only through its `Judge`.
"""

from .card import repair_card
from .lending.library import Library, build_library

__all__ = ["Library", "build_library", "repair_card"]
