"""What is said of the keys of APIs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .operations import World

__all__ = ("key", "key_of_application", "new_key", "renewed_key")

_TIMES = ("2030-01-01T00:00:00Z", "2031-02-03t04:05:06.789+02:00", "2200-01-01T00:00:00Z", "2030-01-01", 5, 4e12, -1)


def new_key(world: World) -> Any:
    """One to be made."""
    choice = world.random.choice
    return world.some(
        id_=choice(("key", "other_key", "-k", "")),
        displayName_=world.name(),
        appId_=world.one("application"),
        subscriptionId_=world.one("subscription"),
        expiresAt_=choice(_TIMES),
    )


def renewed_key(world: World) -> Any:
    """One to get another secret."""
    return world.some(keyId=world.one("key"), expiresAt_=world.random.choice(_TIMES))


def key(world: World) -> Any:
    """One of those that there are."""
    return {"keyId": world.one("key")}


def key_of_application(world: World) -> Any:
    """One, and whom it is for."""
    return {"keyId": world.one("key"), "appId": world.one("application")}
