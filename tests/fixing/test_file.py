"""Files with their snippets corrected: what is new stands where it belongs, and all else is as it was, to the byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckbuild.fixing.file import fix_file
from deckbuild.repair.draft import Draft, start_draft
from tests.fixing.making import PATH, added, checked, fixed, read, renamed, with_additions

IMPORT = with_additions(added("import math"))
AFTER = with_additions(after=[added("print(x)")])
CARD = "#### Sums\n:p Why?\n??x\n```python\nx = 1\n```\nx??\n"


def text(before: str | bytes, mend: object = IMPORT) -> str:
    """The file afterwards, every snippet mended; nothing may be refused."""
    found = fixed(before, mend)  # type: ignore[arg-type]
    assert found.refusals == ()
    return found.data.decode()


def test_additions_stand_inside_the_fence() -> None:
    assert text(CARD) == CARD.replace("x = 1", "import math\nx = 1")
    assert text(CARD, AFTER) == CARD.replace("x = 1", "x = 1\nprint(x)")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  ```python\n  x = 1\n  ```", "  ```python\n  import math\n  x = 1\n  ```"),
        ("  ```python\n  x = 1\n\n y = 2\n  ```", "  ```python\n  import math\n  x = 1\n\n y = 2\n  ```"),
        ("1. So:\n   ~~~~py\n   x = 1\n   ~~~~", "1. So:\n   ~~~~py\n   import math\n   x = 1\n   ~~~~"),
        ("```python x = 1\ny = 2\n```", "```python import math\nx = 1\ny = 2\n```"),
        ("```python\ny = 2\nx = 1```", "```python\nimport math\ny = 2\nx = 1```"),
        ("$$a$$```python\nx = 1\n```", "$$a$$```python\nimport math\nx = 1\n```"),
        ("```python\nx = 1\n\n", "```python\nimport math\nx = 1\n\n"),
        ("```python\n    x = 1\n    y = 2\n```", "```python\n    import math\n    x = 1\n    y = 2\n```"),
    ],
)
def test_fences_as_machines_write_them(before: str, after: str) -> None:
    frame = "#### Sums\n:p Why?\n??x\n{}\nx??\n"
    assert text(frame.format(before)) == frame.format(after)


def test_code_that_shares_its_last_line_with_the_fence() -> None:
    frame = "#### Sums\n:p Why?\n??x\n{}\nx??\n"
    before, after = "```python\ny = 2\nx = 1```", "```python\ny = 2\nx = 1\nprint(x)```"
    assert text(frame.format(before), AFTER) == frame.format(after)
    assert text(frame.format(before), renamed("1", "3")) == frame.format(before.replace("1", "3"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_stay(end: str, mark: str) -> None:
    before = (mark + CARD).replace("\n", end)
    assert text(before) == before.replace("x = 1", f"import math{end}x = 1")


def test_a_file_may_end_within_the_code() -> None:
    before = "#### Sums\n:p Why?\n??x\n```python\nx = 1"
    assert text(before, AFTER) == before + "\nprint(x)"
    assert text(before, renamed("1", "3")) == before.replace("1", "3")


def test_bytes_that_are_no_text_stay() -> None:
    before = CARD.encode().replace(b"Sums", b"S\xffms")
    assert fixed(before, IMPORT).data == before.replace(b"x = 1", b"import math\nx = 1")


def test_code_that_cannot_be_found_in_the_file_is_left_and_told() -> None:
    before = CARD.encode().replace(b"x = 1", b"x = 1  # \xff")
    found = fixed(before, IMPORT)
    assert (found.data, found.changes) == (before, ())
    assert [(r.line, r.why) for r in found.refusals] == [(5, "its lines are not found in the file")]


def test_a_shared_context_is_corrected_once() -> None:
    before = "#### Sums\n```python\nx = 1\n```\n:p Why?\n??x\nSo.\nx??\n:p How?\n??x\nThus.\nx??\n"
    found = fixed(before, IMPORT)
    assert found.data.decode() == before.replace("x = 1", "import math\nx = 1")
    assert len(found.changes) == 1


def test_a_shared_context_belongs_to_its_first_card_even_if_that_is_not_checked() -> None:
    before = b"#### Sums\n```python\nx = 1\n```\n:p Why?\n??x\nSo.\nx??\n:p How?\n??x\nThus.\nx??\n"
    second = checked(before, IMPORT)[1]
    sharing = replace(second, card=replace(second.card, shares_context=True))
    assert fix_file(before, PATH, [sharing], read).data == before
    assert fix_file(before, PATH, [second], read).data != before


def test_other_languages_are_left_alone() -> None:
    assert text(CARD.replace("python", "c"), IMPORT) == CARD.replace("python", "c")


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("x = '''\n```\n'''", "would not read the same"),
        ("```\nx??\n\n---\n\n#### More\n:p Who?\n??x\nNobody.\n```python", "would hold 2 cards, not 1"),
    ],
)
def test_nothing_is_written_after_which_the_cards_would_read_otherwise(new: str, why: str) -> None:
    found = fixed(CARD, with_additions(added(new)))
    assert found.data.decode() == CARD
    (refusal,) = found.refusals
    assert why in refusal.why
    assert refusal.line == 5


def test_one_correction_that_cannot_be_written_does_not_stop_the_others() -> None:
    def mend(draft: Draft) -> Draft:
        return with_additions(added("s = '''\n```\n'''" if "bad" in draft.text else "import math"))(draft)

    before = CARD + "\n---\n\n" + CARD.replace("x = 1", "bad = 1")
    found = fixed(before, mend)
    assert found.data.decode() == before.replace("x = 1", "import math\nx = 1")
    assert [r.line for r in found.refusals] == [15]


LINES = st.lists(
    st.sampled_from(
        ["x = 1", "", "  y = 2", "\tz = 3", "# x = 1", "'''", "x = 1  ", "$$a$$", ":p Who?", "x??", "---", "`"]
    ),
    min_size=1,
    max_size=6,
)
OPENINGS = st.sampled_from(["```python", "  ```python", "```py", "~~~python", "``` python", "- ```python"])


@given(LINES, OPENINGS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_without_the_addition_the_file_is_what_it_was(lines: list[str], opening: str, end: str, closed: bool) -> None:
    """Whatever stands there: a line is added to each snippet or nothing is changed, and no other byte is."""
    block = [opening, *lines, *([opening.partition("p")[0].rstrip("- ") or "```"] if closed else [])]
    before = end.join(
        ["#### Sums", ":p Why?", "??x", *block, "x??", "", "---", "", "#### End", ":p So?", "??x", "No.", "x??", ""]
    )
    addition = with_additions(added("import this_one"))
    after = fixed(before, lambda draft: addition(start_draft(draft.snippet))).data.decode()
    kept = [line for line in after.split(end) if line.strip() != "import this_one"]
    assert end.join(kept) == before
    assert len(read(after.encode()).cards) == len(read(before.encode()).cards)
