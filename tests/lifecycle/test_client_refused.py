"""What cannot succeed is refused in the preview, before a replacement deletes anything."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox.bijira.models import Application
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE, sandbox_environment

from tests.lifecycle.settled import settled
from tests.support.host import UNKNOWN, Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from asgardeo_bijira_sandbox import Sandbox

INPUTS: dict[str, Any] = {"applicationName": "orders", "clientId": "client-1"}
SELF_HOSTED = {"BIJIRA_BASE_URL": "https://apim.example.com:9443/api/am/devportal/v3"}
CONNECTOR = [{"name": "mgmt_client_id", "value": "Kq3vTz81"}, {"name": "mgmt_client_secret", "value": "hunter2"}]


@pytest.fixture
def shared(sandbox: Sandbox) -> list[str]:
    """Two applications that somebody made in the portal."""
    bijira = next(iter(sandbox.store.bijira.values()))
    for name in ("one", "two"):
        application = Application(name=name, owner="sandbox-management", throttling_policy="Unlimited")
        bijira.applications[application.id] = application
    return list(bijira.applications)


@pytest.fixture
def on_portal(sandbox: Sandbox) -> Iterator[Callable[[str], Life]]:
    """Starts lives in the API Portal."""
    with Host({"bijira:backend": "api-portal"}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        yield lambda kind: Life(host, kind, sandbox)


@pytest.fixture
def self_hosted(sandbox: Sandbox) -> Iterator[Callable[[str], Life]]:
    """Starts lives in a self-hosted API Manager."""
    with Host({}, {**sandbox_environment(sandbox.url), **SELF_HOSTED}) as host:
        yield lambda kind: Life(host, kind, sandbox)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"subscriptions": [{"apiId": "x"}]}, "subscriptions: the API Portal ties a subscription to a user"),
        ({"throttlingPolicy": "Gold"}, "throttling_policy: the API Portal's applications have none"),
        ({"attributes": {"Floor": "2"}}, "attributes: the API Portal's applications have none"),
        ({"groups": ["shop"]}, "groups: the API Portal's applications have none"),
        ({"clientSecret": "hunter2"}, "client_secret: the API Portal takes a client id alone"),
        ({"clientSecret": UNKNOWN}, "client_secret: the API Portal takes a client id alone"),
    ],
)
def test_what_the_portal_has_no_place_for_is_told_in_the_preview(
    on_portal: Callable[[str], Life], change: dict[str, Any], line: str
) -> None:
    """By the check, which sends nothing."""
    client = on_portal("ApplicationClient")
    with pytest.raises(Refused, match=line):
        client.preview({**INPUTS, **change})
    assert client.preview({**INPUTS, "throttlingPolicy": UNKNOWN}) == "create"
    assert len(client.sandbox.ledger) == 0


def test_what_a_key_manager_cannot_have_there_is_told_in_the_preview(
    on_portal: Callable[[str], Life], host: Host, sandbox: Sandbox
) -> None:
    """A property that the portal does not keep; and all of it on the cloud."""
    manager = on_portal("KeyManager")
    with pytest.raises(Refused, match="description, type: key managers in the API Portal have no such property"):
        manager.preview({"name": "acme", "organization": "acme", "description": "x", "type": "Asgardeo"})
    with pytest.raises(Refused, match="Bijira's cloud has no API that makes key managers"):
        Life(host, "KeyManager", sandbox).preview({"name": "acme", "organization": "acme"})
    assert len(sandbox.ledger) == 0


def test_a_name_that_cannot_be_an_id_is_told_in_the_preview(on_portal: Callable[[str], Life]) -> None:
    """A key manager's name is its id there."""
    manager = on_portal("KeyManager")
    with pytest.raises(Refused, match="name acme eu is the key manager's id in the API Portal"):
        manager.preview({"name": "acme eu", "organization": "acme"})
    assert manager.preview({"name": UNKNOWN, "organization": "acme"}) == "create"
    assert len(manager.sandbox.ledger) == 0


def test_a_name_that_bijira_takes_nowhere_is_told_in_the_preview(
    on_portal: Callable[[str], Life], host: Host, sandbox: Sandbox
) -> None:
    """The API Portal takes it; an unknown one may be right."""
    name = {"applicationName": "orders @ acme/eu"}
    client = Life(host, "ApplicationClient", sandbox)
    with pytest.raises(Refused, match="application_name: Bijira takes no / @ in an application's name") as refused:
        client.preview({**INPUTS, **name})
    assert r"""it may have any but ~ ! @ # ; % ^ * + = { } | \ < > " ' / ,""" in str(refused.value)
    with Host({}, {}) as unconfigured, pytest.raises(Refused, match="Bijira takes no / @ in an application's name"):
        Life(unconfigured, "ApplicationClient", sandbox).preview({**INPUTS, **name})
    assert client.preview({**INPUTS, "applicationName": UNKNOWN}) == "create"
    assert on_portal("ApplicationClient").preview({**INPUTS, **name}) == "create"
    assert len(sandbox.ledger) == 0


@pytest.mark.parametrize(
    ("kind", "key", "inputs", "rule"),
    [
        ("Application", "name", {}, "may contain letters (a to z), digits, spaces and . _ - + ( ) only"),
        ("Role", "name", {}, "contains a slash"),
        ("ApplicationClient", "applicationName", {"clientId": "x"}, "Bijira takes no ' / in an application's name"),
        ("KeyManager", "name", {"organization": "x"}, "must have at most 100 characters"),
    ],
)
def test_a_wrong_name_that_is_the_resources_own_is_told_so(
    self_hosted: Callable[[str], Life], kind: str, key: str, inputs: dict[str, Any], rule: str
) -> None:
    """Nobody declared it, so the line says where it comes from; one that is declared is only told what is wrong."""
    one = self_hosted(kind)
    one.name = "Cédric's orders/prod " + "x" * (kind == "KeyManager") * 100
    own = one.urn.rpartition("::")[2]
    (line,) = one.check({**inputs, key: own})[1]
    assert rule in line
    assert "It is the resource's own name: declare " in line
    (other,) = one.check({**inputs, key: f"{own}."})[1]
    assert rule in other
    assert "resource's own name" not in other


def test_a_key_managers_new_name_is_judged_before_the_old_one_goes(on_portal: Callable[[str], Life]) -> None:
    """As an id in the portal, and as one that is free."""
    manager, inputs = on_portal("KeyManager"), {"name": "acme", "organization": "acme"}
    manager.up(inputs)
    for name, line in (("acme & co", "letters, digits, _ and - only"), ("asgardeo", "exists already")):
        with pytest.raises(Refused, match=line):
            manager.up({**inputs, "name": name})
        settled(manager, inputs)


def test_too_few_addresses_are_told_before_the_old_one_goes(self_hosted: Callable[[str], Life]) -> None:
    """A creation would refuse them, when it is too late."""
    manager = self_hosted("KeyManager")
    inputs = {"name": "acme", "organization": "sandbox", "connector": CONNECTOR}
    manager.up(inputs)
    foreign = {"name": "acme-2", "connector": CONNECTOR, "endpoints": {"tokenEndpoint": "https://a.example.com/token"}}
    with pytest.raises(Refused, match="endpoints must have issuer and jwks_endpoint too"):
        manager.up(foreign)
    settled(manager, inputs)


PLATINUM = {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Platinum"}
OFFERED = "Set plan to one that it offers: Bronze, Silver, Gold, Unlimited"


@pytest.mark.parametrize(
    ("change", "line", "asked"),
    [
        (
            {"subscriptions": [PLATINUM]},
            f"403 the API Orders API 1.0.0 does not offer the plan Platinum. {OFFERED}",
            ["/apis/{id}"],
        ),
        (
            {"subscriptions": [{"apiId": "no-such-api", "plan": "Gold"}]},
            "404 no API with the id no-such-api is published. There are: Orders API 1.0.0 (id ",
            ["/apis/{id}", "/apis"],
        ),
        (
            {"subscriptions": [{**PLATINUM, "apiVersion": "2.0.0"}]},
            "no published API Orders API with the version 2.0.0. There are: Orders API 1.0.0",
            ["/apis"],
        ),
        (
            {"throttlingPolicy": "Plentiful"},
            "400 there is no throttling policy Plentiful. Set throttling_policy to one of: Unlimited, ",
            ["/throttling-policies/{level}"],
        ),
    ],
)
@pytest.mark.parametrize("server", ["cloud", "self-hosted"])
def test_what_is_refused_for_its_name_is_told_what_there_is(
    life: Callable[[str], Life],
    self_hosted: Callable[[str], Life],
    server: str,
    change: dict[str, Any],
    line: str,
    asked: list[str],
) -> None:
    """At creation and as a change, by what is asked for after the refusal alone."""
    client = (self_hosted if server == "self-hosted" else life)("ApplicationClient")
    for _ in ("create", "update"):
        mark = client.sandbox.ledger.mark()
        with pytest.raises(Refused) as refused:
            client.up({**INPUTS, **change})
        assert line in str(refused.value)
        read = [one.route for one in client.sandbox.ledger.since(mark) if one.method == "GET"]
        assert Counter(asked) <= Counter(read)
        if not client.id:
            assert not next(iter(client.sandbox.store.bijira.values())).applications
            client.up(INPUTS)


def test_a_client_that_attaches_elsewhere_is_judged_before_it_lets_go(
    life: Callable[[str], Life], shared: list[str]
) -> None:
    """A key manager that is not there, by one look-up; an application's name that is taken, too."""
    client = life("ApplicationClient")
    inputs = {"applicationId": shared[0], "clientId": "client-1"}
    client.up(inputs)
    mark = client.sandbox.ledger.mark()
    with pytest.raises(Refused, match="Bijira has no key manager Patrners"):
        client.preview({**inputs, "applicationId": shared[1], "keyManager": "Patrners"})
    with pytest.raises(
        Refused, match=r"makes the application two, which exists already, its id is .* nothing is delet"
    ):
        client.preview({"applicationName": "two", "clientId": "client-1"})
    assert [one.route for one in client.sandbox.ledger.since(mark)] == ["/key-managers", "/applications"]
    settled(client, inputs)
    assert client.preview({"applicationName": "two", "clientId": "client-1", "adopt": True}) == "replace"
    assert client.preview({"applicationName": "three", "clientId": "client-1"}) == "replace"
