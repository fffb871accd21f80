"""Nothing of anybody else's is touched and nothing live is deleted: the stories of users, on each engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox.faults import Fault
from asgardeo_bijira_sandbox.scenario import OrganizationSeed, TenantSeed
from asgardeo_bijira_sandbox.seeding import seed_organization, seed_tenant
from pulumi_asgardeo_bijira.transport import SANDBOX_VARIABLE

from tests.programs.stack import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine

HEAD = "import pulumi\nimport pulumi_asgardeo_bijira as wso2\nfrom pulumi import ResourceOptions as Opts\n"
GUIDE = """
{first}
api = wso2.AsgardeoApi(
    "{prefix}api", {} identifier="urn:orders", scopes=[{{"name": "orders:read"}}], adopt={adopt}, name="orders",
)
app = wso2.AsgardeoApplication(
    "{prefix}app", {} name="shop", adopt={adopt}, authorized_apis=[{{"api_id": api.id, "scopes": ["orders:read"]}}],
)
client = wso2.BijiraApplicationClient(
    "{prefix}client", {} application_name="shop", client_id=app.client_id, adopt={adopt},
)
"""
NAMES = ("api", "app", "client")
OTHER = "2f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e22"


def guide(*, prefix: str = "", first: str = "", opts: str = "", adopt: bool = True) -> str:
    """The guide's three resources; `{}` in the options is a resource's name."""
    each = [opts.format(name) for name in NAMES]
    return HEAD + GUIDE.format(*each, prefix=prefix, first=first, adopt=adopt)


def live(stage: Stage) -> tuple[int, int, int, int]:
    """How many APIs, applications, applications of Bijira's and mappings there are."""
    tenant, bijira = stage.sandbox.store.asgardeo["sandbox"], next(iter(stage.sandbox.store.bijira.values()))
    mappings = sum(len(application.mappings) for application in bijira.applications.values())
    return len(tenant.apis), len(tenant.applications), len(bijira.applications), mappings


@pytest.fixture
def colleague(tmp_path: Path, start_engine: Callable[..., Engine], sandbox: Sandbox) -> Stage:
    """Another stack on the same platforms, always on the engine that is there at once."""
    return Stage(tmp_path / "colleague", lambda project: start_engine(project, "built-in"), sandbox)


@pytest.mark.parametrize(
    ("theirs", "ours", "match", "status"),
    [
        (
            'app = wso2.AsgardeoApplication("theirs")\n',
            'app = wso2.AsgardeoApplication("ours")\n',
            "POST /api/am/.*/applications$",
            500,
        ),
        ('wso2.AsgardeoApi("orders", identifier="urn:orders")\n', None, "POST .*/api-resources$", 502),
        ('wso2.AsgardeoApplication("shop")\n', None, "POST /t/.*/applications$", 502),
    ],
    ids=["a client", "an API", "an application"],
)
def test_what_a_colleague_has_is_not_ours_after_a_lost_answer(  # the two sides of a story
    stage: Stage, colleague: Stage, theirs: str, ours: str | None, match: str, status: int
) -> None:
    """It is named in the error, and neither the failed up nor a destroy takes it away."""
    client = 'wso2.BijiraApplicationClient("shop", application_name="shop", client_id=app.client_id)\n'
    colleague.program(HEAD + theirs + (client if ours else ""))
    colleague.done("up")
    stage.before = stage.sandbox.store.snapshot()
    stage.program(HEAD + (ours + client if ours else theirs))
    stage.sandbox.faults.add(Fault(kind="fail", match=match, call=1, status=status))
    failed = stage.engine.up()
    assert not failed.ok
    assert "exists already" in failed.diagnostics
    stage.sandbox.faults.clear()
    stage.gone()
    colleague.settled()


@pytest.mark.parametrize(
    ("renamed", "count"),
    [
        ({"prefix": "new-"}, 0),
        ({"first": 'g = pulumi.ComponentResource("acme:index:Group", "g")', "opts": "Opts(parent=g),"}, 1),
    ],
    ids=["renamed", "moved into a component"],
)
def test_what_is_renamed_without_an_alias_stays_when_it_is_adopted(
    stage: Stage, renamed: dict[str, str], count: int
) -> None:
    """The old name is deleted, the object is not; a line says so and names the alias."""
    stage.program(guide())
    stage.up()
    there = stage.sandbox.store.snapshot()
    stage.program(guide(**renamed))  # type: ignore[arg-type]  # texts alone
    result = stage.done("up")
    assert dict(result.changes) == {"same": 1, "create": 3 + count, "delete": 3}
    assert result.diagnostics.count("stays") == 3
    assert "wants the resource option aliases" in result.diagnostics
    assert stage.sandbox.store.snapshot() == there
    stage.settled()
    stage.gone()


def test_the_error_of_a_renamed_resource_names_the_alias_and_the_alias_does_it(stage: Stage) -> None:
    """`adopt` is for what this stack does not have."""
    stage.program(guide(adopt=False))
    stage.up()
    there = live(stage)
    stage.program(guide(adopt=False, prefix="new-"))
    failed = stage.engine.up()
    assert not failed.ok
    assert "it wants an alias" in failed.diagnostics
    assert live(stage) == there
    stage.program(guide(adopt=False, prefix="new-", opts="Opts(aliases=[pulumi.Alias(name='{}')]),"))
    assert stage.up() == {"new-api": "same", "new-app": "same", "new-client": "same"}
    stage.gone()


@pytest.mark.parametrize("asking", ["--replace", "state taint"])
@pytest.mark.parametrize("name", NAMES)
def test_what_the_user_has_replaced_is_there_afterwards(stage: Stage, name: str, asking: str) -> None:
    """With `adopt=True` too: the old one goes first, so there is nothing to adopt, and nothing live is deleted."""
    stage.program(guide())
    stage.up()
    there, before = live(stage), stage.resources()
    urn = before[name]["urn"]
    if asking == "state taint":
        stage.engine.taint(urn)
    result = stage.engine.up(replace=[urn] if asking == "--replace" else [])
    assert result.ok, result.diagnostics
    assert result.changes["replace"] == 1
    assert live(stage) == there
    assert stage.resources()[name]["id"] != before[name]["id"]
    stage.settled()
    stage.gone()


def test_a_replacement_on_changes_deletes_first(stage: Stage) -> None:
    """The engine decides it after the provider said that the object stays."""
    program = HEAD + (
        'wso2.AsgardeoApi("api", Opts(replace_on_changes=["description"]), identifier="urn:orders", '
        'description="{}", adopt=True)\n'
    )
    stage.program(program.format("x"))
    stage.up()
    stage.program(program.format("y"))
    assert "replace" in stage.up()["api"]
    assert live(stage)[0] == 1
    stage.gone()


def test_a_program_may_have_the_new_one_first(stage: Stage) -> None:
    """`delete_before_replace=False` stays: with `adopt` the object is taken over, and its deletion leaves it."""
    program = HEAD + (
        'wso2.AsgardeoApi("api", Opts(delete_before_replace=False), identifier="urn:orders", adopt=True)\n'
    )
    stage.program(program)
    stage.up()
    there, before = live(stage), stage.resources()["api"]
    result = stage.engine.up(replace=[before["urn"]])
    assert result.ok, result.diagnostics
    assert "stays" in result.diagnostics
    assert live(stage) == there
    assert stage.resources()["api"]["id"] == before["id"]
    stage.settled()
    stage.gone()


def seeded(sandbox: Sandbox) -> None:
    """Give the sandbox a second organisation on each platform."""
    sandbox.store.asgardeo["other"] = seed_tenant(TenantSeed(organization="other"))
    sandbox.store.bijira[OTHER] = seed_organization(
        OrganizationSeed(uuid=OTHER, handle="other"), sandbox.store.base_url
    )


@pytest.mark.parametrize(
    ("key", "here", "there", "names"),
    [
        ("asgardeo:organization", "sandbox", "other", ("api", "app")),
        ("bijira:organizationId", "8f8e9dab-1f3a-4a9d-9d5e-0c5a3c1b7e10", OTHER, ("client",)),
    ],
)
def test_settings_that_lead_to_another_organisation_are_refused(
    stage: Stage, key: str, here: str, there: str, names: tuple[str, ...]
) -> None:
    """In a line that names both places; nothing is lost, and setting it back is all it takes."""
    seeded(stage.sandbox)
    stage.before = stage.sandbox.store.snapshot()
    variable = {"asgardeo:organization": "ASGARDEO_ORGANIZATION"}.get(key, "BIJIRA_ORGANIZATION_ID")
    stage.engine.set_config({key: here}, frozenset())
    stage.program(guide(adopt=False))
    stage.up()
    before, state = live(stage), stage.resources()
    stage.engine.set_config({key: there}, frozenset())
    for command in ("preview", "up", "up"):
        failed = getattr(stage.engine, command)()
        assert not failed.ok
        assert f"lives in {here}, but the settings lead to {there}" in failed.diagnostics
        assert "another stack" in failed.diagnostics
    stage.engine.set_config({key: here}, frozenset())
    stage.settled()
    stage.environment[variable] = there
    for command in ("refresh", "destroy"):
        failed = getattr(stage.engine, command)()
        assert not failed.ok
        assert f"but the settings lead to {there}" in failed.diagnostics
    del stage.environment[variable]
    assert live(stage)[:2] == before[:2], "what lies in the right place, and depends on the rest, may go first"
    assert {name: stage.resources()[name]["id"] for name in names} == {name: state[name]["id"] for name in names}
    stage.gone()


def test_two_resources_for_one_object_are_an_error_that_names_both(stage: Stage) -> None:
    """Each would undo what the other does."""
    one = HEAD + 'a = wso2.AsgardeoApplication("a", name="shop", description="one")\n'
    two = 'wso2.AsgardeoApplication("b", Opts(depends_on=[a]), name="shop", description="two", adopt=True)\n'
    stage.program(one)
    stage.up()
    stage.program(one + two)
    failed = stage.engine.up()
    assert not failed.ok
    assert "cannot be adopted by another of the same program" in failed.diagnostics
    assert "::a" in failed.diagnostics
    assert "(b): " in failed.diagnostics
    stage.program(one)
    stage.up()
    applications = stage.sandbox.store.asgardeo["sandbox"].applications.values()
    assert [found.description for found in applications if found.name == "shop"] == ["one"]
    stage.gone()


@pytest.mark.parametrize("kind", ["lose", "html"])
def test_one_secret_for_one_value_of_the_rotation(stage: Stage, kind: str) -> None:
    """Whatever becomes of the answer: the state ends up with the live one."""
    program = HEAD + 'app = wso2.AsgardeoApplication("shop"{})\npulumi.export("secret", app.client_secret)\n'
    stage.program(program.format(""))
    stage.up()
    stage.program(program.format(', secret_rotation="1"'))
    mark = stage.sandbox.ledger.mark()
    stage.sandbox.faults.add(Fault(kind=kind, match="POST .*regenerate-secret", call=1))
    stage.engine.up()
    stage.sandbox.faults.clear()
    secret = stage.done("up").outputs["secret"]
    applications = stage.sandbox.store.asgardeo["sandbox"].applications.values()
    assert [found.oidc.client_secret for found in applications if found.name == "shop" and found.oidc] == [secret]
    sent = [exchange.path for exchange in stage.sandbox.ledger.since(mark) if "regenerate" in exchange.path]
    assert len(sent) == (1 if kind == "lose" else 2)
    stage.gone()


def test_a_sandbox_is_named_and_stands_beside_no_other_host(stage: Stage) -> None:
    """A variable that was forgotten must not pass for a deployment, nor its preview for one of the real platforms."""
    for name in stage.environment.keys() - {SANDBOX_VARIABLE}:
        del stage.environment[name]
    stage.program(HEAD + 'wso2.AsgardeoApi("a", identifier="urn:a")\n')
    for command in ("preview", "up"):
        assert SANDBOX_VARIABLE in stage.done(command).diagnostics
    stage.environment["ASGARDEO_BASE_URL"] = "https://iam.example.com"
    for refused in (stage.engine.preview(), stage.engine.up()):
        assert not refused.ok
        assert SANDBOX_VARIABLE in refused.diagnostics
        assert "asgardeo:baseUrl leads to another host" in refused.diagnostics
