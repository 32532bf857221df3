"""Settings among which a claim may choose: arguments that the card's code leaves out, and set-ups that the text describes."""
