"""What is said where nothing published has the name and version that are asked for."""

from collections.abc import Iterable

from ..clients.bijira import Api
from ..transport import InvalidInput, Missing

__all__ = ("no_published_api",)


def no_published_api(name: str, version: str, near: Iterable[Api]) -> InvalidInput:
    """Nothing published has this name and version; `near` is what a search for the name finds."""
    there = ", ".join(f"{one.name} {one.version}" for one in near) or "none of that name"
    return InvalidInput(
        f"has no published API {name} with the version {version}. There are: {there}",
        subject="Bijira",
        action="Check name and version in the developer portal; a new API is found some seconds after publishing",
        missing=Missing("API", name, version),
    )
