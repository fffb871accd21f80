"""What can be asked of the portal: method, path, queries, and for bodies how a right one is made and sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from .api_bodies import api, api_document, form_of_document, form_of_json, mcp_server
from .exchange import BOUNDARY, multipart
from .key_bodies import key, key_of_application, new_key, renewed_key
from .setup_bodies import change_of_view, label, organization, organization_document, subscriber, view

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

__all__ = ("ODD_IDS", "OPERATIONS", "Body", "Encoded", "Operation", "World", "fields", "of_file")

#: Content type and bytes of a body.
Encoded = tuple[str, bytes]

_NAMES = (
    "Wetter",
    "wetter",
    "Wetter Übersicht",
    "A/B  c",
    "--x--",
    "a.b_c",
    "Ω",
    "5",
    "My App 2!",
    "  padded  ",
    "ALL CAPS",
    'it\'s "quoted" \\ <b>',
)
_TEXTS = ("", "a text", "längerer Text\nmit Zeilen", 'it\'s "quoted" \\ <b>')
#: Of objects that nobody made, as they stand in a path.
ODD_IDS = (
    "absent",
    "00000000-0000-0000-0000-000000000000",
    "%20",
    "a%2Fb",
    "%C3%BC",
    "%zz",
    "%ff",
    "x'y",
    "%22",
    "null",
)


@dataclass
class World:
    """What there is by now, as far as answers told: of each kind of thing the ids, and who made each."""

    random: Random
    token_endpoint: str
    known: dict[str, dict[str, str]] = field(default_factory=dict)

    def ids(self, kind: str) -> list[str]:
        """The ids of a kind."""
        return list(self.known.get(kind, {}))

    def one(self, kind: str) -> str:
        """The id of a thing, mostly of one that is there."""
        ids = self.ids(kind)
        return self.random.choice(ids) if ids and self.random.random() < 0.93 else self.random.choice(("absent", ""))

    def name(self) -> str:
        """A name, seldom one of its own."""
        return self.random.choice(_NAMES)

    def text(self) -> str:
        """A description."""
        return self.random.choice(_TEXTS)

    def new_id(self) -> str:
        """An id to ask for, now and then one that is taken."""
        return self.random.choice(("one", "two", "three", "Gold", "a-b_C", *self.ids("application")[:1]))

    def endpoint(self) -> str:
        """The address of a token endpoint."""
        odd = (
            "https://",
            "http://127.0.0.1:1/token",
            "urn:x",
            "http://a b",
            "https://a.example/x?y#z",
            "mailto:x@y",
            "x",
        )
        return self.token_endpoint if self.random.random() < 0.7 else self.random.choice(odd)

    def some(self, **members: Any) -> dict[str, Any]:
        """A body with these members, of which those whose names end in `_` may be left out."""
        return {
            name.rstrip("_"): value
            for name, value in members.items()
            if not name.endswith("_") or self.random.random() < 0.7
        }


def as_json(tree: Any) -> Encoded:
    """A body of JSON."""
    return "application/json", json.dumps(tree).encode()


def fields(tree: Any) -> Encoded:
    """The fields of a form; what is no text is written as JSON."""
    plain = tree if isinstance(tree, dict) else {"body": tree}
    return BOUNDARY, multipart({name: one if isinstance(one, str) else json.dumps(one) for name, one in plain.items()})


def of_file(name: str, *, as_yaml: bool = True) -> Callable[[Any], Encoded]:
    """A form with one file, of YAML or of the JSON that is YAML too."""

    def encoded(tree: Any) -> Encoded:
        text = yaml.safe_dump(tree, allow_unicode=True) if as_yaml else json.dumps(tree)
        file = {"filename": f"{name}.yaml", "type": "application/yaml", "content": text}
        return BOUNDARY, multipart({name: file})

    return encoded


@dataclass(frozen=True)
class Body:
    """How a right body is made, and how it is sent."""

    right: Callable[[World], Any]
    encode: Callable[[Any], Encoded] = as_json


@dataclass(frozen=True)
class Operation:
    """`{application}` in the path is the id of an application; `makes` is the kind of thing whose id is answered."""

    method: str
    path: str
    bodies: tuple[Body, ...] = ()
    queries: tuple[str, ...] = ()
    makes: str = ""
    weight: int = 2

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _application(world: World) -> Any:
    return world.some(displayName=world.name(), description=world.text(), id_=world.new_id())


def _application_document(world: World) -> Any:
    spec = world.some(displayName=world.name(), description_=world.text())
    return {"kind": "Application", "metadata": world.some(name_=world.new_id()), "spec": spec}


def _key_manager(world: World) -> Any:
    enabled = world.random.random() < 0.7
    return world.some(displayName=world.name(), tokenEndpoint=world.endpoint(), id_=world.new_id(), enabled_=enabled)


def _change_of_key_manager(world: World) -> Any:
    enabled = world.random.random() < 0.7
    return world.some(displayName_=world.name(), tokenEndpoint_=world.endpoint(), id_=world.new_id(), enabled_=enabled)


def _key_manager_document(world: World) -> Any:
    spec = world.some(displayName=world.name(), tokenEndpoint=world.endpoint(), enabled_=world.random.random() < 0.5)
    return {"kind": "KeyManager", "metadata": world.some(name_=world.new_id()), "spec": spec}


def _keys(world: World) -> Any:
    kind = world.random.choice(("PRODUCTION", "SANDBOX"))
    return world.some(keyManager=world.one("key manager"), consumerKey=world.random.choice(("c1", "c2")), type_=kind)


def _token(world: World) -> Any:
    secret = world.random.choice(("good", "noscope", "minimal", "notoken", "grant", "limit", "boom", "bad"))
    return world.some(consumerSecret=secret, scopes_=["a", "b"][: world.random.randint(0, 2)], validityPeriod_=3600)


def _limit(world: World) -> Any:
    return world.some(
        limitType_=world.random.choice(("REQUEST_COUNT", "EVENT_COUNT", "BANDWIDTH", "TOTAL_TOKEN_COUNT")),
        limitCount=world.random.choice((-1, 0, 1, 1000)),
        timeUnit_=world.random.choice(("MINUTE", "HOUR", "DAY", "MONTH", "minute", "x")),
        timeAmount_=world.random.choice((0, 1, 5)),
    )


def _plan(world: World) -> Any:
    return world.some(
        displayName=world.name(),
        id_=world.random.choice(("Gold", "Silver", "Own", "own plan")),
        description_=world.text(),
        refId_="reference",
        limits_=[_limit(world) for _ in range(world.random.randint(0, 2))],
    )


def _plan_document(world: World) -> Any:
    kind = world.random.choice(("requestcount", "eventcount", "RequestCount", "x"))
    limits = [_limit(world) for _ in range(world.random.randint(0, 2))]
    spec = {"displayName": world.name(), "type_": kind, "requestCount_": 5, "eventCount_": 7, "limits_": limits}
    one = {"kind": "SubscriptionPlan", "metadata": {"name": "Own"}, "spec": world.some(**spec)}
    return one if world.random.random() < 0.7 else {"kind": "SubscriptionPlanList", "items": [one, one]}


def _plans(world: World) -> Any:
    return _plan(world) if world.random.random() < 0.95 else [_plan(world)]


def _subscription(world: World) -> Any:
    return {"artifactId": world.one("api"), "subscriptionPlanId": world.random.choice(("Gold", "Silver", "Own"))}


def _status(world: World) -> Any:
    return {"status": world.random.choice(("ACTIVE", "INACTIVE"))}


def _change_of_plan(world: World) -> Any:
    return world.some(artifactId_=world.one("api"), planId=world.random.choice(("Gold", "Silver", "Own")))


_PAGE = ("limit", "offset")
_API = (Body(api, form_of_json), Body(api, form_of_json), Body(api_document, form_of_document))
_APPLICATION = (
    Body(_application),
    Body(_application, fields),
    Body(_application_document, of_file("application")),
    Body(_application_document, of_file("application", as_yaml=False)),
)
_ORGANIZATION = (Body(organization), Body(organization_document, of_file("organization")))
_DOCUMENTS = tuple(Body(_key_manager_document, of_file("keymanager", as_yaml=one)) for one in (True, False))

_PLANS = (*[Body(_plans)] * 4, Body(_plan, fields), Body(_plan_document, of_file("subscriptionPlan")))


def _api_keys(api: str, none: str) -> tuple[Operation, ...]:
    """Keys of one kind of APIs. None is ever made: an API that had one could not be deleted any more."""
    return (
        Operation("GET", f"{api}/api-keys", queries=("appId", *_PAGE), weight=1),
        Operation("POST", f"{none}/api-keys/generate", (Body(new_key),), weight=1),
        Operation("POST", f"{api}/api-keys/regenerate", (Body(renewed_key),), weight=1),
        Operation("POST", f"{api}/api-keys/revoke", (Body(key),), weight=1),
        Operation("POST", f"{api}/api-keys/associate", (Body(key_of_application),), weight=1),
        Operation("POST", f"{api}/api-keys/dissociate", (Body(key),), weight=1),
    )


OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/applications", queries=_PAGE),
    Operation("POST", "/applications", _APPLICATION, makes="application", weight=4),
    Operation("GET", "/applications/{application}"),
    Operation("PUT", "/applications/{application}", _APPLICATION, weight=3),
    Operation("DELETE", "/applications/{application}", weight=1),
    Operation("GET", "/applications/{application}/api-keys", queries=_PAGE, weight=1),
    Operation("POST", "/applications/{application}/generate-keys", (Body(_keys),), makes="mapping", weight=4),
    Operation("POST", "/applications/{application}/oauth-keys/{mapping}/generate-token", (Body(_token),), weight=3),
    Operation("DELETE", "/applications/{application}/oauth-keys/{mapping}", weight=1),
    Operation("GET", "/key-managers", queries=_PAGE),
    Operation(
        "POST",
        "/key-managers",
        (Body(_key_manager), Body(_key_manager, fields), *_DOCUMENTS),
        makes="key manager",
        weight=4,
    ),
    Operation("GET", "/key-managers/{key manager}"),
    Operation(
        "PUT",
        "/key-managers/{key manager}",
        (Body(_change_of_key_manager), Body(_change_of_key_manager, fields), *_DOCUMENTS),
        makes="key manager",
        weight=3,
    ),
    Operation("DELETE", "/key-managers/{key manager}", weight=1),
    Operation("GET", "/subscription-plans", queries=("name",)),
    Operation("POST", "/subscription-plans", _PLANS, makes="plan", weight=4),
    Operation("PUT", "/subscription-plans", _PLANS, makes="plan", weight=4),
    Operation("GET", "/subscription-plans/{plan}"),
    Operation("DELETE", "/subscription-plans/{plan}", weight=1),
    Operation("GET", "/apis", queries=("name", "version", "query", "tags", "view", *_PAGE), weight=4),
    Operation("POST", "/apis", _API, makes="api", weight=6),
    Operation("GET", "/apis/{api}", weight=3),
    Operation("PUT", "/apis/{api}", _API, weight=4),
    Operation("DELETE", "/apis/{api}", weight=1),
    Operation("GET", "/subscriptions", queries=("artifactId", *_PAGE)),
    Operation("POST", "/subscriptions", (Body(_subscription),), makes="subscription", weight=4),
    Operation("GET", "/subscriptions/{subscription}"),
    Operation("PUT", "/subscriptions/{subscription}", (Body(_status),)),
    Operation("POST", "/subscriptions/{subscription}/change-plan", (Body(_change_of_plan),)),
    Operation("POST", "/subscriptions/{subscription}/regenerate-token"),
    Operation("DELETE", "/subscriptions/{subscription}", weight=1),
    Operation("GET", "/mcp-servers", queries=("query", "name", "version", "tags", "view", *_PAGE)),
    Operation("POST", "/mcp-servers", (Body(mcp_server, form_of_json),), makes="server"),
    Operation("GET", "/mcp-servers/{server}", weight=1),
    Operation("PUT", "/mcp-servers/{server}", (Body(mcp_server, form_of_json),)),
    Operation("DELETE", "/mcp-servers/{server}", weight=1),
    Operation("GET", "/api-keys", queries=_PAGE, weight=1),
    *_api_keys("/apis/{api}", "/apis/{no api}"),
    *_api_keys("/mcp-servers/{server}", "/mcp-servers/{no server}"),
    Operation("GET", "/webhook-subscribers", queries=_PAGE),
    Operation("POST", "/webhook-subscribers", (Body(subscriber),), makes="subscriber"),
    Operation("GET", "/webhook-subscribers/{subscriber}"),
    Operation("PUT", "/webhook-subscribers/{subscriber}", (Body(subscriber),), makes="subscriber"),
    Operation("DELETE", "/webhook-subscribers/{subscriber}", weight=1),
    Operation("GET", "/organizations", weight=1),
    Operation("POST", "/organizations", _ORGANIZATION, weight=1),
    Operation("GET", "/organizations/{organization}", weight=1),
    Operation("PUT", "/organizations/{organization}", _ORGANIZATION, weight=1),
    Operation("DELETE", "/organizations/{organization}", weight=1),
    Operation("GET", "/views", queries=_PAGE),
    Operation("POST", "/views", (Body(view),)),
    Operation("GET", "/views/{view}"),
    Operation("PUT", "/views/{view}", (Body(change_of_view),)),
    Operation("DELETE", "/views/{view}", weight=1),
    Operation("GET", "/labels", queries=_PAGE),
    Operation("POST", "/labels", (Body(label),), makes="label"),
    Operation("GET", "/labels/{label}", weight=1),
    Operation("PUT", "/labels/{label}", (Body(label),), weight=1),
    Operation("DELETE", "/labels/{label}", weight=1),
)
