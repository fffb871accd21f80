"""`doctor` finds each thing that keeps a stack from coming up, and says what to do about it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox
from asgardeo_bijira_sandbox.bijira.models import KeyManager
from pulumi_asgardeo_bijira.clients.asgardeo import MANAGEMENT_SCOPES

from tests.sandbox.conftest import token
from tests.support.addresses import register
from tests.support.command import command
from tests.support.keys import certified_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Findings(dict[str, dict[str, Any]]):
    """The findings by name, and what was said on the way to them."""

    said = ""


@pytest.fixture
def doctor(sandbox: Sandbox, tmp_path: Path) -> Callable[..., Findings]:
    """Runs it with settings that lead to the sandbox by address, as real ones do; gives the findings by name."""
    (tmp_path / "Pulumi.yaml").write_text(
        f"name: theirs\nruntime: {{name: python, options: {{virtualenv: {sys.prefix}}}}}\n"
    )
    settings = {
        "ASGARDEO_BASE_URL": sandbox.url,
        "ASGARDEO_ORGANIZATION": "sandbox",
        "ASGARDEO_CLIENT_ID": "sandbox-management",
        "ASGARDEO_CLIENT_SECRET": "sandbox-secret",
        "BIJIRA_BASE_URL": f"{sandbox.url}/api/am/devportal/v2",
        "BIJIRA_TOKEN_URL": f"{sandbox.url}/oauth2/token",
        "BIJIRA_ORGANIZATION_ID": "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10",
        "BIJIRA_CLIENT_ID": "sandbox-management",
        "BIJIRA_CLIENT_SECRET": "sandbox-secret",
    }

    def run(folder: Path = tmp_path, **changes: str) -> Findings:
        done = command("doctor", str(folder), "--json", environment={**settings, **changes})
        assert "sandbox-secret" not in done.stdout + done.stderr
        report = json.loads(done.stdout)
        assert (done.returncode == 0) == report["ok"]
        assert not [finding for finding in report["findings"] if "\n" in finding["detail"]]
        found = Findings({finding["name"]: finding for finding in report["findings"]})
        found.said = done.stderr
        return found

    return run


def wrong(findings: Findings) -> dict[str, str]:
    """What is not well."""
    return {name: finding["detail"] for name, finding in findings.items() if not finding["ok"]}


def test_all_is_well_and_nothing_was_changed(doctor: Callable[..., Findings], sandbox: Sandbox) -> None:
    """Every scope, the key manager and the environment are looked at."""
    before = sandbox.store.snapshot()
    findings = doctor()
    assert wrong(findings) == {}
    assert {f"scope {scope}" for scope in MANAGEMENT_SCOPES} <= set(findings)
    assert findings["key manager"]["detail"] == "Asgardeo will be used"
    assert sandbox.store.snapshot() == before


@pytest.mark.parametrize("scope", MANAGEMENT_SCOPES)
def test_a_missing_scope_comes_with_where_to_grant_it(
    doctor: Callable[..., Findings], sandbox: Sandbox, scope: str
) -> None:
    """Each single one; without those for roles, people and groups all is well for a program that has none."""
    sandbox.store.asgardeo["sandbox"].management_scopes.remove(scope)
    found = doctor()
    assert f"missing. Grant {scope} in the console" in found[f"scope {scope}"]["detail"]
    needless = scope.startswith(("internal_role_", "internal_user_", "internal_group_"))
    assert (f"scope {scope}" in wrong(found)) is not needless
    assert set(wrong(found)) <= {f"scope {scope}", "API of Asgardeo"}


@pytest.mark.parametrize(
    ("changes", "name", "line"),
    [
        ({"ASGARDEO_CLIENT_SECRET": "expired-secret"}, "token of Asgardeo", "Check asgardeo:clientId"),
        ({"ASGARDEO_ORGANIZATION": ""}, "token of Asgardeo", "asgardeo:organization is not set"),
        ({"ASGARDEO_BASE_URL": "http://127.0.0.1:9"}, "token of Asgardeo", "Check baseUrl"),
        ({"BIJIRA_CLIENT_SECRET": "expired-secret"}, "token of Bijira", "Check bijira:clientId"),
        (
            {"BIJIRA_ORGANIZATION_ID": "00000000-0000-0000-0000-000000000000"},
            "key manager",
            "There is no organization 00000000",
        ),
        ({"BIJIRA_ORGANIZATION_ID": ""}, "token of Bijira", "bijira:organizationId is not set"),
        ({"BIJIRA_KEY_MANAGER": "None"}, "key manager", "no key manager None. Set key_manager to one of: Asgardeo"),
    ],
)
def test_a_wrong_setting_is_found(
    doctor: Callable[..., Findings], changes: dict[str, str], name: str, line: str
) -> None:
    """And named."""
    assert line in wrong(doctor(**changes))[name]


def test_settings_that_nothing_has_used_yet_are_found_too(doctor: Callable[..., Findings]) -> None:
    """Beside what the sign-in fails by."""
    found = wrong(doctor(ASGARDEO_ROLE_WARNINGS="no", ASGARDEO_CLIENT_ID="", BIJIRA_EXTRA_QUERY="[]"))
    assert found["settings of Asgardeo"].startswith("asgardeo:roleWarnings is neither on nor off")
    assert found["token of Asgardeo"].startswith("asgardeo:clientId is not set")
    assert "bijira:extraQuery is not a JSON object of strings" in str(found)


def test_addresses_where_nobody_listens_are_found_without_waiting(doctor: Callable[..., Findings]) -> None:
    """Both at once, as after a sandbox has ended."""
    closed = "http://127.0.0.1:9"
    found = doctor(ASGARDEO_BASE_URL=closed, BIJIRA_BASE_URL=f"{closed}/v2", BIJIRA_TOKEN_URL=f"{closed}/token")
    assert {"token of Asgardeo", "token of Bijira"} <= set(wrong(found))
    assert "no connection to http://127.0.0.1:9/token" in found["token of Bijira"]["detail"]
    assert "trying again" not in found.said


def test_it_says_what_it_waits_for(doctor: Callable[..., Findings], sandbox: Sandbox) -> None:
    """A busy platform is no silence."""
    sandbox.faults.add(Fault(kind="fail", status=503, match="GET .*/applications"))
    found = doctor()
    assert wrong(found) == {}
    assert "Asgardeo: count the applications: 503, trying again in" in found.said


def test_what_is_wrong_on_the_platforms_is_found(doctor: Callable[..., Findings], sandbox: Sandbox) -> None:
    """No key manager, two of them, a lost right, a proxy that answers with a page."""
    bijira = next(iter(sandbox.store.bijira.values()))
    second = KeyManager(name="Partners")
    bijira.key_managers[second.id] = second
    assert "several enabled external key managers (Asgardeo, Partners)" in wrong(doctor())["key manager"]
    for manager in bijira.key_managers.values():
        manager.enabled = False
    assert "no enabled external key manager" in wrong(doctor())["key manager"]
    bijira.management_scopes.remove("apim:subscribe")
    assert "missing. Grant it to the client of bijira:clientId" in wrong(doctor())["scope apim:subscribe"]
    sandbox.faults.add(Fault(kind="html", match="GET .*/applications"))
    assert "with text/html instead of JSON" in wrong(doctor())["API of Asgardeo"]


def test_an_environment_without_the_package_is_found(doctor: Callable[..., Findings], tmp_path: Path) -> None:
    """The one that Pulumi would take, not the one that the command runs in."""
    folder = tmp_path / "theirs"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    (folder / "Pulumi.yaml").write_text("name: x\nruntime: {name: python, options: {virtualenv: venv}}\n")
    found = wrong(doctor(folder))["virtual environment"]
    assert "No module named 'pulumi_asgardeo_bijira'" in found
    assert "from its repository: " in found


def test_it_says_which_method_of_authentication_is_used(
    doctor: Callable[..., Findings], sandbox: Sandbox, tmp_path: Path
) -> None:
    """By a key and a token from a file that a pipeline brings, as by a secret; never what is in them."""
    by_secret = doctor()
    assert by_secret["token of Asgardeo"]["detail"].startswith("signed in with client id and secret at http")
    assert by_secret["token of Bijira"]["detail"].startswith("signed in with client id and secret at http")
    key = certified_key()[0]
    (tmp_path / "key.pem").write_text(key)
    (tmp_path / "token").write_text(token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM"))
    register(sandbox)
    findings = doctor(
        ASGARDEO_CLIENT_SECRET="",
        ASGARDEO_PRIVATE_KEY_FILE=str(tmp_path / "key.pem"),
        BIJIRA_CLIENT_SECRET="",
        BIJIRA_CLIENT_ID="sandbox-public",
        BIJIRA_SUBJECT_TOKEN_FILE=str(tmp_path / "token"),
    )
    assert wrong(findings) == {}
    assert "with client id and private key from a file (private_key_jwt) at" in findings["token of Asgardeo"]["detail"]
    assert "with a token from a file exchanged for Bijira's (token_exchange)" in findings["token of Bijira"]["detail"]
    assert f"privateKeyFile={tmp_path / 'key.pem'}" in findings["configuration of asgardeo"]["detail"]
    assert key.splitlines()[1] not in json.dumps(findings)


def test_a_given_token_is_tried_by_what_is_asked_for_with_it(doctor: Callable[..., Findings], sandbox: Sandbox) -> None:
    """There is no sign-in that could tell whether it is good."""
    given = token(f"{sandbox.url}/t/sandbox/oauth2/token", "SYSTEM")
    good = doctor(ASGARDEO_CLIENT_SECRET="", ASGARDEO_ACCESS_TOKEN=given)
    assert wrong(good) == {}
    assert good["token of Asgardeo"]["detail"] == "the access token that was given will be used"
    bad = wrong(doctor(ASGARDEO_CLIENT_SECRET="", ASGARDEO_ACCESS_TOKEN="ended"))  # noqa: S106  # made up
    assert "asgardeo:accessToken has ended, or is not one of the organisation sandbox. Get a new one" in bad.pop(
        "API of Asgardeo"
    )
    assert bad == {}


@pytest.mark.parametrize(
    ("changes", "name", "line"),
    [
        ({"ASGARDEO_ACCESS_TOKEN": "x"}, "token of Asgardeo", "asgardeo:clientSecret and asgardeo:accessToken are two"),
        ({"BIJIRA_ACCESS_TOKEN": "x"}, "token of Bijira", "bijira:clientSecret and bijira:accessToken are two ways"),
        ({"BIJIRA_GRANT_TYPE": "token_exchange"}, "token of Bijira", "bijira:subjectToken is not set (nor is"),
        ({"ASGARDEO_CLIENT_SECRET": ""}, "token of Asgardeo", "asgardeo:clientSecret is not set (nor is"),
        (
            {"ASGARDEO_CLIENT_SECRET": "", "ASGARDEO_PRIVATE_KEY": "no key"},
            "token of Asgardeo",
            "asgardeo:privateKey is not the PEM text of a private RSA or EC key",
        ),
        (
            {"ASGARDEO_CLIENT_SECRET": "", "ASGARDEO_CLIENT_ASSERTION_FILE": "/none"},
            "token of Asgardeo",
            "asgardeo:clientAssertionFile names /none, which cannot be read",
        ),
    ],
)
def test_half_a_method_of_authentication_or_two_are_found(
    doctor: Callable[..., Findings], changes: dict[str, str], name: str, line: str
) -> None:
    """In the words that an operation would have for it."""
    assert line in wrong(doctor(**changes))[name]


def test_what_is_encrypted_and_not_used_is_no_trouble(tmp_path: Path, sandbox: Sandbox) -> None:
    """A pipeline that brings a key needs no secret of the stack's."""
    key = certified_key()[0]
    register(sandbox)
    (tmp_path / "Pulumi.yaml").write_text(
        f"name: theirs\nruntime: {{name: python, options: {{virtualenv: {sys.prefix}}}}}\n"
    )
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  asgardeo:clientSecret:\n    secure: v1:x\n")
    given = {
        "ASGARDEO_BASE_URL": sandbox.url,
        "ASGARDEO_ORGANIZATION": "sandbox",
        "ASGARDEO_CLIENT_ID": "sandbox-management",
        "ASGARDEO_PRIVATE_KEY": key.replace("\n", "\\n"),
    }
    done = command("doctor", str(tmp_path), "--stack", "dev", environment=given)
    assert "ok   token of Asgardeo: signed in with client id and private key (private_key_jwt)" in done.stdout
    assert "is encrypted" not in done.stdout


def test_no_password_within_an_address_is_shown(doctor: Callable[..., Findings]) -> None:
    """What is no address is said to be none, and not what it is."""
    addresses = {"ASGARDEO_BASE_URL": "https://:hunter2@api.asgardeo.io", "BIJIRA_TOKEN_URL": "https://a:hunter2@x"}
    findings = doctor(**addresses)
    assert "hunter2" not in json.dumps(findings)
    assert "asgardeo:baseUrl=(no address)" in findings["configuration of asgardeo"]["detail"]
    assert "a user name or password does not belong there" in wrong(findings)["token of Asgardeo"]


def test_a_token_address_that_is_not_used_is_not_shown(doctor: Callable[..., Findings]) -> None:
    """Nor is it asked for: the default one is the public cloud's, which a host of one's own must not meet."""
    given = doctor(BIJIRA_CLIENT_SECRET="", BIJIRA_TOKEN_URL="", BIJIRA_ACCESS_TOKEN="given")  # noqa: S106  # made up
    assert "tokenUrl" not in given["configuration of bijira"]["detail"]
    findings = doctor(BIJIRA_TOKEN_URL="")
    refused = wrong(findings)["token of Bijira"]
    assert "bijira:tokenUrl is not set, and bijira:baseUrl leads to a host of your own" in refused
    assert "tokenUrl" not in findings["configuration of bijira"]["detail"]


def test_a_key_manager_that_the_program_is_to_make_is_no_failure(
    doctor: Callable[..., Findings], sandbox: Sandbox
) -> None:
    """Where an API makes key managers, doctor comes before the first up; in Bijira's cloud none will be made."""
    for organization in sandbox.store.bijira.values():
        organization.key_managers.clear()
    self_hosted = {"BIJIRA_BASE_URL": f"{sandbox.url}/api/am/devportal/v3", "BIJIRA_ORGANIZATION_ID": ""}
    found = doctor(BIJIRA_KEY_MANAGER="Asgardeo", **self_hosted)["key manager"]
    assert found["ok"], found
    assert "if the program makes it (BijiraKeyManager)" in found["detail"]
    assert "lists no key manager" in wrong(doctor(BIJIRA_KEY_MANAGER="Asgardeo"))["key manager"]


def test_a_key_manager_of_another_organisation_is_found(doctor: Callable[..., Findings], sandbox: Sandbox) -> None:
    """Everything would come up with it, and the gateway refuse each token; in a sandbox the cure is another one."""
    line = wrong(doctor(ASGARDEO_ORGANIZATION="acme"))["key manager"]
    assert f"leads to {sandbox.url}/t/sandbox/oauth2/token" in line
    assert f"the tokens of {sandbox.url}/t/acme/oauth2/token. Add the Asgardeo organisation in the console" in line
    addresses = dict.fromkeys(("ASGARDEO_BASE_URL", "BIJIRA_BASE_URL", "BIJIRA_TOKEN_URL"), "")
    line = wrong(doctor(ASGARDEO_ORGANIZATION="acme", ASGARDEO_BIJIRA_SANDBOX=sandbox.url, **addresses))["key manager"]
    assert line.endswith("Leave asgardeo:organization out, or give the sandbox a scenario with acme")


def test_a_subscriber_who_names_a_key_manager_may_map_clients(
    doctor: Callable[..., Findings], sandbox: Sandbox
) -> None:
    """A token that may not list key managers is enough for that, and no failure."""
    next(iter(sandbox.store.api_portal.organizations.values())).roles = ["ap_subscriber"]
    portal = {"BIJIRA_BACKEND": "api-portal", "BIJIRA_BASE_URL": f"{sandbox.url}/api-portal/api/v0.9"}
    found = doctor(BIJIRA_KEY_MANAGER="asgardeo", **portal)["key manager"]
    assert (found["ok"], found["detail"]) == (
        True,
        "asgardeo is taken at its word: this token may not list key managers",
    )
    assert "dp:key_manager:read" in wrong(doctor(**portal))["key manager"]
