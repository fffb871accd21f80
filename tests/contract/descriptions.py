"""The descriptions, each with the place where it is served and the client that sends what it describes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pulumi_asgardeo_bijira
import yaml
from openapi_core import Config, OpenAPI

__all__ = ("DESCRIPTIONS", "Description", "described")

_DATA = Path(__file__).parents[1] / "data" / "openapi"
_PACKAGE = Path(pulumi_asgardeo_bijira.__file__).parent
_VERBS = ("get", "head", "put", "post", "patch", "delete")


@dataclass(frozen=True)
class Description:
    """One API.

    Its name in reports, its file, a pattern of what precedes its paths, the client's sources if there is one; and for
    generated requests where it is served, and the token endpoint and scope to sign in with.
    """

    name: str
    file: str
    base: str
    sources: tuple[str, ...]
    served_at: str
    sign_in: tuple[str, str]

    @cached_property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document."""
        found: dict[str, Any] = yaml.safe_load((_DATA / self.file).read_text(encoding="utf-8"))
        return found

    @cached_property
    def api(self) -> OpenAPI:
        """The validator; a member that no schema names is a deviation too."""
        return OpenAPI.from_dict(
            _with_bearer(self._in_one(self.document)),
            config=Config(
                additional_properties_default_policy="forbid",
                extra_media_type_deserializers={"application/scim+json": json.loads},
            ),
        )

    @cached_property
    def operations(self) -> frozenset[str]:
        """Every operation that it describes, such as `GET /applications/{applicationId}`."""
        paths = self.document["paths"].items()
        return frozenset(f"{verb.upper()} {path}" for path, item in paths for verb in item if verb in _VERBS)

    def operation(self, method: str, path: str) -> tuple[str, str] | None:
        """The operation of a request, fixed words before parameters, and the path without what precedes it."""
        base = re.match(self.base, path)
        if base is None:
            return None
        rest = path[base.end() :]
        found = [
            one for one in self.operations if one.startswith(f"{method} ") and _covers(one.partition(" ")[2], rest)
        ]
        return (min(found, key=lambda one: one.count("{")), rest) if found else None

    def definition(self, operation: str) -> dict[str, Any]:
        """What the document says of an operation."""
        method, _, path = operation.partition(" ")
        item = self.document["paths"][path]
        shared = item.get("parameters", [])
        return {**item[method.lower()], "parameters": [*shared, *item[method.lower()].get("parameters", [])]}

    def resolved(self, node: dict[str, Any]) -> dict[str, Any]:
        """A node, or what it refers to."""
        while "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def _in_one(self, node: Any) -> Any:
        """The node with each object that is described in parts as one, since a part forbids what another names, and
        open where none of an object's members is described."""
        if isinstance(node, list):
            return [self._in_one(item) for item in node]
        if not isinstance(node, dict):
            return node
        if node.get("type") == "object" and node.get("properties") == {}:
            return {**node, "additionalProperties": True}
        parts = [self.resolved(part) for part in node.get("allOf", ())]
        if len(parts) < 2 or any("properties" not in part and part != {"type": "object"} for part in parts):
            return {key: self._in_one(item) for key, item in node.items()}
        required = [name for part in parts for name in part.get("required", ())]
        members = {name: one for part in parts for name, one in part.get("properties", {}).items()}
        return {
            "type": "object",
            **({"required": required} if required else {}),
            "properties": {name: self._in_one(one) for name, one in members.items()},
        }

    def source_files(self) -> list[Path]:
        """The client's modules."""
        return [_PACKAGE / source for source in self.sources]


def _with_bearer(document: dict[str, Any]) -> dict[str, Any]:
    """The same, its OAuth schemes as the header that they come down to, which the validator knows to look for."""
    components = document["components"]
    schemes = {
        name: {"type": "http", "scheme": "bearer"} if scheme["type"] == "oauth2" else scheme
        for name, scheme in components.get("securitySchemes", {}).items()
    }
    return {**document, "components": {**components, "securitySchemes": schemes}}


def _covers(template: str, path: str) -> bool:
    pattern = "/".join("[^/]+" if part.startswith("{") else re.escape(part) for part in template.split("/"))
    return re.fullmatch(pattern, path) is not None


_ASGARDEO = r"/t/[^/]+(/o)?/api/server/v1(?=/)"
_TENANT, _PORTAL = "/t/sandbox/api/server/v1", "/api/am/devportal/v3"
_MANAGER = ("/t/sandbox/oauth2/token", "SYSTEM")
_SUBSCRIBER = ("/oauth2/token", "apim:subscribe apim:app_manage apim:sub_manage apim:app_import_export")

#: To hold another API to its description, put its file into tests/data/openapi and a line here.
DESCRIPTIONS = (
    Description(
        "API resources", "APIResources.yaml", _ASGARDEO, ("clients/asgardeo/api_resources.py",), _TENANT, _MANAGER
    ),
    Description(
        "applications", "applications.yaml", _ASGARDEO, ("clients/asgardeo/applications.py",), _TENANT, _MANAGER
    ),
    Description("identity providers", "idp.yaml", _ASGARDEO, (), _TENANT, _MANAGER),
    Description("organizations", "organizations.yaml", _ASGARDEO, (), _TENANT, _MANAGER),
    Description("claims", "claim-management.yaml", _ASGARDEO, (), _TENANT, _MANAGER),
    Description("OIDC scopes", "oidc-scope-management.yaml", _ASGARDEO, (), _TENANT, _MANAGER),
    Description("authenticators", "authenticators.yaml", _ASGARDEO, (), _TENANT, _MANAGER),
    Description(
        "SCIM",
        "scim2-subset.yaml",
        r"/t/[^/]+(/o)?/scim2(?=/)",
        ("clients/asgardeo/roles.py", "clients/asgardeo/users.py", "clients/asgardeo/groups.py"),
        "/t/sandbox/scim2",
        _MANAGER,
    ),
    Description(
        "developer portal",
        "apim-devportal-v3-subset.yaml",
        r"/api/am/devportal/v[23](?=/)",
        ("clients/bijira/devportal/client.py",),
        _PORTAL,
        _SUBSCRIBER,
    ),
    Description(
        "admin API",
        "apim-admin-v4-key-managers.yaml",
        r"/api/am/admin/v4(?=/)",
        ("clients/bijira/devportal/key_managers.py",),
        "/api/am/admin/v4",
        ("/oauth2/token", "apim:admin"),
    ),
    Description(
        "API Portal",
        "api-platform-api-portal-v0.9-subset.yaml",
        r"/api-portal/api/v0\.9(?=/)",
        ("clients/bijira/api_portal/client.py", "clients/bijira/api_portal/key_managers.py"),
        "/api-portal/api/v0.9",
        ("/oauth2/token", "dp:application:manage dp:application_key:manage dp:key_manager:manage dp:key_manager:read"),
    ),
)


def described(method: str, path: str) -> tuple[Description, str, str] | None:
    """The description that has this operation, the operation, and the path in it."""
    for description in DESCRIPTIONS:
        found = description.operation(method, path)
        if found:
            return description, *found
    return None
