"""Plain text, scanned for what it says of programs: in goes prose, out come numbers, sizes, counts and layers with their places.

Nothing here decides whether a text is true; the stages `repair` (which size may a stand-in have?) and `claims` (what does
the card state?) do that. All places are offsets into the text that was given.
"""

from .counts import Count, counts
from .layers import LayerWord, layer_words
from .numbers import Number, numbers
from .products import Product, ProductSum, product_sums
from .roles import Role, RoleSize, role_sizes, sentences
from .sizes import Size, SizeKind, sizes

__all__ = [
    "Count",
    "LayerWord",
    "Number",
    "Product",
    "ProductSum",
    "Role",
    "RoleSize",
    "Size",
    "SizeKind",
    "counts",
    "layer_words",
    "numbers",
    "product_sums",
    "role_sizes",
    "sentences",
    "sizes",
]
