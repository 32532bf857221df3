"""Whether claim checking notices a mutant: a deck and mutants in, what became of each out.

Two worlds are compared. In the frozen one the original's set-up and corrections stay, and only the token changes: what is
computed there says whether the card as written still meets its claims. In the other deckbuild repairs and judges the mutated
card anew; a claim that is not met any more must not be confirmed there, unless an edit shows the token being put back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from deckbuild.claims import extract, judge
from deckbuild.model import Card, Claim, ClaimVerdict, Deck, Job, Judgement, Part, Passage, Prose, Repair, Run
from deckbuild.repair import Library, build_library, repair_card
from deckbuild.source import read_deck

from .mutants import Mutant, draw_mutants

Fate = Literal["met", "open", "killed", "survived"]
"""met: the card still meets all its claims; open: that cannot be said; the others are counted."""
VAGUE = re.compile(r"\b(?:about|approximately|around|roughly|nearly|close|near|almost|e\.g)\b|≈|~", re.IGNORECASE)
FIGURE = re.compile(r"-?\d+(?:\.\d*)?(?:e[-+]?\d+)?")
SINGLE = 1e-6
"""Relative; what single precision cannot tell apart."""


@dataclass(frozen=True, slots=True)
class Original:
    """A card as it is written, checked."""

    card: Card
    text: str
    """Of its file."""
    repairs: tuple[Repair, ...]
    judgements: tuple[Judgement, ...]

    @property
    def confirmed(self) -> tuple[Judgement, ...]:
        """What it says and proves."""
        return tuple(j for j in self.judgements if j.verdict is ClaimVerdict.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Hunted:
    """A mutant and its fate."""

    path: str
    mutant: Mutant
    fate: Fate
    why: str = ""
    """For `survived` and `open` the claim and what was computed."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A deck to hunt in; the originals are checked once."""

    deck: Deck
    run: Run
    library: Library = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "library", build_library(self.deck))

    def check(self, card: Card, text: str) -> Original:
        """The card, repaired and judged."""
        claims = extract(card)
        repairs = repair_card(card, self.library, claims, self.run, judge)
        return Original(card, text, repairs, judge(card, claims, repairs))

    def hunt(self, original: Original, mutant: Mutant) -> Hunted:
        """What became of a mutant of the card."""
        path = original.card.path
        text = mutant.apply(original.text)
        card = reread(text, original.card)
        if card is None:
            return Hunted(path, mutant, "open", "the mutated card cannot be read")
        claims = extract(card)
        programs = freeze(original, card, mutant, self.run)
        crashed = crashes(original.repairs, programs)
        frozen = judge(card, claims, programs)
        broken, doubts = [], []
        for before in original.confirmed:
            after = partner(before.claim, original.judgements, frozen)
            match breaks(before, after, mutant, crashed=crashed):
                case True:
                    broken.append(before)
                case None:
                    doubts.append(tell(before, after))
        if not broken:
            return Hunted(path, mutant, "open" if doubts else "met", " · ".join(doubts))
        repairs = repair_card(card, self.library, claims, self.run, judge)
        anew = judge(card, claims, repairs)
        pairs = [(b, partner(b.claim, original.judgements, anew)) for b in broken]
        lasting = [(b, a) for b, a in pairs if a is not None and a.verdict is ClaimVerdict.CONFIRMED]
        if not lasting or is_put_back(mutant, repairs):
            return Hunted(path, mutant, "killed")
        return Hunted(path, mutant, "survived", " · ".join(tell(b, a) for b, a in lasting))


def sample(originals: Sequence[Original], count: int, per_card: int, seed: int) -> list[tuple[Original, Mutant]]:
    """So many mutants, by turns from all cards that confirm anything."""
    told = [(o, [j.claim for j in o.confirmed]) for o in originals]
    queues = [(o, draw_mutants(o.text, o.card, claims, seed)[:per_card]) for o, claims in told if claims]
    turns = ((o, mutants[i]) for i in range(per_card) for o, mutants in queues if i < len(mutants))
    return list(islice(turns, count))


def read_text(card: Card) -> str:
    """The file of a card, with the line breaks that its lines are counted by."""
    return Path(card.path).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def reread(text: str, card: Card) -> Card | None:
    """The card that stands in the changed text where the given one stood, as of the same file."""
    cards = read_deck(["-"], stdin=text.encode()).cards
    found = next((c for c in cards if c.line == card.line), None)
    if found is None:
        return None
    context, question, answer, trailing = (_moved(passage, card.path) for _, passage in found.passages)
    return replace(
        found,
        source=card.source,
        shares_context=card.shares_context,
        context=context,
        question=question,
        answer=answer,
        trailing=trailing,
    )


def _moved(passage: Passage, path: str) -> Passage:
    return replace(passage, parts=tuple(_part(p, path) for p in passage.parts))


def _part(part: Part, path: str) -> Part:
    return part if isinstance(part, Prose) else replace(part, path=path)


def freeze(original: Original, card: Card, mutant: Mutant, run: Run) -> tuple[Repair, ...]:
    """The original's repairs with the token changed in their programs, and run again."""
    frozen = []
    for repair, snippet in zip(original.repairs, card.snippets, strict=True):
        code = repair.code and _with(mutant, repair, original.text)
        if code == repair.code or code is None:
            frozen.append(replace(repair, snippet=snippet))
            continue
        (outcome,) = run.confirm([Job(code)])
        frozen.append(replace(repair, snippet=snippet, code=code, outcome=outcome, alternates=()))
    return tuple(frozen)


def _with(mutant: Mutant, repair: Repair, text: str) -> str:
    """The program with the token changed in what became of its line."""
    row = text.split("\n")[mutant.line - 1]
    nth = len(list(re.finditer(rf"\b{re.escape(mutant.before)}", row[: mutant.column])))
    lines = (repair.code or "").split("\n")
    for at, line in enumerate(repair.line_map):
        if line == mutant.line:
            places = list(re.finditer(rf"\b{re.escape(mutant.before)}", lines[at]))
            if nth < len(places):
                start = places[nth].start()
                lines[at] = lines[at][:start] + mutant.after + lines[at][start + len(mutant.before) :]
    return "\n".join(lines)


def partner(claim: Claim, before: Sequence[Judgement], after: Sequence[Judgement]) -> Judgement | None:
    """The judgement of the same statement on the mutated card; None where it is none any more."""
    olds = [j.claim for j in before if _likeness(j.claim) == _likeness(claim)]
    news = [j for j in after if _likeness(j.claim) == _likeness(claim)]
    if len(olds) == len(news):
        return news[olds.index(claim)]
    return next((j for j in news if j.claim.text == claim.text), None)


def _likeness(claim: Claim) -> tuple[int, str, type]:
    return claim.line, claim.kind, type(claim.test)


def crashes(before: Sequence[Repair], after: Sequence[Repair]) -> bool:
    """Whether a program that rests on no stand-in came to its end, and does not any more; stand-ins could be others."""
    return any(
        old.outcome is not None
        and old.outcome.ok
        and not old.assumptions
        and new.outcome is not None
        and not new.outcome.ok
        for old, new in zip(before, after, strict=True)
    )


def breaks(before: Judgement, after: Judgement | None, mutant: Mutant, *, crashed: bool = False) -> bool | None:
    """Whether the card as written no longer meets the claim; None where the frozen world cannot say.

    `crashed` says that the card's own program ends in an error: what is not computed for that reason is not met.
    """
    touched = mutant.in_claim and before.claim.line <= mutant.line <= before.claim.line + before.claim.text.count("\n")
    if after is None:
        return True if touched else None
    said = differ(before.claim.expected, after.claim.expected)
    done = differ(before.computed, after.computed)
    if not said and not done:
        same = before.claim.text == after.claim.text or before.claim.expected != after.claim.expected
        return False if same or after.verdict is not ClaimVerdict.CONFIRMED else None
    if after.computed is None:
        return True if said or crashed else None
    if before.claim.kind == "relation":
        return not holds(before.claim.expected, after.computed)
    if VAGUE.search(before.claim.text):
        return after.verdict is ClaimVerdict.REFUTED
    return None if after.verdict is ClaimVerdict.CONFIRMED else True


def differ(first: str | None, second: str | None) -> bool:
    """Whether two texts hold other numbers, or other words where they hold none."""
    ours, theirs = FIGURE.findall(first or ""), FIGURE.findall(second or "")
    if not ours and not theirs:
        return first != second
    if len(ours) != len(theirs):
        return True
    pairs = [(float(a), float(b)) for a, b in zip(ours, theirs, strict=True)]
    return any(abs(a - b) > SINGLE * max(abs(a), abs(b)) for a, b in pairs)


def holds(words: str, computed: str) -> bool:
    """Whether `6×6 → 3×3` is what a relation of sizes says; halves may be rounded either way."""
    taken, _, gave = computed.partition("→")
    pairs = list(zip(map(int, re.findall(r"\d+", taken)), map(int, re.findall(r"\d+", gave)), strict=False))
    if re.search(r"half|halv", words):
        return all(b in (a // 2, -(-a // 2)) for a, b in pairs)
    if re.search(r"doubl|twice", words):
        return all(b == 2 * a for a, b in pairs)
    if re.search(r"larger|bigger|grow|increas", words):
        return any(b > a for a, b in pairs)
    if re.search(r"smaller|shrink|reduc|decreas", words) and "no longer" not in words:
        return any(b < a for a, b in pairs)
    return all(a == b for a, b in pairs)


def is_put_back(mutant: Mutant, repairs: Sequence[Repair]) -> bool:
    """Whether an edit of the mutated line shows the token that stood there before."""
    return any(
        repair.snippet.line + edit.line - 1
        <= mutant.line
        <= repair.snippet.line + edit.line - 1 + edit.before.count("\n")
        and edit.after.count(mutant.before) > edit.before.count(mutant.before)
        for repair in repairs
        for edit in repair.edits
        if edit.line is not None
    )


def tell(before: Judgement, after: Judgement | None) -> str:
    """The claim and what became of it, on one line."""
    words = " ".join(before.claim.text.split())[:70]
    if after is None:
        return f"{before.claim.line} {words!r}: no claim any more"
    return f"{before.claim.line} {words!r}: says {after.claim.expected[:30]!r}, {after.verdict.value}, computed {(after.computed or '-')[:50]!r} (was {(before.computed or '-')[:50]!r})"
