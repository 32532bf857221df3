"""The outside program with its memory: each request is put to it once, in this build or in an earlier one.

In: the options; out: an `Ask`, to be used as a context manager, from any thread. What was answered is on the disk when it is left,
after an error, too: answers may have cost money.
"""

from __future__ import annotations

import json
import shlex
import shutil
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Self

import platformdirs

from deckbuild.errors import UsageError
from deckbuild.files import check_writable, replace_files
from deckbuild.model import Answer, Json, Unanswered
from deckbuild.options import RunOptions

from .answer import read_answer
from .command import ask_command
from .record import Recorded, dump_record, key_of, parse_record

FILE = "repairs.jsonl"


class Outside:
    """Implements `model.Ask`."""

    def __init__(self, words: tuple[str, ...], record: Path | None, limit_s: float) -> None:
        """No words: only what is recorded is answered. Raises UsageError for a record that cannot be read or written."""
        self._words = words
        self._path = record
        self._limit_s = limit_s
        self._known = _read(record) if record else {}
        self._new: dict[str, Recorded] = {}
        self._asked: dict[str, Future[Answer | Unanswered]] = {}
        self._lock = threading.Lock()
        if record and words:
            check_writable(record)

    def __call__(self, request: Mapping[str, Json]) -> Answer | Unanswered | None:
        """The answer, from the record where it is there; None where it is not and there is nobody to ask."""
        key = key_of(request)
        if key in self._known:
            return self._known[key].answer
        if not self._words:
            return None
        with self._lock:
            first = key not in self._asked
            waiting = self._asked.setdefault(key, Future())
        if first:
            try:
                waiting.set_result(self._answer(key, request))
            except BaseException as error:
                waiting.set_exception(error)
                raise
        return waiting.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._path and self._new:
            together = {**_read(self._path), **self._new}  # another build may have added some
            replace_files({self._path: dump_record(together).encode()})

    def _answer(self, key: str, request: Mapping[str, Json]) -> Answer | Unanswered:
        told = ask_command(self._words, json.dumps(request, ensure_ascii=True), self._limit_s)
        if isinstance(told, Unanswered):
            return told
        try:
            answer = read_answer(told)
        except ValueError as error:
            return Unanswered(f"wrote no answer: {error}")
        self._new[key] = Recorded(_title(request), answer)
        return answer


def open_outside(options: RunOptions) -> Outside:
    """What the options name. Raises UsageError if there is no such program, or the record cannot be used."""
    words = _words(options.repair_command) if options.repair_command and not options.frozen else ()
    if options.repair_record:
        record: Path | None = Path(options.repair_record)
    elif options.repair_command and options.cache:
        folder = Path(options.cache_dir) if options.cache_dir else Path(platformdirs.user_cache_dir("deckbuild"))
        record = folder / FILE
    else:
        record = None
    return Outside(words, record, options.repair_timeout_s)


def _words(command: str) -> tuple[str, ...]:
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise UsageError(f"--repair-command {command!r}: {error}") from error
    if not words or shutil.which(words[0]) is None:
        raise UsageError(f"--repair-command {command!r}: there is no such program")
    return words


def _read(path: Path) -> dict[str, Recorded]:
    try:
        return parse_record(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the recorded answers cannot be read: {error}") from error


def _title(request: Mapping[str, Json]) -> str:
    card = request.get("card")
    return str(card.get("title", "")) if isinstance(card, dict) else ""
