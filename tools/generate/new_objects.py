"""Writes what new objects have of themselves, learned from the sandbox: each kind is made a few times in the ways that
programs make it, and whatever a platform then shows that was not written is what it has of itself. Where two of a kind
differ in that, and of texts that are ids, times or addresses, it is anything."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import reduce
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.asgardeo.models import Group
from asgardeo_bijira_sandbox.bijira.models import KeyManager
from pulumi_asgardeo_bijira.resources import Platforms, resource_handlers
from pulumi_asgardeo_bijira.resources.application.application_types import TYPES
from pulumi_asgardeo_bijira.resources.losses import ANY
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment
from pulumi_asgardeo_bijira.transport import operation, witnessed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ("new_documents",)

_NOTHING: Any = object()
_PARTICULAR = re.compile(r"\d{4}|[\da-f]{8}-|://127|^v\d|^sandbox")
_URL = "https://app.example.com/callback"
_SUBSCRIPTIONS = [{"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}]
_DETAILS_TYPE = {"name": "details", "description": "x", "jsonSchema": '{"type": "object"}'}
_CLAIMS = [{"claim": f"http://wso2.org/claims/{name}"} for name in ("emailaddress", "country")]


def new_documents() -> str:
    """The text of the file."""
    found: dict[str, list[Any]] = defaultdict(list)
    with Sandbox() as sandbox:
        people, bijira = sandbox.store.asgardeo["sandbox"], next(iter(sandbox.store.bijira.values()))
        group = Group(name="another")
        people.groups[group.id] = group
        partners = KeyManager(name="Partners", issuer="https://partners.example.com")
        bijira.key_managers[partners.id] = partners
        samples = _Samples(Platforms(Settings({}, sandbox_environment(sandbox.url))))
        for kind, rest in _made(samples, sorted(people.groups), sorted(people.users)):
            found[kind].append(rest)
    merged = {kind: reduce(_merged, rests) for kind, rests in sorted(found.items())}
    return json.dumps(merged, indent=1, sort_keys=True) + "\n"


def _made(samples: _Samples, groups: list[str], users: list[str]) -> Iterator[tuple[str, Any]]:
    for number, type_ in enumerate(("BUSINESS", "BUSINESS", "MCP")):
        scopes = [{"name": f"s{number}:{verb}", "description": verb} for verb in ("read", "write")[:number]]
        types = [{**_DETAILS_TYPE, "type": f"type-{number}"}][:number]
        lists = {"scopes": scopes, "authorizationDetailsTypes": types}
        yield from samples.make("Api", identifier=f"urn:{number}", name="x", resourceType=type_, **lists)
    for type_ in TYPES:
        yield from _applications(samples, type_)
    yield from samples.make("Role", name="none")
    yield from samples.make("Role", name="all", groups=groups, users=users, permissions=["s1:read", "s2:write"])


def _applications(samples: _Samples, type_: str) -> Iterator[tuple[str, Any]]:
    """Those of a type, and roles and clients in Bijira of theirs."""
    grants = {"grantTypes": ["password"]} if type_ == "standard" else {}
    back = {} if type_ in ("m2m", "standard") else {"callbackUrls": [_URL]}
    kind = {"applicationType": type_, **grants, **back}
    more = {
        "allowedAudience": "APPLICATION",
        "authorizedApis": [{"apiId": samples.ids["Api"], "scopes": ["s2:read"]}],
        "claims": {"requestedClaims": _CLAIMS},
    }
    yield from samples.make("Application", name=type_, **kind)
    client = {"applicationName": type_, "keyManager": "Asgardeo", "clientId": samples.outputs["clientId"]}
    yield from samples.make("ApplicationClient", **client)
    yield from samples.make("Application", name=f"{type_} with more", **kind, **more)
    for name in ("reader", "writer"):
        yield from samples.make("Role", name=name, applicationId=samples.ids["Application"], permissions=["s2:read"])
    yield from samples.shown("Application")
    client = {"applicationName": f"{type_} too", "keyManager": "Partners", "clientId": samples.outputs["clientId"]}
    yield from samples.make("ApplicationClient", **client, keyType="SANDBOX", subscriptions=_SUBSCRIPTIONS)


class _Samples:
    """Objects as the handlers make and read them."""

    def __init__(self, platforms: Platforms) -> None:
        self._platforms = platforms
        #: The one that was made last, by its kind.
        self.ids: dict[str, str] = {}
        #: What it computes.
        self.outputs: dict[str, Any] = {}

    def make(self, name: str, /, **inputs: Any) -> Iterator[tuple[str, Any]]:
        """Make one."""
        handler = resource_handlers()[name]
        checked = handler.check(inputs)
        if checked.failures:
            raise ValueError(checked.failures)
        with operation():
            self.ids[name] = handler.create(self._platforms, checked.inputs).id
        yield from self.shown(name)

    def shown(self, name: str) -> Iterator[tuple[str, Any]]:
        """What the platform shows of it that was not written."""
        handler, id_ = resource_handlers()[name], self.ids[name]
        with operation(), witnessed() as seen:
            shown, self.outputs = handler.refresh(self._platforms, id_, {}) or ({}, {})
        with operation():
            inputs = handler.check(handler.declared(self._platforms, id_, shown)).inputs
        for shape, document in seen:
            written = handler.written(shape, document, inputs)
            if written is not None:
                rest = _rest(document, written)
                yield handler.kind_of(shape, inputs), {} if rest is _NOTHING else rest


def _rest(value: Any, written: Any) -> Any:
    """What of a value is not written."""
    if value == written or value is None:
        return _NOTHING
    if isinstance(value, dict):
        rests = {key: _rest(item, _within(written, key)) for key, item in value.items()}
        return {key: item for key, item in rests.items() if item is not _NOTHING} or _NOTHING
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        items = [*(written if isinstance(written, list) else ()), _NOTHING]
        found = [min((_rest(item, one) for one in items), key=_size) for item in value]
        left = [item for item in found if item is not _NOTHING]
        return [reduce(_merged, left)] if left else _NOTHING
    return ANY if isinstance(value, str) and _PARTICULAR.search(value) else value


def _within(written: Any, key: str) -> Any:
    return written.get(key, _NOTHING) if isinstance(written, dict) else _NOTHING


def _size(rest: Any) -> int:
    return 0 if rest is _NOTHING else len(json.dumps(rest))


def _merged(one: Any, other: Any) -> Any:
    """What both have, or anything where they differ."""
    if one == other or other is _NOTHING:
        return one
    if one is _NOTHING:
        return other
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _merged(one.get(key, _NOTHING), other.get(key, _NOTHING)) for key in one.keys() | other.keys()}
    if isinstance(one, list) and isinstance(other, list):
        items = [*one, *other]
        return [reduce(_merged, items)] if all(isinstance(item, dict) for item in items) else ANY
    return ANY
