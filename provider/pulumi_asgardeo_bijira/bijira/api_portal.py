"""The API Portal of WSO2 API Platform, v0.9: applications by handle, client ids that can be written and not read.

https://wso2.com/api-platform/docs/api-portal/1.0.0/
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import quote

from ..http import (
    ClientCredentials,
    Connection,
    Dialect,
    GivenToken,
    InvalidInput,
    NotFound,
    Refusal,
    TokenSource,
    knowing,
)
from ..settings import BijiraSettings
from .model import Api, Application, Guidance, KeyManager, Mapping, Subscription
from .portal_key_managers import PORTAL_ADMIN_SCOPES, PortalKeyManagers

__all__ = ("ApiPortal", "handle_of")

_PAGE = 100
#: Applications have no throttling policy there; this is what leaving it out means everywhere.
_UNLIMITED = "Unlimited"


def _advice(refusal: Refusal, _: str) -> str:
    if refusal.status == 401:
        return "Check bijira:clientId and bijira:clientSecret, or bijira:accessToken"
    if refusal.status == 403:
        return (
            "The token must name the organisation (org_handle) and hold the role dp_admin or ap_admin, or where scopes "
            "count: dp:application:manage, dp:application_key:manage, dp:application_key:revoke and dp:key_manager:read"
        )
    return ""


_DIALECT = Dialect("API Portal", advice=_advice)
_GUIDANCE = Guidance(
    place="API Portal",
    if_none="Its list has enabled ones only, and is empty too where the token names no organisation (org_handle). "
    "Check the token's claims, or declare a BijiraKeyManager",
    to_add="Declare a BijiraKeyManager",
    to_enable="Set enabled=True on its BijiraKeyManager",
)


def handle_of(name: str) -> str:
    """The handle that an application of this name is made with: it is what a lost creation is looked up by."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return "-".join(words) or "".join(f"{ord(letter):x}" for letter in name)


def _unsupported() -> InvalidInput:
    return InvalidInput(
        "API Portal: a subscription there belongs to a user and not to an application. "
        "Remove subscriptions, and subscribe in the portal"
    )


def _segment(text: str) -> str:
    return quote(text, safe="")


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


class ApiPortal:
    """One organisation's portal, as the user that the token stands for."""

    ties_subscriptions = False
    reads_mappings = False
    guidance = _GUIDANCE

    def __init__(self, settings: BijiraSettings) -> None:
        self._settings = settings
        redactor = knowing(settings.client_secret, settings.password, settings.access_token)
        self.tokens = self._sign_in(settings)
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
        """Its key managers, by a token of its own: nobody who manages none asks for an administrator's scopes."""
        settings = self._settings
        tokens = self.tokens
        if not settings.scopes:
            tokens = self._sign_in(replace(settings, scopes=" ".join(PORTAL_ADMIN_SCOPES)))
        connection = Connection(
            settings.portal_url, _DIALECT, tokens=tokens, ca_bundle=settings.ca_bundle, headers=settings.headers
        )
        return PortalKeyManagers(connection)

    @staticmethod
    def _sign_in(settings: BijiraSettings) -> TokenSource:
        if settings.access_token:
            return GivenToken(settings.access_token)
        client_id, secret = settings.credentials()
        endpoint = Connection(settings.token_address, _DIALECT, ca_bundle=settings.ca_bundle)
        scopes = tuple(settings.asked_scopes.split())
        return ClientCredentials(
            endpoint, client_id, secret, scopes=scopes, grant=settings.token_form(), silence_grants_all=True
        )

    def key_managers(self) -> list[KeyManager]:
        """The enabled key managers; the portal lists no others."""
        return [_key_manager(row) for row in self._pages("/key-managers", "list the key managers")]

    def create_application(self, name: str, description: str, throttling_policy: str) -> Application:
        """Make an application under a handle of ours."""
        if throttling_policy != _UNLIMITED:
            raise InvalidInput("API Portal: applications have no throttling policy there. Remove throttling_policy")
        body = {"id": handle_of(name), "displayName": name, "description": description}
        return _application(self._send("POST", "/applications", f"create the application {name}", body))

    def application(self, id: str) -> Application | None:
        """An application, or None where there is none."""
        document = self._find(f"/applications/{_segment(id)}", f"read the application {id}")
        return _application(document) if document else None

    def applications(self) -> list[Application]:
        """All applications of the token's user."""
        return [_application(row) for row in self._pages("/applications", "list the applications")]

    def find_application(self, name: str) -> Application | None:
        """The application that a creation with this name would have made."""
        return self.application(handle_of(name))

    def change_application(self, id: str, changes: dict[str, str]) -> None:
        """Read the application and write it back changed; its handle stays."""
        if "throttlingPolicy" in changes:
            raise InvalidInput("API Portal: applications have no throttling policy there. Remove throttling_policy")
        path, doing = f"/applications/{_segment(id)}", f"change the application {id}"
        current = self._call("GET", path, doing)
        body = {"displayName": current["displayName"], "description": current.get("description") or ""}
        body |= {{"name": "displayName"}.get(key, key): value for key, value in changes.items()}
        self._send("PUT", path, doing, body)

    def delete_application(self, id: str) -> None:
        """Delete an application with its mappings."""
        self._delete(f"/applications/{_segment(id)}", f"delete the application {id}")

    def map_client(
        self, application_id: str, key_manager: KeyManager, key_type: str, client_id: str, secret: str | None
    ) -> Mapping | None:
        """Map a client id; whatever was mapped there before is replaced."""
        if secret:
            raise InvalidInput("API Portal: a client secret cannot be sent there. Remove client_secret")
        path = f"/applications/{_segment(application_id)}/generate-keys"
        doing = f"map the client {client_id} to the application {application_id} under {key_manager.name}"
        body = {"keyManager": key_manager.id, "consumerKey": client_id, "type": key_type}
        made = self._call("POST", path, doing, json=body, retry_as="PUT")
        return Mapping(made["keyMappingId"], client_id, key_manager.id, key_type)

    def mappings(self, application_id: str) -> list[Mapping]:
        """Nobody can read them there."""
        return []

    def unmap(self, application_id: str, mapping_id: str) -> None:
        """Remove a mapping."""
        path = f"/applications/{_segment(application_id)}/oauth-keys/{_segment(mapping_id)}"
        self._delete(path, f"remove the mapping {mapping_id} of the application {application_id}")

    def subscribe(self, application_id: str, api_id: str, plan: str) -> Subscription:
        """Not there."""
        raise _unsupported()

    def subscriptions(self, application_id: str) -> list[Subscription]:
        """None of them are an application's."""
        return []

    def change_plan(self, subscription_id: str, application_id: str, api_id: str, plan: str) -> Subscription:
        """Not there."""
        raise _unsupported()

    def unsubscribe(self, subscription_id: str) -> None:
        """Not there."""
        raise _unsupported()

    def find_api(self, name: str, version: str) -> Api | None:
        """The API of exactly this name and version."""
        found = (api for api in self.search_apis(name) if (api.name, api.version) == (name, version))
        return next(found, None)

    def search_apis(self, name: str) -> list[Api]:
        """APIs of this name."""
        rows = self._pages(f"/apis?name={_segment(name)}", f"look up the API {name}")
        return [Api(row["id"], row.get("name") or "", row.get("version") or "") for row in rows]

    def api(self, id: str) -> Api | None:
        """An API, or None where there is none."""
        row = self._find(f"/apis/{_segment(id)}", f"read the API {id}")
        return Api(row["id"], row.get("name") or "", row.get("version") or "") if row else None

    def _call(self, method: str, path: str, doing: str, **details: Any) -> dict[str, Any]:
        return self.connection.document(self.connection.call(method, path, doing=doing, **details), doing)

    def _find(self, path: str, doing: str) -> dict[str, Any] | None:
        try:
            return self._call("GET", path, doing)
        except NotFound:
            return None

    def _send(self, method: str, path: str, doing: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call(method, path, doing, json=body)

    def _delete(self, path: str, doing: str) -> None:
        """The answer is a line of text, of no use."""
        try:
            self.connection.call("DELETE", path, doing=doing)
        except NotFound:
            return

    def _pages(self, path: str, doing: str) -> Iterator[dict[str, Any]]:
        offset = 0
        while True:
            joint = "&" if "?" in path else "?"
            page = self._call("GET", f"{path}{joint}limit={_PAGE}&offset={offset}", doing)
            rows = page.get("list") or []
            yield from rows
            offset += len(rows)
            if not rows or offset >= int((page.get("pagination") or {}).get("total") or 0):
                return
