"""The pack as Pulumi runs it, on resources of both spellings and on those within a component."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pulumi.automation import errors

from policy.rules import RULES
from tests.plugin_programs.stage import PluginStage
from tests.support.cli import need

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

PACK = Path(__file__).parents[2] / "policy"

DYNAMIC = """
import pulumi_asgardeo_bijira as wso2

api = wso2.AsgardeoApi("open", identifier="urn:open", requires_authorization=False, scopes=[{"name": "open:read"}])
app = wso2.AsgardeoApplication(
    "loose",
    application_type="standard",
    grant_types=["password", "authorization_code"],
    callback_urls=["http://app.example.com/cb"],
    public_client=True,
    refresh_token={"expiry_in_seconds": 864000},
    authorized_apis=[{"api_id": "3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10", "policy": "No Policy"}],
)
wso2.BijiraApplicationClient(
    "loose", client_id=app.client_id, subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0"}]
)
"""
#: What is not known yet, and what a component consists of.
COMPONENT = """
import pulumi_asgardeo_bijira as wso2

wso2.SecuredApi(
    "within",
    identifier="urn:within",
    scopes=[{"name": "within:read"}],
    grant_types=["password"],
    application_type="standard",
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0"}],
)
first = wso2.AsgardeoApi("first", identifier="urn:first", requires_authorization=False)
wso2.AsgardeoApplication("second", authorized_apis=[{"api_id": first.id, "policy": "No Policy"}])
"""
YAML = """
resources:
  open:
    type: asgardeo-bijira:AsgardeoApi
    properties: {identifier: 'urn:open', requiresAuthorization: false}
  loose:
    type: asgardeo-bijira:AsgardeoApplication
    properties:
      applicationType: standard
      grantTypes: [implicit, authorization_code]
      callbackUrls: ['http://app.example.com/cb']
      publicClient: true
      idToken: {expiryInSeconds: 7200}
      authorizedApis: [{apiId: 3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10, policy: No Policy}]
  client:
    type: asgardeo-bijira:BijiraApplicationClient
    properties:
      clientId: ${loose.clientId}
      subscriptions: [{apiName: Orders API, apiVersion: 1.0.0}]
"""
#: All that the three programs do, allowed.
LENIENT = {
    "allowed-grants": {"forbidden": ["iwa:ntlm"]},
    "pkce-for-public-clients": "disabled",
    "token-lifetimes": {"refreshToken": 864000, "idToken": 7200},
    "https-callbacks": "advisory",
    "policy-for-authorizations": {"applications": ["loose", "second"]},
    "apis-require-authorization": {"apis": ["urn:open", "first"]},
    "subscriptions-by-plan": {"allowed": ["Unlimited"]},
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack with an environment of its own, as its page says."""
    need("pulumi", "pulumi-language-python")
    folder = tmp_path_factory.mktemp("pack") / "policy"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns(".venv", "__pycache__"))
    subprocess.run([sys.executable, "-m", "venv", folder / ".venv"], check=True)
    install = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements.lock"]
    done = subprocess.run(
        [folder / ".venv/bin/python", *install], cwd=folder, capture_output=True, text=True, check=False
    )
    if "No matching distribution" in done.stderr or "Could not find a version" in done.stderr:
        pytest.skip("pip reaches no registry")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def stage(sandbox: Sandbox, tmp_path: Path) -> PluginStage:
    """A project that nothing has run in."""
    return PluginStage(tmp_path, sandbox)


def violated(stage: PluginStage, pack: Path, settings: dict[str, Any] | None = None) -> set[str]:
    """The rules that a preview says are broken, with the resource."""
    options: dict[str, Any] = {"policy_packs": [str(pack)]}
    if settings is not None:
        file = pack.parent / "settings.json"
        file.write_text(json.dumps(settings))
        options["policy_pack_configs"] = [str(file)]
    events: list[Any] = []
    try:
        stage.engine.stack.preview(on_event=events.append, **options)
        failed = False
    except errors.CommandError:
        failed = True
    found = [event.policy_event for event in events if event.policy_event]
    mandatory = {
        f"{one.policy_name} {one.resource_urn.rpartition('::')[2]}"
        for one in found
        if one.enforcement_level == "mandatory"
    }
    assert failed == bool(mandatory), [one.message for one in found]
    return mandatory


ALL = {
    "allowed-grants loose",
    "pkce-for-public-clients loose",
    "token-lifetimes loose",
    "https-callbacks loose",
    "policy-for-authorizations loose",
    "apis-require-authorization open",
}


def test_every_rule_is_told_of_resources_of_a_python_program(stage: PluginStage, pack: Path) -> None:
    """And none where the settings allow it all."""
    stage.dynamic(DYNAMIC)
    assert violated(stage, pack) == {*ALL, "subscriptions-by-plan loose"}
    assert {one.split()[0] for one in ALL} | {"subscriptions-by-plan"} == {rule.name for rule in RULES}
    assert violated(stage, pack, LENIENT) == set()


def test_rules_hold_within_a_component_and_not_for_what_is_not_known_yet(stage: PluginStage, pack: Path) -> None:
    """The application's authorization is for an API whose id the preview does not know."""
    stage.dynamic(COMPONENT)
    assert violated(stage, pack) == {
        "allowed-grants within-application",
        "subscriptions-by-plan within-client",
        "apis-require-authorization first",
    }


def test_every_rule_is_told_of_resources_of_the_plugin(stage: PluginStage, pack: Path) -> None:
    """In a program of another language."""
    need("pulumi-language-yaml")
    stage.program(YAML)
    assert violated(stage, pack) == {*ALL, "subscriptions-by-plan client"}
    assert violated(stage, pack, LENIENT) == set()
