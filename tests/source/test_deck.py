"""Which files are read, in which order, and what of them makes the deck."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from deckbuild.errors import UsageError
from deckbuild.source import read_deck


def card(question: str, answer: str = "A", context: str = "") -> str:
    """A card as text."""
    return f"#### T\n{context}\n:p {question}\n??x\n{answer}\nx??\n---\n"


def write(path: Path, text: str, book: str = "", part: int = 1) -> Path:
    """A file, with a header where a book is given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((f"# Flashcards: {book}_processed (Part {part})\n\n" if book else "") + text, encoding="utf-8")
    return path


def questions(paths: list[str]) -> list[str]:
    """The questions of a deck, in order."""
    return [c.question.text for c in read_deck(paths).cards]


def test_files_come_in_the_order_of_book_part_and_name(tmp_path: Path) -> None:
    write(tmp_path / "a.md", card("B10"), "B", 10)
    write(tmp_path / "b.md", card("B2"), "B", 2)
    write(tmp_path / "d.txt", card("A2d"), "A", 2)
    write(tmp_path / "sub" / "c.MD", card("A2c"), "A", 2)
    assert questions([str(tmp_path)]) == ["A2c", "A2d", "B2", "B10"]


def test_hidden_and_other_files_are_skipped_but_not_where_they_are_named(tmp_path: Path) -> None:
    write(tmp_path / ".git" / "a.md", card("hidden"))
    write(tmp_path / "a.rst", card("other"))
    write(tmp_path / "b.md", card("seen"))
    assert questions([str(tmp_path)]) == ["seen"]
    assert questions([str(tmp_path / ".git"), str(tmp_path / "a.rst")]) == ["hidden", "other"]


def test_links_in_a_circle_and_doubled_arguments_are_survived(tmp_path: Path) -> None:
    file = write(tmp_path / "in" / "a.md", card("once"))
    (tmp_path / "in" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b.md").symlink_to(file)
    (tmp_path / "dangling.md").symlink_to(tmp_path / "nowhere.md")
    (tmp_path / "in" / "loop.md").symlink_to("loop.md")
    deck = read_deck([str(tmp_path), str(file), str(tmp_path / "in")])
    assert [c.question.text for c in deck.cards] == ["once"]
    assert len(deck.sources) == 1
    assert deck.diagnostics == ()


def test_paths_are_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "one" / "a.md", card("1"))
    write(tmp_path / "one" / "two" / "b.md", card("2"))
    monkeypatch.chdir(tmp_path)
    assert [s.path for s in read_deck(["one/"]).sources] == ["one/a.md", "one/two/b.md"]
    assert [s.path for s in read_deck(["."]).sources] == ["one/a.md", "one/two/b.md"]
    assert [s.path for s in read_deck(["./one/a.md"]).sources] == ["./one/a.md"]


def test_a_name_that_is_not_utf8_can_be_shown(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.md"
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123  Path has no bytes
        file.write(card("1"))
    assert read_deck([str(tmp_path)]).sources[0].path.endswith("/caf\ufffd.md")


def test_standard_input_is_read_from_bytes() -> None:
    deck = read_deck(["-", "-"], stdin=card("in").encode())
    assert [(c.path, c.question.text) for c in deck.cards] == [("-", "in")]
    with pytest.raises(UsageError, match="standard input"):
        read_deck(["-"])


def test_a_path_without_a_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"missing\.md: no such file"):
        read_deck([str(tmp_path / "missing.md")])


def test_nothing_to_read_is_an_empty_deck(tmp_path: Path) -> None:
    assert read_deck([str(tmp_path)]).cards == ()
    assert read_deck([]).sources == ()


def test_a_binary_file_among_others_is_an_error_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\x00\xff" * 100)
    write(tmp_path / "b.md", card("1"))
    deck = read_deck([str(tmp_path)])
    assert [c.question.text for c in deck.cards] == ["1"]
    assert [(d.code, d.severity, d.path) for d in deck.diagnostics] == [("binary-file", "error", f"{tmp_path}/a.md")]


def test_an_unreadable_file_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.md", card("1"))
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [(d.code, d.message) for d in read_deck([str(tmp_path)]).diagnostics] == [
        ("unreadable-file", "cannot be read: Permission denied; it is left out")
    ]


def endless(path: Path) -> Path:
    """A named pipe into which nobody writes."""
    os.mkfifo(path)
    return path


def test_what_may_never_end_is_told_and_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.md", card("1"), "Tides", 1)
    endless(tmp_path / "pipe.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(tmp_path / "socket.txt"))
        deck = read_deck([str(tmp_path)])
    assert [c.question.text for c in deck.cards] == ["1"]
    told = {d.path.rpartition("/")[2]: d.message for d in deck.diagnostics}
    assert [(d.code, d.severity) for d in deck.diagnostics] == [("unreadable-file", "error")] * 3
    assert {name: message.partition(",")[0] for name, message in told.items()} == {
        "pipe.md": "cannot be read: it is a named pipe",
        "socket.txt": "cannot be read: it is a socket",
        "zero.md": "cannot be read: it is a device",
    }
    assert "name the source -" in told["pipe.md"]


def test_a_named_pipe_is_not_opened_where_it_is_named_nor_beside_what_is(tmp_path: Path) -> None:
    one, pipe = write(tmp_path / "a.md", card("1"), "Tides", 1), endless(tmp_path / "b.md")
    deck = read_deck([str(one)])
    assert (len(deck.cards), deck.background, deck.diagnostics) == (1, (), ())
    deck = read_deck([str(pipe), str(one)])
    assert [c.question.text for c in deck.cards] == ["1"]
    assert [(d.code, d.path) for d in deck.diagnostics] == [("unreadable-file", str(pipe))]


def test_a_pipe_is_no_business_of_a_folder_by_another_name_than_that_of_a_source(tmp_path: Path) -> None:
    write(tmp_path / "a.md", card("1"))
    endless(tmp_path / "control")
    assert read_deck([str(tmp_path)]).diagnostics == ()


def test_the_pipe_of_a_shell_is_read() -> None:
    """`deckbuild <(cat notes.md)`."""
    reading, writing = os.pipe()
    with open(writing, "w", encoding="utf-8") as pipe:  # noqa: PTH123  a number is no path
        pipe.write(card("1"))
    try:
        assert questions([f"/dev/fd/{reading}"]) == ["1"]
    finally:
        os.close(reading)


def test_the_other_files_of_a_book_are_background(tmp_path: Path) -> None:
    one = write(tmp_path / "a.md", card("1"), "Tides", 1)
    write(tmp_path / "b.md", card("2") + ":p\n", "Tides", 2)
    write(tmp_path / "c.md", card("3"), "Winds", 1)
    write(tmp_path / "sub" / "d.md", card("4"), "Tides", 3)
    deck = read_deck([str(one)])
    assert [c.question.text for c in deck.cards] == ["1"]
    assert [c.question.text for c in deck.background] == ["2"]
    assert deck.diagnostics == ()
    assert read_deck([str(tmp_path)]).background == ()


def test_repeats_are_one_card_wherever_they_stand(tmp_path: Path) -> None:
    write(tmp_path / "a.md", card("Why  so?", "Because\nit is."), "Tides", 1)
    write(tmp_path / "b.md", card("Why so?", "Because it is.") + card("Why so?", "No."), "Tides", 2)
    deck = read_deck([str(tmp_path)])
    assert [(c.path[-4:], c.answer.text) for c in deck.cards] == [("a.md", "Because\nit is."), ("b.md", "No.")]
    (repeat,) = (d for d in deck.diagnostics if d.code == "repeated-card")
    assert (repeat.path[-4:], repeat.line) == ("b.md", 5)
    assert f"{tmp_path}/a.md:5" in repeat.message


def test_the_first_card_that_is_kept_owns_the_context(tmp_path: Path) -> None:
    shared = "#### T\n```python\na = 1\n```\n:p 1?\n??x\nA\nx??\n:p 2?\n??x\nB\nx??\n:p 3?\n??x\nC\nx??\n---\n"
    file = write(tmp_path / "a.md", card("1?", "A") + shared)
    cards = read_deck([str(file)]).cards
    assert [(c.question.text, c.shares_context) for c in cards] == [("1?", False), ("2?", False), ("3?", True)]
    assert cards[1].context is cards[2].context
    assert [s.source for s in cards[2].snippets] == ["a = 1"]


def test_a_folder_that_cannot_be_listed_leaves_the_background_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = write(tmp_path / "a.md", card("1"), "Tides", 1)
    write(tmp_path / "b.md", card("2"), "Tides", 2)

    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    deck = read_deck([str(one)])
    assert [c.question.text for c in deck.cards] == ["1"]
    assert deck.background == ()
