"""The result of a build and its notes -> the cards as one static page, as Anki would show them.

In: what was checked, the notes that were drawn of it, and how notes look. Out: the files of a folder, by their names. The page
needs no network and no script: formulas are shown as TeX unless the place of a MathJax is given.
"""

from .page import draw_page

__all__ = ["draw_page"]
