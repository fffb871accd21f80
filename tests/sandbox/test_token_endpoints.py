"""The token endpoints of both platforms as a foreign client meets them: assertions, exchanges, and what is refused."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.scenario import CertificateSeed, Scenario, TenantSeed
from asgardeo_bijira_sandbox.tokens import unverified
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.sandbox.conftest import made, token
from tests.support.keys import assertion, certified_key

if TYPE_CHECKING:
    from collections.abc import Callable

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
JWT = "urn:ietf:params:oauth:token-type:jwt"
MANAGEMENT = "sandbox-management"


def present(sandbox: Sandbox, text: str, **form: str) -> httpx.Response:
    """Sign in with an assertion."""
    fields = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION, "client_assertion": text, **form}
    return httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=fields)


def refused(answer: httpx.Response) -> tuple[int, str, str]:
    """How it was refused."""
    body = answer.json()
    return answer.status_code, body["error"], body["error_description"]


@pytest.fixture
def register(sandbox: Sandbox, asgardeo: httpx.Client, application: str) -> Callable[..., str]:
    """Has the application sign in by assertions, with this registered; gives its client id."""

    def change(certificate: dict[str, str] | None = None, **settings: Any) -> str:
        certificate = certificate or {"type": "PEM", "value": certified_key()[1]}
        path = f"/applications/{application}"
        patched = asgardeo.patch(path, json={"advancedConfigurations": {"certificate": certificate}})
        assert patched.status_code == 200
        document = asgardeo.get(f"{path}/inbound-protocols/oidc").json()
        document.pop("state")
        signing = {"tokenEndpointAuthMethod": "private_key_jwt", "tokenEndpointAllowReusePvtKeyJwt": False}
        document["clientAuthentication"] = (
            settings if "tokenEndpointAuthMethod" in settings else {**signing, **settings}
        )
        assert asgardeo.put(f"{path}/inbound-protocols/oidc", json=document).status_code == 200
        return str(document["clientId"])

    return change


@pytest.fixture
def endpoint(sandbox: Sandbox) -> str:
    """The organisation's token endpoint, which is its issuer too."""
    return f"{sandbox.url}/t/sandbox/oauth2/token"


def test_an_application_signs_in_with_the_key_of_its_certificate(
    sandbox: Sandbox, register: Callable[..., str], endpoint: str
) -> None:
    """And then no more with its secret."""
    client = register()
    answer = present(sandbox, assertion(client, endpoint))
    keys = KeySet.import_key_set(httpx.get(f"{sandbox.url}/t/sandbox/oauth2/jwks").json())
    assert jwt.decode(answer.json()["access_token"], keys).claims["client_id"] == client
    found = sandbox.store.asgardeo["sandbox"].client(client)
    assert found
    assert found.oidc
    by_secret = httpx.post(endpoint, data={"grant_type": "client_credentials"}, auth=(client, found.oidc.client_secret))
    assert refused(by_secret) == (401, "invalid_client", "Unsupported Client Authentication Method!")


def test_a_key_set_is_fetched_from_where_it_is_published(
    sandbox: Sandbox, register: Callable[..., str], endpoint: str
) -> None:
    """From this machine only: a sandbox asks nobody else."""
    key = sandbox.store.signing_key("asgardeo/second").pem
    kid = httpx.get(f"{sandbox.url}/t/second/oauth2/jwks").json()["keys"][0]["kid"]
    client = register({"type": "JWKS", "value": f"{sandbox.url}/t/second/oauth2/jwks"})
    signed = assertion(client, endpoint, key, header={"kid": kid})
    assert present(sandbox, signed).status_code == 200
    assert refused(present(sandbox, assertion(client, endpoint, header={"kid": kid})))[:2] == (401, "invalid_client")
    register({"type": "JWKS", "value": "https://keys.example.com/jwks"})
    assert refused(present(sandbox, assertion(client, endpoint, key)))[:2] == (401, "invalid_client")


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"iss": "somebody"}, (400, "invalid_request", "Invalid issuer 'somebody' is found in the JWT. ")),
        ({"sub": "somebody"}, (401, "invalid_client", "A valid OAuth client could not be found")),
        ({"aud": "https://elsewhere.example.com"}, (400, "invalid_request", "Failed to match audience values.")),
        ({"exp": 1}, (400, "invalid_request", "JWT Token is expired. Expired Time: 1")),
        ({"nbf": 9999999999}, (400, "invalid_request", "The token is used before the nbf claim value.")),
        ({"jti": None}, (400, "invalid_request", "Mandatory field :jti is missing in the JWT assertion.")),
        ({"exp": None}, (400, "invalid_request", "Mandatory field :exp is missing in the JWT assertion.")),
        ({"key": certified_key("other")[0]}, (401, "invalid_client", "Client credentials are invalid.")),
    ],
)
def test_an_assertion_that_is_wrong_in_one_point_is_refused(
    sandbox: Sandbox,
    register: Callable[..., str],
    endpoint: str,
    wrong: dict[str, Any],
    refusal: tuple[int, str, str],
) -> None:
    """The claims are told, the signature is not."""
    client = register()
    status, code, text = refused(present(sandbox, assertion(client, **{"audience": endpoint, **wrong})))
    assert (status, code) == refusal[:2]
    assert text.startswith(refusal[2])


def test_an_assertion_is_good_for_one_use_unless_the_application_says_otherwise(
    sandbox: Sandbox, register: Callable[..., str], endpoint: str
) -> None:
    """By its jti."""
    client = register()
    signed = assertion(client, endpoint, jti="once")
    assert present(sandbox, signed).status_code == 200
    assert refused(present(sandbox, signed)) == (400, "invalid_request", "JWT Token with jti: once has been replayed")
    register(tokenEndpointAllowReusePvtKeyJwt=True)
    assert present(sandbox, signed).status_code == 200


def test_the_algorithm_is_the_registered_one(sandbox: Sandbox, register: Callable[..., str], endpoint: str) -> None:
    """Where one is registered."""
    client = register(tokenEndpointAuthSigningAlg="PS256")
    assert refused(present(sandbox, assertion(client, endpoint)))[:2] == (401, "invalid_client")
    assert present(sandbox, assertion(client, endpoint, header={"alg": "PS256"})).status_code == 200


def test_one_way_to_authenticate_at_a_time(
    sandbox: Sandbox, register: Callable[..., str], endpoint: str, application: str
) -> None:
    """And an assertion of a client that signs in by its secret is no way at all."""
    client = register()
    both = present(sandbox, assertion(client, endpoint), client_secret="x")  # noqa: S106  # made up
    assert refused(both)[:2] == (400, "invalid_request")
    assert refused(present(sandbox, "no.token"))[:2] == (400, "invalid_request")
    register(tokenEndpointAuthMethod="client_secret_basic")
    by_assertion = present(sandbox, assertion(client, endpoint))
    assert refused(by_assertion) == (401, "invalid_client", "Unsupported Client Authentication Method!")
    assert refused(present(sandbox, assertion(MANAGEMENT, endpoint)))[:2] == (401, "invalid_client")


def test_a_scenario_gives_the_management_client_a_certificate() -> None:
    """Then its well-known secret is worth nothing."""
    certificate = CertificateSeed(value=certified_key()[1])
    with Sandbox(Scenario(asgardeo=[TenantSeed(management_certificate=certificate)])) as sandbox:
        endpoint = f"{sandbox.url}/t/sandbox/oauth2/token"
        answer = present(sandbox, assertion(MANAGEMENT, endpoint), scope="internal_api_resource_view")
        assert answer.json()["scope"] == "internal_api_resource_view"
        form = {"grant_type": "client_credentials"}
        by_secret = httpx.post(endpoint, data=form, auth=(MANAGEMENT, "sandbox-secret"))
        assert refused(by_secret)[:2] == (401, "invalid_client")
        assert "spent_assertions" not in str(sandbox.store.snapshot())


@pytest.fixture
def exchange(sandbox: Sandbox) -> Callable[..., httpx.Response]:
    """Exchanges a token of the sandbox's Asgardeo, as the console does, with some fields otherwise."""

    def ask(**changes: str) -> httpx.Response:
        form = {
            "grant_type": EXCHANGE,
            "client_id": "sandbox-public",
            "subject_token": token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM"),
            "subject_token_type": JWT,
            "requested_token_type": JWT,
            "scope": "apim:subscribe apim:nonsense",
            "orgHandle": "sandbox",
        }
        fields = {name: value for name, value in {**form, **changes}.items() if value}
        return httpx.post(f"{sandbox.url}/oauth2/token", data=fields, headers={"Referer": ""})

    return ask


def test_a_token_of_asgardeo_is_exchanged_for_one_of_bijira(
    sandbox: Sandbox, exchange: Callable[..., httpx.Response]
) -> None:
    """By a public client as by one with a secret, for the same subject, with the scopes that there are."""
    keys = KeySet.import_key_set(httpx.get(f"{sandbox.url}/oauth2/jwks").json())
    for form in ({}, {"client_id": MANAGEMENT, "client_secret": "sandbox-secret"}):
        answer = exchange(**form).json()
        assert (answer["scope"], answer["issued_token_type"]) == ("apim:subscribe", JWT)
        claims = jwt.decode(answer["access_token"], keys).claims
        assert (claims["sub"], claims["organization"]["handle"]) == (MANAGEMENT, "sandbox")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"subject_token": ""}, (400, "invalid_request")),
        ({"subject_token": "x"}, (400, "invalid_grant")),
        ({"subject_token_type": "urn:other"}, (400, "invalid_request")),
        ({"subject_token_type": ""}, (400, "invalid_request")),
        ({"requested_token_type": "urn:other"}, (400, "invalid_request")),
        ({"client_id": "somebody"}, (401, "invalid_client")),
        ({"client_id": MANAGEMENT}, (401, "invalid_client")),
        ({"client_id": MANAGEMENT, "client_secret": "expired"}, (401, "invalid_client")),
        ({"grant_type": "client_credentials"}, (400, "unauthorized_client")),
    ],
)
def test_a_bad_exchange_is_refused(
    exchange: Callable[..., httpx.Response], changes: dict[str, str], refusal: tuple[int, str]
) -> None:
    """With the code that the standard has for it."""
    assert refused(exchange(**changes))[:2] == refusal


def test_a_subject_token_must_be_one_that_asgardeo_gave_out(
    sandbox: Sandbox, exchange: Callable[..., httpx.Response], endpoint: str
) -> None:
    """Signed by it, not ended, not revoked, and of an organisation that there is."""
    forged = assertion(MANAGEMENT, "x", iss=endpoint)
    foreign = assertion(MANAGEMENT, "x", iss=f"{sandbox.url}/t/nowhere/oauth2/token")
    signer = sandbox.store.signing_key("asgardeo/sandbox")
    never_given = signer.issue({"iss": endpoint, "sub": MANAGEMENT, "exp": int(time.time()) + 60, "jti": "x"})
    given = token(endpoint, "SYSTEM")
    assert exchange(subject_token=given).status_code == 200
    credentials = {"client_id": MANAGEMENT, "client_secret": "sandbox-secret"}
    httpx.post(f"{sandbox.url}/t/sandbox/oauth2/revoke", data={"token": given, **credentials})
    for subject in (forged, foreign, never_given, given):
        assert refused(exchange(subject_token=subject))[:2] == (400, "invalid_grant")


def test_an_access_token_is_for_its_client_alone(sandbox: Sandbox, asgardeo: httpx.Client) -> None:
    """Further audiences are those of ID tokens."""
    oidc = {"grantTypes": ["password"], "accessToken": {"type": "JWT"}, "idToken": {"audience": ["extra"]}}
    id_ = made(asgardeo.post("/applications", json={"name": "p", "inboundProtocolConfiguration": {"oidc": oidc}}))
    client = asgardeo.get(f"/applications/{id_}/inbound-protocols/oidc").json()
    form = {"grant_type": "password", "username": "sandbox-user", "password": "sandbox-password", "scope": "openid"}
    auth = (client["clientId"], client["clientSecret"])
    answer = httpx.post(f"{sandbox.url}/t/sandbox/oauth2/token", data=form, auth=auth).json()
    audiences = [unverified(answer[one])[1]["aud"] for one in ("access_token", "id_token")]
    assert audiences == [client["clientId"], [client["clientId"], "extra"]]
