"""What a card says, before it is known what kind of claim it is: comments, sentences, sessions, and words that take them back."""
