"""Each way of signing in, over real HTTP against platforms that verify it, and the line about each refusal."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
from asgardeo_bijira_sandbox import Fault
from pulumi_asgardeo_bijira.invocation import fetch_token
from pulumi_asgardeo_bijira.resources import Platforms
from pulumi_asgardeo_bijira.settings import Settings
from pulumi_asgardeo_bijira.transport import ApiProblem, TokenRefused

from tests.sandbox.conftest import token
from tests.support.addresses import MANAGEMENT, addresses, asgardeo_endpoint, register
from tests.support.keys import assertion, certified_key, elliptic_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox

KEY = certified_key()[0]
SECRET = "sandbox-secret"  # noqa: S105  # the sandbox's well-known one
#: Platforms live as long as the process, as in a provider's.
KEPT: list[Platforms] = []
CONSOLE = "in the console: Applications, the application, Protocol"


@dataclass
class Pipeline:
    """What a pipeline has: the platforms by their addresses, as real ones are reached, variables and files."""

    sandbox: Sandbox
    folder: Path

    @property
    def endpoint(self) -> str:
        """Asgardeo's token endpoint."""
        return asgardeo_endpoint(self.sandbox)

    def subject(self) -> str:
        """A token of Asgardeo's, to be exchanged; a secret is still taken when it is asked for."""
        return token(self.endpoint, "SYSTEM")

    def file(self, content: str) -> str:
        """A file with this in it."""
        path = self.folder / "credential"
        path.write_text(content)
        return str(path)

    def platforms(self, **variables: str) -> Platforms:
        """Platforms with these settings besides the addresses."""
        KEPT.append(Platforms(Settings({}, {**addresses(self.sandbox), **variables})))
        return KEPT[-1]


@pytest.fixture
def pipeline(sandbox: Sandbox, tmp_path: Path) -> Pipeline:
    """A pipeline that signs in to the sandbox."""
    return Pipeline(sandbox, tmp_path)


def test_asgardeo_opens_to_a_secret_and_to_a_given_token(pipeline: Pipeline) -> None:
    """With every scope that the resources need."""
    by_secret = pipeline.platforms(ASGARDEO_CLIENT_SECRET=SECRET).asgardeo
    assert by_secret.applications.count() > 0
    mark = pipeline.sandbox.ledger.mark()
    given = pipeline.platforms(ASGARDEO_ACCESS_TOKEN=f" {by_secret.tokens.token()}\n").asgardeo
    assert given.applications.count() > 0
    assert not [exchange for exchange in pipeline.sandbox.ledger.since(mark) if exchange.platform == "token"]


@pytest.mark.parametrize("algorithm", ["", "PS256"])
def test_asgardeo_opens_to_a_private_key(pipeline: Pipeline, algorithm: str) -> None:
    """As text or from a file; no secret is sent at all."""
    register(pipeline.sandbox)
    text = pipeline.platforms(ASGARDEO_PRIVATE_KEY=KEY.replace("\n", "\\n"), ASGARDEO_SIGNING_ALGORITHM=algorithm)
    assert text.asgardeo.applications.count() > 0
    file = pipeline.platforms(ASGARDEO_PRIVATE_KEY_FILE=pipeline.file(KEY), ASGARDEO_KEY_ID="k1")
    assert file.asgardeo.applications.count() > 0


def test_asgardeo_opens_to_a_key_that_is_published(pipeline: Pipeline) -> None:
    """By the id that it has in the key set."""
    key = pipeline.sandbox.store.signing_key("asgardeo/second")
    register(pipeline.sandbox, {"type": "JWKS", "value": f"{pipeline.sandbox.url}/t/second/oauth2/jwks"})
    kid = str(key.jwks()["keys"][0]["kid"])
    platforms = pipeline.platforms(ASGARDEO_PRIVATE_KEY=key.pem, ASGARDEO_KEY_ID=kid)
    assert platforms.asgardeo.applications.count() > 0


def test_a_repeated_sign_in_is_no_replay(pipeline: Pipeline, fault: Callable[[Fault], None]) -> None:
    """The first assertion was taken and its answer lost."""
    register(pipeline.sandbox)
    fault(Fault(kind="lose", match="POST .*/oauth2/token"))
    assert pipeline.platforms(ASGARDEO_PRIVATE_KEY=KEY).asgardeo.applications.count() > 0


def test_a_client_assertion_of_the_pipelines_is_read_at_each_sign_in(pipeline: Pipeline) -> None:
    """The one that was used is good no more; the file has a new one by then."""
    register(pipeline.sandbox)
    path = pipeline.file(assertion(MANAGEMENT, pipeline.endpoint))
    asgardeo = pipeline.platforms(ASGARDEO_CLIENT_ASSERTION_FILE=path).asgardeo
    first = asgardeo.tokens.token()
    with pytest.raises(TokenRefused, match=r"has been replayed\. Have a new assertion written to the file for each"):
        asgardeo.tokens.renewed(first)
    pipeline.file(assertion(MANAGEMENT, pipeline.endpoint))
    assert asgardeo.tokens.renewed(first) != first


def test_bijira_opens_to_each_way(pipeline: Pipeline) -> None:
    """A secret, a user, a token that is given or exchanged, with a secret or as a public client."""
    subject = pipeline.subject()
    ways: list[dict[str, str]] = [
        {"BIJIRA_CLIENT_SECRET": SECRET},
        {"BIJIRA_CLIENT_SECRET": SECRET, "BIJIRA_USERNAME": "ada", "BIJIRA_PASSWORD": "secret"},
        {"BIJIRA_CLIENT_SECRET": SECRET, "BIJIRA_SUBJECT_TOKEN": subject},
        {"BIJIRA_CLIENT_ID": "sandbox-public", "BIJIRA_SUBJECT_TOKEN": subject, "BIJIRA_ORG_HANDLE": "sandbox"},
        {"BIJIRA_CLIENT_ID": "sandbox-public", "BIJIRA_SUBJECT_TOKEN_FILE": pipeline.file(subject)},
        {"BIJIRA_ACCESS_TOKEN": token(f"{pipeline.sandbox.url}/oauth2/token", "apim:subscribe")},
    ]
    for way in ways:
        assert [manager.name for manager in pipeline.platforms(**way).bijira.key_managers()][-1] == "Asgardeo", way


def test_an_exchange_is_sent_as_the_platforms_own_portal_sends_it(pipeline: Pipeline) -> None:
    """With a Referer that is there and empty, the types of both tokens, and nobody's secret."""
    taken: list[tuple[str | None, str]] = []

    class TokenService(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            taken.append((self.headers["Referer"], body))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"access_token": "issued"}')

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), TokenService) as service:
        thread = threading.Thread(target=service.handle_request)
        thread.start()
        address = f"http://127.0.0.1:{service.server_port}/oauth2/token"
        way = {"BIJIRA_CLIENT_ID": "sandbox-public", "BIJIRA_SUBJECT_TOKEN": "subject", "BIJIRA_ORG_HANDLE": "acme"}
        assert pipeline.platforms(**way, BIJIRA_TOKEN_URL=address).bijira.tokens.token() == "issued"
        thread.join()
    ((referer, form),) = taken
    jwt = "urn:ietf:params:oauth:token-type:jwt"
    assert referer == ""
    assert dict(parse_qsl(form)) == {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "client_id": "sandbox-public",
        "subject_token": "subject",
        "subject_token_type": jwt,
        "requested_token_type": jwt,
        "scope": "apim:subscribe apim:app_manage apim:sub_manage",
        "orgHandle": "acme",
    }


def test_a_subject_token_that_ended_is_read_anew(pipeline: Pipeline) -> None:
    """The pipeline's is short-lived, and a long run outlives it."""
    bijira = pipeline.platforms(
        BIJIRA_CLIENT_ID="sandbox-public", BIJIRA_SUBJECT_TOKEN_FILE=pipeline.file(pipeline.subject())
    ).bijira
    first = bijira.tokens.token()
    pipeline.sandbox.store.asgardeo["sandbox"].end_tokens(MANAGEMENT)
    with pytest.raises(TokenRefused, match=r"The token in bijira:subjectTokenFile has ended, or .*Get a new one"):
        bijira.tokens.renewed(first)
    pipeline.file(pipeline.subject())
    assert bijira.tokens.renewed(first) != first


def oauth(error: str, status: int = 400) -> Fault:
    """A refusal by the token endpoint, with the secret of the request in its text."""
    body = {"error": error, "error_description": f"no: {SECRET}"}
    return Fault(kind="fail", match="POST .*/oauth2/token", status=status, body=body)


BY_SECRET = {"ASGARDEO_CLIENT_SECRET": SECRET, "BIJIRA_CLIENT_SECRET": SECRET}
BY_KEY = {"ASGARDEO_PRIVATE_KEY": KEY}
BY_USER = {**BY_SECRET, "BIJIRA_USERNAME": "ada", "BIJIRA_PASSWORD": "password"}
BY_EXCHANGE = {"BIJIRA_SUBJECT_TOKEN": "subject"}
REFUSALS = [
    ("asgardeo", BY_SECRET, oauth("invalid_client", 401), f"like a wrong one. The current one is {CONSOLE}"),
    ("asgardeo", BY_SECRET, oauth("", 401), "Check asgardeo:clientId, asgardeo:clientSecret and asgardeo:organization"),
    ("asgardeo", BY_KEY, oauth("invalid_client", 401), f"the certificate or JWKS of the key, are set {CONSOLE}"),
    (
        "asgardeo",
        BY_KEY,
        oauth("invalid_request"),
        "check asgardeo:clientId, asgardeo:baseUrl and this machine's clock",
    ),
    (
        "asgardeo",
        BY_SECRET,
        oauth("unauthorized_client"),
        f"Allow the grant Client Credentials {CONSOLE}, Allowed grant",
    ),
    ("asgardeo", BY_SECRET, oauth("unsupported_grant_type"), "has no client credentials grant"),
    ("asgardeo", BY_SECRET, oauth("invalid_scope"), "Authorise the scopes that asgardeo-bijira doctor lists"),
    ("asgardeo", BY_SECRET, oauth("invalid_request"), "Check asgardeo:baseUrl and asgardeo:organization"),
    ("asgardeo", BY_SECRET, oauth("x", 403), "Check asgardeo:baseUrl and asgardeo:organization"),
    (
        "bijira",
        BY_SECRET,
        oauth("invalid_client", 401),
        "Check bijira:clientId, bijira:clientSecret and bijira:tokenUrl",
    ),
    ("bijira", BY_EXCHANGE, oauth("invalid_client", 401), "not registered as a public one needs bijira:clientSecret"),
    ("bijira", BY_SECRET, oauth("unauthorized_client"), "Allow the grant client_credentials for this client, or"),
    ("bijira", BY_EXCHANGE, oauth("unauthorized_client"), "Allow the grant token_exchange for this client, or choose"),
    (
        "bijira",
        BY_USER,
        oauth("unsupported_grant_type"),
        "does not offer the grant password: check bijira:tokenUrl and",
    ),
    ("bijira", BY_USER, oauth("invalid_grant"), "Check bijira:username and bijira:password"),
    (
        "bijira",
        BY_EXCHANGE,
        oauth("invalid_grant"),
        "The token in bijira:subjectToken has ended, or the token endpoint",
    ),
    ("bijira", BY_EXCHANGE, oauth("invalid_request"), "Check bijira:subjectToken, bijira:subjectTokenType, bijira:req"),
    ("bijira", BY_SECRET, oauth("invalid_request"), "Check bijira:orgHandle and bijira:extraTokenParams"),
    ("bijira", BY_SECRET, oauth("invalid_scope"), "Remove from bijira:scopes what this client may not ask for"),
    ("bijira", BY_SECRET, oauth("x", 403), "Check bijira:tokenUrl"),
]


@pytest.mark.parametrize(("platform", "variables", "refusal", "line"), REFUSALS)
def test_each_refusal_says_what_to_do(
    pipeline: Pipeline,
    fault: Callable[[Fault], None],
    platform: str,
    variables: dict[str, str],
    refusal: Fault,
    line: str,
) -> None:
    """In one line that names the client and where it asked, and no secret."""
    fault(refusal)
    found: Any = getattr(pipeline.platforms(**variables), platform)
    with pytest.raises(TokenRefused) as caught:
        found.tokens.token()
    text = str(caught.value)
    address = pipeline.endpoint if platform == "asgardeo" else f"{pipeline.sandbox.url}/oauth2/token"
    assert f"fetch a token for the client {MANAGEMENT} at {address}: {refusal.status} " in text
    assert line in text
    assert "Correct the value" not in text
    assert text.count("heck ") <= 2
    assert "\n" not in text
    assert SECRET not in text


@pytest.mark.parametrize(
    ("refusal", "line"),
    [
        (oauth("invalid_client", 401), "Check the client id and the client secret"),
        (oauth("", 401), "Check the client id and the client secret"),
        (oauth("unauthorized_client"), "with a user name, else client_credentials.: add it to grant_types"),
        (oauth("unsupported_grant_type"), "The token endpoint does not offer this grant: check its address"),
        (oauth("invalid_grant"), "Check user name and password"),
        (oauth("invalid_scope"), "each must be one that the application is authorized for"),
        (oauth("invalid_request"), "Check the address of the token endpoint"),
        (oauth("x", 501), "Run it again; if it stays, ask the platform's support"),
    ],
)
def test_a_refused_token_of_the_last_step_says_what_to_do(
    pipeline: Pipeline, fault: Callable[[Fault], None], refusal: Fault, line: str
) -> None:
    """There the client is the user's own application."""
    fault(refusal)
    with pytest.raises(
        TokenRefused, match=f"for the client app at {pipeline.endpoint}: {refusal.status} .*{line}$"
    ) as caught:
        fetch_token(pipeline.endpoint, "app", SECRET)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("platform", ["asgardeo", "bijira"])
def test_a_token_endpoint_that_breaks_is_no_matter_of_the_settings(
    pipeline: Pipeline, fault: Callable[[Fault], None], platform: str
) -> None:
    """Then there is nothing to check."""
    fault(Fault(kind="fail", match="POST .*/oauth2/token", status=501, body={}))
    found: Any = getattr(pipeline.platforms(**BY_SECRET), platform)
    with pytest.raises(TokenRefused, match=r"501\. Run it again; if it stays, ask the platform's support$"):
        found.tokens.token()


def test_a_given_token_that_is_refused_says_to_bring_another(pipeline: Pipeline) -> None:
    """Both ways to set it; a check of the client would lead nowhere."""
    bijira, asgardeo = (
        pipeline.platforms(BIJIRA_ACCESS_TOKEN="ended-1", ASGARDEO_ACCESS_TOKEN="ended-2").bijira,  # noqa: S106
        pipeline.platforms(BIJIRA_ACCESS_TOKEN="ended-1", ASGARDEO_ACCESS_TOKEN="ended-2").asgardeo,  # noqa: S106
    )
    with pytest.raises(ApiProblem) as of_bijira:
        bijira.key_managers()
    with pytest.raises(ApiProblem) as of_asgardeo:
        asgardeo.applications.count()
    for caught, key, variable in (
        (of_bijira, "bijira:accessToken", "BIJIRA_ACCESS_TOKEN"),
        (of_asgardeo, "asgardeo:accessToken", "ASGARDEO_ACCESS_TOKEN"),
    ):
        text = str(caught.value)
        assert f"{key} has ended, " in text
        assert f"Get a new one: pulumi config set --secret {key} …, or {variable}=…" in text
        assert "ended-" not in text
        assert "clientSecret" not in text


def test_a_key_of_another_kind_than_the_certificates_is_refused(pipeline: Pipeline) -> None:
    """The line names the application's registration, for the server says no more than invalid_client."""
    register(pipeline.sandbox)
    with pytest.raises(TokenRefused, match=r"401 invalid_client.*Check .*that the key is the application's"):
        pipeline.platforms(ASGARDEO_PRIVATE_KEY=elliptic_key()).asgardeo.tokens.token()
