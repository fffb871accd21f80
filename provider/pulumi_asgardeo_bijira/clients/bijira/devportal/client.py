"""The developer-portal API of WSO2 API Manager: Bijira's control plane (v2) and a self-hosted API Manager (v3).

https://apim.docs.wso2.com/en/latest/reference/product-apis/devportal-apis/devportal-v3/devportal-v3/
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, TypeVar, cast

from ....settings import BijiraSettings
from ....transport import (
    KEY_MANAGER_LOADED,
    REPEATABLE_WRITE,
    ApiProblem,
    Connection,
    InvalidInput,
    NotAnApiAnswer,
    NotFound,
    attempts,
    redactor_with,
    segment,
)
from ...documents import overlay
from ...paging import PAGE, OffsetPage, every_page
from ..auth import sign_in, sign_in_as_administrator
from ..models import (
    Api,
    Application,
    ApplicationAttribute,
    ApplicationChanges,
    KeyManager,
    KeyMapping,
    NewApplication,
    OfferedApi,
    Subscription,
)
from ..protocol import Capabilities
from .key_managers import AdminApi
from .models import (
    AttributeList,
    DevPortalApi,
    DevPortalApplication,
    DevPortalSubscription,
    IsNotFound,
    KeyManagerList,
    MadeMapping,
    MappingList,
    NamedPolicy,
    WholeApplication,
    Workflow,
    missing,
)
from .profile import CLOUD, PROFILE, SCOPES, SELF_HOSTED

__all__ = ("DevPortal",)

_log = logging.getLogger("pulumi_asgardeo_bijira")
_T = TypeVar("_T")
_R = TypeVar("_R")
_SCOPE = "apim:subscribe"
_NOT_OPERATIONAL = "901403"
_APPLICATION = missing("application")
_MAPPING = missing("application", "application consumer key")
_SUBSCRIPTION = missing("application", "subscription")


def _phrase(name: str) -> str:
    """A search for a name that may hold blanks."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'name:"{quoted}"'


def _either(shape: type[_T]) -> type[_T | Workflow]:
    """The object, or that it waits for approval and is not shown."""
    return cast("type[_T | Workflow]", shape | Workflow)


def _lacks_address(refusal: ApiProblem | NotAnApiAnswer) -> bool:
    """Whether this may be an older server that has not got an address."""
    return isinstance(refusal, NotAnApiAnswer) or refusal.status in (404, 405, 501)


def _shown(found: _T | None, what: str) -> _T:
    """What an answer told nothing of but that it waits for approval, as a list shows it."""
    if found is None:
        raise InvalidInput(
            "waits for approval and is not shown yet",
            subject=f"Bijira: {what}",
            action="Have it approved, then run it again",
        )
    return found


class DevPortal:
    """One organisation's developer portal, as the user that the token stands for."""

    can: ClassVar = Capabilities()
    scopes: ClassVar = SCOPES

    def __init__(self, settings: BijiraSettings) -> None:
        redactor = redactor_with(*settings.secrets)
        self.tokens = sign_in(settings, redactor, PROFILE.name)
        self.guidance = SELF_HOSTED if settings.admin_url else CLOUD
        self._settings = settings
        self.connection = Connection(
            settings.portal_url,
            PROFILE,
            tokens=self.tokens,
            rate=settings.rate_limit,
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
        tokens = sign_in_as_administrator(settings, self.tokens, SCOPES.of_administrator, redactor, PROFILE.name)
        return AdminApi(settings.admin_url, settings, tokens, redactor)

    def key_managers(self) -> list[KeyManager]:
        """All key managers that the portal offers; the list has one page."""
        params = {"devPortalAppEnv": self._environment} if self._environment else {}
        found = self._ask("GET", "/key-managers", KeyManagerList, "list the key managers", params=params)
        return list(found.rows)

    def has_key_manager(self, id: str) -> bool:
        """Whether the portal offers a key manager of this id."""
        return any(one.id == id for one in self.key_managers())

    def create_application(self, wanted: NewApplication) -> Application:
        """Make an application."""
        body = {**wanted.model_dump(by_alias=True), "tokenType": "JWT", "subscriptionScopes": []}
        shape, doing = _either(DevPortalApplication), f"create the application {wanted.name}"
        made = self._ask("POST", "/applications", shape, doing, json=body, ok=(201, 202))
        if isinstance(made, Workflow):
            return _shown(self.find_application(wanted.name), f"the application {wanted.name}")
        return made

    def application(self, id: str) -> Application | None:
        """An application, or None where there is none."""
        path, doing = f"/applications/{segment(id)}", f"read the application {id}"
        return self._find(path, DevPortalApplication, doing, _APPLICATION)

    def applications(self) -> list[Application]:
        """All applications of the token's user."""
        return [one for page in self.listed_applications() for one in page.values()]

    def listed_applications(self) -> Iterator[Mapping[str, Application]]:
        """The same page by page."""
        pages = self._pages("/applications", OffsetPage[DevPortalApplication], "list the applications")
        return ({one.id: one for one in page} for page in pages)

    def find_application(self, name: str) -> Application | None:
        """The application of exactly this name; servers differ in how exactly they search, so every page is read."""
        rows = self._rows(
            "/applications", OffsetPage[DevPortalApplication], f"look up the application {name}", query=name
        )
        return next((row for row in rows if row.name == name), None)

    def find_made_application(self, name: str) -> Application | None:
        """The application of this name, which is the unique key."""
        return self.find_application(name)

    def change_application(self, id: str, changes: ApplicationChanges) -> Application:
        """Read the whole application and write it back changed, for the server replaces it whole."""
        path, doing = f"/applications/{segment(id)}", f"change the application {id}"
        document = self._ask("GET", path, WholeApplication, doing, not_found=_APPLICATION)
        body = overlay(document.taken(), changes.whole())
        return self._ask("PUT", path, DevPortalApplication, doing, json=body, not_found=_APPLICATION)

    def delete_application(self, id: str) -> None:
        """Delete an application with its mappings and subscriptions."""
        path, doing = f"/applications/{segment(id)}", f"delete the application {id}"
        self._delete(path, doing, _APPLICATION, _either(DevPortalApplication))

    def map_client(
        self, application_id: str, key_manager: KeyManager, key_type: str, client_id: str, secret: str | None
    ) -> KeyMapping | None:
        """Map a client id. A key manager that was registered a moment ago is waited for."""
        body = {"consumerKey": client_id, "keyManager": key_manager.name, "keyType": key_type}
        if secret:
            self.connection.redact.add(secret)
            body["consumerSecret"] = secret
        doing = f"map the client {client_id} to the application {application_id} under {key_manager.name}"
        made = self._mapped_once_loaded(application_id, doing, body)
        if made is None or made.key_manager:
            return made
        return made.model_copy(update={"key_manager": key_manager.id})

    def _mapped_once_loaded(self, application_id: str, doing: str, body: dict[str, str]) -> MadeMapping | None:
        for _ in attempts(KEY_MANAGER_LOADED, self.connection.clock):
            try:
                return self._mapped(application_id, doing, body)
            except ApiProblem as refusal:
                if refusal.code != _NOT_OPERATIONAL:
                    raise
                not_loaded = refusal
        raise not_loaded

    def _mapped(self, application_id: str, doing: str, body: dict[str, str]) -> MadeMapping | None:
        path = f"/applications/{segment(application_id)}/map-keys"
        asked: dict[str, Any] = {"json": body, "ok": (200, 201, 202), "scope": _SCOPE, "not_found": _APPLICATION}
        return self.connection.request_json_or_none("POST", path, MadeMapping, doing=doing, **asked)

    def mappings(self, application_id: str) -> list[KeyMapping]:
        """The mappings of an application that is there; older servers only have the list's deprecated address."""
        path, doing = f"/applications/{segment(application_id)}", f"read the mappings of {application_id}"
        try:
            found = self._ask("GET", f"{path}/oauth-keys", MappingList, doing, not_found=_APPLICATION)
        except (ApiProblem, NotAnApiAnswer) as refusal:
            if not _lacks_address(refusal):
                raise
            found = self._ask("GET", f"{path}/keys", MappingList, doing, not_found=_APPLICATION)
        return list(found.rows)

    def unmap(self, application_id: str, mapping_id: str) -> None:
        """Remove a mapping, on servers without that by their older clean-up."""
        path = f"/applications/{segment(application_id)}/oauth-keys/{segment(mapping_id)}"
        doing = f"remove the mapping {mapping_id} of the application {application_id}"
        try:
            self._delete(path, doing, _MAPPING)
        except (ApiProblem, NotAnApiAnswer) as refusal:
            if not _lacks_address(refusal):
                raise
            self._clean_up(application_id, mapping_id, doing)

    def _clean_up(self, application_id: str, mapping_id: str, doing: str) -> None:
        path = f"/applications/{segment(application_id)}/oauth-keys/{segment(mapping_id)}/clean-up"
        asked: dict[str, Any] = {"json": {}, "retry": REPEATABLE_WRITE, "scope": _SCOPE, "not_found": _MAPPING}
        try:
            self.connection.send("POST", path, doing=doing, ok=(200,), **asked)
        except NotFound:
            return

    def subscribe(self, application_id: str, api_id: str, plan: str) -> Subscription:
        """Subscribe an application to an API."""
        body = {"applicationId": application_id, "apiId": api_id, "throttlingPolicy": plan}
        doing = f"subscribe the application {application_id} to the API {api_id} with the plan {plan}"
        asked: dict[str, Any] = {"json": body, "ok": (201, 202), "not_found": missing("application", "API")}
        made = self._ask("POST", "/subscriptions", _either(DevPortalSubscription), doing, **asked)
        return self._waiting(application_id, api_id) if isinstance(made, Workflow) else made

    def _waiting(self, application_id: str, api_id: str) -> Subscription:
        found = (one for one in self.subscriptions(application_id) if one.api.id == api_id)
        return _shown(next(found, None), f"the subscription to the API {api_id}")

    def subscriptions(self, application_id: str) -> list[Subscription]:
        """The application's subscriptions."""
        doing = f"read the subscriptions of the application {application_id}"
        rows = self._rows("/subscriptions", OffsetPage[DevPortalSubscription], doing, applicationId=application_id)
        return list(rows)

    def listed_subscriptions(self, api_id: str) -> Iterator[Mapping[str, Subscription]]:
        """Those to an API, page by page, by their applications."""
        doing = f"read the subscriptions to the API {api_id}"
        pages = self._pages("/subscriptions", OffsetPage[DevPortalSubscription], doing, apiId=api_id)
        return ({one.application_id: one for one in page if one.api.id == api_id} for page in pages)

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
        path = f"/subscriptions/{segment(subscription_id)}"
        doing = f"change the plan of the subscription {subscription_id} to {plan}"
        asked: dict[str, Any] = {"json": body, "ok": (200, 202), "not_found": _SUBSCRIPTION}
        found = self._ask("PUT", path, _either(DevPortalSubscription), doing, **asked)
        return self._waiting(application_id, api_id) if isinstance(found, Workflow) else found

    def unsubscribe(self, subscription_id: str) -> None:
        """End a subscription."""
        path, doing = f"/subscriptions/{segment(subscription_id)}", f"end the subscription {subscription_id}"
        self._delete(path, doing, _SUBSCRIPTION, _either(DevPortalSubscription))

    def find_api(self, name: str, version: str) -> Api | None:
        """The published API; the search is by an index and not exact, so what it finds is compared."""
        found = self._search(f"{_phrase(name)} version:{version}", f"look up the API {name} {version}")
        return next((api for api in found if (api.name, api.version) == (name, version)), None)

    def search_apis(self, name: str) -> list[Api]:
        """Published APIs whose name holds this one."""
        return list(self._search(_phrase(name), f"look up the API {name}"))

    def offered_api(self, id: str) -> OfferedApi | None:
        """A published API with its plans, or None where there is none."""
        return self._find(f"/apis/{segment(id)}", DevPortalApi, f"read the API {id}", missing("API"))

    def throttling_policies(self) -> list[str]:
        """Those of applications."""
        path, doing = "/throttling-policies/application", "list the throttling policies"
        return [one.name for one in self._rows(path, OffsetPage[NamedPolicy], doing)]

    def application_attributes(self) -> list[ApplicationAttribute]:
        """Those that the server defines; the list has no pages."""
        return list(self._ask("GET", "/application-attributes", AttributeList, "list the attributes").rows)

    def _search(self, query: str, doing: str) -> Iterator[Api]:
        return self._rows("/apis", OffsetPage[Api], doing, query=query)

    def _ask(self, method: str, path: str, shape: type[_T], doing: str, **details: Any) -> _T:
        return self.connection.request_json(method, path, shape, doing=doing, scope=_SCOPE, **details)

    def _find(self, path: str, shape: type[_T], doing: str, not_found: IsNotFound) -> _T | None:
        return self.connection.get_or_none(path, shape, doing=doing, scope=_SCOPE, not_found=not_found)

    def _delete(self, path: str, doing: str, not_found: IsNotFound, shape: Any = None) -> None:
        """Delete. The object itself, or a word of a workflow, is only shown where that waits for approval."""
        if shape is None:
            self.connection.delete(path, doing=doing, ok=(200,), scope=_SCOPE, not_found=not_found)
            return
        asked: dict[str, Any] = {"ok": (200, 202), "scope": _SCOPE, "not_found": not_found}
        try:
            told = self.connection.request_json_or_none("DELETE", path, shape, doing=doing, **asked)
        except NotFound:
            return
        if told is not None:
            who = self.guidance.to_approve
            _log.warning("Bijira: %s: that waits for approval, and it stays until then. %s", doing, who)

    def _rows(self, path: str, shape: "type[OffsetPage[_R]]", doing: str, **params: str) -> Iterator[_R]:
        return (row for page in self._pages(path, shape, doing, **params) for row in page)

    def _pages(self, path: str, shape: "type[OffsetPage[_R]]", doing: str, **params: str) -> Iterator[Sequence[_R]]:
        def ask(offset: int) -> "OffsetPage[_R]":
            paged = {"limit": str(PAGE), "offset": str(offset), **params}
            return self._ask("GET", path, shape, doing, params=paged, not_found=_APPLICATION)

        return every_page(ask, 0, f"{PROFILE.name}: {doing}")
