"""Requests: any method to any endpoint, its path, query, headers and body right, odd, or both."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from asgardeo_bijira_sandbox.api_portal.exceptions import BASE, PREFIX
from asgardeo_bijira_sandbox.api_portal.urls import ROUTES
from asgardeo_bijira_sandbox.app import create_app
from asgardeo_bijira_sandbox.faults import Faults
from asgardeo_bijira_sandbox.ledger import Ledger
from starlette.routing import Mount

from tests.breakdowns.samples import FIELDS, RAW, encoded, form, sampled
from tests.contract.descriptions import described
from tests.contract.fixtures import ABSENT, STANDING
from tests.differential.operations import ODD_IDS
from tests.sandbox.conftest import ORGANIZATION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from asgardeo_bijira_sandbox import Store
    from starlette.routing import BaseRoute

__all__ = ("Call", "Caller", "endpoints")

_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "FROB")
_APPLICATION, _PERSON = STANDING["applicationId"], STANDING["id"]
#: What stands below a fixed part of a path.
_BELOW: dict[str, tuple[str, ...]] = {
    "applications": (_APPLICATION, "one"),
    "api-resources": (STANDING["apiId"],),
    "apis": (STANDING["apiId"], "orders-api-1.0.0"),
    "authorized-apis": (STANDING["apiId"],),
    "id": (STANDING["scopeId"],),
    "scopes": (STANDING["scopeName"], "openid"),
    "oauth-keys": (STANDING["keyMappingId"],),
    "keys": ("PRODUCTION",),
    "subscriptions": (STANDING["subscriptionId"],),
    "subscription-plans": ("Gold", "one"),
    "throttling-policies": ("subscription", "application"),
    "subscription": ("Gold",),
    "organizations": ("sandbox",),
    "views": ("default", "one"),
    "labels": ("default", "one"),
    "inbound-protocols": ("saml", "oidc", "passive-sts"),
    "register": ("standing",),
    "Users": (_PERSON,),
    "Groups": (_PERSON,),
    "Roles": (_PERSON,),
    "identity-providers": (_PERSON,),
    "authenticators": (STANDING["authenticator-id"],),
    "federated-authenticators": (STANDING["federated-authenticator-id"],),
    "local": ("aHR0cDovL3dzbzIub3JnL2NsYWltcy91c2VyaWQ",),
}
_QUERIES: dict[str, tuple[str, ...]] = {
    "limit": ("1", "0", "-1", "1e1", "99999999999999999999", "\u00b2", "\uff11", "x"),
    "offset": ("0", "5", "-1", "1.0", "99999999999999999999"),
    "startIndex": ("1", "0", "x", "-5"),
    "count": ("1", "x", "-1", "99999999999999999999"),
    "filter": (
        'name eq "s"',
        "name eq",
        "and and",
        "name co s and clientId eq standing",
        "(",
        'x pr or y eq "',
        "\x00",
    ),
    "attributes": ("name", "advancedConfigurations,templateId,x", ",,", "displayName,users.value"),
    "excludedAttributes": ("users", "permissions,groups", "x"),
    "requiredAttributes": ("templates", "claims", "x"),
    "before": ("MTA", "x", "===", "/w", "LTE"),
    "after": ("MTA", "x", "===", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"),
    "sortBy": ("name", "x"),
    "sortOrder": ("desc", "x"),
    "query": ("s", 'name:"Orders API" version:1', '"', "a:b:c", "name:"),
    "apiId": (STANDING["apiId"], "x"),
    "applicationId": (_APPLICATION, "x"),
    "artifactId": (STANDING["apiId"], "x"),
    "devPortalAppEnv": ("prod", "x"),
    "preserveOwner": ("true", "x"),
    "exportSecrets": ("true", "x"),
    "identifierFilter": ("x",),
    "tags": ("a,b", ","),
    "view": ("default", "x"),
    "name": ("x",),
    "version": ("1",),
    "domain": ("PRIMARY", "x"),
}
_ACCEPTED = ("*/*", "application/json", "application/xml", "text/html", "application/yaml;q=0.3, x", "", ";;")
_TOKENS = ("x", "a.b.c", "e30.e30.e30", "W10.W10.W10", "eyJhbGciOiJSUzI1NiJ9.e30.x", "chp_x", "\xfc.\xfc.\xfc")


@dataclass(frozen=True)
class Call:
    """One request, as it goes over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    def __str__(self) -> str:
        shown = {name: value for name, value in self.headers.items() if name != "Authorization"}
        return f"{self.method} {self.target[:300]} {shown} {self.body[:300]!r}"


def endpoints(store: Store) -> list[tuple[str, str]]:
    """Every method and path that is served, and some paths that are not."""
    portal = [(one.method, f"{PREFIX}{BASE}{one.path}") for one in ROUTES]
    unknown = [("GET", f"{base}/{{x}}") for base in ("", "/t/{org}", PREFIX, "/api/am/devportal/v2", "/_sandbox")]
    gateway = [("GET", f"/orders/1.0.0{rest}") for rest in ("/orders", "", "/{x}")]
    return [*_served(create_app(store, Ledger(), Faults()).routes), *portal, *unknown, *gateway]


def _served(routes: list[BaseRoute], base: str = "") -> Iterator[tuple[str, str]]:
    for route in routes:
        one: Any = route
        if isinstance(route, Mount):
            yield from _served([] if route.path == PREFIX else route.routes, base + route.path)
        else:
            yield from ((method, base + one.path) for method in sorted(one.methods or {"GET"}))


class Caller:
    """Makes requests out of a seeded chance; `tokens` are good ones, by the beginning of the path."""

    def __init__(self, random: Random, tokens: dict[str, str]) -> None:
        self._random = random
        self._tokens = tokens

    def call(self, method: str, path: str) -> Call:
        """A request that is meant for an endpoint, or nearly so."""
        if self._random.random() < 0.15:
            method = self._random.choice(_METHODS)
        target = self._path(path)
        kind, body = self._body(method, target) if self._random.random() < self._bodied(method) else ("", b"")
        headers = self._headers(target)
        if kind and self._random.random() < 0.95:
            headers["Content-Type"] = self._random.choice((kind,) * 30 + ("", "x", "application/json; charset=utf-16"))
        query = self._query(target)
        return Call(method, f"{target}?{query}" if query else target, headers, body)

    def _bodied(self, method: str) -> float:
        return 0.95 if method in ("POST", "PUT", "PATCH") else 0.1

    def _path(self, path: str) -> str:
        parts: list[str] = []
        for part in path.split("/"):
            parts.append(self._parameter(parts[-1] if parts else "") if re.match(r"\{", part) else part)
        found = "/".join(parts)
        if self._random.random() < 0.03:
            found += self._random.choice(("/", "//", "/x", "/..", "%2F", ";a=b", "%00", "/%E2%82"))
        return found or "/"

    def _parameter(self, before: str) -> str:
        if before == "t" and self._random.random() < 0.97:
            return "sandbox"
        if self._random.random() < 0.85 and before in _BELOW:
            values = _BELOW[before]
            return quote(values[0] if self._random.random() < 0.85 else self._random.choice(values), safe="%")
        pool = (*ODD_IDS, ABSENT, _PERSON, "x" * 300, "-1", "..", "%00", "a:b", "*")
        return quote(self._random.choice(pool), safe="%*")

    def _query(self, target: str) -> str:
        pairs = [("organizationId", ORGANIZATION)] if "/devportal/v2" in target and self._random.random() < 0.95 else []
        for name in self._random.sample(sorted(_QUERIES), self._random.choice((0, 0, 1, 2, 4))):
            pairs += [(name, self._random.choice(_QUERIES[name])) for _ in range(self._random.choice((1, 1, 1, 2)))]
        if "/oauth2/" in target:
            names = self._random.sample(sorted(FIELDS), self._random.randrange(5))
            pairs += [(name, self._random.choice(FIELDS[name])) for name in names]
        odd = self._random.choice(("",) * 20 + ("&", "=", "%", "%zz=%ff", "a", "limit", "&&limit=&", "filter=%00"))
        return urlencode(pairs, errors="replace") + (f"&{odd}" if odd and pairs else odd)

    def _headers(self, target: str) -> dict[str, str]:
        headers = {}
        good = next(token for base, token in self._tokens.items() if target.startswith(base))
        credentials = (
            self._random.choice(FIELDS["client_id"]) + ":" + self._random.choice(FIELDS["client_secret"])
        ).encode()
        basic = base64.b64encode(credentials).decode()
        if "/oauth2/" in target and self._random.random() < 0.6:
            headers["Authorization"] = self._random.choice((f"Basic {basic}", "Basic !", "Basic /w==", "Basic", "x"))
        elif self._random.random() < 0.93:
            headers["Authorization"] = f"Bearer {good}"
        elif self._random.random() < 0.8:
            headers["Authorization"] = "Bearer " + self._random.choice(_TOKENS)
        if self._random.random() < 0.3:
            headers["Accept"] = self._random.choice(_ACCEPTED)
        if self._random.random() < 0.1:
            odd = ("Cookie", "If-Match", "X-WSO2-Tenant", "Subscription-Key", "organization", "Content-Encoding")
            headers[self._random.choice(odd)] = self._random.choice(("x", "\xfc=\xff; a", "gzip", '"', ""))
        return headers

    def _body(self, method: str, target: str) -> tuple[str, bytes]:
        if self._random.random() < 0.12:
            kinds = (
                "application/json",
                "application/yaml",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "",
            )
            return self._random.choice(kinds), self._random.choice(RAW)
        if "/oauth2/" in target and "/dcr/" not in target:
            return form(self._random)
        return encoded(self._random, self._right(method, target))

    def _right(self, method: str, target: str) -> Any:
        """A body as it is described, or of members that have a meaning somewhere."""
        known = described(method, target)
        if known:
            description, operation, _ = known
            content = description.resolved(description.definition(operation).get("requestBody", {})).get("content", {})
            for media in content.values():
                return sampled(self._random, description, media.get("schema", {}))
        names = (
            "name",
            "id",
            "schemas",
            "kind",
            "seconds",
            "client_name",
            "grant_types",
            "redirect_uris",
            "Operations",
        )
        return {name: self._random.choice(("x", 1, [], ["x"], {"a": 1})) for name in self._random.sample(names, 4)}
