"""What a program that runs may still not show: all that rests on data that nobody wrote."""
