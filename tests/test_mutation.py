"""Falsified, our own deck is not confirmed any more; unchanged, it is confirmed with every seed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import pytest
from benchmarks.flipping import flips
from benchmarks.hunting import Ground, Hunted, Original, breaks, differ, holds, is_put_back, read_text, reread, sample
from benchmarks.mutants import Mutant, draw_mutants

from deckbuild.claims import extract, judge
from deckbuild.model import Card, ClaimKind, ClaimVerdict, Deck, Edit, Judgement, Repair, SnippetVerdict
from deckbuild.options import RunOptions
from deckbuild.run import open_runner
from deckbuild.source import read_deck
from tests.claims.build import make_card, run, tensor

SOURCE = Path(__file__).parent.parent / "source"
FORMS = Path(__file__).parent / "forms.md"
"""A card for each form of claim; every claim on it is true."""
SAMPLE = 60
CHOSEN_BY_SEARCH = 3
"""Mutants of a card whose numbers choose a seed among hundreds: each of them costs seconds."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def deck() -> Deck:
    return read_deck([str(SOURCE)])


@pytest.fixture(scope="module")
def ground(deck: Deck, cache: str) -> Iterator[Ground]:
    with open_runner(RunOptions(cache_dir=cache)) as runner:
        yield Ground(deck, runner)


def test_mutants_of_our_deck_are_noticed(deck: Deck, ground: Ground) -> None:
    originals = checked(ground)
    searched = [o for o in originals if any((r.tried or 0) > 100 for r in o.repairs)]
    quick = [o for o in originals if o not in searched]
    work = sample(searched, CHOSEN_BY_SEARCH, CHOSEN_BY_SEARCH, seed=2)
    work += sample(quick, SAMPLE - len(work), SAMPLE, seed=0)
    hunted = hunt(ground, work)
    assert len(hunted) == SAMPLE
    assert fates(hunted)["killed"] >= 35, "too few mutants break a claim for the share to mean anything"
    assert_noticed(hunted)


def test_mutants_of_every_form_of_claim_are_noticed(cache: str) -> None:
    with open_runner(RunOptions(cache_dir=cache)) as runner:
        ground = Ground(read_deck([str(FORMS)]), runner)
        originals = checked(ground)
        assert {j.claim.kind for o in originals for j in o.confirmed} == set(get_args(ClaimKind))
        assert all(o.confirmed for o in originals)
        hunted = hunt(ground, sample(originals, SAMPLE, SAMPLE, seed=0))
    assert len(hunted) == SAMPLE
    assert fates(hunted)["killed"] >= 45
    assert_noticed(hunted)


def checked(ground: Ground) -> list[Original]:
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return list(pool.map(lambda c: ground.check(c, read_text(c)), ground.deck.cards))


def hunt(ground: Ground, work: Sequence[tuple[Original, Mutant]]) -> list[Hunted]:
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        return list(pool.map(lambda one: ground.hunt(*one), work))


def fates(hunted: Sequence[Hunted]) -> Counter[str]:
    return Counter(h.fate for h in hunted)


def assert_noticed(hunted: Sequence[Hunted]) -> None:
    """At least 98 % of what breaks a claim."""
    found = fates(hunted)
    survivors = "\n".join(f"{h.mutant}: {h.why}" for h in hunted if h.fate == "survived")
    assert found["killed"] >= 0.98 * (found["killed"] + found["survived"]), survivors


def test_no_claim_changes_its_verdict_with_the_seed(deck: Deck, cache: str) -> None:
    drawn_by_seed = [c for c in deck.cards if ".std()" in c.answer.text]
    assert len(drawn_by_seed) == 1
    found = flips(deck, [c for c in deck.cards if c not in drawn_by_seed], range(5), cache)
    assert found.claims >= 20
    assert found.told == ()


CARD = """:p What?
??x
The sum of 2 and 3 is 5:
```python
x = torch.ones(12, 3)  # shape: (12, 3)
net = Layer(units=4, bias=True)
```
x??
"""


def card_of(text: str) -> Card:
    (card,) = read_deck(["-"], stdin=text.encode()).cards
    return card


def test_mutants_are_numbers_and_flags_in_code_and_in_the_words_of_claims() -> None:
    card = card_of(CARD)
    mutants = draw_mutants(CARD, card, extract(card), 0)
    assert {(m.line, m.before, m.in_claim) for m in mutants} == {
        (5, "12", False),
        (5, "3", False),
        (5, "12", True),
        (5, "3", True),
        (6, "4", False),
        (6, "True", False),
    }
    for mutant in mutants:
        assert mutant.apply(CARD) != CARD
        assert len(mutant.apply(CARD).split("\n")) == len(CARD.split("\n"))


def test_the_same_seed_draws_the_same_mutants() -> None:
    card = card_of(CARD)
    assert draw_mutants(CARD, card, (), 3) == draw_mutants(CARD, card, (), 3)
    assert any(draw_mutants(CARD, card, (), 3) != draw_mutants(CARD, card, (), s) for s in range(4, 9))


def test_the_order_of_sets_draws_no_mutants() -> None:
    code = (
        "import sys; from benchmarks.mutants import draw_mutants; from deckbuild.claims import extract\n"
        "from deckbuild.source import read_deck\n"
        "text = sys.stdin.read(); (card,) = read_deck(['-'], stdin=text.encode()).cards\n"
        "print(*draw_mutants(text, card, extract(card), 0))\n"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=CARD,
            capture_output=True,
            text=True,
            check=True,
            cwd=SOURCE.parent,
            env={**os.environ, "PYTHONHASHSEED": str(n)},
        ).stdout
        for n in (1, 2, 3)
    }
    assert len(drawn) == 1
    assert drawn != {"\n"}


def test_a_mutant_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        Mutant(1, 3, 0, "7", "8", "constant", False).apply(CARD)


def test_a_card_is_read_again_as_of_its_own_file() -> None:
    card = next(c for c in read_deck([str(SOURCE)]).cards if c.snippets)
    assert reread(read_text(card), card) == card
    assert reread("no card", card) is None


@pytest.mark.parametrize(
    ("words", "computed", "expected"),
    [
        ("half", "7×6 → 3×3", True),
        ("half", "7×6 → 3×2", False),
        ("double", "3×3 → 6×6", True),
        ("same size", "3×3 → 3×2", False),
        ("no longer shrinks", "4×4 → 4×4", True),
        ("larger", "4×4 → 4×4", False),
    ],
)
def test_relations_are_weighed_without_the_judge(words: str, computed: str, expected: bool) -> None:
    assert holds(words, computed) is expected


def test_numbers_differ_beyond_single_precision() -> None:
    assert differ("tensor([1., 2.])", "tensor([1., 3.])")
    assert differ("True", "False")
    assert not differ("0.123456789", "0.123456788")


def test_a_claim_breaks_where_another_number_is_computed() -> None:
    before = judged("x = torch.ones(2)  # shape: (2,)", 2)
    after = judged("x = torch.ones(4)  # shape: (2,)", 4)
    code = Mutant(1, 2, 15, "2", "4", "argument", False)
    assert (before.verdict, after.verdict) == (ClaimVerdict.CONFIRMED, ClaimVerdict.REFUTED)
    assert breaks(before, after, code) is True
    assert breaks(before, before, code) is False
    assert breaks(before, None, code) is None


def judged(line: str, length: int) -> Judgement:
    card = make_card(f"```python\n{line}\n```")
    (judgement,) = judge(card, extract(card), run(card, bound={2: tensor("x", [1.0] * length)}))
    return judgement


def test_only_an_edit_that_shows_the_old_token_puts_it_back() -> None:
    snippet = make_card("```python\nx = f(4)\n```").snippets[0]
    mutant = Mutant(1, 2, 6, "2", "4", "argument", False)

    def corrected(after: str, line: int) -> Repair:
        edit = Edit("rule", line, "x = f(4)", after, "", "")
        return Repair(snippet, SnippetVerdict.CORRECTED, edits=(edit,))

    assert is_put_back(mutant, [corrected("x = f(2)", 1)])
    assert not is_put_back(mutant, [corrected("x = f(8)", 1)])
    assert not is_put_back(mutant, [corrected("x = f(2)", 2)])
