"""What there is to read of a client, in one round trip: the application, its mappings, its subscriptions."""

from collections.abc import Collection
from contextlib import suppress

from ...clients.bijira import Application, KeyMapping, Subscription
from ...transport import NotFound, seen_together
from ..key_manager.selection import manager_of
from ..platforms import Platforms
from ..schema import PropertyMap
from .applications import listed_application
from .mappings import MappingKey, connection_data, mappings_seen
from .subscriptions import listed_subscriptions

__all__ = ("seen_client",)


_Seen = tuple[Application, list[KeyMapping] | None, list[Subscription] | None, PropertyMap]


def seen_client(platforms: Platforms, at: MappingKey, wanted: Collection[str], declared: PropertyMap) -> _Seen | None:
    """All of it, in a burst what lists show of it; None where the application is gone."""
    row = listed_application(platforms.bijira, at.application_id, declared)
    if row:
        with suppress(NotFound):  # it may have gone since it was listed
            return _seen(platforms, at, wanted, declared, row)
    return _seen(platforms, at, wanted, declared, None)


def _seen(
    platforms: Platforms, at: MappingKey, wanted: Collection[str], declared: PropertyMap, row: Application | None
) -> _Seen | None:
    bijira, id = platforms.bijira, at.application_id  # noqa: A001
    subscribed = listed_subscriptions(bijira, row, declared) if row and "subscriptions" in wanted else None

    def subscriptions() -> list[Subscription] | None:
        if subscribed is not None or "subscriptions" not in wanted:
            return subscribed
        return bijira.subscriptions(id)

    return seen_together(
        lambda: row or bijira.application(id),
        lambda: mappings_seen(bijira, at, declared),
        subscriptions,
        lambda: {} if declared else connection_data(manager_of(platforms, at.key_manager_id)),
    )
