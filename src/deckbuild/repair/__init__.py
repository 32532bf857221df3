"""The stage that makes snippets run: cards and the deck around them in, each snippet's Repair out, with evidence.

    library   what the deck defines                      damage/     text that does not parse although it is Python
    own_names names that the snippet has itself          slips       text that is one edit away from Python
    resolve   missing names -> providers of rules/       stand_ins/  values inferred from use, told as assumptions
    search    best first, judged by execution            choose      what a claim selects among settings
    by_claim  corrections that only a claim may choose
    inverse/  an input that follows from what is shown   external/   what a program outside proposes
    conclude  clean runs -> repairs

Code is run only through the `Run` that the stage is handed; claims are judged only through its `Judge`.
"""

from .card import repair_card
from .library import Library, build_library

__all__ = ["Library", "build_library", "repair_card"]
