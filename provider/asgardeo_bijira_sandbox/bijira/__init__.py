"""Bijira's control plane: the developer-portal API in both versions, the admin API, the token service before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import admin, apis, applications, keys, subscriptions, token_endpoint
from .request import endpoints

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from ..store import Store

__all__ = ("routes",)

_APPLICATIONS = ("apim:subscribe", "apim:app_manage")
_SUBSCRIPTIONS = ("apim:subscribe", "apim:sub_manage")
_KEY_MANAGERS = ("apim:subscribe",)


def routes(store: Store) -> list[BaseRoute]:
    """Every endpoint."""
    return [*token_endpoint.routes(), *_applications(), *_keys(), *_subscriptions(), *_apis(), *admin.routes()]


def _applications() -> list[BaseRoute]:
    manage = _APPLICATIONS
    return [
        *endpoints("/applications", get=(manage, applications.listed), post=(manage, applications.create)),
        *endpoints("/applications/", get=(manage, applications.listed)),
        *endpoints(
            "/applications/{id}",
            get=(manage, applications.read),
            put=(manage, applications.change),
            delete=(manage, applications.delete),
        ),
    ]


def _keys() -> list[BaseRoute]:
    manage, one = _APPLICATIONS, "/applications/{id}/oauth-keys/{mapping}"
    return [
        *endpoints("/key-managers", get=(_KEY_MANAGERS, keys.key_managers)),
        *endpoints("/applications/{id}/map-keys", post=(manage, keys.map_client)),
        *endpoints("/applications/{id}/generate-keys", post=(manage, keys.generate)),
        *endpoints("/applications/{id}/oauth-keys", get=(manage, keys.listed)),
        *endpoints(one, get=(manage, keys.read), put=(manage, keys.change), delete=(manage, keys.delete)),
        *endpoints(f"{one}/clean-up", post=(manage, keys.clean_up)),
        *endpoints(f"{one}/regenerate-secret", post=(manage, keys.regenerate)),
        *endpoints(f"{one}/generate-token", post=(manage, keys.token)),
        *endpoints("/applications/{id}/keys", get=(manage, keys.listed_formerly)),
        *endpoints("/applications/{id}/keys/{keyType}", get=(manage, keys.read_formerly)),
    ]


def _subscriptions() -> list[BaseRoute]:
    manage = _SUBSCRIPTIONS
    return [
        *endpoints("/subscriptions", get=(manage, subscriptions.listed), post=(manage, subscriptions.create)),
        *endpoints("/subscriptions/multiple", post=(manage, subscriptions.create_many)),
        *endpoints(
            "/subscriptions/{id}",
            get=(manage, subscriptions.read),
            put=(manage, subscriptions.change),
            delete=(manage, subscriptions.delete),
        ),
        *endpoints("/api-platform-subscriptions", get=(manage, apis.platform_subscriptions)),
    ]


def _apis() -> list[BaseRoute]:
    return [
        *endpoints("/apis", get=((), apis.listed)),
        *endpoints("/apis/{id}", get=((), apis.read)),
        *endpoints("/api-keys", get=(_APPLICATIONS, apis.api_keys)),
        *endpoints("/throttling-policies/{level}", get=((), apis.policies)),
        *endpoints("/throttling-policies/{level}/{name}", get=((), apis.policy)),
    ]
