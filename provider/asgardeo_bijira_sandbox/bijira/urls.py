"""Every endpoint of the control plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..web import routes as web
from . import admin, apis, applications, key_managers, key_tokens, keys, subscriptions, token_endpoint, transfer
from .elsewhere import Elsewhere
from .models import IMPORT_EXPORT
from .request import ADMIN, EVERYWHERE
from .request import ControlPlaneRoute as Route

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

__all__ = ("routes",)


_TOKENS = (
    web.Route("POST", "/oauth2/token", token_endpoint.token),
    web.Route("GET", "/oauth2/jwks", token_endpoint.jwks),
)

_MANAGE = ("apim:subscribe", "apim:app_manage")
_MANAGE_OR_MOVE = (*_MANAGE, IMPORT_EXPORT)
_ONE = "/applications/{id}"
_APPLICATIONS = (
    Route("GET", "/applications", applications.listed, _MANAGE_OR_MOVE),
    Route("POST", "/applications", applications.create, _MANAGE),
    Route("GET", "/application-attributes", applications.attributes, _MANAGE),
    Route("GET", "/applications/export", transfer.export, (IMPORT_EXPORT,)),
    Route("POST", "/applications/import", transfer.import_, (IMPORT_EXPORT,)),
    Route("GET", _ONE, applications.read, _MANAGE),
    Route("PUT", _ONE, applications.update, _MANAGE),
    Route("DELETE", _ONE, applications.delete, _MANAGE_OR_MOVE),
)

_KEY = f"{_ONE}/oauth-keys/{{mapping}}"
_KEYS = (
    Route("GET", "/key-managers", key_managers.listed, ("apim:subscribe",)),
    Route("POST", f"{_ONE}/map-keys", keys.map_client, _MANAGE),
    Route("POST", f"{_ONE}/generate-keys", keys.generate, _MANAGE),
    Route("GET", f"{_ONE}/oauth-keys", keys.listed, _MANAGE),
    Route("GET", _KEY, keys.read, _MANAGE),
    Route("PUT", _KEY, keys.update, _MANAGE),
    Route("DELETE", _KEY, keys.delete, _MANAGE),
    Route("POST", f"{_KEY}/clean-up", keys.clean_up, _MANAGE),
    Route("POST", f"{_KEY}/regenerate-secret", keys.regenerate, _MANAGE),
    Route("POST", f"{_KEY}/generate-token", key_tokens.token, _MANAGE),
    Route("GET", f"{_ONE}/keys", keys.listed_formerly, _MANAGE),
    Route("GET", f"{_ONE}/keys/{{keyType}}", keys.read_formerly, _MANAGE),
)

_SUBSCRIBE = ("apim:subscribe", "apim:sub_manage")
_SUBSCRIPTIONS = (
    Route("GET", "/subscriptions", subscriptions.listed, _SUBSCRIBE),
    Route("POST", "/subscriptions", subscriptions.create, _SUBSCRIBE),
    Route("POST", "/subscriptions/multiple", subscriptions.create_many, _SUBSCRIBE),
    Route("GET", "/subscriptions/{id}", subscriptions.read, _SUBSCRIBE),
    Route("PUT", "/subscriptions/{id}", subscriptions.update, _SUBSCRIBE),
    Route("DELETE", "/subscriptions/{id}", subscriptions.delete, _SUBSCRIBE),
    Route("GET", "/api-platform-subscriptions", apis.platform_subscriptions, _SUBSCRIBE),
)

_APIS = (
    Route("GET", "/apis", apis.listed),
    Route("GET", "/apis/{id}", apis.read),
    Route("GET", "/api-keys", apis.api_keys, _MANAGE),
    Route("GET", "/throttling-policies/{level}", apis.policies),
    Route("GET", "/throttling-policies/{level}/{name}", apis.policy),
)

_ADMINISTER = ("apim:admin", "apim:admin_operations")
_ADMIN = (
    Route("GET", "/key-managers", admin.listed, _ADMINISTER, ADMIN),
    Route("POST", "/key-managers", admin.create, _ADMINISTER, ADMIN),
    Route("GET", "/key-managers/{id}", admin.read, _ADMINISTER, ADMIN),
    Route("PUT", "/key-managers/{id}", admin.update, _ADMINISTER, ADMIN),
    Route("DELETE", "/key-managers/{id}", admin.delete, _ADMINISTER, ADMIN),
)


def routes() -> list[BaseRoute]:
    """Every endpoint; the last ones answer for what is not served."""
    served = web.mounted(_TOKENS, _APPLICATIONS, _KEYS, _SUBSCRIPTIONS, _APIS, _ADMIN)
    return [*served, *web.mounted([Route("*", "/{rest:path}", Elsewhere(served).answer, (), EVERYWHERE)])]
