"""The outside program that may be asked for a correction (`--repair-command`), and the record of what it answered.

Goes in: requests, which the stage `repair` writes. Comes out: answers whose form is right; whether they are any good, `repair` judges.

    command   one process per request, under limits of time and size
    answer    JSON -> Answer, strictly
    record    answers by the hash of their request, in a file that can be committed
"""

from .outside import Outside, open_outside

__all__ = ["Outside", "open_outside"]
