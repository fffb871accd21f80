"""`python -m tools.generate` writes what follows from the declarations; with `--check` it says what is stale."""

from __future__ import annotations

import sys

from .files import generated, stale, write


def main() -> int:
    """Write or compare."""
    if "--check" in sys.argv[1:]:
        found = stale()
        for path in found:
            sys.stderr.write(f"{path} is stale, run make generate\n")
        return 1 if found else 0
    write(generated())
    return 0


if __name__ == "__main__":
    sys.exit(main())
