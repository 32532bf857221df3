"""One question to an outside program. In: its words, a request; out: what it wrote, parsed, or what went wrong.

The program has the user's environment (it may need keys) and is run without a shell. What it starts ends with it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from typing import IO

from deckbuild.model import Json, Unanswered

MOST_BYTES = 256 << 10
LAST_WORDS = 200


def ask_command(words: Sequence[str], request: str, limit_s: float) -> Json | Unanswered:
    """The JSON on its standard output."""
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as errors:
        asked.write(request.encode())
        asked.seek(0)
        try:
            process = subprocess.Popen(
                words, stdin=asked, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
            )
        except OSError as error:
            return Unanswered(f"could not be started: {error.strerror or error}")
        told, late = _listen(process, limit_s)
        if late:
            return Unanswered(f"gave no answer within {limit_s:g} s")
        if len(told) > MOST_BYTES:
            return Unanswered(f"wrote more than {MOST_BYTES >> 10} KB")
        if process.returncode:
            return Unanswered(_ended(process.returncode, errors))
    try:
        found: Json = json.loads(told)
    except (ValueError, RecursionError):
        return Unanswered(f"wrote no JSON: {_short(told)}")
    return found


def _listen(process: subprocess.Popen[bytes], limit_s: float) -> tuple[bytes, bool]:
    """What it wrote, to the limit, and whether it had to be ended for taking too long."""
    late = threading.Event()

    def end() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(limit_s, end)
    timer.start()
    try:
        assert process.stdout is not None
        with process.stdout:
            told = process.stdout.read(MOST_BYTES + 1)
        if len(told) > MOST_BYTES:
            _kill(process)
        process.wait()  # it may go on after it closed its output
    finally:
        timer.cancel()
        _kill(process)
    return told, late.is_set()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Its whole session: what it started and left behind, too."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _ended(code: int, errors: IO[bytes]) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - 4 * LAST_WORDS))
    lines = errors.read().decode(errors="replace").strip().splitlines()
    how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
    return f"{how}: {lines[-1][:LAST_WORDS]}" if lines else how


def _short(told: bytes) -> str:
    text = " ".join(told.decode(errors="replace").split())
    return repr(text[:60]) if text else "nothing at all"
