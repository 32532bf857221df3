"""Programs that draw without a seed, run with other seeds; what is stated of them, held against all those runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from deckbuild.claims import extract, judge, reseed
from deckbuild.claims.facts.reseeded import OTHER_SEEDS
from deckbuild.model import Fault, Job, Outcome, Repair
from deckbuild.options import RunOptions
from deckbuild.run import Runner, open_runner

from ..build import code_of, make_card, run


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with open_runner(RunOptions(cache=False)) as runner:
        yield runner


def verdict(runner: Runner, code: str) -> str:
    """Of the only claim of a card that holds this code."""
    card = make_card(f"```python\n{code}\n```")
    (snippet,) = card.snippets
    program, lines = code_of(card, snippet)
    (outcome,) = runner.confirm([Job(program)])
    (plain,) = run(card)
    repairs = (replace(plain, code=program, line_map=lines, outcome=outcome),)
    claims = extract(card)
    (judgement,) = judge(card, claims, reseed(claims, repairs, runner))
    return str(judgement.verdict)


BY_CHANCE = [
    "import random\ns = set(random.choices(range(10), k=5))\nprint(len(s))  # {}",
    "import random\nprint(len(set(random.choices(range(10), k=5))))  # {}",
    "import random\nkept = [x for x in (random.random() for _ in range(99)) if x > 0.5]\nprint(len(kept))  # {}",
    "import torch\nx = torch.rand(50)\nbig = x > 0.5\nprint(x[big].shape)  # torch.Size([{}])",
    "import random, torch\nn = random.randint(1, 99)\nprint(torch.zeros(n, 2).shape)  # torch.Size([{}, 2])",
    "import random\nsteps = []\nwhile random.random() < 0.9:\n    steps.append(1)\nprint(len(steps))  # {}",
]


@pytest.mark.parametrize("code", BY_CHANCE)
def test_what_another_seed_would_change_is_neither_confirmed_nor_refuted(runner: Runner, code: str) -> None:
    (outcome,) = runner.confirm([Job(code.format(0))])
    (lucky, *_) = re.findall(r"\d+", outcome.stdout)
    assert [verdict(runner, code.format(n)) for n in (lucky, 101)] == ["untested", "untested"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import torch\nx = torch.rand(4, 3)\nprint(torch.softmax(x, 1).sum())  # tensor(4.)", "confirmed"),
        ("import torch\nx = torch.rand(4, 3)\nprint(torch.allclose(x, x.T.T))  # True", "confirmed"),
        ("import torch\nnet = torch.nn.Linear(3, 5)\nprint(net(torch.rand(2, 3)).shape)  # torch.Size([2, 5])", "confirmed"),
        ("import torch\nnet = torch.nn.Linear(3, 5)\nprint(net(torch.rand(2, 3)).shape)  # torch.Size([2, 4])", "refuted"),
        ("import torch\nprint(torch.rand(2, 3).shape[0])  # 3", "refuted"),
        ("import torch\nm = torch.nn.Linear(1, 1)\nm.weight.data = torch.ones(1, 1)\nm.weight.data\n# tensor([[2.]])", "refuted"),
        ("import random\nxs = random.sample(range(50), 7)\nprint(len(xs))  # 8", "refuted"),
        ("import torch\nprint(torch.rand(2, 3).sum())  # tensor(3.12)", "untested"),
        ("import torch\nprint(torch.rand(9).argmax())  # tensor(2)", "untested"),
    ],
)  # fmt: skip
def test_what_no_seed_changes_is_decided(runner: Runner, code: str, expected: str) -> None:
    assert verdict(runner, code) == expected


def test_a_program_that_seeds_itself_is_decided_by_its_one_run(runner: Runner) -> None:
    code = "import random\nrandom.seed(3)\ns = {random.randint(0, 9) for _ in range(5)}\nprint(len(s))"
    (outcome,) = runner.confirm([Job(code)])
    assert verdict(runner, f"{code}  # {outcome.stdout.strip()}") == "confirmed"
    assert verdict(runner, f"{code}  # 99") == "refuted"


@pytest.mark.parametrize(("first", "expected"), [(True, "refuted"), (False, "untested")])
def test_a_seed_tells_nothing_of_what_was_drawn_before(runner: Runner, first: bool, expected: str) -> None:
    rows = ["torch.manual_seed(1)", "x = torch.rand(50)"]
    code = "\n".join(["import torch", *(rows if first else rows[::-1]), "print(len(x[x > 0.5]))  # 101"])
    assert verdict(runner, code) == expected


class Counting:
    """Notes the jobs; each outcome is the given one."""

    def __init__(self, outcome: Outcome) -> None:
        self.jobs: list[Job] = []
        self._outcome = outcome

    def trial(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        self.jobs += jobs
        return (self._outcome,) * len(jobs)

    confirm = trial


ENDED = Outcome(None)


def reseeded(code: str, outcome: Outcome = ENDED) -> tuple[Repair, Counting]:
    card, counting = make_card(f"```python\n{code}\n```"), Counting(outcome)
    (repair,) = reseed(extract(card), run(card), counting)
    return repair, counting


@pytest.mark.parametrize(
    "code",
    [
        "x = 1\nprint(x)  # 1",
        "import torch\ntorch.manual_seed(0)\nprint(torch.rand(1))  # tensor([0.4963])",
        "import torch\nx = torch.rand(2)",
        "import time\nprint(time.time())  # 1.5",
    ],
)
def test_nothing_more_is_run_where_nothing_is_drawn_seeded_or_stated(code: str) -> None:
    repair, counting = reseeded(code)
    assert (repair.reseeded, counting.jobs) == ((), [])


def test_each_other_seed_is_run_once_and_ends_that_differ_are_left_out() -> None:
    code = "import torch\nprint(torch.rand(2).shape)  # torch.Size([2])"
    repair, counting = reseeded(code)
    assert len(repair.reseeded) == len(OTHER_SEEDS)
    assert [(j.code, j.reseed) for j in counting.jobs] == [(repair.code, n) for n in OTHER_SEEDS]
    repair, counting = reseeded(code, Outcome(Fault("timeout", "Timeout", "", 1)))
    assert (repair.reseeded, len(counting.jobs)) == ((), len(OTHER_SEEDS))


def test_what_the_machine_answers_is_not_settled_by_other_seeds(runner: Runner) -> None:
    code = "import os, random\nx = random.random()\nn = os.cpu_count()\nprint(n * 0 + 4, x * 0 == n)  # 4 {}"
    assert [verdict(runner, code.format(b)) for b in (False, True)] == ["untested", "untested"]
