"""The developer-portal API of WSO2 API Manager: Bijira's control plane (v2) and a self-hosted API Manager (v3).

https://apim.docs.wso2.com/en/latest/reference/product-apis/devportal-apis/devportal-v3/devportal-v3/
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from ..http import (
    ApiProblem,
    Connection,
    Dialect,
    InvalidInput,
    NotAnApiAnswer,
    NotFound,
    Refusal,
    knowing,
    segment,
    waited,
)
from ..settings import BijiraSettings
from .admin import ADMIN_SCOPES, AdminApi
from .model import Abilities, Api, Application, Guidance, KeyManager, Mapping, Subscription
from .signing_in import sign_in, sign_in_as_administrator

__all__ = ("DevPortal",)

_T = TypeVar("_T")
_SCOPE = "apim:subscribe"
_PAGE = 100
_NOT_OPERATIONAL = "901403"
#: Seconds between attempts to map under a key manager that its server has not loaded yet: a minute and a half in all.
_PATIENCE = (1, 2, 4, 8, 15, 30, 30)
_INTERNAL = ("_internal_key_manager", "_appdev_sts_key_manager_")
_RESIDENT = "Resident Key Manager"

_IN_THE_CONSOLE = "select it in the console's Settings, Developer Portal, Key Managers"
_CLOUD = Guidance(
    place="Bijira",
    if_none="Check bijira:organizationId, that the token has the scope apim:subscribe, and that the key manager is "
    "there: " + _IN_THE_CONSOLE,
    to_add="Add the Asgardeo organisation in the console under Admin, Settings, Key Managers (+ Key Manager, Asgardeo, "
    "Well-Known URL https://api.asgardeo.io/t/<organisation>/oauth2/token/.well-known/openid-configuration), then "
    + _IN_THE_CONSOLE,
    to_enable="Enable it in the console under Admin, Settings, Key Managers",
    to_approve="An approver of the organisation approves or rejects it in the console under Approvals",
)
_SELF_HOSTED = Guidance(
    place="Bijira",
    if_none="Check that the token's user belongs to the tenant that is meant, and has the scope apim:subscribe",
    to_add="Declare a BijiraKeyManager, or add it in the API Manager's admin portal under Key Managers",
    to_enable="Set enabled=True on its BijiraKeyManager, or enable it in the API Manager's admin portal, Key Managers",
    to_approve="An administrator approves or rejects it in the API Manager's admin portal under Tasks",
)

_ADVICE = {
    "901403": "The key manager is disabled or was registered a moment ago: check it in Admin, Settings, Key Managers",
    "901405": "This key manager only exchanges tokens: choose another key_manager",
    "901406": "Enable the key manager in Admin, Settings, Key Managers",
}


def _advice(refusal: Refusal, _: str) -> str:
    if refusal.code in _ADVICE:
        return _ADVICE[refusal.code]
    if refusal.status == 401:
        return (
            "Check bijira:clientId and bijira:clientSecret (or bijira:accessToken); the token needs the scopes "
            "apim:subscribe, apim:app_manage and apim:sub_manage"
        )
    if refusal.status == 403:
        if not refusal.code or refusal.code == "403":
            return "Only who made an application may change it: check bijira:clientId and bijira:organizationId"
        return "Correct the value that the text names"
    return ""


_DIALECT = Dialect("Bijira", advice=_advice)


def _phrase(name: str) -> str:
    """A search for a name that may hold blanks."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'name:"{quoted}"'


def _application(document: dict[str, Any]) -> Application:
    return Application(
        id=document["applicationId"],
        name=document["name"],
        description=document.get("description") or "",
        throttling_policy=document.get("throttlingPolicy") or "",
        status=document.get("status") or "",
    )


def _key_manager(document: dict[str, Any]) -> KeyManager:
    name = document["name"]
    return KeyManager(
        id=document.get("id") or name,
        name=name,
        display_name=document.get("displayName") or name,
        enabled=document.get("enabled") is not False,
        internal=name == _RESIDENT or name.startswith(_INTERNAL),
        token_endpoint=document.get("tokenEndpoint") or "",
        revoke_endpoint=document.get("revokeEndpoint") or "",
        grant_types=tuple(document.get("availableGrantTypes") or ()),
    )


def _mapping(document: dict[str, Any]) -> Mapping:
    return Mapping(
        id=document.get("keyMappingId") or "",
        client_id=document.get("consumerKey") or "",
        key_manager=document.get("keyManager") or "",
        key_type=document.get("keyType") or "",
    )


def _api(document: dict[str, Any]) -> Api:
    return Api(
        document.get("id") or document.get("apiId") or "", document.get("name") or "", document.get("version") or ""
    )


def _subscription(document: dict[str, Any]) -> Subscription:
    """A plan that waits for approval counts as the plan: it is what was asked for last."""
    info = {"id": document.get("apiId")} | (document.get("apiInfo") or {})
    status = document.get("status") or ""
    in_force = document.get("throttlingPolicy") or ""
    requested = document.get("requestedThrottlingPolicy") if status == "TIER_UPDATE_PENDING" else None
    return Subscription(document["subscriptionId"], _api(info), requested or in_force, status, in_force)


def _shown(found: _T | None, what: str) -> _T:
    """What an answer told nothing of but that it waits for approval, as a list shows it."""
    if found is None:
        raise InvalidInput(
            f"Bijira: {what} waits for approval and is not shown yet. Have it approved, then run it again"
        )
    return found


class DevPortal:
    """One organisation's developer portal, as the user that the token stands for."""

    can: ClassVar = Abilities()

    def __init__(self, settings: BijiraSettings) -> None:
        redactor = knowing(*settings.secrets)
        self.tokens = sign_in(settings, redactor, _DIALECT.name)
        self.guidance = _SELF_HOSTED if settings.admin_url else _CLOUD
        self._settings = settings
        self.connection = Connection(
            settings.portal_url,
            _DIALECT,
            tokens=self.tokens,
            ca_bundle=settings.ca_bundle,
            headers=settings.headers,
            params=settings.query,
            redactor=redactor,
        )
        self._environment = settings.key_manager_environment

    @cached_property
    def key_manager_admin(self) -> AdminApi | None:
        """The admin API beside a self-hosted developer portal, by a token of its own."""
        settings, redactor = self._settings, self.connection.redact
        if settings.admin_url is None:
            return None
        tokens = sign_in_as_administrator(settings, self.tokens, ADMIN_SCOPES, redactor, _DIALECT.name)
        return AdminApi(settings.admin_url, settings, tokens, redactor)

    def key_managers(self) -> list[KeyManager]:
        """All key managers that the portal offers; the list has one page."""
        params = {"devPortalAppEnv": self._environment} if self._environment else {}
        found = self._get("/key-managers", "list the key managers", **params)
        return [_key_manager(document) for document in found.get("list") or []]

    def create_application(self, name: str, description: str, throttling_policy: str) -> Application:
        """Make an application."""
        body = {
            "name": name,
            "throttlingPolicy": throttling_policy,
            "description": description,
            "tokenType": "JWT",
            "groups": [],
            "attributes": {},
            "subscriptionScopes": [],
        }
        made = self._send("POST", "/applications", f"create the application {name}", body)
        if "applicationId" in made:
            return _application(made)
        return _shown(self.find_application(name), f"the application {name}")

    def application(self, id: str) -> Application | None:
        """An application, or None where there is none."""
        document = self._find(f"/applications/{segment(id)}", f"read the application {id}")
        return _application(document) if document is not None else None

    def applications(self) -> list[Application]:
        """All applications of the token's user."""
        return [_application(row) for row in self._pages("/applications", "list the applications")]

    def find_application(self, name: str) -> Application | None:
        """The application of exactly this name; servers differ in how exactly they search, so every page is read."""
        rows = self._pages("/applications", f"look up the application {name}", query=name)
        return next((_application(row) for row in rows if row.get("name") == name), None)

    def find_made_application(self, name: str) -> Application | None:
        """The application of this name, which is the unique key."""
        return self.find_application(name)

    def change_application(self, id: str, changes: dict[str, str]) -> None:
        """Read the whole application and write it back changed, for the server replaces it whole."""
        path, doing = f"/applications/{segment(id)}", f"change the application {id}"
        document = self._get(path, doing)
        kept = ("name", "throttlingPolicy", "description", "tokenType", "groups", "attributes", "subscriptionScopes")
        body = {key: document[key] for key in (*kept, "visibility") if document.get(key) is not None}
        self._send("PUT", path, doing, body | changes)

    def delete_application(self, id: str) -> None:
        """Delete an application with its mappings and subscriptions."""
        self._delete(f"/applications/{segment(id)}", f"delete the application {id}")

    def map_client(
        self, application_id: str, key_manager: KeyManager, key_type: str, client_id: str, secret: str | None
    ) -> Mapping | None:
        """Map a client id. A key manager that was registered a moment ago is waited for."""
        body = {"consumerKey": client_id, "keyManager": key_manager.name, "keyType": key_type}
        if secret:
            self.connection.redact.learn(secret)
            body["consumerSecret"] = secret
        path = f"/applications/{segment(application_id)}/map-keys"
        doing = f"map the client {client_id} to the application {application_id} under {key_manager.name}"
        for seconds in (*_PATIENCE, None):
            try:
                answer = self._send("POST", path, doing, body)
                return _mapping({"keyManager": key_manager.id, "keyType": key_type} | answer) if answer else None
            except ApiProblem as refusal:
                if refusal.code != _NOT_OPERATIONAL or seconds is None or not waited(seconds, self.connection.clock):
                    raise
        return None

    def mappings(self, application_id: str) -> list[Mapping]:
        """The mappings of an application that is there; older servers only have the list's deprecated address."""
        path, doing = f"/applications/{segment(application_id)}", f"read the mappings of {application_id}"
        try:
            found = self._get(f"{path}/oauth-keys", doing)
        except (ApiProblem, NotAnApiAnswer) as refusal:
            if isinstance(refusal, ApiProblem) and refusal.status not in (404, 405):
                raise
            found = self._get(f"{path}/keys", doing)
        return [_mapping(row) for row in found.get("list") or []]

    def unmap(self, application_id: str, mapping_id: str) -> None:
        """Remove a mapping, on servers without that by their older clean-up."""
        path = f"/applications/{segment(application_id)}/oauth-keys/{segment(mapping_id)}"
        doing = f"remove the mapping {mapping_id} of the application {application_id}"
        try:
            self._delete(path, doing)
        except ApiProblem as refusal:
            if refusal.status not in (405, 501):
                raise
            self._call("POST", f"{path}/clean-up", doing, json={}, retry_as="PUT")

    def subscribe(self, application_id: str, api_id: str, plan: str) -> Subscription:
        """Subscribe an application to an API."""
        body = {"applicationId": application_id, "apiId": api_id, "throttlingPolicy": plan}
        doing = f"subscribe the application {application_id} to the API {api_id} with the plan {plan}"
        made = self._send("POST", "/subscriptions", doing, body)
        return _subscription(made) if "subscriptionId" in made else self._waiting(application_id, api_id)

    def _waiting(self, application_id: str, api_id: str) -> Subscription:
        found = (one for one in self.subscriptions(application_id) if one.api.id == api_id)
        return _shown(next(found, None), f"the subscription to the API {api_id}")

    def subscriptions(self, application_id: str) -> list[Subscription]:
        """The application's subscriptions."""
        doing = f"read the subscriptions of the application {application_id}"
        return [_subscription(row) for row in self._pages("/subscriptions", doing, applicationId=application_id)]

    def change_plan(self, subscription_id: str, application_id: str, api_id: str, plan: str) -> Subscription:
        """Change a plan. The server answers 200 also to a plan that it does not know and then keeps the old one."""
        body = {
            "subscriptionId": subscription_id,
            "applicationId": application_id,
            "apiId": api_id,
            "throttlingPolicy": plan,
            "requestedThrottlingPolicy": plan,
            "status": "UNBLOCKED",
        }
        doing = f"change the plan of the subscription {subscription_id} to {plan}"
        changed = self._send("PUT", f"/subscriptions/{segment(subscription_id)}", doing, body)
        return _subscription(changed) if "subscriptionId" in changed else self._waiting(application_id, api_id)

    def unsubscribe(self, subscription_id: str) -> None:
        """End a subscription."""
        self._delete(f"/subscriptions/{segment(subscription_id)}", f"end the subscription {subscription_id}")

    def find_api(self, name: str, version: str) -> Api | None:
        """The published API; the search is by an index and not exact, so what it finds is compared."""
        found = self._search(f"{_phrase(name)} version:{version}", f"look up the API {name} {version}")
        return next((api for api in found if (api.name, api.version) == (name, version)), None)

    def search_apis(self, name: str) -> list[Api]:
        """Published APIs whose name holds this one."""
        return list(self._search(_phrase(name), f"look up the API {name}"))

    def _search(self, query: str, doing: str) -> Iterator[Api]:
        return map(_api, self._pages("/apis", doing, query=query))

    def api(self, id: str) -> Api | None:
        """A published API, or None where there is none."""
        document = self._find(f"/apis/{segment(id)}", f"read the API {id}")
        return _api(document) if document is not None else None

    def _call(self, method: str, path: str, doing: str, **details: Any) -> dict[str, Any]:
        return self.connection.ask(method, path, doing=doing, scope=_SCOPE, **details)

    def _get(self, path: str, doing: str, **params: str) -> dict[str, Any]:
        return self._call("GET", path, doing, params=params)

    def _find(self, path: str, doing: str) -> dict[str, Any] | None:
        return self.connection.get_or_none(path, doing=doing, scope=_SCOPE)

    def _send(self, method: str, path: str, doing: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call(method, path, doing, json=body)

    def _delete(self, path: str, doing: str) -> None:
        try:
            self._call("DELETE", path, doing)
        except NotFound:
            return

    def _pages(self, path: str, doing: str, **params: str) -> Iterator[dict[str, Any]]:
        """Every row of every page; some lists say nothing of their total and then have one page."""
        offset = 0
        while True:
            page = self._get(path, doing, limit=str(_PAGE), offset=str(offset), **params)
            rows = page.get("list") or []
            yield from rows
            offset += len(rows)
            if not rows or offset >= int((page.get("pagination") or {}).get("total") or 0):
                return
