"""How a rehearsal tries the API: by which grant, as whom, what it leaves out and what it says of a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox
from asgardeo_bijira_sandbox.scenario import (
    ApiSeed,
    ApplicationSeed,
    AuthorizedApiSeed,
    Scenario,
    ScopeSeed,
    TenantSeed,
    UserSeed,
)
from pulumi_asgardeo_bijira.rehearsal.ways_in import Person, ways_in
from pulumi_asgardeo_bijira.transport import ConfigurationProblem, Problem, within_sandbox

from tests.support.subscribed import subscribe

if TYPE_CHECKING:
    from collections.abc import Iterator

BACK = "https://app.example.com/back"
PASSWORD = "made-up-password"  # noqa: S105
MACHINE, PASSWORD_GRANT, CODE = "client_credentials", "password", "authorization_code"


def seed(*grants: str, callbacks: tuple[str, ...] = (BACK,)) -> Scenario:
    """An application that may use these grants, a user who is permitted what it asks for, and one who is not."""
    application = ApplicationSeed(
        name="app",
        client_id="client-1",
        client_secret="made-up-secret",  # noqa: S106
        grant_types=list(grants),
        callback_urls=list(callbacks),
        authorized_apis=[AuthorizedApiSeed(identifier="urn:o", scopes=["orders:read"])],
    )
    users = [
        UserSeed(username="ann", password=PASSWORD, permissions=["orders:read"]),
        UserSeed(username="bob", password=PASSWORD),
    ]
    api = ApiSeed(identifier="urn:o", name="O", scopes=[ScopeSeed(name="orders:read")])
    return Scenario(asgardeo=[TenantSeed(apis=[api], applications=[application], users=users)])


def outputs(sandbox: Sandbox, **changes: str) -> dict[str, Any]:
    """What a program exports, but what is changed to nothing."""
    exported = {
        "tokenEndpoint": f"{sandbox.url}/t/sandbox/oauth2/token",
        "clientId": "client-1",
        "clientSecret": "made-up-secret",
        "scope": "orders:read",
        "apiUrl": "https://gateway.example.com/orders/1.0.0/orders",
    }
    return {name: value for name, value in {**exported, **changes}.items() if value}


def tried(sandbox: Sandbox, person: Person | None = None, **changes: str) -> dict[str, tuple[int, str]]:
    """The status of each way and what it complains of; of one that is left out, 0 and the reason."""
    found = {}
    with within_sandbox(sandbox.url, "Stay"):
        for way in ways_in(outputs(sandbox, **changes), sandbox, person or Person()):
            outcome = way.call() if way.call and way.due == 200 else None
            found[way.name] = (outcome.status, outcome.complaint) if outcome else (0, way.reason)
    return found


@pytest.fixture
def running(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox whose application has the grants that the test names."""
    with Sandbox(seed(*request.param)) as sandbox:
        subscribe(sandbox, "client-1")
        yield sandbox


@pytest.mark.parametrize(
    ("running", "tokens", "pages"),
    [([MACHINE, PASSWORD_GRANT, CODE], 2, 0), ([PASSWORD_GRANT], 1, 0), ([CODE], 1, 3)],
    indirect=["running"],
)
def test_the_first_user_gets_in_by_the_first_grant_that_there_is(running: Sandbox, tokens: int, pages: int) -> None:
    """By password, else by signing in on the login page; the client itself only where it may."""
    found = tried(running)
    assert found["invoke-as-user"] == (200, "")
    assert found["invoke"] == ((200, "") if tokens == 2 else (0, "the client may not use client_credentials"))
    assert running.ledger.count(route="/oauth2/token") == tokens
    assert running.ledger.count(route="/authenticationendpoint/login.do") == pages // 3
    assert running.ledger.count(route="/oauth2/authorize") == pages


@pytest.mark.parametrize("running", [[PASSWORD_GRANT], [CODE]], indirect=True)
def test_another_user_is_refused_and_it_is_said_what_to_declare(running: Sandbox) -> None:
    """The user's password is the scenario's, unless another one is given."""
    status, complaint = tried(running, Person("bob"))["invoke-as-user"]
    assert status == 403
    assert complaint.startswith("Asgardeo granted bob none of the scopes orders:read. Under the policy RBAC")
    assert (
        "AsgardeoRole with application_id, permissions and groups and set allowed_audience to APPLICATION on its "
        "AsgardeoApplication, or declare roles of a SecuredApi"
    ) in complaint
    assert "next sign-in" in complaint


@pytest.mark.parametrize("running", [[PASSWORD_GRANT], [CODE]], indirect=True)
@pytest.mark.parametrize("username", ["ann", "ann@sandbox", "DEFAULT/ann", "DEFAULT/ann@sandbox"])
def test_a_name_may_say_where_it_belongs(running: Sandbox, username: str) -> None:
    """The password is found by the name alone; one that is given without a name belongs to somebody else."""
    assert tried(running, Person(username))["invoke-as-user"] == (200, "")
    assert tried(running, Person("", "of-somebody-else"))["invoke-as-user"] == (200, "")


@pytest.mark.parametrize("running", [[PASSWORD_GRANT], [CODE]], indirect=True)
@pytest.mark.parametrize("person", [Person("ann", "wrong"), Person("nobody"), Person("nobody", PASSWORD)])
def test_who_is_not_let_in_is_named_in_one_line(running: Sandbox, person: Person) -> None:
    """Without the password."""
    with pytest.raises(Problem) as refused:
        tried(running, person)
    assert "Check user name and password" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize("running", [[PASSWORD_GRANT]], indirect=True)
def test_a_wrong_scope_alone_is_told_by_the_gateway(running: Sandbox) -> None:
    """Where the program asks for none, the token lacks the one that the API wants."""
    status, complaint = tried(running, scope="")["invoke-as-user"]
    assert status == 403
    assert "900910" in complaint
    assert "declare an AsgardeoRole" in complaint


@pytest.mark.parametrize("running", [[PASSWORD_GRANT]], indirect=True)
def test_an_api_that_takes_other_audiences_must_be_told_the_client_id(running: Sandbox) -> None:
    """As an API Manager's gateway can be set up; the token has no other."""
    body = {"code": "900914", "message": "Invalid JWT token", "description": "audience"}
    running.faults.add(Fault(kind="fail", match="GET /orders/1.0.0/orders", status=403, body=body))
    status, complaint = tried(running)["invoke-as-user"]
    assert status == 403
    assert "have the client id, which is the audience of every token, added to them" in complaint


@pytest.mark.parametrize("running", [[PASSWORD_GRANT]], indirect=True)
def test_scopes_of_openid_are_none_of_a_role(running: Sandbox) -> None:
    """They are granted to everybody and open nothing."""
    assert (
        "none of the scopes orders:read."
        in tried(running, Person("bob"), scope="openid orders:read")["invoke-as-user"][1]
    )
    assert "900910" in tried(running, Person("bob"), scope="openid")["invoke-as-user"][1]


@pytest.mark.parametrize(
    ("running", "changes", "name", "reason"),
    [
        ([MACHINE], {}, "invoke-as-user", "the client may not use password or authorization_code"),
        ([CODE], {"clientSecret": ""}, "invoke-as-user", "the program has no output clientSecret"),
        ([CODE], {"apiUrl": "", "clientId": ""}, "invoke-as-user", "the program has no output clientId, apiUrl"),
        ([MACHINE], {"clientId": "x"}, "invoke-as-user", "the sandbox's Asgardeo has no client of that id"),
        ([CODE], {"apiUrl": ""}, "invoke-without-token", "the program has no output apiUrl"),
    ],
    indirect=["running"],
)
def test_what_is_left_out_has_its_reason(running: Sandbox, changes: dict[str, str], name: str, reason: str) -> None:
    """Nothing is green because it did not happen."""
    ways = {way.name: way for way in ways_in(outputs(running, **changes), running, Person())}
    assert ways[name].call is None
    assert ways[name].reason == reason
    assert ways[name].lacking == tuple(key for key, value in changes.items() if not value)[::-1]


def test_an_expression_is_no_address_to_come_back_to() -> None:
    """But several addresses are."""
    several = r"regexp=(https://a\.example\.com/b|https://c\.example\.com/d)"
    with Sandbox(seed(CODE, callbacks=(several,))) as sandbox:
        subscribe(sandbox, "client-1")
        assert tried(sandbox)["invoke-as-user"] == (200, "")
    with Sandbox(seed(CODE, callbacks=("regexp=https://.*",))) as sandbox:
        assert "is an expression" in tried(sandbox)["invoke-as-user"][1]


@pytest.mark.parametrize("running", [[CODE]], indirect=True)
def test_the_public_client_of_an_app_needs_no_secret(running: Sandbox) -> None:
    """But the proof that it asked for the code."""
    client = running.store.asgardeo["sandbox"].client("client-1")
    assert client
    assert client.oidc
    client.oidc.settings["publicClient"] = True
    client.oidc.settings["pkce"] = {"mandatory": True, "supportPlainTransformAlgorithm": False}
    assert tried(running, clientSecret="")["invoke-as-user"] == (200, "")


@pytest.mark.parametrize("running", [[CODE]], indirect=True)
@pytest.mark.parametrize("public", [False, True])
def test_a_request_is_pushed_where_it_must_be(running: Sandbox, public: bool) -> None:
    """By a public client without a secret."""
    client = running.store.asgardeo["sandbox"].client("client-1")
    assert client
    assert client.oidc
    client.oidc.settings["publicClient"] = public
    client.oidc.settings["pushAuthorizationRequest"] = {"requirePushAuthorizationRequest": True}
    assert tried(running)["invoke-as-user"] == (200, "")
    assert running.ledger.count(route="/oauth2/par", status=201) == 1
    if not public:
        with pytest.raises(Problem, match="The user ann was not let in: A valid OAuth client could not be found"):
            tried(running, clientSecret="wrong")


@pytest.mark.parametrize("running", [[MACHINE, PASSWORD_GRANT]], indirect=True)
def test_a_client_that_signs_in_by_a_key_is_left_out(running: Sandbox) -> None:
    """A secret would be refused, which says nothing of the program."""
    client = running.store.asgardeo["sandbox"].client("client-1")
    assert client
    assert client.oidc
    client.oidc.settings["clientAuthentication"]["tokenEndpointAuthMethod"] = "private_key_jwt"
    why = "the client signs in by a key of its own, which a rehearsal does not have"
    assert tried(running) == {"invoke": (0, why), "invoke-as-user": (0, why), "invoke-without-token": (0, "")}


@pytest.mark.parametrize("running", [[CODE]], indirect=True)
def test_the_browser_stays_in_the_sandbox(running: Sandbox) -> None:
    """Wherever the outputs lead."""
    with Sandbox(seed(CODE)) as other:
        with pytest.raises(ConfigurationProblem, match="is not in the sandbox"):
            tried(running, tokenEndpoint=f"{other.url}/t/sandbox/oauth2/token")
        assert len(other.ledger) == 0


@pytest.mark.parametrize("running", [[CODE]], indirect=True)
def test_a_client_that_may_not_come_back_is_told_so(running: Sandbox) -> None:
    """By the page that the server shows."""
    client = running.store.asgardeo["sandbox"].client("client-1")
    assert client
    client.enabled = False
    with pytest.raises(Problem, match="invalid_client Cannot find an application"):
        tried(running)


def test_a_scenario_without_users_is_said_so() -> None:
    """And a name that is given is tried all the same."""
    scenario = seed(PASSWORD_GRANT)
    scenario.asgardeo[0].users = []
    with Sandbox(scenario) as sandbox, pytest.raises(Problem, match="the scenario has no users"):
        tried(sandbox)
