"""The command `asgardeo-bijira`."""

import sys

__all__ = ("main",)


def main() -> None:
    """Run the command line; what it needs beyond the package itself is the extra `cli`."""
    try:
        from .app import run
    except ModuleNotFoundError as missing:
        if missing.name not in ("typer", "starlette", "uvicorn", "joserfc", "yaml"):
            raise
        sys.exit(f"The commands need {missing.name}. Install it: pip install 'pulumi-asgardeo-bijira[cli]'")
    sys.exit(run())
