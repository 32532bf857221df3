"""Why a snippet is left as it is: the reason, and where it lies."""
