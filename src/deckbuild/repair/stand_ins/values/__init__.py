"""Plain values: settings, first values, counts, and whatever an operator or a method tells."""
