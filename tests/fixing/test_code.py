"""The new source of a snippet: corrected lines, additions, and every other line as it was."""

from __future__ import annotations

import pytest

from deckbuild.fixing.code import corrected
from deckbuild.repair.draft import insert_line, replace_lines
from tests.fixing.making import WHY, Mend, added, renamed, repaired, with_additions
from tests.sample import snippet


def new_source(source: str, mend: Mend) -> str | None:
    rows = corrected(repaired(snippet(source), mend))
    return None if rows is None else "\n".join(row.text for row in rows)


IMPORT = with_additions(added("import math"))
AFTER = with_additions(after=[added("print(x)")])


@pytest.mark.parametrize(
    ("source", "mend", "new"),
    [
        ("x = math.pi", IMPORT, "import math\nx = math.pi"),
        ("x = 1", AFTER, "x = 1\nprint(x)"),
        ("x = 1\ny = 2", renamed("2", "3"), "x = 1\ny = 3"),
        ("    x = 1\n\n    y = 2", renamed("2", "3"), "    x = 1\n\n    y = 3"),
        ("    x = 1\n      \n    y = 2", IMPORT, "    import math\n    x = 1\n      \n    y = 2"),
        (
            "\tx = 1",
            with_additions(added("def f():\n    return 1\n\ny = 2")),
            "\tdef f():\n\t    return 1\n\n\ty = 2\n\tx = 1",
        ),
        (
            "from __future__ import annotations\nx = math.pi",
            IMPORT,
            "from __future__ import annotations\nimport math\nx = math.pi",
        ),
        (
            "# sums.py\nfrom __future__ import (\n    annotations,\n)\n\nx = math.pi",
            IMPORT,
            "# sums.py\nfrom __future__ import (\n    annotations,\n)\nimport math\n\nx = math.pi",
        ),
        ("# sums.py\nx = math.pi", IMPORT, "# sums.py\nimport math\nx = math.pi"),
        ("# sums\nx = math.pi", IMPORT, "import math\n# sums\nx = math.pi"),
        ("def f():\n    # nothing\nx = 1", lambda d: d, "def f():\n    # nothing\n    pass\nx = 1"),
        ("x = “a”  # “b”\ny = 1", lambda d: d, 'x = "a"  # "b"\ny = 1'),
        ("a\nb\nc", lambda d: replace_lines(d, 0, 1, ["z"], WHY), "z\nc"),
        ("a\nb\nc", lambda d: replace_lines(d, 1, 1, ["y", "z"], WHY), "a\ny\nz\nc"),
        ("a\nb", lambda d: insert_line(d, 1, "z", WHY), "a\nz\nb"),
    ],
)
def test_plain_code(source: str, mend: Mend, new: str) -> None:
    assert new_source(source, mend) == new


@pytest.mark.parametrize(
    ("source", "mend", "new"),
    [
        (">>> x = math.pi\n>>> x > 3\nTrue", IMPORT, ">>> import math\n>>> x = math.pi\n>>> x > 3\nTrue"),
        (">>> x = 1\n>>> x\n1", AFTER, ">>> x = 1\n>>> x\n1\n>>> print(x)"),
        (
            ">>> x\n2",
            with_additions(added("def f():\n    return 1\n\nx = 2")),
            ">>> def f():\n...     return 1\n...\n>>> x = 2\n>>> x\n2",
        ),
        (">>> for i in 2,:\n...     i + 2\n2\n>>> 3", renamed("2", "4"), ">>> for i in 4,:\n...     i + 4\n2\n>>> 3"),
        ("  >>> x = 1\n  1", IMPORT, "  >>> import math\n  >>> x = 1\n  1"),
        ("Try it:\n\n>>> x = 1\n1\n2\n>>> y = 1\n3", renamed("y", "z"), "Try it:\n\n>>> x = 1\n1\n2\n>>> z = 1\n3"),
    ],
)
def test_sessions_keep_their_prompts_and_their_output(source: str, mend: Mend, new: str) -> None:
    assert new_source(source, mend) == new


def test_a_snippet_that_runs_as_it_is_has_nothing_to_write() -> None:
    assert new_source("x = 1", lambda d: d) is None
    assert new_source("    x = 1", lambda d: d) is None
    assert new_source(">>> 1 + 1\n2", lambda d: d) is None


def test_assumptions_are_never_written() -> None:
    mend = with_additions(added("img = ones(2)", assumption=True))
    assert new_source("y = img", mend) is None
    both = with_additions(added("import math"), added("img = ones(2)", assumption=True))
    assert new_source("y = math.exp(img)", both) == "import math\ny = math.exp(img)"
