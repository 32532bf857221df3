"""What the text says, held against what was computed.

`extract` reads the claims of a card from its prose, comments and literals; `judge` compares each with the outcomes of the card's
repaired snippets, and, where `reseed` ran them again with other seeds, with those too, and with what `ask` found the expressions to give that it speaks of. A claim is confirmed or refuted only by something that was computed; in doubt it is untested. Each kind of claim
has a module with its recogniser, its test and its judge: printed (commented, outputs) · asked (compared) · held · literals · positions · statistics · normalized · counted ·
shapes (letters) · named · made · dimensions · relations · settings · types · raises · arithmetic. `unreal` tells what is denied or only supposed.
"""

from .asking import ask
from .extract import extract
from .judge import judge
from .reseeded import reseed

__all__ = ["ask", "extract", "judge", "reseed"]
