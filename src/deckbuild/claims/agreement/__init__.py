"""When two things that are written differently are the same: numbers, shapes in letters, formulas, printed text."""
