"""The code flow as a browser and a foreign client go through it, and what is refused on the way."""

from __future__ import annotations

import re
import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.scenario import (
    ApiSeed,
    ApplicationSeed,
    AuthorizedApiSeed,
    Scenario,
    ScopeSeed,
    TenantSeed,
    UserSeed,
)
from joserfc import jwt
from joserfc.jwk import KeySet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BACK = "https://app.example.com/back"
SECRET = "made-up"  # noqa: S105
VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
S256 = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """An API with two scopes, an application that may ask for one, another application, a user with and one without."""
    seed = TenantSeed(
        apis=[ApiSeed(identifier="urn:o", name="O", scopes=[ScopeSeed(name="o:r"), ScopeSeed(name="o:w")])],
        applications=[
            ApplicationSeed(
                name=name,
                client_id=name,
                client_secret=SECRET,
                grant_types=["authorization_code", "refresh_token"],
                callback_urls=[BACK],
                authorized_apis=[AuthorizedApiSeed(identifier="urn:o", scopes=["o:r"])],
            )
            for name in ("app", "other")
        ],
        users=[
            UserSeed(username="ann", password="ann-password", permissions=["o:r", "o:w"]),  # noqa: S106
            UserSeed(username="bob", password="bob-password"),  # noqa: S106
        ],
    )
    with Sandbox(Scenario(asgardeo=[seed])) as running:
        yield running


class Browser:
    """Somebody's browser, which shows where it is sent but to the server's own pages."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.base = f"{sandbox.url}/t/sandbox"
        self.http = httpx.Client(base_url=self.base)

    def ask(self, method: str = "GET", **changes: str) -> httpx.Response:
        """Send a client's request, with some parameters otherwise, or without them where they are empty."""
        asked = {"client_id": "app", "redirect_uri": BACK, "response_type": "code", "scope": "o:r o:w", "state": "s 1"}
        fields = {name: value for name, value in {**asked, **changes}.items() if value}
        if method == "POST":
            return self.http.post("/oauth2/authorize", data=fields)
        return self.http.get("/oauth2/authorize", params=fields)

    def push(self, **changes: str) -> httpx.Response:
        """Push a client's request beforehand."""
        asked = {
            "client_id": "app",
            "client_secret": SECRET,
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "o:r",
        }
        fields = {name: value for name, value in {**asked, **changes}.items() if value}
        return self.http.post("/oauth2/par", data=fields)

    def ask_pushed(self, request_uri: str, client_id: str = "app") -> httpx.Response:
        """Ask for what was pushed."""
        return self.http.get("/oauth2/authorize", params={"client_id": client_id, "request_uri": request_uri})

    def sign_in(
        self,
        page: httpx.Response,
        username: str = "ann",
        password: str = "ann-password",  # noqa: S107
        consent: str = "approve",
    ) -> httpx.Response:
        """Follow to the login page, fill in its form, and consent where that went well."""
        answer = self.fill_in(page, username=username, password=password)
        if "/oauth2/authorize" in answer.headers["Location"]:
            answer = self.http.get(answer.headers["Location"])
        return (
            self.fill_in(answer, consent=consent) if "sessionDataKeyConsent" in answer.headers["Location"] else answer
        )

    def fill_in(self, page: httpx.Response, **fields: str) -> httpx.Response:
        """Fill in the form of the page that one is sent to."""
        shown = self.http.get(page.headers["Location"]).text
        action = re.search(r'action="([^"]+)"', shown)
        hidden = re.search(r'name="(sessionDataKey\w*)"[^>]*value="([^"]+)"', shown)
        assert action, shown
        assert hidden, shown
        form = {**fields, hidden[1]: hidden[2]}
        answer = self.http.post(f"{self.base.removesuffix('/t/sandbox')}{action[1]}", data=form)
        assert answer.status_code == 302
        return answer

    def code(self, *user: str, **changes: str) -> str:
        """A code for somebody."""
        return query(self.sign_in(self.ask(**changes), *user))["code"]

    def exchange(self, code: str, **changes: str) -> httpx.Response:
        """Present a code at the token endpoint."""
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "client_id": "app",
            "client_secret": SECRET,
            **changes,
        }
        return self.http.post("/oauth2/token", data={name: value for name, value in fields.items() if value})

    def userinfo(self, token: str) -> httpx.Response:
        """Whose a token is."""
        return self.http.get("/oauth2/userinfo", headers={"Authorization": f"Bearer {token}"})


def query(answer: httpx.Response) -> dict[str, str]:
    """What a redirect passes on."""
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def refused(answer: httpx.Response) -> tuple[int, str, str]:
    """How the token endpoint refused."""
    body = answer.json()
    return answer.status_code, body["error"], body["error_description"]


@pytest.fixture
def browser(sandbox: Sandbox) -> Iterator[Browser]:
    """One."""
    found = Browser(sandbox)
    yield found
    found.http.close()


@pytest.fixture
def configure(asgardeo: httpx.Client, sandbox: Sandbox) -> Callable[..., None]:
    """Changes the settings of the application."""

    def change(**settings: Any) -> None:
        application = sandbox.store.asgardeo["sandbox"].client("app")
        assert application
        path = f"/applications/{application.id}/inbound-protocols/oidc"
        document = {**asgardeo.get(path).json(), **settings}
        document.pop("state")
        assert asgardeo.put(path, json=document).status_code == 200

    return change


def test_a_user_signs_in_and_the_client_gets_what_it_may_have(browser: Browser, sandbox: Sandbox) -> None:
    """Requested, authorized to the application and permitted to the user: all three."""
    asked = browser.ask(scope="openid o:r o:w", nonce="n-1")
    assert urlsplit(asked.headers["Location"]).path == "/t/sandbox/authenticationendpoint/login.do"
    back = browser.sign_in(asked)
    assert back.headers["Location"].startswith(f"{BACK}?")
    passed = query(back)
    assert passed["state"] == "s 1"
    assert passed["session_state"]
    token = browser.exchange(passed["code"]).json()
    assert token["scope"] == "o:r openid"
    keys = KeySet.import_key_set(httpx.get(f"{browser.base}/oauth2/jwks").json())
    claims = jwt.decode(token["access_token"], keys).claims
    (ann,) = (user.id for user in sandbox.store.asgardeo["sandbox"].users.values() if user.username == "ann")
    assert (claims["sub"], claims["aut"], claims["client_id"]) == (ann, "APPLICATION_USER", "app")
    assert jwt.decode(token["id_token"], keys).claims["nonce"] == "n-1"
    assert browser.userinfo(token["access_token"]).json() == {"sub": ann}


def test_who_has_no_role_gets_a_token_without_scope_and_no_error(browser: Browser) -> None:
    """As the server does it: nothing says so but the missing field."""
    token = browser.exchange(browser.code("bob", "bob-password")).json()
    assert "scope" not in token
    assert browser.userinfo(token["access_token"]).status_code == 403


def test_roles_are_asked_at_the_sign_in_and_not_again(browser: Browser, sandbox: Sandbox) -> None:
    """Neither when the code is used nor when the token is renewed."""
    code = browser.code()
    (ann,) = (user for user in sandbox.store.asgardeo["sandbox"].users.values() if user.username == "ann")
    ann.permissions = []
    token = browser.exchange(code).json()
    assert token["scope"] == "o:r"
    renewing = {"grant_type": "refresh_token", "refresh_token": token["refresh_token"]}
    assert browser.exchange("", **renewing).json()["scope"] == "o:r"
    assert "scope" not in browser.exchange(browser.code()).json()


@pytest.mark.parametrize("username", ["ann", "ann@sandbox", "DEFAULT/ann", "DEFAULT/ann@sandbox"])
def test_a_name_may_say_where_it_belongs(browser: Browser, username: str) -> None:
    """The organisation after it, the user store before it."""
    assert browser.code(username, "ann-password")


@pytest.mark.parametrize(
    "user", [("ann", "wrong"), ("nobody", "ann-password"), ("ann@elsewhere", "ann-password"), ("", "")]
)
def test_a_wrong_password_leads_back_to_the_form(browser: Browser, user: tuple[str, str]) -> None:
    """From which one can try again."""
    asked = browser.ask()
    again = browser.sign_in(asked, *user)
    assert query(again)["authFailureMsg"] == "login.fail.message"
    assert "Login failed!" in browser.http.get(again.headers["Location"]).text
    assert query(browser.sign_in(asked))["code"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": ""}, "invalid_request"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"redirect_uri": ""}, "invalid_request"),
        ({"redirect_uri": "https://evil.example.com/back"}, "invalid_callback"),
        ({"redirect_uri": f"{BACK}/more"}, "invalid_callback"),
        ({"redirect_uri": f"{BACK}?more"}, "invalid_callback"),
        ({"redirect_uri": "https://app.example.com@evil.example.com/back"}, "invalid_callback"),
    ],
)
def test_a_stranger_is_never_sent_anything(browser: Browser, changes: dict[str, str], code: str) -> None:
    """What is wrong with client and address is said on the server's own page."""
    answer = browser.ask(**changes)
    target = urlsplit(answer.headers["Location"])
    assert target.path == "/t/sandbox/authenticationendpoint/oauth2_error.do"
    assert query(answer)["oauthErrorCode"] == code
    assert browser.http.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"response_type": ""}, ("invalid_request", "Missing response_type parameter value")),
        ({"response_type": "token"}, ("invalid_request", "Invalid response_type parameter value")),
        ({"prompt": "none"}, ("login_required", "Request with 'prompt=none' but user session does not exist")),
        (
            {"code_challenge": CHALLENGE, "code_challenge_method": "S512"},
            ("invalid_request", "Unsupported PKCE Challenge Method"),
        ),
        ({"code_challenge": "short"}, ("invalid_request", "Code challenge used is not up to RFC 7636 specifications.")),
    ],
)
def test_other_mistakes_are_told_to_the_client(
    browser: Browser, changes: dict[str, str], refusal: tuple[str, str]
) -> None:
    """With the state that it gave."""
    answer = browser.ask(**changes)
    assert answer.headers["Location"].startswith(f"{BACK}?")
    passed = query(answer)
    assert (passed["error"], passed["error_description"], passed["state"]) == (*refusal, "s 1")


def test_a_client_without_the_grant_is_told_after_the_sign_in(browser: Browser, configure: Callable[..., None]) -> None:
    """Not before."""
    configure(grantTypes=["password"], callbackURLs=[BACK])
    assert query(browser.sign_in(browser.ask()))["error"] == "unauthorized_client"


def test_pkce_is_as_the_application_wants_it(browser: Browser, configure: Callable[..., None]) -> None:
    """Mandatory, and by plain text only where that is allowed."""
    configure(pkce={"mandatory": True, "supportPlainTransformAlgorithm": False})
    assert query(browser.ask())["error_description"].startswith("PKCE is mandatory for this application.")
    plain = query(browser.ask(code_challenge=VERIFIER))
    assert plain["error_description"] == 'This application does not support "plain" transformation algorithm.'
    assert browser.exchange(browser.code(**S256), code_verifier=VERIFIER).json()["scope"] == "o:r"
    configure(pkce={"mandatory": False, "supportPlainTransformAlgorithm": True})
    assert browser.exchange(browser.code(code_challenge=VERIFIER), code_verifier=VERIFIER).json()["scope"] == "o:r"


@pytest.mark.parametrize(
    ("verifier", "text"),
    [
        ("", "Empty PKCE code_verifier sent. This authorization code requires a PKCE verification"),
        ("short", "Code verifier used is not up to RFC 7636 specifications."),
        ("w" * 43, "PKCE validation failed"),
        (CHALLENGE, "PKCE validation failed"),
    ],
)
def test_a_wrong_verifier_spends_the_code(browser: Browser, verifier: str, text: str) -> None:
    """Who guessed once has no second guess."""
    code = browser.code(**S256)
    status, error, description = refused(browser.exchange(code, code_verifier=verifier))
    assert (status, error) == (400, "invalid_grant")
    assert description.startswith(text)
    again = refused(browser.exchange(code, code_verifier=VERIFIER))
    assert again == (400, "invalid_grant", "Expired or Revoked authorization code received from token request")


def test_a_request_may_have_to_be_pushed(browser: Browser, configure: Callable[..., None]) -> None:
    """By a client that proves who it is; then nothing in the browser's address counts but its name."""
    configure(pushAuthorizationRequest={"requirePushAuthorizationRequest": True})
    refusal = query(browser.ask())
    assert (refusal["error"], refusal["error_description"]) == (
        "invalid_request",
        "PAR request is mandatory for the application.",
    )
    pushed = browser.push(**S256, state="s 2")
    assert (pushed.status_code, pushed.json()["expires_in"]) == (201, 60)
    passed = query(browser.sign_in(browser.ask_pushed(pushed.json()["request_uri"])))
    assert passed["state"] == "s 2"
    assert browser.exchange(passed["code"], code_verifier=VERIFIER).json()["scope"] == "o:r"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"client_secret": "x"}, (401, "invalid_client")),
        ({"client_secret": ""}, (401, "invalid_client")),
        ({"redirect_uri": "https://evil.example.com"}, (400, "invalid_request")),
        ({"redirect_uri": ""}, (400, "invalid_request")),
        ({"response_type": "token"}, (400, "invalid_request")),
        ({"code_challenge": "short"}, (400, "invalid_request")),
        ({"request_uri": "urn:ietf:params:oauth:par:request_uri:x"}, (400, "invalid_request")),
    ],
)
def test_what_is_pushed_is_looked_at_at_once(
    browser: Browser, changes: dict[str, str], refusal: tuple[int, str]
) -> None:
    """As it would be without."""
    assert refused(browser.push(**changes))[:2] == refusal


def test_a_pushed_request_is_good_once_for_its_client(browser: Browser, sandbox: Sandbox) -> None:
    """And for a minute."""
    name = browser.push().json()["request_uri"]
    assert query(browser.ask_pushed(name, "other"))["oauthErrorMsg"] == "client.ids.not.match"
    assert query(browser.ask_pushed(name))["oauthErrorCode"] == "invalid_request_uri"
    late = browser.push().json()["request_uri"]
    for kept in sandbox.store.asgardeo["sandbox"].pushed_requests.values():
        kept.expires_at = time.time() - 1
    assert query(browser.ask_pushed(late))["oauthErrorMsg"] == "request.uri.expired"
    name = browser.push().json()["request_uri"]
    assert query(browser.sign_in(browser.ask_pushed(name)))["code"]
    assert query(browser.ask_pushed(name))["oauthErrorCode"] == "invalid_request_uri"
    assert SECRET not in str(sandbox.store.asgardeo["sandbox"].pushed_requests)


def test_a_public_client_needs_no_secret(browser: Browser, configure: Callable[..., None]) -> None:
    """But its verifier; and a secret that is given must be right all the same."""
    configure(publicClient=True, pkce={"mandatory": True, "supportPlainTransformAlgorithm": False})
    code = browser.code(**S256)
    wrong = browser.exchange(code, client_secret="x", code_verifier=VERIFIER)  # noqa: S106  # made up
    assert refused(wrong)[:2] == (401, "invalid_client")
    assert browser.exchange(code, client_secret="", code_verifier=VERIFIER).json()["scope"] == "o:r"
    missing = browser.exchange(browser.code(**S256), client_secret="")
    assert refused(missing)[2].startswith("No PKCE code verifier found.")


def test_a_code_that_comes_twice_ends_what_it_gave(browser: Browser) -> None:
    """The tokens of the first use, and what came of them."""
    code = browser.code(scope="openid o:r")
    first = browser.exchange(code).json()
    renewed = browser.exchange("", grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
    assert browser.userinfo(first["access_token"]).status_code == 200
    again = refused(browser.exchange(code))
    assert again == (400, "invalid_grant", "Inactive authorization code received from token request")
    for token in (first, renewed):
        assert browser.userinfo(token["access_token"]).status_code == 401
    renewing = browser.exchange("", grant_type="refresh_token", refresh_token=renewed["refresh_token"])
    assert refused(renewing)[:2] == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"client_id": "other"}, (400, "invalid_grant", "Invalid authorization code received from token request")),
        ({"redirect_uri": f"{BACK}/"}, (400, "invalid_grant", "Callback url mismatch")),
        ({"redirect_uri": ""}, (400, "invalid_grant", "Callback url mismatch")),
        ({"code": ""}, (400, "invalid_request", "Missing parameters: code")),
        ({"code": "x"}, (400, "invalid_grant", "Invalid authorization code received from token request")),
    ],
)
def test_a_code_is_good_for_its_own_client_and_address(
    browser: Browser, changes: dict[str, str], refusal: tuple[int, str, str]
) -> None:
    """Another client cannot spend it either."""
    code = browser.code()
    assert refused(browser.exchange(**{"code": code, **changes})) == refusal
    if changes.keys() & {"client_id", "code"}:
        assert browser.exchange(code).status_code == 200


def test_a_code_ends(browser: Browser, sandbox: Sandbox) -> None:
    """After five minutes."""
    code = browser.code()
    kept = sandbox.store.asgardeo["sandbox"].codes[code]
    assert 290 < kept.expires_at - time.time() <= 300
    kept.expires_at = time.time() - 1
    assert refused(browser.exchange(code))[2].startswith("Expired or Revoked")


@pytest.mark.parametrize(
    ("registered", "given", "fits"),
    [
        (r"regexp=(https://a\.example\.com/b|com\.example://b)", "https://a.example.com/b", True),
        (r"regexp=(https://a\.example\.com/b|com\.example://b)", "com.example://b", True),
        (r"regexp=(https://a\.example\.com/b|com\.example://b)", "https://aXexample.com/b", False),
        ("regexp=(https://a.example.com/b|https://c.example.com/b)", "https://aXexample.com/b", False),
        ("regexp=https://.*", "https://any.example.com/b", True),
        ("regexp=(https://a/b", "https://a/b", False),
        ("http://127.0.0.1:8080/b", "http://127.0.0.1:9999/b", True),
        ("http://localhost:8080/b", "http://localhost:9999/b", False),
        ("regexp=(http://127.0.0.1:8080/b|https://c/b)", "http://127.0.0.1:9999/b", True),
        (r"regexp=(http://127\.0\.0\.1:8080/b|https://c/b)", "http://127.0.0.1:8080/b", False),
    ],
)
def test_a_callback_is_an_address_or_an_expression(
    browser: Browser, configure: Callable[..., None], registered: str, given: str, fits: bool
) -> None:
    """Whole, with dots that stand for themselves; the port of a loopback address is free."""
    configure(callbackURLs=[registered])
    path = urlsplit(browser.ask(redirect_uri=given).headers["Location"]).path
    assert path.endswith("login.do" if fits else "oauth2_error.do")


def test_a_request_may_be_posted_but_says_nothing_twice(browser: Browser) -> None:
    """In the query or in a form."""
    assert query(browser.sign_in(browser.ask("POST")))["code"]
    twice = browser.http.get(f"/oauth2/authorize?client_id=app&client_id=other&redirect_uri={BACK}&response_type=code")
    assert query(twice)["oauthErrorMsg"] == "Invalid authorization request with repeated parameters"


@pytest.mark.parametrize("key", ["x", "<script>"])
def test_a_session_that_is_not_there_leads_nowhere(browser: Browser, key: str) -> None:
    """And what a page shows of a request is no markup."""
    asked = browser.ask()
    unsigned = query(asked)["sessionDataKey"]
    for one in (key, unsigned):
        lost = browser.http.get("/oauth2/authorize", params={"sessionDataKey": one})
        assert query(lost)["oauthErrorMsg"] == "Invalid authorization request"
    posted = browser.http.post(
        "/commonauth", data={"sessionDataKey": key, "username": "ann", "password": "ann-password"}
    )
    assert query(posted)["status"] == "suspicious.authentication.attempts"
    shown = browser.http.get("/authenticationendpoint/login.do", params={"sessionDataKey": key}).text
    assert "<script>" not in shown
    hostile = dict.fromkeys(("application", "loggedInUser", "scope", "sessionDataKeyConsent", "oauthErrorMsg"), key)
    for name in ("oauth2_authz.do", "oauth2_error.do"):
        assert "<script>" not in browser.http.get(f"/authenticationendpoint/{name}", params=hostile).text


def test_a_sign_in_is_good_for_one_code(browser: Browser) -> None:
    """The way back to the client is gone once."""
    asked = browser.ask()
    key = query(asked)["sessionDataKey"]
    assert query(browser.sign_in(asked))["code"]
    again = browser.http.get("/oauth2/authorize", params={"sessionDataKey": key})
    assert query(again)["oauthErrorCode"] == "invalid_request"


def test_a_user_consents_once_for_good_or_not_at_all(browser: Browser, sandbox: Sandbox) -> None:
    """To what the user's roles leave of what was asked for; who denies sends the client away."""
    denied = query(browser.sign_in(browser.ask(), consent="deny"))
    assert denied == {"error": "access_denied", "error_description": "User denied the consent", "state": "s 1"}
    asked = browser.ask(scope="openid o:r o:w")
    shown = browser.http.get(browser.fill_in(asked, username="ann", password="ann-password").headers["Location"])  # noqa: S106
    target = urlsplit(shown.headers["Location"])
    assert target.path.endswith("/oauth2_consent.do")
    assert query(shown)["scope"] == "o:r"
    assert query(browser.fill_in(shown, consent="approveAlways"))["code"]
    again = browser.fill_in(browser.ask(), username="ann", password="ann-password")  # noqa: S106
    assert query(browser.http.get(again.headers["Location"]))["code"]
    other = browser.fill_in(browser.ask(), username="bob", password="bob-password")  # noqa: S106
    assert "oauth2_authz.do" in browser.http.get(other.headers["Location"]).headers["Location"]
    assert "consents" not in str(sandbox.store.snapshot())


def test_an_application_may_skip_the_consent(browser: Browser, sandbox: Sandbox) -> None:
    """As most are told to."""
    application = sandbox.store.asgardeo["sandbox"].client("app")
    assert application
    application.advanced["skipLoginConsent"] = True
    signed_in = browser.fill_in(browser.ask(), username="ann", password="ann-password")  # noqa: S106
    assert query(browser.http.get(signed_in.headers["Location"]))["code"]


def test_a_consent_is_given_by_whoever_was_asked_for_it(browser: Browser) -> None:
    """Once; neither key stands for the other."""
    asked = browser.ask()
    login = query(asked)["sessionDataKey"]
    signed_in = browser.fill_in(asked, username="ann", password="ann-password")  # noqa: S106
    too_early = browser.http.post("/oauth2/authorize", data={"sessionDataKeyConsent": login, "consent": "approve"})
    assert query(too_early)["oauthErrorCode"] == "invalid_request"
    page = browser.http.get(signed_in.headers["Location"])
    key = query(page)["sessionDataKeyConsent"]
    assert query(browser.http.get("/oauth2/authorize", params={"sessionDataKey": key}))["oauthErrorCode"]
    undecided = browser.http.post("/oauth2/authorize", data={"sessionDataKeyConsent": key})
    assert query(undecided)["oauthErrorMsg"] == "Invalid authorization request"
    assert query(browser.fill_in(page, consent="approve"))["code"]
    twice = browser.http.post("/oauth2/authorize", data={"sessionDataKeyConsent": key, "consent": "approve"})
    assert query(twice)["oauthErrorCode"] == "invalid_request"


def test_userinfo_wants_a_token(browser: Browser) -> None:
    """Of a user, with openid."""
    assert refused(browser.http.get("/oauth2/userinfo"))[:2] == (400, "invalid_request")
    assert refused(browser.userinfo("x"))[:2] == (401, "invalid_token")
    token = browser.exchange(browser.code(scope="openid")).json()["access_token"]
    assert browser.http.post("/oauth2/userinfo", data={"access_token": token}).json()["sub"]


def test_discovery_names_what_is_served(browser: Browser) -> None:
    """Every endpoint in it answers something."""
    found = browser.http.get("/oauth2/token/.well-known/openid-configuration").json()
    assert "authorization_code" in found["grant_types_supported"]
    assert found["code_challenge_methods_supported"] == ["S256", "plain"]
    endpoints = [address for name, address in found.items() if name.endswith(("_endpoint", "_uri"))]
    assert endpoints
    for address in endpoints:
        assert {httpx.get(address).status_code, httpx.post(address).status_code} != {404}, address


def test_no_code_and_no_verifier_is_written_down(browser: Browser, sandbox: Sandbox) -> None:
    """Nor a session data key: who has one is signed in."""
    asked = browser.ask(**S256)
    code = query(browser.sign_in(asked))["code"]
    browser.exchange(code, code_verifier=VERIFIER)
    pages = (str(exchange.response_headers.get("location")) for exchange in sandbox.ledger)
    assert any("sessionDataKeyConsent=***" in page for page in pages)
    written = str([exchange.as_json() for exchange in sandbox.ledger])
    for secret in (code, VERIFIER, "ann-password", SECRET, query(asked)["sessionDataKey"]):
        assert secret not in written
    snapshot = str(sandbox.store.snapshot())
    assert code not in snapshot
