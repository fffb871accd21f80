"""Where the tokens come from that sign requests in."""

from typing import Protocol

__all__ = ("TokenSource",)


class TokenSource(Protocol):
    """Where a connection's access tokens come from."""

    #: What to do where the platform refuses the token; empty where the platform's own advice fits.
    advice: str

    def token(self) -> str:
        """A token that is good now."""

    def renewed(self, refused: str) -> str | None:
        """Another token than the refused one, or None where there is no other."""

    def granted(self) -> frozenset[str] | None:
        """The scopes of the token, or None where nobody said."""
