"""Finding what exists: what a look-up is given and finds, and how it looks."""
