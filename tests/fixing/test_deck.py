"""Corrections and checks in turns: what follows from a correction, what does not hold once it is written, and when it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from deckbuild.fix import read_alone
from deckbuild.fixing import Fixed, fix_deck
from deckbuild.fixing.deck import ATTEMPTS, NOT_HELD
from deckbuild.model import Card, CheckedCard, Claim, ClaimVerdict, Fault, Judgement, Repair, Snippet, SnippetVerdict
from deckbuild.repair.draft import Draft
from tests.fixing.making import Mend, added, repaired, with_additions
from tests.sample import Says

PATH, OTHER = "notes/a.md", "notes/b.md"
CARD = "#### Sums\n:p {}\n??x\n{}\n```python\n{}\n```\nx??\n\n---\n\n"


def file(*cards: tuple[str, str]) -> bytes:
    """A file of cards with an answer's text and its code each."""
    return "".join(CARD.format(f"Why {n}?", *card) for n, card in enumerate(cards)).encode()


class Checking:
    """Stands in for the check. `need a` in a snippet is missing the import of a module `a`, unless it is there; `never` fails as
    soon as something is imported; `more` finds something to import again and again. `n is 3` is refuted, but for 4."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.turns: list[list[str]] = []

    def __call__(self, texts: Mapping[str, bytes], leave: Callable[[Card], bool]) -> Sequence[CheckedCard]:
        files = {**self.files, **texts}
        cards = [c for path, data in files.items() for c in read_alone(path, data).cards if not leave(c)]
        self.turns.append([f"{c.path} {c.question.text}" for c in cards])
        return [
            CheckedCard(c.question.text, c, tuple(map(self._repair, c.snippets)), self._judged(c), "", ())
            for c in cards
        ]

    def _repair(self, snippet: Snippet) -> Repair:
        source = snippet.source
        needs = [n for n in re.findall(r"need (\w+)", source) if f"import {n}\n" not in source]
        if "never" in source and "import" in source:
            fault = Fault("raised", "NameError", "no", snippet.line)
            return Repair(snippet, SnippetVerdict.FAILED, error=fault)
        if "more" in source:
            needs = [f"m{source.count('import')}"]
        assumed = frozenset({"img"}) if "img" in source else frozenset()
        return repaired(snippet, _importing(needs[:1]), assumed)

    def _judged(self, card: Card) -> tuple[Judgement, ...]:
        found = []
        for prose in card.answer.prose:
            for match in re.finditer(r"n is (\d+)(, so \d+)?", prose.text):
                claim = Claim(card.path, prose.line, match[0], "number", match[1], None, Says(match[1]))
                wrong = match[1] != "4" or (match[2] and match[2] != ", so 5")
                verdict = ClaimVerdict.REFUTED if wrong else ClaimVerdict.CONFIRMED
                found.append(Judgement(claim, verdict, "4"))
        return tuple(found)


def _importing(names: Sequence[str]) -> Mend:
    def mend(draft: Draft) -> Draft:
        return with_additions(*(added(f"import {name}") for name in names))(draft)

    return mend


def run(files: Mapping[str, bytes], claims: bool = True) -> tuple[tuple[Fixed, ...], Checking]:
    """The fixed files, and the check that was asked; a second run over them must have nothing to do."""
    checking = Checking(files)
    found = fix_deck(files, checking, read_alone, claims=claims)
    again = {f.path: f.after for f in found}
    assert all(f.after == f.before for f in fix_deck(again, Checking(again), read_alone, claims=claims))
    return found, checking


def test_what_is_written_is_checked_and_nothing_else() -> None:
    (fixed, other), checking = run({PATH: file(("", "need a"), ("", "x = 1")), OTHER: file(("", "y = 2"))})
    assert fixed.after == file(("", "import a\nneed a"), ("", "x = 1"))
    assert (fixed.snippets, fixed.numbers, fixed.refusals) == (1, 0, ())
    assert (other.after, other.snippets) == (other.before, 0)
    assert checking.turns == [
        ["notes/a.md Why 0?", "notes/a.md Why 1?", "notes/b.md Why 0?"],
        ["notes/a.md Why 0?"],
    ]


def test_nothing_to_write_is_found_out_in_one_check() -> None:
    (fixed,), checking = run({PATH: file(("", "x = 1"))})
    assert fixed.after == fixed.before
    assert len(checking.turns) == 1


def test_what_follows_from_a_correction_is_written_too() -> None:
    (fixed,), checking = run({PATH: file(("", "need a\nneed b"))})
    assert fixed.after == file(("", "import b\nimport a\nneed a\nneed b"))
    assert (fixed.snippets, len(checking.turns)) == (1, 3)


def test_what_does_not_run_once_written_is_taken_back_and_the_others_stay() -> None:
    (fixed,), _ = run({PATH: file(("", "need a\nnever"), ("n is 3", "need b"))})
    assert fixed.after == file(("", "need a\nnever"), ("n is 4", "import b\nneed b"))
    assert [(r.line, r.why) for r in fixed.refusals] == [(6, NOT_HELD)]
    assert (fixed.snippets, fixed.numbers) == (1, 1)


def test_what_never_ends_is_taken_back() -> None:
    (fixed,), checking = run({PATH: file(("", "more"), ("", "need b"))})
    assert fixed.after == file(("", "more"), ("", "import b\nneed b"))
    assert [r.line for r in fixed.refusals] == [6]
    assert len(checking.turns) <= ATTEMPTS * 5


def test_a_number_that_spoils_its_statement_is_taken_back() -> None:
    before = {PATH: file(("n is 3, so 7", "x = 1"), ("n is 3", "x = 2"))}
    (fixed,), _ = run(before)
    assert fixed.after == file(("n is 3, so 7", "x = 1"), ("n is 4", "x = 2"))
    assert [(r.line, r.why) for r in fixed.refusals] == [(4, NOT_HELD)]
    assert (fixed.snippets, fixed.numbers) == (0, 1)


def test_numbers_are_rewritten_only_on_request() -> None:
    (fixed,), _ = run({PATH: file(("n is 3", "need a"))}, claims=False)
    assert fixed.after == file(("n is 3", "import a\nneed a"))


def test_a_snippet_with_assumptions_still_needs_them() -> None:
    (fixed,), _ = run({PATH: file(("", "need a\nimg"))})
    assert fixed.after == file(("", "import a\nneed a\nimg"))
    assert fixed.refusals == ()
