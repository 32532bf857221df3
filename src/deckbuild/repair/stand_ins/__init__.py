"""Stand-ins: values for names that the deck nowhere defines, inferred from how the program uses them.

Each module knows one kind of evidence and offers guesses; the rule `stand-in` ranks them and lets the run decide.
"""
