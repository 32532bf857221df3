"""The warm process, started by the build as `python -m deckbuild.run.worker` with a clean environment.

Goes in: on standard input the secret of the channel, a frame with the Setup, then frames with requests. Comes out: on
standard output a frame with what it found out about itself, then frames with outcomes. It ends with its standard input.
"""

from __future__ import annotations

import gc
import json
import os
import sys

from deckbuild.run.wire import NONCE_BYTES, Frames, frame

from .request import read_setup


def main() -> None:
    """Reads the setup, loads the libraries, serves."""
    requests, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    nonce = _read_exactly(requests, NONCE_BYTES)
    setup = read_setup(_first_payload(requests, Frames(nonce)))
    from .preload import preload  # after the setup: torch comes last, when nothing about the process changes any more
    from .serve import Server

    preload()
    server = Server(setup, requests, answers, nonce)
    gc.collect()
    gc.freeze()
    os.write(answers, frame(json.dumps({"ready": True}).encode(), nonce))
    server.serve()


def _read_exactly(descriptor: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = os.read(descriptor, size - len(data))
        if not more:
            sys.exit("the build closed the channel")
        data += more
    return data


def _first_payload(descriptor: int, frames: Frames) -> bytes:
    while True:
        for payload in frames.feed(_read_exactly(descriptor, 1)):
            return payload


if __name__ == "__main__":
    main()
