"""Whatever a server answers, a client of Asgardeo's fails with one line or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.clients.asgardeo import (
    ApiChanges,
    ApiResources,
    ApiSettings,
    Applications,
    ApplicationSettings,
    AuthorizationChanges,
    AuthorizedApi,
    Groups,
    NewApplication,
    NewRole,
    OidcSettings,
    RoleOperation,
    Roles,
    ScopeDescription,
    Users,
)
from pulumi_asgardeo_bijira.resources.property_maps import properties_of
from pulumi_asgardeo_bijira.transport import NotAnApiAnswer, OutcomeUnknown, Problem

from tests.support.documents import SOME_ID
from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from collections.abc import Callable

Client = tuple[ApiResources, Applications, Roles, Users, Groups]
JSON = {"Content-Type": "application/json"}
API = {"id": SOME_ID, "name": "A", "identifier": "urn:a", "scopes": [{"id": "s", "name": "a/1"}]}
CLAIM = {"claim": {"uri": "urn:c"}}
APPLICATION = {
    "id": SOME_ID,
    "name": "A",
    "associatedRoles": {"allowedAudience": "APPLICATION"},
    "claimConfiguration": {
        "claimMappings": [{"applicationClaim": "a", "localClaim": {"uri": "urn:c"}}],
        "requestedClaims": [CLAIM],
        "subject": CLAIM,
    },
    "advancedConfigurations": {"saas": False},
}
OIDC = {
    "clientId": "client",
    "clientSecret": "secret",
    "callbackURLs": ["https://a.example.com"],
    "grantTypes": ["client_credentials"],
    "accessToken": {"type": "JWT", "accessTokenAttributes": ["email"]},
}
AUTHORIZED = [{"id": SOME_ID, "policyId": "RBAC", "authorizedScopes": [{"name": "a:1"}]}]
ROLE = {
    "id": SOME_ID,
    "displayName": "A",
    "audience": {"type": "application", "value": SOME_ID},
    "permissions": [{"value": "a:1", "display": "a:1"}],
    "users": [{"value": SOME_ID}],
    "meta": {"systemRole": False},
}
USER, GROUP = {"id": SOME_ID, "userName": "DEFAULT/A"}, {"id": SOME_ID, "displayName": "DEFAULT/A"}
NEW_API = ApiSettings(identifier="urn:a")
NEW_APPLICATION = NewApplication.model_validate({"name": "A", "template": "t", "oidc": OidcSettings()})
AUTHORIZATION = AuthorizedApi.model_validate({"apiId": SOME_ID, "scopes": []})
FEWER = AuthorizationChanges.model_validate({"addedScopes": ["a"], "removedScopes": []})

#: Each operation that reads, with what it is answered when all is well.
READS: dict[str, tuple[Any, Callable[[Client], object]]] = {
    "api": (API, lambda client: (lambda found: found and properties_of(found))(client[0].get(SOME_ID))),
    "apis named so": ({"apiResources": [API]}, lambda client: client[0].find("identifier", "urn:a")),
    "apis": ({"apiResources": [API], "links": []}, lambda client: list(client[0].all())),
    "application": (
        APPLICATION,
        lambda client: (lambda found: found and properties_of(found))(client[1].get(SOME_ID)),
    ),
    "application named so": ({"totalResults": 1, "applications": [APPLICATION]}, lambda client: client[1].find("A")),
    "applications": ({"totalResults": 1, "applications": [APPLICATION]}, lambda client: list(client[1].all())),
    "count": ({"totalResults": 1, "applications": []}, lambda client: client[1].count()),
    "oidc": (OIDC, lambda client: (lambda found: found and properties_of(found))(client[1].oidc(SOME_ID))),
    "authorized": (AUTHORIZED, lambda client: client[1].authorized_apis(SOME_ID)),
    "role": (ROLE, lambda client: (lambda found: found and properties_of(found))(client[2].get(SOME_ID))),
    "role named so": ({"totalResults": 1, "Resources": [ROLE]}, lambda client: client[2].find("A", SOME_ID)),
    "roles": ({"totalResults": 1, "Resources": [ROLE]}, lambda client: list(client[2].all())),
    "user named so": ({"totalResults": 1, "Resources": [USER]}, lambda client: client[3].named("A")),
    "group named so": ({"totalResults": 1, "Resources": [GROUP]}, lambda client: client[4].named("A")),
}
#: Each that writes, with the documented success.
WRITES: dict[str, tuple[httpx.Response, Callable[[Client], object]]] = {
    "create api": (httpx.Response(201, json=API), lambda client: client[0].create(NEW_API)),
    "change api": (
        httpx.Response(204),
        lambda client: client[0].change(SOME_ID, ApiChanges.model_validate({"name": "B"})),
    ),
    "describe scope": (
        httpx.Response(204),
        lambda client: client[0].redescribe_scope(SOME_ID, "a:1", ScopeDescription()),
    ),
    "remove scope": (httpx.Response(204), lambda client: client[0].remove_scope(SOME_ID, "a:1")),
    "delete api": (httpx.Response(204), lambda client: client[0].delete(SOME_ID)),
    "create": (
        httpx.Response(201, headers={"Location": f"https://api.example.com/t/o/api/server/v1/applications/{SOME_ID}"}),
        lambda client: client[1].create(NEW_APPLICATION),
    ),
    "change": (httpx.Response(200), lambda client: client[1].change(SOME_ID, ApplicationSettings(name="B"))),
    "delete": (httpx.Response(204), lambda client: client[1].delete(SOME_ID)),
    "write oidc": (
        httpx.Response(200),
        lambda client: client[1].replace_oidc(SOME_ID, OidcSettings.model_validate(OIDC)),
    ),
    "rotate": (httpx.Response(200, json=OIDC), lambda client: client[1].regenerate_secret(SOME_ID)),
    "authorize": (httpx.Response(200), lambda client: client[1].authorize(SOME_ID, AUTHORIZATION)),
    "scopes": (httpx.Response(200), lambda client: client[1].change_authorization(SOME_ID, SOME_ID, FEWER)),
    "revoke": (httpx.Response(204), lambda client: client[1].revoke(SOME_ID, SOME_ID)),
    "create role": (httpx.Response(201, json=ROLE), lambda client: client[2].create(NewRole(name="A"))),
    "change role": (
        httpx.Response(200, json=ROLE),
        lambda client: client[2].change(SOME_ID, [RoleOperation.rename("B")]),
    ),
    "delete role": (httpx.Response(204), lambda client: client[2].delete(SOME_ID)),
}
#: Writes that are answered by nothing, and might as well show what they wrote.
SHOWN = {"change": APPLICATION, "write oidc": OIDC, "authorize": AUTHORIZED[0], "scopes": AUTHORIZED[0]}
PAGE = httpx.Response(200, text="<html>Please sign in</html>", headers={"Content-Type": "text/html"})
NO_ANSWERS: dict[str, httpx.Response] = {
    "page": PAGE,
    "page that says it is JSON": httpx.Response(200, text="<html>Please sign in</html>", headers=JSON),
    "half": httpx.Response(200, content=b'{"id": "3c2b5a8e-', headers=JSON),
    "list of nothing": httpx.Response(200, json=[]),
    "list": httpx.Response(200, json=[1]),
    "null": httpx.Response(200, content=b"null", headers=JSON),
    "text": httpx.Response(200, json="done"),
    "object": httpx.Response(200, json={}),
    "said otherwise": httpx.Response(200, content=json.dumps(API).encode(), headers={"Content-Type": "text/plain"}),
}


def client(*answers: httpx.Response | int) -> Client:
    """All clients of a server that answers so."""
    connection = connect(Server(*answers), FakeClock())
    return (
        ApiResources(connection),
        Applications(connection),
        Roles(connection),
        Users(connection),
        Groups(connection),
    )


def answered(value: Any) -> httpx.Response:
    """A success with this body."""
    return httpx.Response(200, json=value)


@pytest.mark.parametrize("read", READS)
def test_what_is_documented_is_read(read: str) -> None:
    """Otherwise the rest of this file says nothing."""
    value, operation = READS[read]
    assert operation(client(answered(value)))


@pytest.mark.parametrize("write", WRITES)
def test_what_is_documented_counts_as_done(write: str) -> None:
    """The same for what writes."""
    answer, operation = WRITES[write]
    operation(client(answer))


@pytest.mark.parametrize("write", SHOWN)
def test_a_write_that_shows_what_it_wrote_counts_as_done(write: str) -> None:
    """A server may say more than is documented, as long as it is of the API's own shape."""
    WRITES[write][1](client(answered(SHOWN[write])))


@pytest.mark.parametrize("answer", [*NO_ANSWERS, "no content"])
@pytest.mark.parametrize("read", READS)
def test_what_is_not_documented_is_no_answer_to_a_read(read: str, answer: str) -> None:
    """Above all no empty list: a refresh would drop what is there."""
    if (read, answer) == ("authorized", "list of nothing"):
        assert READS[read][1](client(NO_ANSWERS[answer])) == []
        return
    given_ = NO_ANSWERS.get(answer) or httpx.Response(204)
    with pytest.raises(NotAnApiAnswer, match="Check baseUrl"):
        READS[read][1](client(given_))


@pytest.mark.parametrize("answer", NO_ANSWERS)
@pytest.mark.parametrize("write", WRITES)
def test_what_is_not_documented_is_a_lost_answer_to_a_write(write: str, answer: str) -> None:
    """A captive portal says 200 to everything, and whoever then goes on leaves everything behind."""
    with pytest.raises(OutcomeUnknown, match="may or may not have been carried out"):
        WRITES[write][1](client(NO_ANSWERS[answer]))


@pytest.mark.parametrize(
    "location",
    [
        f"https://a.example.com/applications/{SOME_ID}?x=1",
        f"https://a.example.com/applications/{SOME_ID}#x",
        f"https://a.example.com/applications/{SOME_ID}/../7",
        f"https://a.example.com/other/{SOME_ID}",
        "/a",
        "",
        "https://[::1",
        "/applications/%zz",
        b"/applications/\xff\xfe",
        None,
    ],
)
def test_a_location_that_leads_elsewhere_is_a_lost_answer(location: Any) -> None:
    """What is made is known by its id, and whatever is taken for it is changed and deleted later."""
    headers = {} if location is None else {"Location": location}
    with pytest.raises(OutcomeUnknown, match="Location"):
        client(httpx.Response(201, headers=headers))[1].create(NEW_APPLICATION)


@pytest.mark.parametrize("id", [5, "7", "", None, f"{SOME_ID}?x=1", f"{SOME_ID}\n", [SOME_ID]])
def test_an_id_that_is_none_is_not_used(id: Any) -> None:
    """One line instead of a request that leads elsewhere."""
    with pytest.raises(OutcomeUnknown, match="id is not as documented"):
        client(httpx.Response(201, json={**API, "id": id}))[0].create(NEW_API)
    with pytest.raises(NotAnApiAnswer, match="not as documented"):
        list(client(answered({"totalResults": 1, "applications": [{"id": id, "name": "A"}]}))[1].all())


@pytest.mark.parametrize("code", ["APP-60001", "APP-60006", "APP-60502", "API-RESOURCE-60002", "OAUTH-60002", ""])
def test_only_the_documented_refusal_of_that_endpoint_is_gone(code: str) -> None:
    """Another one's is an error, and so is what a gateway says of a path that it does not know."""
    refused = httpx.Response(404, json={"code": code, "message": "no Route matched with those values"})
    gone = {
        "api": ["API-RESOURCE-60002"],
        "application": ["APP-60006"],
        "oidc": ["APP-60006", "APP-60502", "OAUTH-60002"],
    }
    for read, codes in gone.items():
        if code in codes:
            assert READS[read][1](client(refused)) is None
        else:
            with pytest.raises(Problem, match="404"):
                READS[read][1](client(refused))
    if code:
        with pytest.raises(Problem, match="404"):
            READS["role"][1](client(refused))
    for write, codes in {"delete": ["APP-60006"], "delete api": ["API-RESOURCE-60002"]}.items():
        if code not in codes:
            with pytest.raises(Problem, match="404"):
                WRITES[write][1](client(refused))


@pytest.mark.parametrize(
    "schemas", [["urn:ietf:params:scim:api:messages:2.0:Error"], "[urn:ietf:params:scim:api:messages:2.0:Error]"]
)
def test_scims_own_404_is_gone(schemas: object) -> None:
    """It has no code; some builds write its list as a text."""
    refused = httpx.Response(404, json={"schemas": schemas, "detail": "Role id: x does not exist.", "status": "404"})
    assert READS["role"][1](client(refused)) is None
    WRITES["delete role"][1](client(refused))
    assert READS["user named so"][1](client(refused)) == []


def test_what_is_written_back_whole_keeps_what_nobody_knows_of_it() -> None:
    """At every depth, null too."""
    unknown = {
        **OIDC,
        "isFAPIApplication": False,
        "issuer": None,
        "hybridFlow": {"enable": False, "responseType": None},
    }
    unknown["accessToken"] = {"type": "JWT", "somethingNew": [1, {"a": None}]}
    found = client(answered(unknown))[1].oidc(SOME_ID)
    assert found
    assert found.whole() == unknown


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def mutated(value: Any, data: st.DataObject) -> Any:
    """The value with one thing in it replaced by anything, or left out."""
    if isinstance(value, dict | list) and value and data.draw(st.integers(0, 4)):
        keys = sorted(value) if isinstance(value, dict) else range(len(value))
        key = data.draw(st.sampled_from(list(keys)))
        if not data.draw(st.integers(0, 5)):
            return {name: one for name, one in value.items() if name != key} if isinstance(value, dict) else value[1:]
        changed = mutated(value[key], data)
        return {**value, key: changed} if isinstance(value, dict) else [changed, *value[1:]]
    return data.draw(anything)


@pytest.mark.parametrize("status", [200, 201, 404, 500])
@given(data=st.data())
def test_nothing_but_a_problem_comes_out_of_a_read(status: int, data: st.DataObject) -> None:
    """Whatever type stands where another is documented."""
    read = data.draw(st.sampled_from(sorted(READS)))
    value, operation = READS[read]
    try:
        operation(client(httpx.Response(status, json=mutated(value, data))))
    except Problem as problem:
        assert str(problem).isprintable()  # noqa: PT017  # there may be none


@pytest.mark.parametrize("status", [200, 201, 204, 302, 400, 404, 409, 503])
@given(data=st.data())
def test_nothing_but_a_problem_comes_out_of_a_write(status: int, data: st.DataObject) -> None:
    """The same for all that is answered to it, errors too."""
    _, operation = WRITES[data.draw(st.sampled_from(sorted(WRITES)))]
    error = {"code": "X", "description": "d", "errors": [{"message": "m"}], "traceId": "t"}
    body = mutated(data.draw(st.sampled_from([API, OIDC, error])), data)
    location = data.draw(st.sampled_from([b"", b"/a", b"//", b"http://[", b"\xff", b"https://x/applications/1"]))
    try:
        operation(client(httpx.Response(status, json=body, headers=[(b"Location", location)])))
    except Problem as problem:
        assert str(problem).isprintable()  # noqa: PT017  # there may be none
