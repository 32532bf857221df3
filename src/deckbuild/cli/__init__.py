"""The command line: arguments -> Options -> pipeline -> text on standard output, files, an exit code.

Exit codes: 0 clean, 1 findings, 2 wrong usage, 3 nothing to build, 130 interrupted (143, 129: ended by SIGTERM, SIGHUP).
"""

from .main import main

__all__ = ["main"]
