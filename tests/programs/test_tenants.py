"""Two tenants in one program, and look-ups of what exists in either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Fault
from asgardeo_bijira_sandbox.scenario import ApiSeed, ApplicationSeed, KeyManagerSeed, OrganizationSeed, TenantSeed
from asgardeo_bijira_sandbox.seeding import seed_organization, seed_tenant
from pulumi_asgardeo_bijira import AsgardeoSettingsArgs, BijiraSettingsArgs
from pulumi_asgardeo_bijira.sdk import provider
from pulumi_asgardeo_bijira.sdk.settings import SECRET_SETTINGS
from pulumi_asgardeo_bijira.settings import EXPLICIT_MARKER, STACK_PREFIX, AsgardeoSettings, BijiraSettings

from tests.programs.stack import QUIET, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

OTHER = "2f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e22"
TWO = f"""
import pulumi
import pulumi_asgardeo_bijira as wso2

second = wso2.Provider(
    "second",
    asgardeo=wso2.AsgardeoSettingsArgs(organization="second", client_id="x", client_secret="hunter2-second"),
    bijira={{"organization_id": "{OTHER}", "client_id": "x", "client_secret": "hunter2-second"}},
)
for name, opts in (("first", None), ("second", pulumi.ResourceOptions(provider=second))):
    api = wso2.AsgardeoApi(f"{{name}}-api", opts, identifier="urn:orders", scopes=[{{"name": "o:r"}}])
    app = wso2.AsgardeoApplication(f"{{name}}-app", opts, authorized_apis=[{{"api_id": api.id, "scopes": ["o:r"]}}])
    client = wso2.BijiraApplicationClient(f"{{name}}-client", opts, client_id=app.client_id)
    pulumi.export(name, app.issuer)
"""


@pytest.fixture
def two(stage: Stage) -> Stage:
    """A stage with a second organisation on each platform."""
    store = stage.sandbox.store
    store.asgardeo["second"] = seed_tenant(
        TenantSeed(
            organization="second",
            apis=[ApiSeed(identifier="urn:seen", name="Seen")],
            applications=[ApplicationSeed(name="seen", client_id="seen-client")],
        )
    )
    managers = [KeyManagerSeed(name="Second", asgardeo_organization="second")]
    seed = OrganizationSeed(uuid=OTHER, handle="second", key_managers=managers)
    store.bijira[OTHER] = seed_organization(seed, store.base_url)
    stage.before = store.snapshot()
    return stage


def test_each_object_lies_in_its_own_tenant_for_one_token_each(two: Stage) -> None:
    """And a destroy leaves both as they were."""
    two.program(TWO)
    result = two.done("up")
    store = two.sandbox.store
    assert two.sandbox.ledger.counts()["token"] == 4
    for name, uuid in (("second", OTHER), ("sandbox", next(iter(store.bijira)))):
        assert [api.identifier for api in store.asgardeo[name].apis.values() if api.name != "Seen"] == ["urn:orders"]
        assert len(store.bijira[uuid].applications) == 1
    assert result.outputs["second"].endswith("/t/second/oauth2/token")
    assert "hunter2" not in str(two.engine.export())
    two.settled()
    two.gone()


def test_what_exists_is_looked_up_in_a_preview_too(two: Stage) -> None:
    """Exactly one, in the tenant that is asked."""
    two.program(
        f"""
import pulumi
import pulumi_asgardeo_bijira as wso2

second = wso2.Provider("second", asgardeo={{"organization": "second"}}, bijira={{"organization_id": "{OTHER}"}})
pulumi.export("api", wso2.get_api(identifier="urn:seen", provider=second).id)
pulumi.export("clientId", wso2.get_application(name="seen", provider=second).client_id)
pulumi.export("manager", wso2.get_key_manager(provider=second).name)
pulumi.export("first", wso2.get_key_manager().name)
pulumi.export("published", wso2.get_bijira_api(name="Orders API", version="1.0.0").id)
"""
    )
    outputs = two.done("preview").outputs
    assert outputs["api"] in two.sandbox.store.asgardeo["second"].apis
    assert (outputs["clientId"], outputs["manager"], outputs["first"]) == ("seen-client", "Second", "Asgardeo")
    assert outputs["published"] in next(iter(two.sandbox.store.bijira.values())).apis


def test_a_number_among_the_settings_may_be_a_number(two: Stage) -> None:
    """Written down, from an output, or as a text; look-ups take it too."""
    two.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

for name, number in (("written", 50), ("put-out", pulumi.Output.from_input(50.0)), ("text", "0"), ("none", 0)):
    tenant = wso2.Provider(name, asgardeo={"organization": "second", "requests_per_minute": number})
    wso2.AsgardeoApi(name, pulumi.ResourceOptions(provider=tenant), identifier=f"urn:{name}")
    pulumi.export(name, wso2.get_api(identifier="urn:seen", provider=tenant).name)
"""
    )
    assert set(two.done("up").outputs.values()) == {"Seen"}


def test_a_look_up_is_as_secret_as_what_it_is_asked_for(two: Stage) -> None:
    """An instance with a secret setting must not hide every address that a program exports."""
    two.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

second = wso2.Provider("second", asgardeo={"organization": "second", "client_secret": "hunter2"})
pulumi.export("open", wso2.get_api(identifier="urn:seen", provider=second).name)
pulumi.export("hidden", wso2.get_api(identifier=pulumi.Output.secret("urn:seen"), provider=second).name)
"""
    )
    found = two.done("up")
    assert found.outputs == {"open": "Seen", "hidden": "Seen"}
    assert found.secret_outputs == {"hidden"}


def test_what_an_instance_does_not_give_comes_from_the_stack(
    tmp_path: Path, sandbox: Sandbox, engine: Callable[[Project], Engine]
) -> None:
    """Each setting for itself and for both platforms, but nothing that signs in where another organisation is."""
    config = {
        "asgardeo:baseUrl": sandbox.url,
        "asgardeo:organization": "sandbox",
        "asgardeo:clientId": "sandbox-management",
        "asgardeo:clientSecret": "sandbox-secret",
        "bijira:baseUrl": f"{sandbox.url}/api/am/devportal/v2",
        "bijira:tokenUrl": f"{sandbox.url}/oauth2/token",
        "bijira:organizationId": "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10",
        "bijira:clientId": "sandbox-management",
        "bijira:clientSecret": "sandbox-secret",
    }
    stage = Stage(tmp_path, engine, sandbox, ASGARDEO_BIJIRA_SANDBOX="")
    stage.engine.set_config(config, frozenset(key for key in config if key.endswith("Secret")))
    stage.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

half = wso2.Provider("half", asgardeo={"requests_per_minute": 0})
opts = pulumi.ResourceOptions(provider=half)
app = wso2.AsgardeoApplication("app", opts)
wso2.BijiraApplicationClient("client", opts, client_id=app.client_id)
pulumi.export("manager", wso2.get_key_manager(provider=half).name)
"""
    )
    assert stage.done("up").outputs == {"manager": "Asgardeo"}
    assert set(stage.done("up").changes) <= QUIET
    assert "sandbox-secret" not in str(stage.engine.export())
    stage.program(
        "import pulumi\nimport pulumi_asgardeo_bijira as wso2\n"
        "other = wso2.Provider('other', asgardeo={'organization': 'second', 'client_id': 'x'})\n"
        "wso2.AsgardeoApi('api', pulumi.ResourceOptions(provider=other), identifier='urn:x')\n"
    )
    mark = sandbox.ledger.mark()
    refused = stage.engine.up()
    assert "the stack's is not taken, since the provider leads to another organisation" in refused.diagnostics
    assert sandbox.ledger.mark() == mark


def test_an_instance_that_nothing_uses_yet_says_nothing(two: Stage) -> None:
    """The port that its process announces is for the engine alone."""
    two.program(
        """
import pulumi_asgardeo_bijira as wso2

wso2.Provider("second", asgardeo={"organization": "second"})
for name in ("one", "two", "three"):
    wso2.AsgardeoApi(name, identifier=f"urn:{name}")
"""
    )
    assert not [line for line in two.done("up").diagnostics.splitlines() if line.strip().isdigit()]


@pytest.mark.parametrize(
    ("call", "line"),
    [
        ('get_api(identifier="urn:none")', "Asgardeo has no API with the identifier urn:none"),
        ('get_application(name="none")', "Asgardeo has no application named none"),
        ('get_key_manager(name="none")', "Bijira has no key manager none. Set key_manager to one of: Asgardeo"),
        (
            'get_bijira_api(name="Orders", version="2")',
            "Bijira has no published API Orders with the version 2. There are: Orders API 1.0.0",
        ),
    ],
)
def test_what_does_not_exist_is_an_error_that_says_what_does(stage: Stage, call: str, line: str) -> None:
    """In one line."""
    assert line in stage.refusal_of(call)


def test_an_instance_takes_every_setting_and_seals_the_secret_ones() -> None:
    """Its arguments are the settings, no more and no fewer."""
    for group, args in ((AsgardeoSettings, AsgardeoSettingsArgs), (BijiraSettings, BijiraSettingsArgs)):
        assert set(args.__annotations__) == set(group.names())
    groups = (AsgardeoSettings, BijiraSettings)
    assert {field.name for group in groups for field in group.declared() if field.metadata["secret"]} == SECRET_SETTINGS
    assert (provider._MARKER, provider._STACK_PREFIX) == (EXPLICIT_MARKER, STACK_PREFIX)


def test_a_look_up_shows_that_it_waits_its_turn(stage: Stage) -> None:
    """The program's process asks by itself, and the engine shows what it says."""
    stage.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2
from pulumi_asgardeo_bijira.transport import SYSTEM_CLOCK

class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds

SYSTEM_CLOCK.substitute(Clock())
pulumi.export("key manager", wso2.get_key_manager().name)
"""
    )
    stage.sandbox.faults.add(Fault(kind="fail", status=429, headers={"Retry-After": "30"}, match="GET .*key-managers"))
    assert "Bijira refuses requests for now (429), so they are held back" in stage.done("preview").diagnostics
