"""`python -m deckbuild` is `deckbuild`."""

from .cli import main

main()
