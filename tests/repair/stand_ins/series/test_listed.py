"""Lists, texts and records that names and the uses of elements tell; and places in what is indexed."""

from __future__ import annotations

import pytest

from deckbuild.model import SnippetVerdict
from tests.repair.conftest import Mend
from tests.repair.making import assumed, card, printed


class TestLeavesAlone:
    @pytest.mark.parametrize(
        "code", ["for stranger in strangers:\n    print(stranger)", "print(names.lookup(3))", "both = left + right"]
    )
    def test_what_no_name_tells(self, mend: Mend, code: str) -> None:
        (repair,) = mend(card(code))
        assert repair.verdict is SnippetVerdict.FAILED


class TestTells:
    @pytest.mark.parametrize(
        ("code", "values"),
        [
            ("from collections import Counter\nprint(Counter(words))", {"words": "['first', 'second']"}),
            (
                "for city, price in zip(cities, prices):\n    print(city, price)",
                {"cities": "['first', 'second']", "prices": "[1, 2, 3]"},
            ),
            ("print(sentence[:4])", {"sentence": "'some text'"}),
            ("new_list = one_list + two_list", {"one_list": "[1, 2, 3]", "two_list": "[4, 5, 6]"}),
            ("old = [p for p in people if p['age'] > 30]", {"people": "[{'age': 31}, {'age': 29}]"}),
            ("longest = max(len(g) for g in groups)", {"groups": "[[1, 2, 3], [4, 5]]"}),
            (
                "longest = max(len(t) for t in tokenized_posts)",
                {"tokenized_posts": "[['first', 'second'], ['second', 'third']]"},
            ),
            ("longest = max(len(t) for t in contexts)", {"contexts": "[[1, 2, 3], [4, 5]]"}),
            (
                "seen = [w for phrase in en_tokens for w in phrase]",
                {"en_tokens": "[['first', 'second'], ['second', 'third']]"},
            ),
            ("seen = [c for part in en_tokens for c in part]", {"en_tokens": "['first', 'second']"}),
            ("dear = [c for c in costs if c > 50]", {"costs": "[49, 50, 51]"}),
            ("high = [p for p in prices if p > 50]\ntotal = sum(prices)", {"prices": "[49, 50, 51]"}),
        ],
    )
    def test_by_name_and_element(self, mend: Mend, code: str, values: dict[str, str]) -> None:
        (repair,) = mend(card(code))
        assert repair.verdict is SnippetVerdict.COMPLETED
        assert assumed(repair) == values

    def test_no_two_curves_are_the_same(self, mend: Mend) -> None:
        (repair,) = mend(card("import numpy as np\nprint(np.polyfit(x, y, 1).shape)"))
        assert assumed(repair) == {"x": "np.linspace(0.1, 10.0, 50)", "y": "np.sin(np.linspace(0.1, 10.0, 50))"}

    def test_places_along_an_axis_rise_evenly_whatever_is_read_first(self, mend: Mend) -> None:
        (repair,) = mend(
            card("import numpy as np\nk = np.polyfit(y=y, x=x, deg=1)\nprint(k.shape, np.interp(x_fit, x, y).shape)")
        )
        rising = "np.linspace(0.1, 10.0, 50)"
        assert assumed(repair) == {"y": f"np.sin({rising})", "x": rising, "x_fit": rising}

    def test_a_name_that_is_never_a_single_number(self, mend: Mend) -> None:
        (repair,) = mend(card("import torch\nfine = text_features * 0.9 + 0.1"))
        assert assumed(repair) == {"text_features": "torch.rand(3, 4)"}
        (repair,) = mend(card("smooth = one_hot * 0.9 + 0.1"))
        assert repair.verdict is SnippetVerdict.FAILED

    def test_lists_of_which_the_text_speaks(self, mend: Mend) -> None:
        (repair,) = mend(card("both = A1 + A2", prose="Joins the lists `A1` and the list `A2`."))
        assert assumed(repair) == {"A1": "[1, 2, 3]", "A2": "[4, 5, 6]"}

    def test_a_place_in_a_row(self, mend: Mend) -> None:
        (repair,) = mend(card("row = [2, 4, 8]\nrow[n + 1] = row[n] + 1\nprint(row)"))
        assert assumed(repair) == {"n": "1"}
        assert printed(repair) == "[2, 4, 5]\n"

    def test_a_number_that_the_text_gives(self, mend: Mend) -> None:
        (repair,) = mend(card("force = -k * x\nprint(force)", prose="A spring with $k = 2.5$ at x = 0.5."))
        assert assumed(repair) == {"k": "2.5", "x": "0.5"}
        assert printed(repair) == "-1.25\n"

    def test_no_number_where_the_text_gives_two(self, mend: Mend) -> None:
        (repair,) = mend(card("print(2 * k)", prose="First k = 3, then k = 5."))
        assert assumed(repair) == {"k": "2.0"}


class TestParts:
    @pytest.mark.parametrize(
        "code",
        [
            "out = vae.encode(z)",
            "import torch\nmu, sigma = net.head(torch.ones(2, 3))",
            "import torch\nmu, sigma = vae.encoder(torch.ones(2, 3))",
            "import torch\n_, _, code = vae.encoder(torch.ones(5, 3, 8, 8))",
            "import torch\nmu, *rest = vae.encoder(torch.ones(2, 3))",
            "import torch\nz = vae.encoder(torch.ones(2, 3))\nmu, sigma = vae.encoder(torch.ones(2, 3))",
            "import torch\nmodel.fit(torch.ones(2))",
            "x = shop.stock(3)",
        ],
    )
    def test_methods_and_several_results_are_left_alone(self, mend: Mend, code: str) -> None:
        (repair,) = mend(card(code))
        assert repair.verdict is SnippetVerdict.FAILED

    def test_a_layer_for_each_part(self, mend: Mend) -> None:
        (repair,) = mend(card("import torch\nout = vae.decoder(torch.ones(2, 5))\nprint(out.shape)"))
        assert assumed(repair) == {"vae": "nn.ModuleDict({'decoder': nn.LazyLinear(4)})"}

    @pytest.mark.parametrize(
        ("prose", "shape"), [("It makes a picture.", (2, 3, 8, 8)), ("Grayscale images of 5x5 pixels.", (2, 1, 5, 5))]
    )
    def test_a_decoder_makes_pictures_where_the_card_speaks_of_them(
        self, mend: Mend, prose: str, shape: tuple[int, ...]
    ) -> None:
        (repair,) = mend(
            card("import torch\nout = vae.decoder(torch.ones(2, 5))\nprint(tuple(out.shape))", prose=prose)
        )
        assert repair.verdict is SnippetVerdict.COMPLETED
        assert printed(repair) == f"{shape}\n"

    def test_weights_that_are_shared(self, mend: Mend) -> None:
        (repair,) = mend(card("import torch\nnet.head.weight = net.emb.weight"))
        assert assumed(repair) == {"net": "nn.ModuleDict({'emb': nn.Linear(4, 4), 'head': nn.Linear(4, 4)})"}

    def test_weights_that_are_copied(self, mend: Mend) -> None:
        (repair,) = mend(card("import torch\nnew.W_key = torch.nn.Parameter(old.W_key.weight.T)"))
        assert assumed(repair) == {"old": "nn.ModuleDict({'W_key': nn.Linear(4, 4)})", "new": "nn.Module()"}

    def test_a_model_that_is_moved_is_no_tensor(self, mend: Mend) -> None:
        (repair,) = mend(card("import torch\nmodel = torch.nn.DataParallel(model)\nmodel.to('cpu')"))
        assert assumed(repair) == {"model": "nn.Linear(4, 3)"}
