"""Every method of every back end with the documented answers that it gets, and documented and other ways to say no."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.clients.bijira import ApplicationChanges, KeyManager, KeyManagerSettings, NewApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_asgardeo_bijira.clients.bijira import Bijira, KeyManagerAdmin

__all__ = ("HOSTILE", "METHODS", "NOT_MISSING", "SECRET", "Answer", "Method", "mutated")

SECRET = "a-secret-of-the-user's"  # noqa: S105  # made up
ENDPOINT = "https://api.asgardeo.io/t/acme/oauth2/token"
_HTML = "<html><title>Sign in</title></html>"


@dataclass(frozen=True)
class Answer:
    """A status and a body, which is JSON unless it says otherwise."""

    status: int
    body: Any = None
    raw: str | None = None
    kind: str = "application/json"

    @property
    def content(self) -> bytes:
        """As it is sent; no body where there is none."""
        if self.raw is not None:
            return self.raw.encode()
        return b"" if self.body is None else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Method:
    """A method of a back end's client: how it is called, what it is answered, how the server says that it is missing.

    `missing` has that for each of the requests, none where no such answer is documented.
    """

    back_end: str
    name: str
    call: Callable[[Any], Any]
    answers: tuple[Answer, ...]
    missing: tuple[Answer | None, ...]
    writes: frozenset[int] = frozenset()
    #: Where the answer that says nothing is documented, or known.
    silent: frozenset[int] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return f"{self.back_end}-{self.name}"


def _apim(kind: str, id: str = "x") -> Answer:
    body = {"code": 404, "message": "Not Found", "description": f"Requested {kind} with Id '{id}' not found"}
    return Answer(404, {**body, "moreInfo": "", "error": []})


def _handler(text: str, code: str = "RESOURCE_NOT_FOUND") -> Answer:
    return Answer(404, {"status": "error", "code": code, "message": text, "errors": []})


def _page(*rows: Any) -> Answer:
    paging = {"limit": 100, "offset": 0, "total": len(rows)}
    return Answer(200, {"count": len(rows), "list": list(rows), "pagination": paging})


_MANAGER = KeyManager.unseen("km", "Asgardeo")
_EMPTY = Answer(200)
_APPLICATION = {
    "applicationId": "app",
    "name": "orders",
    "throttlingPolicy": "Unlimited",
    "description": "",
    "status": "APPROVED",
    "groups": [],
    "tokenType": "JWT",
    "attributes": {},
    "subscriptionScopes": [],
}
_MAPPING = {"keyMappingId": "m", "keyManager": "Asgardeo", "consumerKey": "client", "keyType": "PRODUCTION"}
_API = {"id": "api", "name": "Orders", "version": "1"}
_SUBSCRIPTION = {
    "subscriptionId": "sub",
    "applicationId": "app",
    "apiId": "api",
    "apiInfo": _API,
    "throttlingPolicy": "Gold",
    "requestedThrottlingPolicy": "Gold",
    "status": "UNBLOCKED",
}
_NEW = NewApplication(name="orders")
_DEVPORTAL_MANAGER = {
    "id": "km",
    "name": "Asgardeo",
    "type": "Asgardeo",
    "displayName": "Asgardeo",
    "enabled": True,
    "tokenEndpoint": ENDPOINT,
    "revokeEndpoint": "",
    "availableGrantTypes": ["password"],
}
_ADMIN_MANAGER = {
    **_DEVPORTAL_MANAGER,
    "description": None,
    "issuer": ENDPOINT,
    "authorizeEndpoint": ENDPOINT,
    "certificates": {"type": "JWKS", "value": ENDPOINT},
    "consumerKeyClaim": "azp",
    "scopesClaim": "scope",
    "enableProvisionedAppValidation": False,
    "additionalProperties": {"org_name": "acme"},
}
_PORTAL_APPLICATION = {"id": "orders", "displayName": "orders", "description": "", "createdBy": "a", "updatedBy": "a"}
_PORTAL_MANAGER = {"id": "km", "displayName": "Asgardeo", "enabled": True, "tokenEndpoint": ENDPOINT}
_PORTAL_MAPPING = {
    "consumerKey": "client",
    "keyManager": "km",
    "type": "PRODUCTION",
    "tokenEndpoint": ENDPOINT,
    "keyMappingId": "m",
}
_SETTINGS = KeyManagerSettings.model_validate(
    {
        "name": "km",
        "endpoints": {"tokenEndpoint": ENDPOINT, "issuer": ENDPOINT, "jwksEndpoint": ENDPOINT},
        "connector": {"mgmt_client_secret": SECRET},
    }
)
_DESCRIBED = ApplicationChanges(description="x")


def _map(back_end: Bijira, secret: str | None = None) -> Any:
    return back_end.map_client("app", _MANAGER, "PRODUCTION", "client", secret)


def _read(back_end: str, name: str, call: Callable[[Any], Any], answer: Answer, missing: Answer | None) -> Method:
    return Method(back_end, name, call, (answer,), (missing,))


def _write(
    back_end: str,
    name: str,
    call: Callable[[Any], Any],
    answer: Answer,
    missing: Answer | None,
    *,
    silent: bool = False,
) -> Method:
    quiet = frozenset({0}) if silent else frozenset()
    return Method(back_end, name, call, (answer,), (missing,), frozenset({0}), quiet)


def _devportal() -> tuple[Method, ...]:
    no_app, no_sub, back_end = _apim("application"), _apim("subscription"), "devportal"
    one, made, subscribed = Answer(200, _APPLICATION), Answer(201, _APPLICATION), Answer(201, _SUBSCRIPTION)

    def has(bijira: Bijira) -> Any:
        return bijira.has_key_manager("km")

    def find(bijira: Bijira) -> Any:
        return bijira.find_application("orders")

    def change(bijira: Bijira) -> Any:
        return bijira.change_application("app", _DESCRIBED)

    return (
        _read(
            back_end, "key_managers", lambda one: one.key_managers(), Answer(200, {"list": [_DEVPORTAL_MANAGER]}), None
        ),
        _read(back_end, "has_key_manager", has, Answer(200, {"list": [_DEVPORTAL_MANAGER]}), None),
        _write(
            back_end,
            "create_application",
            lambda one: one.create_application(_NEW),
            made,
            None,
        ),
        _read(back_end, "application", lambda one: one.application("app"), one, no_app),
        _read(back_end, "applications", lambda one: one.applications(), _page(_APPLICATION), None),
        _read(back_end, "listed_applications", lambda one: list(one.listed_applications()), _page(_APPLICATION), None),
        _read(back_end, "find_application", find, _page(_APPLICATION), None),
        _read(
            back_end,
            "find_made_application",
            lambda one: one.find_made_application("orders"),
            _page(_APPLICATION),
            None,
        ),
        Method(back_end, "change_application", change, (one, one), (no_app, no_app), frozenset({1})),
        _write(back_end, "delete_application", lambda one: one.delete_application("app"), _EMPTY, no_app, silent=True),
        _write(back_end, "map_client", lambda one: _map(one, SECRET), Answer(200, _MAPPING), no_app, silent=True),
        _read(back_end, "mappings", lambda one: one.mappings("app"), Answer(200, {"list": [_MAPPING]}), no_app),
        _write(
            back_end, "unmap", lambda one: one.unmap("app", "m"), _EMPTY, _apim("application consumer key"), silent=True
        ),
        _write(back_end, "subscribe", lambda one: one.subscribe("app", "api", "Gold"), subscribed, _apim("API")),
        _read(back_end, "subscriptions", lambda one: one.subscriptions("app"), _page(_SUBSCRIPTION), no_app),
        _read(
            back_end,
            "listed_subscriptions",
            lambda one: list(one.listed_subscriptions("api")),
            _page(_SUBSCRIPTION),
            None,
        ),
        _write(
            back_end,
            "change_plan",
            lambda one: one.change_plan("sub", "app", "api", "Gold"),
            Answer(200, _SUBSCRIPTION),
            no_sub,
        ),
        _write(back_end, "unsubscribe", lambda one: one.unsubscribe("sub"), _EMPTY, no_sub, silent=True),
        _read(back_end, "find_api", lambda one: one.find_api("Orders", "1"), _page(_API), None),
        _read(back_end, "search_apis", lambda one: one.search_apis("Orders"), _page(_API), None),
        _read(
            back_end,
            "offered_api",
            lambda one: one.offered_api("api"),
            Answer(200, _API | {"tiers": [{"tierName": "Gold"}]}),
            _apim("API"),
        ),
        _read(
            back_end,
            "application_attributes",
            lambda one: one.application_attributes(),
            Answer(200, {"count": 1, "list": [{"attribute": "Floor", "required": "true", "hidden": "false"}]}),
            None,
        ),
        _read(back_end, "throttling_policies", lambda one: one.throttling_policies(), _page({"name": "Gold"}), None),
    )


def _admin() -> tuple[Method, ...]:
    back_end, one, listed = "admin", Answer(200, _ADMIN_MANAGER), Answer(200, {"list": [_ADMIN_MANAGER]})
    gone = Answer(404, {"code": 901411, "message": "Key Manager not Found", "description": "Key Manager not found"})

    def find(admin: KeyManagerAdmin) -> Any:
        return admin.find("Asgardeo")

    def change(admin: KeyManagerAdmin) -> Any:
        return admin.change("km", KeyManagerSettings(description="x"))

    return (
        _write(back_end, "create", lambda one: one.create(_SETTINGS), Answer(201, _ADMIN_MANAGER), None),
        _read(back_end, "get", lambda one: one.get("km"), one, gone),
        _read(back_end, "all", lambda one: one.all(), listed, None),
        Method(back_end, "find", find, (listed, one), (None, _apim("key manager"))),
        Method(back_end, "change", change, (one, one), (gone, gone), frozenset({1})),
        _write(back_end, "delete", lambda one: one.delete("km"), _EMPTY, _apim("key manager"), silent=True),
    )


def _portal() -> tuple[Method, ...]:
    back_end, one, no_app = "api-portal", Answer(200, _PORTAL_APPLICATION), _handler("Application not found", "404")
    mapped = Answer(200, _PORTAL_MAPPING)
    deleted = Answer(200, raw="Resource Deleted Successfully", kind="text/html; charset=utf-8")
    unmapped = Answer(200, {"message": "Application key mapping removed successfully"})
    listed = _page({key: _PORTAL_MANAGER[key] for key in ("id", "displayName", "tokenEndpoint")})

    def has(bijira: Bijira) -> Any:
        return bijira.has_key_manager("km")

    def change(bijira: Bijira) -> Any:
        return bijira.change_application("orders", _DESCRIBED)

    return (
        _read(back_end, "key_managers", lambda one: one.key_managers(), listed, None),
        _read(back_end, "has_key_manager", has, Answer(200, _PORTAL_MANAGER), _handler("Key manager not found")),
        _write(
            back_end,
            "create_application",
            lambda one: one.create_application(_NEW),
            Answer(201, _PORTAL_APPLICATION),
            None,
        ),
        _read(back_end, "application", lambda one: one.application("orders"), one, no_app),
        _read(back_end, "applications", lambda one: one.applications(), _page(_PORTAL_APPLICATION), None),
        _read(
            back_end,
            "listed_applications",
            lambda one: list(one.listed_applications()),
            _page(_PORTAL_APPLICATION),
            None,
        ),
        _read(back_end, "find_application", lambda one: one.find_application("orders"), one, None),
        _read(back_end, "find_made_application", lambda one: one.find_made_application("orders"), one, no_app),
        Method(back_end, "change_application", change, (one, one), (no_app, no_app), frozenset({1})),
        _write(
            back_end, "delete_application", lambda one: one.delete_application("orders"), deleted, no_app, silent=True
        ),
        _write(back_end, "map_client", _map, mapped, _handler("Resource Not Found")),
        _write(
            back_end,
            "unmap",
            lambda one: one.unmap("orders", "m"),
            unmapped,
            _handler("Key mapping not found"),
            silent=True,
        ),
        _read(back_end, "find_api", lambda one: one.find_api("Orders", "1"), _page(_API), None),
        _read(back_end, "search_apis", lambda one: one.search_apis("Orders"), _page(_API), None),
    )


def _portal_admin() -> tuple[Method, ...]:
    back_end, one, gone = "portal-admin", Answer(200, _PORTAL_MANAGER), _handler("Key manager not found")

    def change(admin: KeyManagerAdmin) -> Any:
        return admin.change("km", KeyManagerSettings.model_validate({"displayName": "x"}))

    return (
        _write(back_end, "create", lambda one: one.create(_SETTINGS), Answer(201, _PORTAL_MANAGER), None),
        _read(back_end, "get", lambda one: one.get("km"), one, gone),
        _read(back_end, "find", lambda one: one.find("km"), one, gone),
        _read(back_end, "all", lambda one: one.all(), _page(_PORTAL_MANAGER), None),
        Method(back_end, "change", change, (one, one), (gone, gone), frozenset({1})),
        _write(back_end, "delete", lambda one: one.delete("km"), Answer(204), gone, silent=True),
    )


#: All methods that send something.
METHODS = (*_devportal(), *_admin(), *_portal(), *_portal_admin())

#: 404s that say nothing of an object: a gateway has no route, a server has no such address, something else answers.
NOT_MISSING = (
    Answer(404, {"message": "no Route matched with those values"}),
    Answer(
        404,
        {
            "code": "404",
            "type": "Status report",
            "message": "Runtime Error",
            "description": "No matching resource found for given API Request",
        },
    ),
    Answer(404, {"code": "404", "message": "Not Found", "description": "The requested resource is not available."}),
    Answer(404, {"code": 404, "message": "Not Found", "description": "There is no organization x"}),
    Answer(404, {"code": "RESOURCE_NOT_FOUND", "message": "Not Found"}),
    Answer(404, {"code": "404", "message": "Not Found"}),
    Answer(404, {"code": 404}),
    Answer(404, {"code": [404], "message": {"a": 1}, "errors": 5}),
    Answer(404, {}),
    Answer(404, []),
    Answer(404, raw="null"),
    Answer(404),
    Answer(404, raw="Not Found", kind="text/plain"),
    Answer(404, raw=_HTML, kind="text/html"),
    Answer(404, raw='{"code": 404', kind="application/json"),
    _apim("tier"),
    _handler("Organization not found"),
)

#: Successes that no operation documents: nothing may count as done, and nothing as not there.
HOSTILE = (
    Answer(200, raw=_HTML, kind="text/html"),
    Answer(200, raw=_HTML, kind="application/json"),
    Answer(200, raw='{"list": [{"id": "a', kind="application/json"),
    Answer(200, {}),
    Answer(200, []),
    Answer(200, [[]]),
    Answer(200, "text"),
    Answer(200, 5),
    Answer(200, True),
    Answer(200, raw="null"),
    Answer(200, {"list": None}),
    Answer(200, {"list": {}}),
    Answer(200, {"list": [5]}),
    Answer(200, {"list": [None]}),
    Answer(200, {"list": [{}]}),
    Answer(200, {"list": [[]]}),
    Answer(200, {"count": 0, "pagination": {"total": 0}}),
    Answer(200, {"errors": 5}),
    Answer(200, raw="[" * 100_000),
    Answer(200, raw='{"list": ' + '{"a": ' * 5000 + "1" + "}" * 5001),
    Answer(200, raw='{"id": 1e999, "applicationId": NaN, "list": Infinity}'),
    Answer(200, raw='{"id": "\\ud800", "applicationId": "\\ud800", "subscriptionId": "\\ud800", "name": "\\udfff"}'),
    Answer(200, raw="\ufeff{}", kind="application/json; charset=idna"),
    Answer(200, raw="{}", kind="application/json; charset=\u2603".encode("ascii", "replace").decode()),
    Answer(200),
    Answer(204),
    Answer(206, {}),
    Answer(226, {"id": "x"}),
    Answer(302, raw=_HTML, kind="text/html"),
)

_WRONG: tuple[Any, ...] = (None, True, 5, -1, 1.5, 10**400, "", "x", "\x00\n", [], [5], {}, {"a": 1})


def mutated(body: Any) -> list[Any]:
    """The body with one value, at any depth, of every other type; and with one member missing."""
    found: list[Any] = []
    if isinstance(body, dict):
        for key, value in body.items():
            found += [{**body, key: wrong} for wrong in (*_WRONG, *mutated(value))]
            found.append({name: other for name, other in body.items() if name != key})
    elif isinstance(body, list) and body:
        found += [[*body, wrong] for wrong in _WRONG] + [[one] for one in mutated(body[0])]
    return found
