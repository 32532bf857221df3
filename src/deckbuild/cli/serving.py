"""A folder, shown to browsers on this machine. In: the folder; out: its address, until Ctrl-C."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

PORT = 8000
"""Where a browser is told to look, if it is free."""


def serve(folder: Path) -> None:
    """Shows the folder until Ctrl-C, which is how it is meant to end."""
    handler = partial(_Quietly, directory=str(folder))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", PORT), handler)
    except OSError:  # somebody else serves there
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with server, suppress(KeyboardInterrupt):
        click.echo(f"http://127.0.0.1:{server.server_port}/ · Ctrl-C ends it", err=True)
        server.serve_forever()


class _Quietly(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class calls it so
        """Nothing: a request is no event."""
