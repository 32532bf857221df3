"""What other cards lend to a program: which definition is meant, which of its statements come along, and whether it may."""
