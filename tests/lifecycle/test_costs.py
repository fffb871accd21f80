"""What each input's change costs, from the ledger: set, changed, left out; and each preview, which costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, Group, Scope, User
from asgardeo_bijira_sandbox.bijira.models import PublishedApi
from pulumi_asgardeo_bijira.naming import camel, snake
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.resources.application.declaration import APPLICATION
from pulumi_asgardeo_bijira.resources.application.declaration import OIDC as OIDC_PART

from tests.lifecycle.settled import settled
from tests.support.fields import FIELDS
from tests.support.host import UNKNOWN, Life

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

PropertyMap = dict[str, Any]
KNOWN = "11111111-1111-1111-1111-111111111111"
GROUPS, USERS = ([f"{kind}{number}" + KNOWN[2:] for number in range(3)] for kind in "ab")
USERNAME, EMAIL = "http://wso2.org/claims/username", "http://wso2.org/claims/emailaddress"
PATCH, OIDC = 1, 2


def details(type_: str, description: str = "d") -> PropertyMap:
    """A type of authorization details."""
    return {"type": type_, "name": "name", "description": description, "jsonSchema": '{"type": "object"}'}


#: Each input that changes in place: two values, and the requests from the one to the other.
COSTS: dict[str, dict[str, tuple[Any, Any, int]]] = {
    "Api": {
        "name": ("A", "B", PATCH),
        "description": ("a", "", PATCH),
        "scopes": ([{"name": "a"}, {"name": "b"}], [{"name": "b", "description": "x"}, {"name": "c"}], 3),
        "authorizationDetailsTypes": ([details("pay"), details("see")], [details("see", "x"), details("buy")], 3),
    },
    "Application": {
        "name": ("a", "b", PATCH),
        "description": ("a", "", PATCH),
        "accessUrl": ("https://a.example.com", "", PATCH),
        "imageUrl": ("https://a.example.com/x.png", "", PATCH),
        "logoutReturnUrl": ("https://a.example.com", "https://b.example.com", PATCH),
        "enabled": (True, False, PATCH),
        "allowedAudience": ("APPLICATION", "ORGANIZATION", PATCH),
        "advanced": ({"saas": True}, {"saas": False, "skipLoginConsent": True}, PATCH),
        "claims": ({"requestedClaims": [{"claim": USERNAME}]}, {"requestedClaims": [{"claim": EMAIL}]}, 2),
        "grantTypes": (["client_credentials"], ["client_credentials", "password"], OIDC),
        "callbackUrls": (["https://a.example.com"], [], OIDC),
        "allowedOrigins": (["https://a.example.com"], [], OIDC),
        "publicClient": (False, True, OIDC),
        "pkce": ({"mandatory": True}, {"mandatory": False}, OIDC),
        "accessToken": ({"type": "JWT"}, {"type": "Default"}, OIDC),
        "idToken": ({"audience": ["a"]}, {"audience": []}, OIDC),
        "logout": ({"backChannelLogoutUrl": "https://a.example.com"}, {"backChannelLogoutUrl": ""}, OIDC),
        "clientAuthentication": (
            {"tokenEndpointAuthMethod": "client_secret_basic"},
            {"tokenEndpointAuthMethod": "client_secret_post"},
            OIDC,
        ),
        "authorizedApis": ([{"apiId": KNOWN, "scopes": ["k:a"]}], [{"apiId": KNOWN, "scopes": ["k:b"]}], 1),
        "secretRotation": ("1", "2", 2),
        "adopt": (False, True, 0),
    },
    "ApplicationClient": {
        "applicationName": ("a", "b", 2),
        "description": ("a", "", 2),
        "attributes": ({"Team": "a"}, {"Team": "b"}, 2),
        "groups": (["a"], ["a", "b"], 2),
        "throttlingPolicy": ("Unlimited", "10PerMin", 2),
        "clientId": ("client-1", "client-2", 2),
        "clientSecret": ("hunter2", "hunter3", 0),
        "keyManager": ("Asgardeo", None, 0),
        "keyType": ("PRODUCTION", "SANDBOX", 2),
        "subscriptions": (
            [{"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}],
            [{"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Bronze"}, {"apiId": KNOWN}],
            2,
        ),
        "adopt": (False, True, 0),
    },
    "Role": {
        "name": ("a", "b", PATCH),
        "permissions": (["k:a"], ["k:b"], PATCH),
        "groups": (GROUPS[:2], GROUPS[1:], PATCH),
        "users": (USERS[:2], USERS[1:], PATCH),
        "adopt": (False, True, 0),
    },
}
#: Inputs whose change replaces; what that costs is what a deletion and a creation cost.
REPLACING = {
    "Api": {"identifier", "requiresAuthorization", "resourceType"},
    "Application": {"applicationType"},
    "ApplicationClient": {"applicationId"},
    "Role": {"applicationId"},
}
#: Inputs with a default that is managed: left out, they go back to it.
DEFAULTED = {"accessToken", "keyType", "throttlingPolicy"}
#: What some of them need besides.
BESIDE: dict[str, PropertyMap] = {
    "publicClient": {"grantTypes": ["password"]},
}
#: What the declaration's own rules, or the platform's, want with some of them.
WITH = {
    "cibaAuthenticationRequest": ("grantTypes",),
    "isFapiApplication": ("accessToken",),
    "fapiProfile": ("accessToken", "isFapiApplication"),
}
BASE: dict[str, PropertyMap] = {
    "Api": {"identifier": "urn:a", "name": "A"},
    "Application": {"name": "orders"},
    "ApplicationClient": {"applicationName": "orders", "clientId": "client-1"},
    "Role": {"name": "reader"},
}
#: What a change costs in each document: one request where a part of it can be sent, two where it goes whole.
BY_DOCUMENT = {APPLICATION: PATCH, OIDC_PART: OIDC}


def add_rows_of_declarations() -> None:
    """A row for each input that has none and lies in a document: its two values and what that document costs."""
    for field in FIELDS:
        model, name = field.path[0]
        table, key = COSTS.get(field.handler.name, {}), camel(name)
        cost = next((BY_DOCUMENT[mark] for mark in model.model_fields[name].metadata if mark in BY_DOCUMENT), None)
        if key not in table and cost is not None:
            first, second = field.pair()
            table[key] = (first[key], second[key], cost)
            BESIDE.setdefault(key, {name: first[name] for name in WITH.get(key, ())})


add_rows_of_declarations()
ALL = [(kind, key) for kind, table in COSTS.items() for key in table]


def base(kind: str, key: str) -> PropertyMap:
    """What a resource needs besides the input."""
    return BASE[kind] | BESIDE.get(key, {})


@pytest.fixture(autouse=True)
def what_is_referred_to(sandbox: Sandbox) -> None:
    """An API on each platform under a known id, groups and users, and a server whose applications groups may share."""
    scopes = [Scope(name=f"k:{name}", display_name=name) for name in "ab"]
    tenant = sandbox.store.asgardeo["sandbox"]
    tenant.apis[KNOWN] = ApiResource(id=KNOWN, number=1, name="known", identifier="urn:known", scopes=scopes)
    tenant.groups |= {id_: Group(id=id_, name=id_) for id_ in GROUPS}
    tenant.users |= {id_: User(id=id_, username=id_, password="hunter2") for id_ in USERS}  # noqa: S106  # nobody's
    published = PublishedApi(id=KNOWN, name="Known", version="1", context="/known/1")
    bijira = next(iter(sandbox.store.bijira.values()))
    bijira.apis[KNOWN], bijira.shares_groups = published, True


def test_no_input_is_left_out() -> None:
    """One whose document does not say what it costs needs a row."""
    for kind, table in COSTS.items():
        left = {*map(camel, resource_handlers()[kind].inputs.model_fields)} - set(table) - REPLACING[kind]
        assert left <= {"adopt"}, kind


@pytest.mark.parametrize(("kind", "key"), ALL, ids=[f"{kind}-{snake(key)}" for kind, key in ALL])
def test_a_change_costs_what_it_must(life: Callable[[str], Life], kind: str, key: str) -> None:
    """No more; leaving it out costs nothing; and each preview sends nothing, also while the value is unknown."""
    first, second, cost = COSTS[kind][key]
    one = life(kind)
    declared = base(kind, key) | {key: first}
    one.up(declared)
    settled(one, declared)
    wanted = base(kind, key) | ({} if second is None else {key: second})
    mark = one.sandbox.ledger.mark()
    assert one.preview({**wanted, key: UNKNOWN}) == "update"
    assert one.preview(wanted) == "update"
    assert one.sandbox.ledger.mark() == mark
    assert one.up(wanted) == "update"
    assert sum(one.requests.values()) == cost, one.sent
    settled(one, wanted)
    required = key in BASE[kind] or one.check(base(kind, key))[1]
    if not required and second is not None:
        one.up(base(kind, key))
        assert sum(one.requests.values()) == (cost if key in DEFAULTED else 0), one.sent
        settled(one, base(kind, key))


@pytest.mark.parametrize("kind", sorted(COSTS))
def test_many_changes_at_once_share_their_requests(life: Callable[[str], Life], kind: str) -> None:
    """Whatever lies in one document goes in one request."""
    apart = {"publicClient", "adopt", "keyManager", *WITH}
    tables = {key: values for key, values in COSTS[kind].items() if key not in apart}
    one = life(kind)
    one.up(BASE[kind] | {key: values[0] for key, values in tables.items()})
    wanted = BASE[kind] | {key: values[1] for key, values in tables.items()}
    one.up(wanted)
    assert sum(one.requests.values()) == {"Api": 5, "Application": 7, "ApplicationClient": 6, "Role": 1}[kind], one.sent
    settled(one, wanted)
