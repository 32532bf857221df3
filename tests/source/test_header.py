"""What a file says about its book, and what its name and folder say instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckbuild.source.header import read_header, readable


def test_the_header_names_book_part_and_chapter() -> None:
    lines = [
        "# Flashcards: Tides-and-Waves_processed (Part 12)",
        "**Rating threshold:** >= 8/10",
        "",
        "**Starting Chapter:** 3.1 Waves",
    ]
    header = read_header(lines, "x/y.md", Path("x/y.md"))
    assert (header.source.book, header.source.part, header.source.chapter) == ("Tides-and-Waves", 12, "3.1 Waves")
    assert header.rows == {0, 1, 3}


def test_another_word_before_flashcards_and_no_part() -> None:
    source = read_header(["# High-Quality Flashcards: Tides", "text"], "y.md", Path("y.md")).source
    assert (source.book, source.part, source.chapter) == ("Tides", None, None)


def test_without_header_folder_and_file_name_tell(tmp_path: Path) -> None:
    folder = tmp_path / "Tides_processed"
    folder.mkdir()
    source = read_header(["#### T"], "td_part07_The_Moon.md", folder / "td_part07_The_Moon.md").source
    assert (source.book, source.title, source.part, source.chapter) == ("Tides", "Tides", 7, "td part07 The Moon")


def test_a_header_below_the_first_card_is_text() -> None:
    lines = ["#### T", "# Flashcards: Other (Part 1)"]
    assert read_header(lines, "-", None).source.book == "Standard input"
    assert read_header(lines, "-", None).rows == frozenset()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("9Z001---Tides-and-Waves-Harbour-2023-Ann-Other--_processed", "Tides and Waves Harbour 2023 Ann Other"),
        ("7Z001--Tides", "Tides"),
        ("9Z001---Tides---Ann-Other", "Tides – Ann Other"),
        ("Tides_-The-Book", "Tides The Book"),
        ("TidesModern", "TidesModern"),
        ("--", "--"),
    ],
)
def test_readable(name: str, title: str) -> None:
    assert readable(name) == title
