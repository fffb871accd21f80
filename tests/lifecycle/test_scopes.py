"""The management scopes that a resource says it takes are enough for its whole life, and none of them is too many."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Sandbox, Scenario
from pulumi_asgardeo_bijira.resources import platforms_for, resource_handlers
from pulumi_asgardeo_bijira.resources.lookups.handlers import LOOK_UP_SCOPES, LOOK_UPS
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE, Settings, sandbox_environment
from pulumi_asgardeo_bijira.transport import Problem

from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Inputs = Mapping[str, Any]
    #: Inputs, as they follow from the resources before.
    Step = Callable[[dict[str, Life]], Inputs]

READ, WRITE = {"name": "orders:read"}, {"name": "orders:write"}
V3 = {"BIJIRA_BASE_URL": "https://apim.example.com/api/am/devportal/v3"}
PORTAL = {"BIJIRA_BACKEND": "api-portal", "BIJIRA_BASE_URL": "https://portal.example.com/api-portal/api/v0.9"}


@dataclass(frozen=True)
class Part:
    """One resource of a program: what is declared of it at first, and what then changes."""

    kind: str
    declared: Step
    changes: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Program:
    """Resources, in the order in which one needs the other."""

    name: str
    parts: tuple[Part, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


def api(*scopes: Inputs) -> Step:
    """An API with these scopes."""
    return lambda _: {"identifier": "https://orders", "name": "Orders", "scopes": list(scopes)}


def application(**declared: Any) -> Step:
    """An application."""
    return lambda _: {"name": "orders-client", **declared}


def authorized(*scopes: str, **declared: Any) -> Step:
    """An application that is authorized for these scopes of the API."""

    def inputs(lives: dict[str, Life]) -> Inputs:
        return {"name": "it", **declared, "authorizedApis": [{"apiId": lives["Api"].id, "scopes": list(scopes)}]}

    return inputs


def role(**declared: Any) -> Step:
    """A role of the application."""
    return lambda lives: {"name": "reader", "applicationId": lives["Application"].id, **declared}


def client(**declared: Any) -> Step:
    """A client in Bijira."""
    return lambda _: {"applicationName": "Orders", "clientId": "abc", **declared}


OF_API = Part("Api", api(READ), (api(READ | {"displayName": "Read"}, WRITE), api(READ)))
OF_APPLICATION = Part("Application", application(), (application(description="Orders"),))
OF_AUTHORIZED = Part(
    "Application",
    authorized("orders:read", allowedAudience="APPLICATION"),
    (authorized("orders:read", "orders:write", allowedAudience="APPLICATION"),),
)
BOTH = Part("Api", api(READ, WRITE), OF_API.changes[:1])
#: Stands for what is not known yet.
NOT_YET = "not yet"
#: A user and a group of the sandbox that is running.
PEOPLE: list[str] = []
GROUP: list[str] = []
SUBSCRIPTION = {"apiName": "Orders API", "apiVersion": "1.0.0", "plan": "Gold"}
PUBLIC = {"applicationType": "spa", "callbackUrls": ["https://a"]}
NAMED = {"keyManager": "asgardeo"}
CONNECTOR = [{"name": f"mgmt_client_{what}", "value": "x"} for what in ("id", "secret")]
PROGRAMS = (
    Program(
        "guide",
        (
            BOTH,
            OF_AUTHORIZED,
            Part(
                "ApplicationClient",
                lambda lives: {
                    "applicationName": "Orders",
                    "clientId": lives["Application"].outputs.get("clientId", NOT_YET),
                    "subscriptions": [SUBSCRIPTION],
                },
            ),
        ),
    ),
    Program("api", (OF_API,)),
    Program("application", (OF_APPLICATION,)),
    Program(
        "rotated",
        (Part("Application", application(secretRotation="1"), (application(secretRotation="2", description="It"),)),),
    ),
    Program(
        "public",
        (Part("Application", application(**PUBLIC), (application(**PUBLIC, description="Ours"),)),),
    ),
    Program("authorized", (BOTH, OF_AUTHORIZED)),
    Program("role", (BOTH, OF_AUTHORIZED, Part("Role", role(), (role(name="writer"),)))),
    Program(
        "permitting role",
        (BOTH, OF_AUTHORIZED, Part("Role", role(permissions=["orders:read"]), (role(permissions=["orders:write"]),))),
    ),
    Program(
        "given role",
        (BOTH, OF_AUTHORIZED, Part("Role", role(users=[], groups=[]), (role(users=PEOPLE, groups=GROUP),))),
    ),
    Program(
        "client", (Part("ApplicationClient", client(subscriptions=[SUBSCRIPTION]), (client(description="Mine"),)),)
    ),
    Program(
        "key manager",
        (Part("KeyManager", lambda _: {"name": "Ours", "organization": "sandbox", "connector": CONNECTOR}),),
        V3,
    ),
    Program("portal", (Part("ApplicationClient", client(), (client(keyType="SANDBOX"),)),), PORTAL),
    Program(
        "named in portal",
        (Part("ApplicationClient", client(**NAMED), (client(**NAMED, keyType="SANDBOX"),)),),
        PORTAL,
    ),
    Program(
        "key manager of the portal",
        (
            Part(
                "KeyManager",
                lambda _: {"name": "ours", "endpoints": {"tokenEndpoint": "https://a/t/b/oauth2/token"}},
                (lambda _: {"name": "ours", "endpoints": {"tokenEndpoint": "https://a/t/c/oauth2/token"}},),
            ),
        ),
        PORTAL,
    ),
)


@contextmanager
def platforms(scopes: dict[str, set[str]] | None = None) -> Iterator[Sandbox]:
    """Both, with a portal that goes by scopes; the management clients have these and no others."""
    with Sandbox(Scenario(portal_by_scopes=True)) as running:
        store = running.store
        tenant = store.asgardeo["sandbox"]
        PEOPLE[:], GROUP[:] = list(tenant.users)[:1], list(tenant.groups)[:1]
        if scopes is not None:
            tenant.management_scopes = sorted(scopes["asgardeo"])
            for organization in store.bijira.values():
                organization.management_scopes = sorted(scopes["bijira"])
            for portal in store.api_portal.organizations.values():
                portal.management_scopes = sorted(scopes["bijira"])
        yield running


def lead(sandbox: Sandbox, program: Program) -> str:
    """From creation to deletion, in one process as one command is; what was said on the way."""
    host = Host({}, {**program.environment, **sandbox_environment(sandbox.url)})
    lives: dict[str, Life] = {}
    said = ""
    try:
        for part in program.parts:
            life = lives[part.kind] = Life(host, part.kind, sandbox)
            life.up(dict(part.declared(lives)))
        for life in lives.values():
            assert life.refresh() == "same"
        for part in program.parts:
            for change in part.changes:
                lives[part.kind].up(dict(change(lives)))
        host.restart()
        for life in reversed(lives.values()):
            life.delete()
    except Refused as refusal:
        said = str(refusal)
    lines = [*host.close().splitlines(), said]
    return "\n".join(line for line in lines if line and "stands for Asgardeo and Bijira" not in line)


def needed(program: Program) -> dict[str, set[str]]:
    """What its resources say that they take, by platform, while it is not known what they compute."""
    found: dict[str, set[str]] = {"asgardeo": set(), "bijira": set()}
    with platforms() as sandbox, Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        places = platforms_for(Settings({}, {**program.environment, **sandbox_environment(sandbox.url)}))
        lives = {part.kind: Life(host, part.kind, sandbox, id=NOT_YET) for part in program.parts}
        for part in program.parts:
            handler = resource_handlers()[part.kind]
            checked = handler.check(dict(part.declared(lives)), lambda value: value == NOT_YET)
            assert checked.failures == ()
            found[handler.platform] |= set(handler.scopes(places, checked.inputs, lambda value: value == NOT_YET))
    return found


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_the_scopes_are_enough_and_none_is_too_many(program: Program) -> None:
    """With all of them a life goes by without a word; without any one of them a line names it."""
    scopes = needed(program)
    with platforms(scopes) as sandbox:
        assert lead(sandbox, program) == ""
    for platform, mine in scopes.items():
        for scope in sorted(mine):
            with platforms(scopes | {platform: mine - {scope}}) as sandbox:
                assert scope in lead(sandbox, program), scope


#: What each look-up finds in the sandbox.
LOOKED_UP: Mapping[str, Inputs] = {
    "getApi": {"identifier": "https://orders"},
    "getApplication": {"name": "it"},
    "getBijiraApi": {"name": "Orders API", "version": "1.0.0"},
    "getGroup": {"name": "staff"},
    "getKeyManager": {"name": "Asgardeo"},
    "getRole": {"name": "reader", "application_id": ""},
    "getUser": {"username": "sandbox-user"},
}


@pytest.fixture
def role_and_client() -> Iterator[tuple[Sandbox, dict[str, Life]]]:
    """An API, an application with a role, a client of it."""
    with platforms() as sandbox, Host({}, {SANDBOX_VARIABLE: sandbox.url}) as host:
        lives: dict[str, Life] = {}
        for part in (BOTH, OF_AUTHORIZED, Part("Role", role()), Part("ApplicationClient", client())):
            life = lives[part.kind] = Life(host, part.kind, sandbox)
            life.up(dict(part.declared(lives)))
        yield sandbox, lives


def grant(sandbox: Sandbox, *scopes: str) -> None:
    """Let both management clients have these and no others."""
    sandbox.store.asgardeo["sandbox"].management_scopes = list(scopes)
    for organization in sandbox.store.bijira.values():
        organization.management_scopes = list(scopes)


@pytest.mark.parametrize("function", LOOK_UPS)
def test_a_look_up_takes_its_scope_and_no_other(
    role_and_client: tuple[Sandbox, dict[str, Life]], function: str
) -> None:
    """With that alone it finds what there is; without it a line names it."""
    sandbox, lives = role_and_client
    given = {key: value or lives["Application"].id for key, value in LOOKED_UP[function].items()}
    places = platforms_for(Settings({}, sandbox_environment(sandbox.url)))
    platform, (scope,) = LOOK_UP_SCOPES[function](places)
    grant(sandbox, scope)
    assert LOOK_UPS[function](places, **given)
    grant(sandbox, "apim:app_manage")
    tokens = getattr(places, platform).tokens
    tokens.renewed(tokens.token())
    with pytest.raises(Problem, match=scope):
        LOOK_UPS[function](places, **given)


@pytest.mark.parametrize("kind", ["Api", "Application", "Role", "ApplicationClient"])
def test_reading_takes_no_more_than_it_says(role_and_client: tuple[Sandbox, dict[str, Life]], kind: str) -> None:
    """As `.get()` does, which changes nothing."""
    sandbox, lives = role_and_client
    handler, places = resource_handlers()[kind], platforms_for(Settings({}, sandbox_environment(sandbox.url)))
    scopes = set(handler.scopes(places, None))
    assert not [scope for scope in scopes if scope.endswith(("_create", "_update", "_delete"))]
    grant(sandbox, *scopes)
    lives[kind].host.restart()
    assert lives[kind].get(lives[kind].id)
