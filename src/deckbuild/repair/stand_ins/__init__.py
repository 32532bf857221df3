"""Stand-ins: values for names that the deck nowhere defines, inferred from how the program uses them.

    guesses     all of them, in the order in which their evidence counts     shown/      what cards write down themselves
    reading/    what is said of a name before its kind is known              passed      what a function does with it
    tensors/    networks/    series/    values/    what it is                fitting/    a guess made to fit the program

Each module of a kind knows one sort of evidence and offers guesses; the rule `stand-in` makes additions of them, and the run decides.
"""
