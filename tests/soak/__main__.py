"""`python -m tests.soak`; command.py says how."""

import sys

from .command import main

sys.exit(main(sys.argv[1:]))
