"""Scenarios of people: who is there when a sandbox begins, and what they may do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario
from asgardeo_bijira_sandbox.seeding import BadScenario, load_scenario

PAGE = Path(__file__).parents[2] / "docs/against-the-sandbox.md"

SEEDED = {
    "apis": [{"identifier": "urn:o", "name": "O", "scopes": [{"name": "o:r"}, {"name": "o:w"}]}],
    "applications": [
        {
            "name": "people",
            "clientId": "people",
            "clientSecret": "people-secret",
            "grantTypes": ["password"],
            "allowedAudience": "APPLICATION",
            "authorizedApis": [{"identifier": "urn:o", "scopes": ["o:r"]}],
        }
    ],
}


def test_a_scenario_says_who_may_do_what() -> None:
    """Two users without permissions by default; a role gives one to a group, another to nobody who has it not."""
    roles = [{"name": "reader", "application": "people", "permissions": ["o:r"], "groups": ["staff"]}]
    with Sandbox(Scenario.model_validate({"asgardeo": [{**SEEDED, "roles": roles}]})) as sandbox:
        granted, scopes = {}, "o:r o:w internal_login"
        for name in ("sandbox-user", "DEFAULT/sandbox-user", "sandbox-guest"):
            form = {"grant_type": "password", "username": name, "password": "sandbox-password", "scope": scopes}
            address = f"{sandbox.url}/t/sandbox/oauth2/token"
            granted[name] = httpx.post(address, data=form, auth=("people", "people-secret")).json().get("scope")
    member = "internal_login o:r"
    assert granted == {"sandbox-user": member, "DEFAULT/sandbox-user": member, "sandbox-guest": "internal_login"}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"groups": [{"name": "g", "members": ["ann"]}]}, "the group g names ann, which is not among the users"),
        ({"roles": [{"name": "r", "groups": ["none"]}]}, "the role r names none, which is not among the groups"),
        ({"roles": [{"name": "r", "users": ["ann"]}]}, "the role r names ann, which is not among the users"),
        ({"roles": [{"name": "r", "application": "x"}]}, "x, which is not among the applications with allowedAudience"),
        ({"roles": [{"name": "r", "application": "people", "permissions": ["o:w"]}]}, "o:w is not authorized"),
        ({"users": [], "roles": [{"name": "r", "groups": ["staff"]}]}, "staff, which is not among the groups"),
    ],
)
def test_a_scenario_that_names_what_it_has_not_is_refused(tmp_path: Path, more: dict[str, Any], why: str) -> None:
    """In one line that says what is missing; the group goes with the default users."""
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps({"asgardeo": [{**SEEDED, **more}]}))
    with pytest.raises(BadScenario, match=why):
        load_scenario(file)


@pytest.mark.parametrize(
    ("platform", "more", "why"),
    [
        ("asgardeo", {"identityProviders": [{"name": "a"}, {"name": "a"}]}, "numbers 0 and 1 have the same name"),
        ("asgardeo", {"identityProviders": [{"name": ""}]}, "0.name: has to be a text that is not empty"),
        ("asgardeo", {"identityProviders": [{"name": "a", "authenticator": "x"}]}, "has to be one of OpenIDConnect"),
        ("asgardeo", {"groups": [{"name": "g", "identityProvider": "a", "members": ["x"]}]}, "has no members here"),
        ("asgardeo", {"apis": [{"identifier": "u", "name": n} for n in "ab"]}, "0 and 1 have the same identifier"),
        ("asgardeo", {"roles": [{"name": "r"}, {"name": "r"}]}, "the same name and application"),
        (
            "asgardeo",
            {**SEEDED, "applications": [{"name": "a", "authorizedApis": [{"identifier": "urn:o", "scopes": ["o:x"]}]}]},
            "the application a names o:x, which is not among the scopes of urn:o",
        ),
        ("asgardeo", {"organisation": "a"}, "asgardeo.0.organisation: is not known here"),
        ("asgardeo", {"apiLimit": -1}, "apiLimit: has to be at least 0"),
        ("bijira", {"residentKeyManager": "none"}, "has to be 'listed', 'selected' or 'absent'"),
        ("bijira", {"personalTokens": [{"token": "abc"}]}, "personalTokens.0.token: has to match ^chp_."),
        ("bijira", {"personalTokens": [{"token": "chp_a"}] * 2}, "numbers 0 and 1 have the same token"),
        ("bijira", {"personalTokens": [{"token": "chp_a", "scopes": ["x"]}]}, "has to be one of apim:subscribe"),
        (
            "bijira",
            {"managementScopes": ["dp:api:reed"]},
            "is none, did you mean dp:api:read? It has to be one of apim:subscribe",
        ),
        ("bijira", {"portalRoles": ["admin"]}, "has to be one of ap_admin, dp_admin, ap_subscriber, dp_subscriber"),
        ("asgardeo", {"managementScopes": ["internal_idp_views"]}, "did you mean internal_idp_view?"),
        ("bijira", {"keyManagers": [{"portalEnvironments": ["production"]}]}, "has to be 'prod' or 'sandbox'"),
        ("bijira", {"keyManagers": [{}, {}]}, "numbers 0 and 1 have the same name"),
        ("bijira", {"keyManagers": [{"name": "Resident Key Manager"}]}, "`residentKeyManager` says where it stands"),
        ("bijira", {"keyManagers": [{"asgardeoOrganization": None}]}, "an `asgardeoOrganization` or an `issuer`"),
        ("bijira", {"apis": [{}, {}]}, "the same name and version"),
        ("bijira", {"apis": [{"context": "orders"}]}, "context: has to match ^/"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused(tmp_path: Path, platform: str, more: dict[str, Any], why: str) -> None:
    """In one line that says where and why, without the words of a library."""
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps({platform: [more]}))
    with pytest.raises(BadScenario, match=re.escape(why)) as refused:
        load_scenario(file)
    assert "Input" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_scenario_of_the_page_about_the_sandbox_is_one(tmp_path: Path) -> None:
    """As it stands there."""
    shown = re.search(r"```yaml[^\n]*\n(asgardeo:.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    file = tmp_path / "scenario.yaml"
    file.write_text(shown[1])
    with Sandbox(load_scenario(file)) as sandbox:
        (role,) = sandbox.store.asgardeo["acme"].roles.values()
        assert (role.name, len(role.permissions), len(role.users), len(role.groups)) == ("reader", 1, 1, 1)
