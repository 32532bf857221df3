"""An input that is defined nowhere, worked out from what the card says of it and of what comes out.

probes    a state run with other values of the unknown: the numbers that claims speak of, as linear functions of it
named     entries that the prose's own products name
system    whole numbers that solve equations: none, one, or more than one
weights   the state with what other cards do to a layer that it borrows
recover   the state with the one input that follows, told as an assumption
"""

from .recover import recover

__all__ = ["recover"]
