"""A card, corrected and judged: the part of the program that is not needed where everything is known."""

from __future__ import annotations

import traceback
from dataclasses import replace

from .claims import ask, extract, judge, reseed
from .errors import DeckbuildError
from .memory import Check
from .model import Ask, Card, Deck, Fault, Repair, Run, Snippet, SnippetVerdict
from .repair import Library, build_library, repair_card


class Checker:
    """Checks the cards of a deck, from any thread."""

    def __init__(self, deck: Deck, ask: Ask) -> None:
        self._library: Library = build_library(_readable(deck))
        self._ask = ask

    def check(self, card: Card, run: Run) -> Check:
        """What was found out about the card; if deckbuild itself fails at it, that; nothing of one that is too long."""
        if card.excess:
            why = f"the card has {card.excess} is not run"
            return Check(tuple(_passed_over(snippet, why) for snippet in card.snippets), ())
        try:
            claims = extract(card)
            repairs = repair_card(card, self._library, claims, run, judge, self._ask)
            repairs = ask(claims, reseed(claims, repairs, run), run)
            return Check(repairs, judge(card, claims, repairs))
        except DeckbuildError:
            raise
        except RecursionError:
            why = "its code, or what it states, is nested too deeply to be followed"
            return Check(tuple(_passed_over(snippet, why) for snippet in card.snippets), ())
        except Exception as error:
            what = " ".join(f"{type(error).__name__}: {error}".split())
            unknown = tuple(_unchecked(snippet, what) for snippet in card.snippets)
            return Check(unknown, (), broken=f"{what}\n{traceback.format_exc()}")


def _readable(deck: Deck) -> Deck:
    """The deck without the cards that are too long: nobody borrows from them."""
    cards, background = (tuple(c for c in cards if not c.excess) for cards in (deck.cards, deck.background))
    return replace(deck, cards=cards, background=background)


def _passed_over(snippet: Snippet, why: str) -> Repair:
    if not snippet.is_python:
        return Repair(snippet, SnippetVerdict.SKIPPED, "language")
    return Repair(snippet, SnippetVerdict.SKIPPED, "too-long", why)


def _unchecked(snippet: Snippet, what: str) -> Repair:
    if not snippet.is_python:
        return Repair(snippet, SnippetVerdict.SKIPPED, "language")
    return Repair(snippet, SnippetVerdict.FAILED, error=Fault("broken", "InternalError", what, snippet.line))
