"""A compiler from machine-written flashcards (Markdown) to Anki packages: code has run, claims are checked."""

__version__ = "0.1.0"
