"""Servers of before, which do not know all that can be declared: a line that names it, and never a silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.lifecycle.settled import settled
from tests.support.host import Life, PropertyMap, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

CIBA = {
    "grantTypes": ["urn:openid:params:grant-type:ciba"],
    "cibaAuthenticationRequest": {"authReqExpiryTime": 300},
}
FAPI = {"isFapiApplication": True, "accessToken": {"bindingType": "certificate"}}
#: What is declared, by the name that a line has for it; the member on the wire; and what else is declared with it.
NEWER: dict[str, tuple[str, PropertyMap]] = {
    "hybrid_flow": ("hybridFlow", {"hybridFlow": {"enable": True, "responseType": ["code token"]}}),
    "require_pushed_authorization_requests": (
        "pushAuthorizationRequest",
        {"requirePushedAuthorizationRequests": True},
    ),
    "request_object": ("requestObject", {"requestObject": {"requestObjectSigningAlg": "PS256"}}),
    "is_fapi_application": ("isFAPIApplication", FAPI),
    "fapi_profile": ("fapiProfile", {**FAPI, "fapiProfile": "FAPI2_SECURITY"}),
    "subject": ("subject", {"subject": {"subjectType": "pairwise"}}),
    "ciba_authentication_request": ("cibaAuthenticationRequest", CIBA),
    "refresh_token.graceful_refresh_token_reuse_limit": (
        "gracefulRefreshTokenReuseLimit",
        {"refreshToken": {"gracefulRefreshTokenReuseLimit": 2}},
    ),
}
EACH = pytest.mark.parametrize("name", NEWER)
DROPS = pytest.mark.parametrize("drops", [False, True], ids=["refuses", "drops"])
PAY = {"type": "pay", "name": "Payment", "description": "d", "jsonSchema": '{"type": "object"}'}
API: PropertyMap = {"identifier": "urn:orders", "name": "Orders"}


@pytest.fixture
def older(sandbox: Sandbox) -> Callable[..., None]:
    """Has the organisation's server know no such members."""

    def without(*members: str, drops: bool) -> None:
        behaviour = sandbox.store.asgardeo["sandbox"].behaviour
        behaviour.unknown_members, behaviour.drops_unknown_members = list(members), drops

    return without


@pytest.mark.parametrize(
    ("name", "drops"),
    [(name, drops) for name in NEWER for drops in (False, True) if not drops or name != "ciba_authentication_request"],
)
def test_a_creation_names_what_the_server_does_not_know(
    life: Callable[[str], Life], older: Callable[..., None], sandbox: Sandbox, name: str, drops: bool
) -> None:
    """And nothing is left of it. Without the settings of CIBA its grant is refused by itself."""
    member, inputs = NEWER[name]
    older(member, drops=drops)
    with pytest.raises(Refused, match=f"the application orders cannot have .*{name}.* it may be older"):
        life("Application").up({"name": "orders", **inputs})
    assert sandbox.store.asgardeo["sandbox"].applications == {}


@DROPS
@EACH
def test_a_change_names_what_the_server_does_not_know(
    life: Callable[[str], Life], older: Callable[..., None], name: str, drops: bool
) -> None:
    """Before anything is written, where what is read shows it; and no refresh shows a difference that comes back."""
    member, inputs = NEWER[name]
    older(member, drops=drops)
    application = life("Application")
    base: PropertyMap = {
        "name": "orders",
        **{key: inputs[key] for key in ("accessToken", "isFapiApplication") if key in inputs},
    }
    if member == "isFAPIApplication":
        del base["isFapiApplication"]
    application.up(base)
    with pytest.raises(Refused, match=f"the application orders cannot have .*{name}.* it may be older"):
        application.up({"name": "orders", **inputs})
    application.refresh()
    settled(application, base)


@DROPS
@pytest.mark.parametrize(
    ("member", "inputs", "name"),
    [
        ("authorizationDetailsTypes", {"authorizationDetailsTypes": [PAY]}, "authorization_details_types"),
        ("resourceType", {"resourceType": "MCP"}, "resource_type"),
    ],
)
def test_an_api_names_what_the_server_does_not_know(
    life: Callable[[str], Life],
    older: Callable[..., None],
    sandbox: Sandbox,
    member: str,
    inputs: PropertyMap,
    name: str,
    drops: bool,
) -> None:
    """And nothing is left of it."""
    older(member, drops=drops)
    with pytest.raises(Refused, match=f"the API urn:orders cannot have .*{name}.* it may be older"):
        life("Api").up({**API, **inputs})
    assert sandbox.store.asgardeo["sandbox"].apis == {}


@DROPS
def test_a_change_of_an_api_names_what_the_server_does_not_know(
    life: Callable[[str], Life], older: Callable[..., None], drops: bool
) -> None:
    """What becomes managed is read first, and is not shown."""
    older("authorizationDetailsTypes", drops=drops)
    api = life("Api")
    api.up(API)
    with pytest.raises(Refused, match="cannot have authorization_details_types"):
        api.up({**API, "authorizationDetailsTypes": [PAY]})
    assert api.sent == ["GET /api-resources/{id}"]
    settled(api, API)


def test_what_is_not_declared_is_never_sent_to_an_older_server(
    life: Callable[[str], Life], older: Callable[..., None]
) -> None:
    """A program that does without works as before."""
    newer: list[Any] = [member for member, _ in NEWER.values()]
    older(*newer, "authorizationDetailsTypes", "authorizedAuthorizationDetailsTypes", "resourceType", drops=False)
    api, application = life("Api"), life("Application")
    api.up({**API, "scopes": [{"name": "a"}]})
    inputs = {"name": "orders", "authorizedApis": [{"apiId": api.id, "scopes": ["a"]}]}
    application.up(inputs)
    settled(application, inputs)
    application.up({**inputs, "refreshToken": {"expiryInSeconds": 77}, "authorizedApis": []})
    api.up({**API, "scopes": [{"name": "a"}, {"name": "b"}], "description": "x"})


def test_authorized_types_that_are_refused_are_named(life: Callable[[str], Life], older: Callable[..., None]) -> None:
    """The application is taken back."""
    api = life("Api")
    api.up(API)
    older("authorizationDetailsTypes", drops=False)
    authorized = {"apiId": api.id, "authorizationDetailsTypes": ["pay"]}
    with pytest.raises(Refused, match="cannot have authorization_details_types"):
        life("Application").up({"name": "orders", "authorizedApis": [authorized]})


def test_authorized_types_that_are_not_shown_are_no_difference(
    life: Callable[[str], Life], older: Callable[..., None]
) -> None:
    """A line says so at each refresh, and there is nothing to do again and again."""
    api, application = life("Api"), life("Application")
    api.up({**API, "authorizationDetailsTypes": [PAY]})
    older("authorizedAuthorizationDetailsTypes", drops=True)
    inputs = {"name": "orders", "authorizedApis": [{"apiId": api.id, "authorizationDetailsTypes": ["pay"]}]}
    application.up(inputs)
    settled(application, inputs)
    assert "does not show authorization_details_types" in application.host.close()
