"""The preview: a folder that shows the cards in any browser."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from deckbuild import preview as module
from deckbuild.preview import find_mathjax
from tests.stages import quieten
from tests.test_cli import exit_code
from tests.test_pipeline import chapter


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a chapter in `notes`, on a machine without a MathJax."""
    quieten(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(module, "_PLACES", ("node_modules/mathjax/es5",))
    Path("notes").mkdir()
    Path("notes/p1.md").write_text(chapter("What is $a$?", "How?", rating=5))
    return tmp_path


def test_a_page_and_its_style(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code("preview", "notes", "-o", "out/page") == 0
    assert sorted(p.name for p in Path("out/page").iterdir()) == ["index.html", "page.css"]
    assert capsys.readouterr().err == "wrote out/page/index.html: 2 cards\n"
    assert '<code class="tex">a</code>' in Path("out/page/index.html").read_text()


def test_options_of_the_cards(folder: Path) -> None:
    assert exit_code("preview", "notes", "-o", "page", "--deck", "Mine", "--tag", "new") == 0
    html = Path("page/index.html").read_text()
    assert "Mine – Small Sums" in html
    assert "rating::5" in html
    assert exit_code("preview", "notes", "-o", "page", "--min-rating", "6") == 3


def test_a_mathjax_of_the_machine_lies_beside_the_page(folder: Path) -> None:
    es5 = Path("node_modules/mathjax/es5")
    (es5 / "output/chtml/fonts/woff-v2").mkdir(parents=True)
    (es5 / "tex-chtml.js").write_text("chtml")
    (es5 / "output/chtml/fonts/woff-v2/A.woff").write_text("font")
    assert find_mathjax() == es5 / "tex-chtml.js"
    assert exit_code("preview", "notes", "-o", "page") == 0
    assert 'src="mathjax/tex-chtml.js"' in Path("page/index.html").read_text()
    assert Path("page/mathjax/output/chtml/fonts/woff-v2/A.woff").read_text() == "font"
    (es5 / "tex-svg.js").write_text("svg")
    assert find_mathjax() == es5 / "tex-svg.js"
    Path("notes/p1.md").write_text(chapter("Why?"))
    assert exit_code("preview", "notes", "-o", "plain") == 0
    assert not Path("plain/mathjax").exists()


def test_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").touch()
    assert exit_code("preview", "notes") == 2
    assert "as in: deckbuild preview notes/ch1.md -o out/preview" in capsys.readouterr().err
    assert exit_code("preview", "notes", "-o", "file") == 2
    assert "file is not a folder" in capsys.readouterr().err


def test_the_configuration_names_the_folder_and_the_package_apart(folder: Path) -> None:
    Path("deckbuild.toml").write_text("output = 'deck.apkg'\nfolder = 'page'")
    assert exit_code("preview", "notes") == 0
    assert Path("page/index.html").exists()


def test_it_is_served_until_ctrl_c(folder: Path) -> None:
    Path("notes/p1.md").write_text("#### Sums\n:p Why?\n??x\nSo.\nx??\n")
    command = [sys.executable, "-m", "deckbuild", "preview", "notes", "-o", "page", "--serve", "--no-cache"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        assert serving.stderr.readline() == "wrote page/index.html: 1 card\n"
        found = re.match(r"(http://127\.0\.0\.1:\d+/) ", serving.stderr.readline())
        assert found is not None
        with urllib.request.urlopen(found[1], timeout=10) as page:
            assert b"Sums" in page.read()
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=20) == 0
        assert serving.stderr.read() == ""
