"""An organisation on an older server, and what any server does to documents that do not hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import load_scenario, seed_store

from tests.sandbox.conftest import code, made

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    from asgardeo_bijira_sandbox import Sandbox

CIBA = "urn:openid:params:grant-type:ciba"


def oidc(**settings: Any) -> dict[str, Any]:
    """An application with this OIDC part."""
    document = {"grantTypes": ["client_credentials"], **settings}
    return {"name": "orders", "inboundProtocolConfiguration": {"oidc": document}}


def read(asgardeo: httpx.Client, id: str) -> dict[str, Any]:
    """Its OIDC part."""
    found: dict[str, Any] = asgardeo.get(f"/applications/{id}/inbound-protocols/oidc").json()
    return found


def test_a_scenario_file_makes_a_server_older(tmp_path: Path) -> None:
    """In camelCase like the rest of it, and a word that means nothing is refused."""
    file = tmp_path / "scenario.yaml"
    file.write_text("asgardeo:\n- behaviour: {unknownMembers: [hybridFlow], dropsUnknownMembers: true}\n")
    behaviour = seed_store(load_scenario(file), "http://x").asgardeo["sandbox"].behaviour
    assert (behaviour.unknown_members, behaviour.drops_unknown_members) == (["hybridFlow"], True)
    file.write_text("asgardeo:\n- behaviour: {unknownMember: []}\n")
    with pytest.raises(Exception, match="unknownMember"):
        load_scenario(file)


def test_an_older_server_refuses_what_it_does_not_know(asgardeo: httpx.Client, sandbox: Sandbox) -> None:
    """As it refuses any member that it does not know, and never shows it."""
    sandbox.store.asgardeo["sandbox"].behaviour.unknown_members = ["hybridFlow"]
    sent = oidc(hybridFlow={"enable": False})
    assert code(asgardeo.post("/applications", json=sent)) == (400, "UE-10000")
    shown = read(asgardeo, made(asgardeo.post("/applications", json=oidc())))
    assert "hybridFlow" not in shown
    assert "pkce" in shown


def test_an_older_server_may_drop_what_it_does_not_know(asgardeo: httpx.Client, sandbox: Sandbox) -> None:
    """At any depth, without a word."""
    behaviour = sandbox.store.asgardeo["sandbox"].behaviour
    behaviour.unknown_members, behaviour.drops_unknown_members = ["gracefulRefreshTokenReuseLimit"], True
    sent = oidc(refreshToken={"gracefulRefreshTokenReuseLimit": 3, "expiryInSeconds": 77})
    shown = read(asgardeo, made(asgardeo.post("/applications", json=sent)))
    assert shown["refreshToken"]["expiryInSeconds"] == 77
    assert "gracefulRefreshTokenReuseLimit" not in shown["refreshToken"]


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"clientAuthentication": {"tokenEndpointAuthMethod": "private_key_jwt"}}, 400),
        (
            {
                "clientAuthentication": {
                    "tokenEndpointAuthMethod": "client_secret_post",
                    "tokenEndpointAllowReusePvtKeyJwt": False,
                }
            },
            400,
        ),
        ({"isFAPIApplication": True}, 400),
        ({"idToken": {"encryption": {"enabled": True}}}, 400),
        ({"grantTypes": [CIBA]}, 500),
        ({"grantTypes": [CIBA], "cibaAuthenticationRequest": {}}, 400),
        (
            {
                "grantTypes": [CIBA],
                "cibaAuthenticationRequest": {"authReqExpiryTime": 1, "allowFederatedUsers": True},
            },
            400,
        ),
        ({"subject": {"subjectType": "pairwise"}, "callbackURLs": ["regexp=(https://a.x|https://b.x)"]}, 400),
        ({"subject": {"subjectType": "pairwise"}, "callbackURLs": [r"regexp=(https://a\.x|https://a\.x/2)"]}, 500),
        (
            {
                "subject": {"subjectType": "pairwise", "sectorIdentifierUri": "http://a.x"},
                "callbackURLs": ["https://a.x"],
            },
            400,
        ),
    ],
)
def test_what_does_not_go_together_is_refused(asgardeo: httpx.Client, settings: dict[str, Any], status: int) -> None:
    """By the codes of the server, and where its code fails by that."""
    assert asgardeo.post("/applications", json=oidc(**settings)).status_code == status


def test_what_serves_nothing_is_dropped(asgardeo: httpx.Client) -> None:
    """Without a word: settings of what is switched off or not asked for."""
    id_ = made(
        asgardeo.post(
            "/applications",
            json=oidc(
                hybridFlow={"enable": False, "responseType": "code token"},
                idToken={"encryption": {"enabled": False, "algorithm": "RSA-OAEP", "method": "A128GCM"}},
                fapiProfile="FAPI2_SECURITY",
                cibaAuthenticationRequest={"authReqExpiryTime": 60},
                subject={"subjectType": "public", "sectorIdentifierUri": "https://a.x"},
            ),
        )
    )
    shown = read(asgardeo, id_)
    assert shown["hybridFlow"] == {"enable": False}
    assert shown["idToken"]["encryption"] == {"enabled": False, "algorithm": "", "method": ""}
    assert "fapiProfile" not in shown
    assert shown["cibaAuthenticationRequest"]["authReqExpiryTime"] == 0
    assert shown["subject"] == {"subjectType": "public", "sectorIdentifierUri": ""}
    assert "tokenEndpointAllowReusePvtKeyJwt" not in shown["clientAuthentication"]


def test_a_certificate_is_one_or_none(asgardeo: httpx.Client) -> None:
    """An empty one takes it away."""
    id_ = made(asgardeo.post("/applications", json=oidc()))

    def write(type_: str, value: str) -> int:
        certificate = {"certificate": {"type": type_, "value": value}}
        return asgardeo.patch(f"/applications/{id_}", json={"advancedConfigurations": certificate}).status_code

    assert write("PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----") == 400
    assert write("JWKS", "https://a.x/jwks") == 200
    assert asgardeo.get(f"/applications/{id_}").json()["advancedConfigurations"]["certificate"]["type"] == "JWKS"
    assert write("JWKS", "") == 200
    assert "certificate" not in asgardeo.get(f"/applications/{id_}").json()["advancedConfigurations"]
