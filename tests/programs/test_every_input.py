"""Every single input of every kind: set, drifted, changed, cleared, left out, each on each engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.naming import camel
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.resources.application.authorized_api import AuthorizedApi
from pulumi_asgardeo_bijira.resources.application_client.declaration import Subscription
from pulumi_asgardeo_bijira.resources.role.declaration import RoleInputs
from pulumi_asgardeo_bijira.resources.schema import REPLACES, examples_of

from tests.programs.stack import Stage
from tests.support.fields import FIELDS, Field
from tests.support.host import Host, Life
from tests.support.referred import add_apis, add_bijira, add_people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

API_IDS = examples_of(AuthorizedApi.model_fields["api_id"])
PUBLISHED_ID = examples_of(Subscription.model_fields["api_id"])[0]
USERNAME, EMAIL = "http://wso2.org/claims/username", "http://wso2.org/claims/emailaddress"


@dataclass(frozen=True)
class Case:
    """Two values of an input, and the one that clears it, if it can be cleared."""

    first: Any
    second: Any
    cleared: Any = None


DETAILS = {"name": "Payment", "description": "d", "json_schema": '{"type": "object"}'}
API = {
    "name": Case("A", "B"),
    "scopes": Case([{"name": "%:a"}, {"name": "%:b", "description": "x"}], [{"name": "%:b"}, {"name": "%:c"}], []),
    "identifier": Case("urn:%:1", "urn:%:2"),
    "authorization_details_types": Case([{"type": "%-pay", **DETAILS}], [{"type": "%-see", **DETAILS}], []),
}
APPLICATION = {
    "name": Case("%-1", "%-2"),
    "grant_types": Case(["client_credentials"], ["password", "client_credentials"]),
    "callback_urls": Case(["https://a.example.com/cb"], ["https://b.example.com/cb", "app://x?y=1"], []),
    "allowed_origins": Case(["https://a.example.com"], ["https://b.example.com:8443", "https://a.example.com"], []),
    "pkce": Case({"mandatory": True}, {"mandatory": False, "support_plain_transform_algorithm": False}),
    "access_token": Case(
        {"application_access_token_expiry_in_seconds": 100}, {"type": "Default", "enable_jwt_scope_as_array": True}
    ),
    "refresh_token": Case({"expiry_in_seconds": 100}, {"expiry_in_seconds": 200, "renew_refresh_token": False}),
    "id_token": Case({"expiry_in_seconds": 100, "audience": ["b", "a"]}, {"expiry_in_seconds": 200, "audience": []}),
    "logout": Case({"back_channel_logout_url": "https://a.example.com"}, {"back_channel_logout_url": ""}),
    "claims": Case(
        {"requested_claims": [{"claim": USERNAME}, {"claim": EMAIL, "mandatory": True}]},
        {"requested_claims": [{"claim": EMAIL}], "subject": {"claim": USERNAME}},
        {"requested_claims": []},
    ),
    "advanced": Case({"skip_login_consent": True}, {"skip_login_consent": False, "saas": True}),
    "authorized_apis": Case(
        [{"api_id": API_IDS[0], "scopes": ["orders:read"]}],
        [{"api_id": API_IDS[0], "scopes": ["orders:write", "orders:read"]}, {"api_id": API_IDS[1]}],
        [],
    ),
}
CLIENT = {
    "attributes": Case(
        {"cost_center": "1", "Team": "a"}, {"cost_center": "2", "Team": "a"}, {"cost_center": "", "Team": ""}
    ),
    "groups": Case(["%-shop"], ["%-shop", "%-till"], []),
    "application_name": Case("%-1", "%-2"),
    "client_id": Case("client-%-1", "client-%-2"),
    "subscriptions": Case(
        [{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
        [
            {"api_name": "Orders API", "api_version": "1.0.0", "plan": "Bronze"},
            {"api_id": PUBLISHED_ID, "plan": "Gold"},
        ],
        [],
    ),
}
GROUPS, USERS = (examples_of(RoleInputs.model_fields[name]) for name in ("groups", "users"))
ROLE = {
    "name": Case("%-1", "%-2"),
    "permissions": Case(["orders:read"], ["orders:write", "orders:read"], []),
    "groups": Case(GROUPS[:1], GROUPS[1:], []),
    "users": Case(USERS, USERS[1:], []),
}
ADDRESS = "https://idp.example.com/t/%"
KEY_MANAGER = {
    "endpoints": Case(
        {"token_endpoint": f"{ADDRESS}/oauth2/token"},
        {"token_endpoint": f"{ADDRESS}/2/oauth2/token", "issuer": ADDRESS, "jwks_endpoint": f"{ADDRESS}/jwks"},
    ),
    "available_grant_types": Case(["password", "client_credentials"], ["refresh_token"], []),
    "name": Case("%-1", "%-2"),
}
#: Never compared with a platform, so their cases are told elsewhere.
ELSEWHERE = {"adopt", "secret_rotation", "client_secret", "connector"}

#: The classes, each with the cases that the two values of its declaration do not tell: what must be unique has the
#: resource's own name in it, and of lists and objects parts come and go.
TABLES: dict[str, tuple[str, dict[str, Case]]] = {
    "Api": ("AsgardeoApi", API),
    "Application": ("AsgardeoApplication", APPLICATION),
    "ApplicationClient": ("BijiraApplicationClient", CLIENT),
    "KeyManager": ("BijiraKeyManager", KEY_MANAGER),
    "Role": ("AsgardeoRole", ROLE),
}
REPLACING = {"ApplicationClient": {"application_id"}}
#: What the declaration's own rules, or the platform's, want with some inputs.
WITH = {
    "ciba_authentication_request": ("grant_types",),
    "is_fapi_application": ("access_token",),
    "fapi_profile": ("access_token", "is_fapi_application"),
}


@cache
def cases(kind: str) -> dict[str, Case]:
    """A case of every input."""
    fields = {one.path[0][1]: one for one in reversed(FIELDS) if one.handler.name == kind}
    rows = TABLES[kind][1]
    return {name: rows.get(name) or of_declaration(one) for name, one in fields.items() if name not in ELSEWHERE}


def of_declaration(field: Field) -> Case:
    """The two values that a declaration has of an input, and an empty one if it is right."""
    first, second = field.pair()
    key = field.keys[0]
    empty: tuple[Any, ...] = ("", [])
    cleared = (value for value in empty if not field.handler.check({**second, key: value}).failures)
    return Case(first[key], second[key], next(cleared, None))


@cache
def beside(kind: str, name: str) -> dict[str, Any]:
    """What an input wants with it, as Python spells it."""
    if name not in WITH:
        return {}
    field = next(one for one in FIELDS if one.handler.name == kind and one.path[0][1] == name)
    return {other: field.pair()[0][camel(other)] for other in WITH[name]}


def replacing(kind: str) -> set[str]:
    """The inputs of which a change replaces."""
    marked = resource_handlers()[kind].inputs.marked(REPLACES)
    return {name for name in cases(kind) if camel(name) in marked} | REPLACING.get(kind, set())


def filled(value: Any, name: str) -> Any:
    """The value with the resource's own name in it, since some must be unique."""
    if isinstance(value, str):
        return value.replace("%", name)
    if isinstance(value, list):
        return [filled(item, name) for item in value]
    return {key: filled(item, name) for key, item in value.items()} if isinstance(value, dict) else value


def base(kind: str, field: str) -> dict[str, Any]:
    """What a resource needs besides the input under test."""
    if kind == "Api":
        return {"identifier": f"urn:{field}"}
    if kind == "Role":
        return {}
    if kind == "Application":
        public = {"grant_types": ["password"]} if field == "public_client" else {}
        return public | ({"grant_types": ["client_credentials"]} if field == "application_type" else {})
    if kind == "KeyManager":
        names = ("Username", "Password", "mgmt_client_id", "mgmt_client_secret")
        return {"connector": [{"name": name, "value": "x"} for name in names]}
    return {"client_id": f"client-{field}"}


def declared(kind: str, which: str, fields: set[str]) -> dict[str, dict[str, Any]]:
    """One resource for each input, each with its own input set so."""
    found = {}
    for field in sorted(fields):
        case = cases(kind)[field]
        value = getattr(case, which, None)
        name = field.replace("_", "-")
        own = {} if which == "left_out" or value is None else {field: filled(value, name)}
        found[name] = {**base(kind, field), **(beside(kind, field) if own else {}), **own}
        if kind == "KeyManager" and not own.keys() & {"organization", "endpoints"}:
            found[name]["organization"] = "acme"
    return found


@pytest.fixture
def stage(kind: str, tmp_path: Path, engine: Callable[[Project], Engine], sandbox: Sandbox) -> Stage:
    """Key managers can be made on a self-hosted API Manager only."""
    address = "https://apim.example.com/api/am/devportal/v3"
    return Stage(tmp_path, engine, sandbox, **({"BIJIRA_BASE_URL": address} if kind == "KeyManager" else {}))


@pytest.fixture
def what_is_referred_to(kind: str, sandbox: Sandbox) -> None:
    """APIs, applications and a second key manager under known ids."""
    add_apis(sandbox)
    add_bijira(sandbox)
    if kind == "Role":
        add_people(sandbox)


def somebody_else_sets(stage: Stage, kind: str, wanted: dict[str, dict[str, Any]]) -> None:
    """The same objects, changed past the engine."""
    with Host({}, stage.environment) as host:
        for name, entry in stage.resources().items():
            if name in wanted:
                other = Life(host, kind, stage.sandbox)
                other.id, other.inputs = entry["id"], _open(entry["inputs"])
                other.outputs = _open(entry["outputs"])
                given = wanted[name]
                own = {"applicationName": name} if kind == "ApplicationClient" and "application_id" not in given else {}
                named = {} if kind == "ApplicationClient" else {"name": name}
                assert other.up({**named, **own, **_state(given)}) == "update", name


def _open(bag: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in bag.items() if key != "__provider" and "ciphertext" not in str(value)}


def _state(inputs: dict[str, Any]) -> dict[str, Any]:
    return {camel(key): value for key, value in inputs.items()}


@pytest.mark.usefixtures("what_is_referred_to")
@pytest.mark.parametrize("kind", sorted(TABLES))
def test_inputs_that_change_in_place(stage: Stage, kind: str) -> None:
    """Set, drifted and repaired, changed, cleared, left out; and after each there is nothing more to do."""
    cls, table = TABLES[kind][0], cases(kind)
    fields = set(table) - replacing(kind)
    names = {field.replace("_", "-") for field in fields}
    common = {"key_manager": "Asgardeo"} if kind == "ApplicationClient" else {}

    def declare(which: str) -> dict[str, dict[str, Any]]:
        found = {name: {**common, **inputs} for name, inputs in declared(kind, which, fields).items()}
        stage.declare(cls, found)
        return found

    declare("first")
    assert set(stage.up().values()) == {"create"}

    drifted = {name: {**common, **inputs} for name, inputs in declared(kind, "second", fields).items()}
    somebody_else_sets(stage, kind, drifted)
    assert stage.ops("refresh") == dict.fromkeys(names, "update")
    assert stage.ops("preview") == dict.fromkeys(names, "update")
    assert stage.up() == dict.fromkeys(names, "update")

    declare("second")
    assert stage.up() == dict.fromkeys(names, "update")

    declare("cleared")
    ops = stage.up()
    assert {name for name in names if ops[name] == "update"} >= {
        field.replace("_", "-") for field in fields if table[field].cleared is not None
    }

    declare("left_out")
    stage.up()
    stage.gone()


@pytest.mark.usefixtures("what_is_referred_to")
@pytest.mark.parametrize("kind", sorted(TABLES))
def test_inputs_that_replace(stage: Stage, kind: str) -> None:
    """The old object goes before the new one comes, since their keys are unique."""
    cls, fields = TABLES[kind][0], replacing(kind)
    common = {"key_manager": "Asgardeo"} if kind == "ApplicationClient" else {}
    for which in ("first", "second"):
        stage.declare(cls, {name: {**common, **inputs} for name, inputs in declared(kind, which, fields).items()})
        ops = stage.up()
        assert len(ops) == len(fields)
        assert all(("replace" in op) == (which == "second") for op in ops.values()), ops
    stage.gone()
