"""First values of what a loop keeps track of: only where the words of the name and its use agree."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed

ROUNDS = "for val_loss in (0.7, 0.4, 0.9):\n"


@pytest.mark.parametrize(
    ("code", "name", "value", "out"),
    [
        (ROUNDS + "    if val_loss < best_loss:\n        best_loss = val_loss\nprint(best_loss)", "best_loss", "float('inf')", "0.4\n"),
        (ROUNDS + "    if lowest_loss > val_loss:\n        lowest_loss = val_loss\nprint(lowest_loss)", "lowest_loss", "float('inf')", "0.4\n"),
        (ROUNDS + "    if val_loss < best_loss - 0.1:\n        best_loss = val_loss\nprint(best_loss)", "best_loss", "float('inf')", "0.4\n"),
        (ROUNDS + "    if val_loss > prev_loss:\n        print('worse')\n        break\n    prev_loss = val_loss", "prev_loss", "float('inf')", "worse\n"),
        (ROUNDS + "    min_val_loss = min(min_val_loss, val_loss)\nprint(min_val_loss)", "min_val_loss", "float('inf')", "0.4\n"),
        ("for reward in (0.2, 0.6):\n    if reward > best_reward:\n        best_reward = reward\nprint(best_reward)", "best_reward", "0.0", "0.6\n"),
        ("for score in (2, 6):\n    if score > high_score:\n        high_score = score\nprint(high_score)", "high_score", "0.0", "6\n"),
        ("total_seen = 0\nfor n in (2, 6):\n    total_right += n - 1\n    total_seen += n\nprint(total_right / total_seen)", "total_right", "0.0", "0.75\n"),
        (ROUNDS + "    total_loss += val_loss\nprint(f'{total_loss:.1f}')", "total_loss", "0.0", "2.0\n"),
        (ROUNDS + "    vloss += val_loss\nprint(f'{vloss:.1f}')", "vloss", "0.0", "2.0\n"),
        (ROUNDS + "    rounds_seen = rounds_seen + 1\nprint(rounds_seen)", "rounds_seen", "0", "3\n"),
        (ROUNDS + "    n_losses += 1\nprint(3 / n_losses)", "n_losses", "0", "1.0\n"),
        (ROUNDS + "    no_improvement += 1\n    if no_improvement >= 2:\n        break\nprint(val_loss)", "no_improvement", "0", "0.4\n"),
    ],
)  # fmt: skip
def test_what_is_tracked_starts_as_is_usual(mend: Mend, code: str, name: str, value: str, out: str) -> None:
    (repair,) = mend(card(code))
    assert (assumed(repair), printed(repair)) == ({name: value}, out)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (ROUNDS + "    if val_loss > best_loss:\n        best_loss = val_loss", "best_loss"),
        ("for val_acc in (0.2, 0.4):\n    if val_acc < best_acc:\n        best_acc = val_acc", "best_acc"),
        (ROUNDS + "    if val_loss > prev_loss:\n        print('up')\n    prev_loss = val_loss", "prev_loss"),
        ("for age in (3, 5):\n    if age < best_loss:\n        best_loss = age", "best_loss"),
        ("for val_loss in (3, 5):\n    if val_loss < best_age:\n        best_age = val_loss", "best_age"),
        ("for n in (3, 5):\n    height += 0.5 * n\nprint(2 * height)", "height"),
        ("for n in (3, 5):\n    print(1 / count)\n    count += 1", "count"),
        ("import torch\nprint(torch.zeros(n_rows))\nn_rows += 1", "n_rows"),
        ("for word in ('a', 'b'):\n    total += 'x'\nprint(total)", "total"),
    ],
)
def test_what_goes_on_from_a_value_of_its_own_gets_no_start(mend: Mend, code: str, name: str) -> None:
    (repair,) = mend(card(code))
    assert assumed(repair).get(name) not in ("float('inf')", "0.0", "0")


def test_the_start_that_another_card_gives_goes_before(mend: Mend) -> None:
    code = ROUNDS + "    if val_loss < best_loss:\n        best_loss = val_loss\nprint(best_loss)"
    (repair,) = mend(card(code, line=60), card("best_loss = 0.5", line=20))
    assert (repair.verdict, repair.assumptions) == (SnippetVerdict.CORRECTED, ())


def test_results_that_are_lost_are_lost_although_something_starts_at_infinity(mend: Mend) -> None:
    code = ROUNDS + "    if val_loss > best_loss:\n        break\nprint(best_loss - val_loss)"
    (repair,) = mend(card(code))
    assert assumed(repair).get("best_loss") != "float('inf')"


def test_what_is_never_better_may_stay_at_infinity(mend: Mend) -> None:
    code = ROUNDS + "    if val_loss > prev_loss:\n        break\nprint(val_loss)"
    (repair,) = mend(card(code))
    assert (assumed(repair), printed(repair)) == ({"prev_loss": "float('inf')"}, "0.9\n")


def test_how_long_to_wait_is_a_small_setting(mend: Mend) -> None:
    (repair,) = mend(card("for waited in range(9):\n    if waited >= patience:\n        break\nprint(waited)"))
    assert (assumed(repair), printed(repair)) == ({"patience": "3"}, "3\n")


def test_a_number_that_begins_a_calculation_is_not_what_the_card_says(mend: Mend) -> None:
    (repair,) = mend(card("running_loss = 0.9 * running_loss + 0.1 * 2.5\nprint(running_loss)"))
    assert assumed(repair).get("running_loss") != "0.9"
