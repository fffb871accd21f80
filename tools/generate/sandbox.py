"""Writes the page about the sandbox: what it serves, what it does not, and what is known to differ."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from asgardeo_bijira_sandbox.api_portal import urls as api_portal
from asgardeo_bijira_sandbox.asgardeo import urls as asgardeo
from asgardeo_bijira_sandbox.bijira import urls as bijira
from asgardeo_bijira_sandbox.differences import DIFFERENCES, NOT_SERVED

from .scenario import faults
from .texts import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from asgardeo_bijira_sandbox.differences import Difference, Service

__all__ = ("INTRODUCTION", "TITLE", "sandbox_page")

TITLE = "The sandbox"
INTRODUCTION = (
    "`asgardeo-bijira sandbox` serves both platforms and a gateway on one port of this machine. It follows the "
    "vendors' published code, their descriptions and recordings of their servers. This page lists all that it "
    "serves, and all that is known to differ from the originals. What it does not serve it refuses in the platform's "
    "order: where a token is needed, whoever has none or a wrong one meets a 401, and everybody else a 404."
)
#: What precedes the paths of an API; the newest of several addresses of the same is enough.
_BASES = (
    "/t/{org}/api/server/v1",
    "/t/{org}/api/identity/oauth2/dcr/v1.1",
    "/t/{org}/scim2",
    "/t/{org}",
    "/api/am/devportal/v3",
    "/api/am/admin/v4",
    "/api-portal/api/v0.9",
    "",
)
#: Where the same is, too.
_OLDER = {"/api/am/devportal/v3": " and `/api/am/devportal/v2`"}
_ALIASES = re.compile(r"^/t/\{org\}/o/|^/api/am/devportal/v2/|^/t/\{rest")


_SIGNING_IN = """\
## Signing in

    asgardeo-bijira sandbox --port 9000 --scenario scenario.yaml --state sandbox.json
    curl -u sandbox-management:sandbox-secret -d grant_type=client_credentials -d scope=SYSTEM \\
         http://127.0.0.1:9000/t/sandbox/oauth2/token

[A scenario](scenarios.md) says what there is at the start; a file of state that exists already counts instead of it.
The client `sandbox-management` with the secret `sandbox-secret` has every right that the scenario leaves it:

| platform | where it signs in | scopes to ask for |
|---|---|---|
| Asgardeo | `/t/{org}/oauth2/token` | those of the platform (`internal_…`) by name, or `SYSTEM` for all of them |
| Bijira | `/oauth2/token` | by name: `apim:subscribe`, `apim:app_manage`, `apim:sub_manage`, … |
| API Portal | `/oauth2/token` | none: roles count (`portalRoles`); with `portalByScopes`, `dp:…` by name |
| gateway | as a client that Asgardeo knows | those of the API |"""
_CONTROL = """\
## What happened, and faults

| address | |
|---|---|
| `GET /_sandbox/health` | whether it is up, and its address |
| `GET /_sandbox/ledger` | all requests with their answers, without secrets; `?after=N` those after the N-th |
| `GET /_sandbox/store` | all that it keeps, without secrets |
| `POST /_sandbox/faults` | switches one on, such as `{"kind": "fail", "match": "POST .*/apis", "status": 503}` |
| `DELETE /_sandbox/faults` | switches all faults off |"""


def sandbox_page() -> tuple[str, ...]:
    """Its parts."""
    return (_SIGNING_IN, _CONTROL, *faults(), *(part for service in DIFFERENCES for part in _service(service)))


def _service(service: Service) -> Iterator[str]:
    yield f"## {service[0].upper()}{service[1:]}"
    served = _served(service)
    if not served:
        yield paragraph("Every address that nothing else takes is meant for a published API of the scenario.")
    for base, paths in served.items():
        rows = [f"| `{path}` | {', '.join(sorted(methods))} |" for path, methods in paths.items()]
        title = f"Below `{base}`{_OLDER.get(base, '')}" if base else "Besides"
        yield "\n".join((f"### {title}", "", "| path | methods |", "|---|---|", *rows))
    if service in NOT_SERVED:
        yield "### Not served"
        yield "\n".join(f"- `{one.removeprefix('* ')}`{_family(one)}" for one in NOT_SERVED[service])
    yield "### What differs"
    yield _differences(DIFFERENCES[service])


def _family(operation: str) -> str:
    return ", whatever the method, and what lies below" if operation.startswith("* ") else ""


def _differences(found: Iterable[Difference]) -> str:
    rows = [f"| {one.where} | {one.original} | {one.sandbox} |" for one in found]
    return "\n".join(("| where | the original | the sandbox |", "|---|---|---|", *rows))


def _served(service: Service) -> dict[str, dict[str, set[str]]]:
    """The methods of each path, below each base."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path, methods in _endpoints(service):
        if methods and not _ALIASES.match(path):
            base = next(base for base in _BASES if path.startswith(f"{base}/"))
            found[base][path.removeprefix(base)] |= methods
    return {base: found[base] for base in _BASES if base in found}


def _endpoints(service: Service) -> Iterator[tuple[str, set[str]]]:
    if service == "API Portal":
        yield from ((base + row.path, {row.method}) for row in api_portal.ROUTES for base in row.bases)
        return
    tables: dict[str, list[Any]] = {"Asgardeo": asgardeo.routes(), "Bijira": bijira.routes()}
    yield from ((row.path, row.methods - {"HEAD"}) for row in tables.get(service, ()))
