"""What was computed, and on what it rests."""
