"""No secret lies or shows anywhere that it must not."""

from __future__ import annotations

import json
import logging
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault
from pulumi_asgardeo_bijira.dynamic import load
from pulumi_asgardeo_bijira.resources import platforms_for, resource_handlers
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE, Settings
from pulumi_asgardeo_bijira.transport import Problem
from pulumi_asgardeo_bijira.transport import problems as errors

from tests.support.addresses import addresses
from tests.support.host import Host, Life, Refused
from tests.support.keys import certified_key

if TYPE_CHECKING:
    from pathlib import Path

    from asgardeo_bijira_sandbox import Exchange, Sandbox

GIVEN = "hunter2-given-client-secret"


def test_nothing_that_is_kept_printed_or_logged_holds_a_secret(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """One net for all of them: state apart from sealed values, logs at debug, errors, reprs, pickles, the ledger."""
    caplog.set_level(logging.DEBUG)
    platforms = platforms_for(Settings({}, {SANDBOX_VARIABLE: sandbox.url}))
    application, client = resource_handlers()["Application"], resource_handlers()["ApplicationClient"]
    inputs = application.check({"name": "orders", "secretRotation": "1"}).inputs
    made = application.create(platforms, inputs)
    state = {**inputs, **made.outputs}
    rotated = application.update(platforms, made.id, state, {**inputs, "secretRotation": "2"})
    mapped = client.check({"applicationName": "a", "clientId": made.outputs["clientId"], "clientSecret": GIVEN}).inputs
    place = client.create(platforms, mapped)
    ledger = json.dumps([exchange.as_json() for exchange in sandbox.ledger])
    said: list[Any] = []
    for match in ("GET .*/oidc", "PUT .*/oidc", "POST .*/map-keys"):
        body = {"code": "X", "description": f"repeats {GIVEN} {made.outputs['clientSecret']} {rotated['clientSecret']}"}
        sandbox.faults.add(Fault(kind="fail", match=match, status=400, body=body))
        kind, id_, old, new = (
            (client, place.id, {**mapped, **place.outputs}, {**mapped, "clientId": "other"})
            if "map" in match
            else (application, made.id, state, {**inputs, "publicClient": True})
        )
        with pytest.raises(Problem) as caught:
            kind.update(platforms, id_, old, new)
        said.append(str(caught.value))
    secrets = {
        GIVEN,
        "sandbox-secret",
        str(made.outputs["clientSecret"]),
        str(rotated["clientSecret"]),
        platforms.asgardeo.tokens.token(),
    }
    assert len(secrets) == 5
    plain = {key: value for key, value in {**state, **place.outputs}.items() if key not in application.secrets}
    shown = [
        *said,
        caplog.text,
        repr(
            [
                platforms,
                platforms.settings,
                platforms.asgardeo,
                platforms.asgardeo.tokens,
                platforms.asgardeo.connection,
            ]
        ),
        repr([platforms.settings.asgardeo, platforms.settings.bijira]),
        repr(pickle.dumps(load("Application"))),
        json.dumps(plain),
        ledger,
        json.dumps(sandbox.store.snapshot()),
    ]
    assert [(secret, text) for secret in secrets for text in shown if secret in text] == []
    assert any("[secret]" in text for text in said)
    assert errors.Problem.__module__ == "builtins"


def test_what_was_set_by_hand_and_not_declared_survives(sandbox: Sandbox) -> None:
    """Ten fields of an application from the console, and an up that changes an eleventh."""
    platforms = platforms_for(Settings({}, {SANDBOX_VARIABLE: sandbox.url}))
    application = resource_handlers()["Application"]
    inputs = application.check({"name": "orders"}).inputs
    made = application.create(platforms, inputs)
    stored = sandbox.store.asgardeo["sandbox"].applications[made.id]
    assert stored.oidc
    stored.description, stored.access_url, stored.image_url = "by hand", "https://hand.example.com", "https://x/y.png"
    stored.advanced["skipLoginConsent"] = True
    username = "http://wso2.org/claims/username"
    stored.claims["requestedClaims"] = [{"claim": {"uri": username}, "mandatory": True}]
    stored.claims["claimMappings"] = [{"applicationClaim": username, "localClaim": {"uri": username}}]
    stored.oidc.settings["refreshToken"]["expiryInSeconds"] = 77
    stored.oidc.settings["idToken"]["audience"] = ["by-hand"]
    stored.oidc.settings["accessToken"]["userAccessTokenExpiryInSeconds"] = 78
    stored.oidc.settings["allowedOrigins"] = ["https://hand.example.com"]
    stored.oidc.settings["logout"]["backChannelLogoutUrl"] = "https://hand.example.com/out"
    before = json.loads(stored.model_dump_json())
    wanted = application.check(
        {
            "name": "orders-2",
            "pkce": {"mandatory": True},
            "claims": {"subject": {"claim": "http://wso2.org/claims/emailaddress"}},
        }
    ).inputs
    application.update(platforms, made.id, {**inputs, **made.outputs}, wanted)
    after = json.loads(stored.model_dump_json())
    before["name"] = "orders-2"
    before["oidc"]["settings"]["pkce"]["mandatory"] = True
    before["claims"]["subject"]["claim"] = {"uri": "http://wso2.org/claims/emailaddress"}
    assert after == before


SIGN_INS: list[dict[str, str]] = [
    {"ASGARDEO_PRIVATE_KEY": certified_key()[0], "BIJIRA_SUBJECT_TOKEN": "hunter2-subject-token"},
    {"ASGARDEO_PRIVATE_KEY_FILE": certified_key()[0], "BIJIRA_SUBJECT_TOKEN_FILE": "hunter2-subject-token"},
    {"ASGARDEO_CLIENT_ASSERTION_FILE": "hunter2-assertion", "BIJIRA_ACCESS_TOKEN": "hunter2-access-token"},
    {"ASGARDEO_ACCESS_TOKEN": "hunter2-access-token", "BIJIRA_PASSWORD": "hunter2-password"},
    {"ASGARDEO_CLIENT_SECRET": "hunter2-client-secret", "BIJIRA_CLIENT_SECRET": "hunter2-bijira-secret"},
]


@pytest.mark.parametrize("brought", SIGN_INS, ids=lambda one: "+".join(one))
def test_nothing_that_a_client_signs_in_with_shows(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture, tmp_path: Path, brought: dict[str, str]
) -> None:
    """The same net for each way of signing in, at token endpoints and platforms that repeat what they were sent."""
    caplog.set_level(logging.DEBUG)
    mine = {name: [line for line in value.splitlines() if "-----" not in line] for name, value in brought.items()}
    secrets = [secret for lines in mine.values() for secret in lines]
    variables = {"BIJIRA_USERNAME": "ada", "BIJIRA_ORGANIZATION_ID": next(iter(sandbox.store.bijira))}
    if "BIJIRA_PASSWORD" in brought:
        variables |= {"BIJIRA_CLIENT_SECRET": "hunter2-bijira-secret"}
    for name, value in brought.items():
        path = tmp_path / name
        path.write_text(value)
        variables[name] = str(path) if name.endswith("_FILE") else value
    for platform, address in (("ASGARDEO", sandbox.url), ("BIJIRA", f"{sandbox.url}/api/am/devportal/v2")):
        variables |= {f"{platform}_BASE_URL": address, f"{platform}_CLIENT_ID": "client"}
    settings = Settings(
        {}, {**variables, "ASGARDEO_ORGANIZATION": "o", "BIJIRA_TOKEN_URL": f"{sandbox.url}/oauth2/token"}
    )
    platforms = platforms_for(settings)
    for platform, match in (("ASGARDEO", " /t/"), ("BIJIRA", " /(oauth2|api)/")):
        repeated = [secret for name, lines in mine.items() if name.startswith(platform) for secret in lines]
        body = {"error": "x", "error_description": f"sent {' '.join(repeated)}"}
        sandbox.faults.add(Fault(kind="fail", match=match, status=400, body=body, times=0))
    said: list[Any] = []
    for ask in (lambda: platforms.asgardeo.applications.count(), lambda: platforms.bijira.key_managers()):
        with pytest.raises(Problem) as caught:
            ask()
        said += [str(caught.value), repr(caught.value)]
    assertions = [
        str(form.get("client_assertion")) for form in map(_form, sandbox.ledger) if "client_assertion" in form
    ]
    assert all(assertion == "***" for assertion in assertions)
    shown = [
        *said,
        caplog.text,
        repr([platforms, settings, settings.asgardeo, settings.bijira, settings.identity]),
        repr([platforms.asgardeo.tokens, platforms.bijira.tokens, platforms.asgardeo.connection]),
        repr(pickle.dumps(load("Application"))),
        json.dumps([exchange.as_json()["request_body"] for exchange in sandbox.ledger]),
        json.dumps(sandbox.store.snapshot()),
    ]
    assert [(secret, text) for secret in secrets for text in shown if secret in text] == []
    assert any("[secret]" in text for text in said)


def _form(exchange: Exchange) -> dict[str, Any]:
    return exchange.request_body if isinstance(exchange.request_body, dict) else {}


def test_what_the_program_marks_as_secret_is_in_no_error(sandbox: Sandbox) -> None:
    """Also where it is no secret of the kind's; and a key of the program's is one line whatever it holds."""
    mark = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": 'hunter2 "marked"'}
    repeated = {"code": "APP-60001", "description": "sent HUNTER2 \\u0022marked&quot;"}
    sandbox.faults.add(Fault(kind="fail", match="POST .*/applications$", status=400, body=repeated))
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        life = Life(host, "Application", sandbox)
        _, failures = life.check({"name": "x", "line\nbroken\x1b[31m": 1})
        assert failures
        assert all(line.isprintable() for line in failures)
        with pytest.raises(Refused) as caught:
            life.up({"name": "x", "description": mark})
        assert "APP-60001" in str(caught.value)
        assert "[secret]" in str(caught.value)
        assert "marked" not in str(caught.value)


CALLBACK = {"callbackUrls": ["https://b.example.com/cb"]}
SIGNATURE = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}


@pytest.mark.parametrize(
    "inputs",
    [
        {"callbackUrls": SIGNATURE | {"value": ["https://a.example.com/hunter2-marked"]}},
        {"accessToken": SIGNATURE | {"value": {"accessTokenAttributes": ["https://a.example.com/hunter2-marked"]}}},
    ],
    ids=["a list", "an object"],
)
def test_what_lies_in_what_the_program_marks_as_secret_is_in_no_error(sandbox: Sandbox, inputs: dict[str, Any]) -> None:
    """The host marks a whole list for one item of it."""
    repeated = {"code": "APP-60001", "description": "sent https://a.example.com/hunter2-marked"}
    sandbox.faults.add(Fault(kind="fail", match="POST .*/applications$", status=400, body=repeated))
    with Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        with pytest.raises(Refused) as caught:
            Life(host, "Application", sandbox).up({"name": "x", "applicationType": "web", **CALLBACK, **inputs})
        assert "[secret]" in str(caught.value), str(caught.value)
        assert "marked" not in str(caught.value)


def test_a_connectors_secret_is_in_no_error_of_a_later_run(sandbox: Sandbox) -> None:
    """A refresh and a deletion have it from the state alone; the names of settings are no secrets."""
    environment = {
        **addresses(sandbox),
        "ASGARDEO_CLIENT_SECRET": "sandbox-secret",
        "BIJIRA_CLIENT_SECRET": "sandbox-secret",
        "BIJIRA_BASE_URL": f"{sandbox.url}/api/am/devportal/v3",
    }
    connector = [{"name": "mgmt_client_id", "value": "m"}, {"name": "mgmt_client_secret", "value": "hunter2-of-it"}]
    repeated = {"code": 900400, "description": "mgmt_client_secret hunter2-of-it is wrong"}
    with Host({}, environment) as host:
        manager = Life(host, "KeyManager", sandbox)
        manager.up({"name": "acme", "organization": "acme", "connector": connector})
        for verb, operation in (("GET", manager.refresh), ("DELETE", manager.delete)):
            host.restart()
            sandbox.faults.add(Fault(kind="fail", match=f"{verb} .*/key-managers/", status=400, body=repeated))
            with pytest.raises(Refused, match=r"mgmt_client_secret \[secret\] is wrong"):
                operation()
