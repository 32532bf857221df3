"""What the import tools make of texts: a script that runs where they are installed, and needs nothing else.

    python tidying.py pyflyby|autoimport [FOLDER...] < texts.json > tidied.json

In: a JSON list of programs; the folders are searched for modules after those of this Python, so that the tools know what is
installed where the programs run. Out: a list of the same length; null where the tool raised, what it made of the text elsewhere.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable


def main() -> None:
    """Reads, tidies, writes."""
    sys.path += sys.argv[2:]
    tidy = {"pyflyby": with_pyflyby, "autoimport": with_autoimport}[sys.argv[1]]()
    texts = json.load(sys.stdin)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        tidied = [attempt(tidy, text) for text in texts]
    json.dump(tidied, sys.stdout)


def attempt(tidy: Callable[[str], str], text: str) -> str | None:
    """The tidied text; None where the tool cannot read it."""
    try:
        return tidy(text)
    except (Exception, SystemExit):
        return None


def with_pyflyby() -> Callable[[str], str]:
    """`tidy-imports` as it is shipped, with its own database."""
    from pyflyby import PythonBlock
    from pyflyby._imports2s import fix_unused_and_missing_imports

    return lambda text: str(fix_unused_and_missing_imports(PythonBlock(text)).text.joined)


def with_autoimport() -> Callable[[str], str]:
    """`autoimport` as it is shipped."""
    from autoimport import fix_code

    return lambda text: str(fix_code(text))


if __name__ == "__main__":
    main()
