"""No secret lies or shows anywhere that it must not."""

from __future__ import annotations

import json
import logging
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.dynamic import load
from pulumi_asgardeo_bijira.http import Problem, errors
from pulumi_asgardeo_bijira.kinds import all_kinds, platforms_for
from pulumi_asgardeo_bijira.sandbox import Fault
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE, Settings

if TYPE_CHECKING:
    from pulumi_asgardeo_bijira.sandbox import Sandbox

GIVEN = "hunter2-given-client-secret"


def test_nothing_that_is_kept_printed_or_logged_holds_a_secret(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """One net for all of them: state apart from sealed values, logs at debug, errors, reprs, pickles, the ledger."""
    caplog.set_level(logging.DEBUG)
    platforms = platforms_for(Settings({}, {SANDBOX_VARIABLE: sandbox.url}))
    application, client = all_kinds()["Application"], all_kinds()["ApplicationClient"]
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
        json.dumps(sandbox.world.snapshot()),
    ]
    assert [(secret, text) for secret in secrets for text in shown if secret in text] == []
    assert any("[secret]" in text for text in said)
    assert errors.Problem.__module__ == "builtins"


def test_what_was_set_by_hand_and_not_declared_survives(sandbox: Sandbox) -> None:
    """Ten fields of an application from the console, and an up that changes an eleventh."""
    platforms = platforms_for(Settings({}, {SANDBOX_VARIABLE: sandbox.url}))
    application = all_kinds()["Application"]
    inputs = application.check({"name": "orders"}).inputs
    made = application.create(platforms, inputs)
    stored = sandbox.world.asgardeo["sandbox"].applications[made.id]
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
