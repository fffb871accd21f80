"""How a client proves who it is: what it sends, anew each time, and what is said of a key that is none."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import httpx
import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, RSAKey
from pulumi_asgardeo_bijira.transport import (
    ClientSecret,
    ConfigurationProblem,
    FetchedToken,
    ProvidedAssertion,
    PublicClient,
    Redactor,
    SignedAssertion,
    TokenRefused,
    redactor_with,
)

from tests.support.keys import certified_key, elliptic_key
from tests.transport.fakes import FakeClock, Server, connect

if TYPE_CHECKING:
    from pulumi_asgardeo_bijira.transport import ClientAuthentication

ENDPOINT = "https://platform.example.com/api"
KEY, CERTIFICATE = certified_key()


@pytest.fixture
def clock() -> FakeClock:
    """Time."""
    return FakeClock()


def signing(key: str = KEY, **details: Any) -> SignedAssertion:
    """A client with this key."""
    return SignedAssertion("client", lambda: key, source="asgardeo:privateKey", audience=ENDPOINT, **details)


def form_of(request: httpx.Request) -> dict[str, str]:
    """The form of a request."""
    return dict(parse_qsl(request.content.decode()))


def fetch(client: ClientAuthentication, clock: FakeClock, *answers: httpx.Response | int) -> list[httpx.Request]:
    """Sign in; the requests that it took."""
    issued = httpx.Response(200, json={"access_token": "issued"})
    endpoint = Server(*(answers or (issued,)))
    FetchedToken(connect(endpoint, clock), client, scopes=("a",), clock=clock).token()
    return endpoint.requests


def test_a_signed_assertion_says_what_the_standard_asks_for(clock: FakeClock) -> None:
    """Issuer and subject are the client, the audience is the token endpoint, and it ends soon."""
    (request,) = fetch(signing(key_id="k1"), clock)
    form = form_of(request)
    assertion = form.pop("client_assertion")
    assert form == {
        "grant_type": "client_credentials",
        "scope": "a",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    }
    assert "Authorization" not in request.headers
    assert jws.extract_compact(assertion.encode()).headers() == {"alg": "RS256", "typ": "JWT", "kid": "k1"}
    claims = jwt.decode(assertion, RSAKey.import_key(CERTIFICATE)).claims
    assert (claims["iss"], claims["sub"], claims["aud"]) == ("client", "client", ENDPOINT)
    assert len(claims["jti"]) == 36
    assert abs(claims["exp"] - time.time() - 600) < 10


@pytest.mark.parametrize(
    ("key", "algorithm", "used"),
    [
        (KEY, None, "RS256"),
        (KEY, "PS256", "PS256"),
        (KEY, "RS512", "RS512"),
        (elliptic_key(), None, "ES256"),
    ],
)
def test_the_algorithm_is_the_keys_own_or_the_one_that_is_set(key: str, algorithm: str | None, used: str) -> None:
    """An application may be registered for one alone."""
    text = signing(key, algorithm=algorithm).form()["client_assertion"]
    public = (RSAKey if used[0] in "RP" else ECKey).import_key(key)
    assert jwt.decode(text, public, algorithms=[used]).header["alg"] == used


@pytest.mark.parametrize("trouble", [429, 503, httpx.ReadError("reset")])
def test_each_repetition_gets_an_assertion_of_its_own(trouble: Any, clock: FakeClock) -> None:
    """The first may have been taken although its answer was lost, and is good for one use."""
    requests = fetch(signing(), clock, trouble, trouble, httpx.Response(200, json={"access_token": "issued"}))
    assertions = [form_of(request)["client_assertion"] for request in requests]
    assert len(set(assertions)) == len(assertions) == 3
    assert all(form_of(request)["scope"] == "a" for request in requests)
    assert all(int(request.headers["Content-Length"]) == len(request.content) for request in requests)


def test_a_brought_assertion_is_read_for_each_request(clock: FakeClock) -> None:
    """Whoever signs it may have written a new one."""
    written = iter(["first", "second"])
    client = ProvidedAssertion("client", lambda: next(written))
    requests = fetch(client, clock, 503, httpx.Response(200, json={"access_token": "issued"}))
    assert [form_of(request)["client_assertion"] for request in requests] == ["first", "second"]


def test_a_public_client_says_its_id_alone(clock: FakeClock) -> None:
    """It has nothing else."""
    (request,) = fetch(PublicClient("client"), clock)
    assert form_of(request)["client_id"] == "client"
    assert "Authorization" not in request.headers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no key",
        CERTIFICATE,
        RSAKey.import_key(KEY).as_pem(private=False).decode(),
        RSAKey.import_key(KEY).as_pem(private=True, password="secret").decode(),  # noqa: S106  # made up
        KEY.replace("A", "!"),
    ],
)
def test_a_key_that_is_none_is_one_line_that_names_its_setting(text: str, clock: FakeClock) -> None:
    """And is said before anything is sent."""
    endpoint = Server(200)
    with pytest.raises(ConfigurationProblem) as caught:
        FetchedToken(connect(endpoint, clock), signing(text), scopes=(), clock=clock).token()
    assert str(caught.value).startswith("asgardeo:privateKey is not the PEM text of a private RSA or EC key")
    assert not endpoint.requests


@pytest.mark.parametrize(
    ("key", "algorithm", "possible"),
    [
        (KEY, "ES256", "RS256, RS384, RS512, PS256, PS384, PS512"),
        (elliptic_key(), "RS256", "ES256"),
        (KEY, "HS256", "RS"),
    ],
)
def test_an_algorithm_that_the_key_cannot_is_told_with_those_it_can(key: str, algorithm: str, possible: str) -> None:
    """Not left to the server, which says invalid_client."""
    with pytest.raises(ConfigurationProblem, match=f"cannot sign with {algorithm}.*one of {possible}"):
        signing(key, algorithm=algorithm).form()


def test_without_the_package_that_signs_the_line_says_how_to_install_it() -> None:
    """It is an extra: a client secret needs none of it."""
    program = (
        "import sys; sys.modules['joserfc'] = None\n"
        "from pulumi_asgardeo_bijira.transport import SignedAssertion\n"
        "SignedAssertion('c', lambda: 'k', source='asgardeo:privateKey', audience='https://x').form()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    last = done.stderr.strip().splitlines()[-1]
    assert "asgardeo:privateKey needs the package joserfc" in last
    assert "pip install joserfc" in last


def test_nothing_of_a_key_or_an_assertion_shows(clock: FakeClock) -> None:
    """Neither in a repr nor in what the server sends back, be it a line of the key alone."""
    redactor = Redactor()

    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, json={"error": "invalid_request", "error_description": request.content.decode()})

    sent = Server(each=echo)
    with pytest.raises(TokenRefused) as caught:
        FetchedToken(connect(sent, clock, redactor=redactor), signing(), scopes=(), clock=clock).token()
    assert form_of(sent.requests[0])["client_assertion"] not in str(caught.value)
    lines = KEY.splitlines()[1:-1]
    assert not [line for line in lines if line in redactor_with()(f"said {lines[0]} and {KEY} and {lines[-1]}")]
    for client in (signing(), ProvidedAssertion("client", lambda: "brought"), ClientSecret("client", "hunter2")):
        assert not [secret for secret in (*lines, "brought", "hunter2") if secret in repr(client)]
