"""A guess made to fit the program: how far it reaches, which numbers it holds, what it is scaled to."""
