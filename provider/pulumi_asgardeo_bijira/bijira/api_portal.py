"""The API Portal of WSO2 API Platform, v0.9: applications by handle, client ids that can be written and not read.

https://wso2.com/api-platform/docs/api-portal/1.0.0/
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import quote

from ..http import (
    Connection,
    Dialect,
    InvalidInput,
    Refusal,
    knowing,
    segment,
)
from ..settings import BijiraSettings
from .model import Abilities, Api, Application, Guidance, KeyManager, Mapping, Subscription
from .portal_key_managers import PORTAL_ADMIN_SCOPES, PortalKeyManagers
from .signing_in import sign_in, sign_in_as_administrator

__all__ = ("ApiPortal", "handle_of")

_PAGE = 100
#: Applications have no throttling policy there; this is what leaving it out means everywhere.
_UNLIMITED = "Unlimited"
_MARKED = re.compile(r"-[0-9a-f]{10}")
_NO_KEY_MANAGER = "Resource Not Found"
_SUBSCRIPTIONS = (
    "API Portal: a subscription there belongs to a user and not to an application. Remove subscriptions, and subscribe "
    "in the portal"
)


def _advice(refusal: Refusal, _: str) -> str:
    if refusal.status == 401:
        return "Check bijira:clientId and bijira:clientSecret, or bijira:accessToken"
    if refusal.status == 403:
        return (
            "The token must name the portal's organisation (org_handle, or org_name) and hold the role ap_admin or "
            "dp_admin, or where the portal goes by scopes: dp:application:manage, dp:application_key:manage, "
            "dp:application_key:revoke, dp:key_manager:read and dp:api:read"
        )
    if refusal.status == 404 and refusal.text == _NO_KEY_MANAGER:
        return "There is no key manager of this id; set key_manager to the id of one that is there"
    if refusal.status == 409:
        return "Another user of the organisation has an application under this handle: choose another application_name"
    return ""


_DIALECT = Dialect("API Portal", advice=_advice)
_GUIDANCE = Guidance(
    place="API Portal",
    if_none="Check that the token names the organisation (org_handle, or org_name). Then declare a BijiraKeyManager, "
    "or enable one: a disabled one is not listed",
    to_add="Declare a BijiraKeyManager",
    to_enable="Set enabled=True on its BijiraKeyManager",
)


def handle_of(name: str) -> str:
    """The handle that an application of this name is made with: it is what a lost creation is looked up by.

    A name that is a handle is its own; any other gets a mark of its own, so that two names never share a handle.
    """
    words = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    if words == name and not _MARKED.fullmatch(name[-11:]):
        return name
    return f"{words or 'application'}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _key_manager(document: dict[str, Any]) -> KeyManager:
    name = document["displayName"]
    return KeyManager(
        id=document["id"],
        name=name,
        display_name=name,
        enabled=document.get("enabled") is not False,
        internal=False,
        token_endpoint=document.get("tokenEndpoint") or "",
        revoke_endpoint="",
        grant_types=(),
    )


def _application(document: dict[str, Any]) -> Application:
    return Application(document["id"], document["displayName"], document.get("description") or "", _UNLIMITED, "")


def _api(document: dict[str, Any]) -> Api:
    return Api(document["id"], document.get("name") or "", document.get("version") or "")


class ApiPortal:
    """One organisation's portal, as the user that the token stands for."""

    can: ClassVar = Abilities(
        ties_subscriptions=False,
        reads_mappings=False,
        replaces_mappings=True,
        has_policies=False,
        takes_secrets=False,
        unique_names=False,
        lists_key_managers_to_all=False,
    )
    guidance = _GUIDANCE

    def __init__(self, settings: BijiraSettings) -> None:
        if settings.extra_query:
            raise settings.wrong("extra_query", "cannot go to an API Portal, which refuses parameters unknown to it")
        self._settings = settings
        redactor = knowing(*settings.secrets)
        self.tokens = sign_in(settings, redactor, _DIALECT.name)
        self.connection = Connection(
            settings.portal_url,
            _DIALECT,
            tokens=self.tokens,
            ca_bundle=settings.ca_bundle,
            headers=settings.headers,
            redactor=redactor,
        )

    @cached_property
    def key_manager_admin(self) -> PortalKeyManagers:
        """Its key managers, by a token of its own."""
        settings, redactor = self._settings, self.connection.redact
        tokens = sign_in_as_administrator(settings, self.tokens, PORTAL_ADMIN_SCOPES, redactor, _DIALECT.name)
        connection = Connection(
            settings.portal_url,
            _DIALECT,
            tokens=tokens,
            ca_bundle=settings.ca_bundle,
            headers=settings.headers,
            redactor=redactor,
        )
        return PortalKeyManagers(connection)

    def key_managers(self) -> list[KeyManager]:
        """The enabled key managers; the portal lists no others. A token that names no organisation is shown none."""
        return [_key_manager(row) for row in self._pages("/key-managers", "list the key managers")]

    def create_application(self, name: str, description: str, throttling_policy: str) -> Application:
        """Make an application under a handle of ours."""
        handle = handle_of(name)
        body = {"id": handle, "displayName": name, "description": description}
        doing = f"create the application {name} under the handle {handle}"
        return _application(self._call("POST", "/applications", doing, json=body))

    def application(self, id: str) -> Application | None:
        """An application, or None where there is none."""
        document = self._find(f"/applications/{segment(id)}", f"read the application {id}")
        return _application(document) if document is not None else None

    def applications(self) -> list[Application]:
        """All applications of the token's user."""
        return [_application(row) for row in self._pages("/applications", "list the applications")]

    def find_application(self, name: str) -> Application | None:
        """The application of this name, be it made here or by hand; names are not unique there."""
        made = self.find_made_application(name)
        if made and made.name == name:
            return made
        found = [one for one in self.applications() if one.name == name]
        if len(found) > 1:
            handles = ", ".join(sorted(one.id for one in found))
            raise InvalidInput(
                f"API Portal: there are several applications named {name}, with the ids {handles}. Attach to one with "
                "application_id"
            )
        return found[0] if found else None

    def find_made_application(self, name: str) -> Application | None:
        """What lies under the handle that a creation with this name has."""
        return self.application(handle_of(name))

    def change_application(self, id: str, changes: dict[str, str]) -> None:
        """Read the application and write it back changed; its handle stays."""
        path, doing = f"/applications/{segment(id)}", f"change the application {id}"
        current = self._call("GET", path, doing)
        names = {"name": "displayName", "description": "description"}
        body = {wire: changes.get(name, current.get(wire) or "") for name, wire in names.items()}
        self._call("PUT", path, doing, json=body)

    def delete_application(self, id: str) -> None:
        """Delete an application with its mappings."""
        self._delete(f"/applications/{segment(id)}", f"delete the application {id}")

    def map_client(
        self, application_id: str, key_manager: KeyManager, key_type: str, client_id: str, secret: str | None
    ) -> Mapping | None:
        """Map a client id; whatever was mapped there before is replaced, so that it can be sent as often as need be."""
        path = f"/applications/{segment(application_id)}/generate-keys"
        doing = f"map the client {client_id} to the application {application_id} under {key_manager.name}"
        body = {"keyManager": key_manager.id, "consumerKey": client_id, "type": key_type}
        made = self._call("POST", path, doing, json=body, retry_as="PUT")
        return Mapping(made["keyMappingId"], client_id, key_manager.id, key_type, made.get("tokenEndpoint") or "")

    def mappings(self, application_id: str) -> list[Mapping]:
        """Nobody can read them there."""
        return []

    def unmap(self, application_id: str, mapping_id: str) -> None:
        """Remove a mapping."""
        path = f"/applications/{segment(application_id)}/oauth-keys/{segment(mapping_id)}"
        self._delete(path, f"remove the mapping {mapping_id} of the application {application_id}")

    def subscribe(self, application_id: str, api_id: str, plan: str) -> Subscription:
        """Not there."""
        raise InvalidInput(_SUBSCRIPTIONS)

    def subscriptions(self, application_id: str) -> list[Subscription]:
        """None of them are an application's."""
        return []

    def change_plan(self, subscription_id: str, application_id: str, api_id: str, plan: str) -> Subscription:
        """Not there."""
        raise InvalidInput(_SUBSCRIPTIONS)

    def unsubscribe(self, subscription_id: str) -> None:
        """Not there."""
        raise InvalidInput(_SUBSCRIPTIONS)

    def find_api(self, name: str, version: str) -> Api | None:
        """The API of exactly this name and version."""
        return next((api for api in self.search_apis(name) if (api.name, api.version) == (name, version)), None)

    def search_apis(self, name: str) -> list[Api]:
        """Every version of the API of exactly this name. What the portal calls a query goes through text, in which it
        finds no quotes, no backslashes and, in some databases, no words such as "the"."""
        path = f"/apis?name={quote(name, safe='')}"
        return [_api(row) for row in self._pages(path, f"look up the API {name}")]

    def api(self, id: str) -> Api | None:
        """An API, or None where there is none."""
        document = self._find(f"/apis/{segment(id)}", f"read the API {id}")
        return _api(document) if document is not None else None

    def _call(self, method: str, path: str, doing: str, **details: Any) -> dict[str, Any]:
        return self.connection.ask(method, path, doing=doing, **details)

    def _find(self, path: str, doing: str) -> dict[str, Any] | None:
        return self.connection.get_or_none(path, doing=doing)

    def _delete(self, path: str, doing: str) -> None:
        self.connection.discard(path, doing=doing)

    def _pages(self, path: str, doing: str) -> Iterator[dict[str, Any]]:
        """Every row of every page. The query is written out here: a blank must be `%20` there and never `+`."""
        offset = 0
        while True:
            joint = "&" if "?" in path else "?"
            page = self._call("GET", f"{path}{joint}limit={_PAGE}&offset={offset}", doing)
            rows = page.get("list") or []
            yield from rows
            offset += len(rows)
            if not rows or offset >= int((page.get("pagination") or {}).get("total") or 0):
                return
