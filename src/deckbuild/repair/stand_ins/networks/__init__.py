"""Small untrained models, and what belongs to a training: nothing is learned."""
