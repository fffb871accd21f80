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

README = Path(__file__).parents[2] / "README.md"

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


def test_the_scenario_that_the_readme_shows_is_one(tmp_path: Path) -> None:
    """As it stands there."""
    shown = re.search(r"```yaml\n(asgardeo:.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    file = tmp_path / "scenario.yaml"
    file.write_text(shown[1])
    with Sandbox(load_scenario(file)) as sandbox:
        (role,) = sandbox.store.asgardeo["sandbox"].roles.values()
        assert (role.name, len(role.permissions), len(role.users), len(role.groups)) == ("reader", 1, 1, 1)
