"""Real files: a line is added to every snippet, and no other byte changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuild.repair.draft import Draft, start_draft
from tests.fixing.making import added, fixed, read, with_additions

SHARED = Path(__file__).parents[3] / "shared"
FILES = sorted((*SHARED.glob("corpus/*/*.md"), *SHARED.glob("seed/*.md")))
LINE = "import a_module_that_nobody_has"


@pytest.mark.skipif(not FILES, reason="the shared files are not here")
def test_every_snippet_of_every_file_can_be_corrected() -> None:
    count = 0
    for path in FILES:
        before = path.read_bytes()
        found = fixed(before, _with_a_line)
        snippets = {s.line for c in read(before).cards for s in c.snippets if s.is_python and s.source.strip()}
        assert found.refusals == (), path
        assert {change.line for change in found.changes} >= snippets, path
        kept = b"".join(
            x for x in found.data.splitlines(keepends=True) if x.strip().removeprefix(b">>> ") != LINE.encode()
        )
        assert kept == before, path
        count += len(snippets)
    assert count > 100


def _with_a_line(draft: Draft) -> Draft:
    return with_additions(added(LINE))(start_draft(draft.snippet))
