"""The same generated life for the vendor's API Portal and for its stand-in, and what they answer otherwise.

`operations.py` is the table of what can be asked, with right bodies; `mutations.py` spoils them; `life.py` makes
requests of both, from a seed; `servers.py` sends them; `comparison.py` says what differs, each kind of difference with
the shortest request that shows it. `python -m tests.differential --help` runs it by hand.

It is lived in short episodes, each beginning with nothing: once the two servers hold different things, all that follows
differs too.
"""
