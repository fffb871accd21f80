"""What is said where nothing published has the name and version that are asked for."""

from ..transport import InvalidInput, Missing

__all__ = ("no_published_api",)


def no_published_api(name: str, version: str, instead: str = "") -> InvalidInput:
    """Nothing published has this name and version; `instead` says what there is."""
    return InvalidInput(
        f"has no published API {name} with the version {version}{instead}",
        subject="Bijira",
        action="Check name and version in the developer portal; a new API is found some seconds after publishing",
        missing=Missing("API", name, version),
    )
