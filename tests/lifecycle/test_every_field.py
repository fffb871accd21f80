"""Every field of every resource, at every depth: sent, changed by somebody else, seen, repaired, changed.

There is no row for each: a field that is declared is walked. One that were sent nowhere, or read from nowhere, fails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Sandbox, left_behind
from pulumi_asgardeo_bijira.resources.schema import WRITE_ONLY
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.lifecycle.settled import settled
from tests.support.fields import FIELDS, Field, at
from tests.support.host import Host, Life, PropertyMap
from tests.support.plugin import Plugin, PluginLife
from tests.support.referred import add_apis, add_bijira, add_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITTEN_ONLY = [one for one in FIELDS if any(WRITE_ONLY in m.model_fields[name].metadata for m, name in one.path)]
READ = [one for one in FIELDS if one not in WRITTEN_ONLY]
#: What is read of somebody else's in another form: a key manager's endpoints, a client's id, a subscription's API id.
OTHER_FORM = {
    "ApplicationClient.application_id",
    "ApplicationClient.key_manager",
    "ApplicationClient.key_type",
    "ApplicationClient.subscriptions.api_name",
    "ApplicationClient.subscriptions.api_version",
    "KeyManager.organization",
}
#: Of what is written only: what is sent where it changes.
#: The outputs that a change may leave as they are, where two key managers tell the same.
MAY_STAY = {"ApplicationClient.key_manager": {"availableGrantTypes"}}
SENT = {"Application.secret_rotation", "KeyManager.connector.name", "KeyManager.connector.value"}


@pytest.fixture(params=[(Host, Life), (Plugin, PluginLife)], ids=["dynamic", "plugin"])
def bridge(request: pytest.FixtureRequest) -> tuple[type[Host], type[Life]]:
    """What leads the resource through its life: the host of dynamic providers, or the plugin."""
    found: tuple[type[Host], type[Life]] = request.param
    return found


@pytest.fixture
def host(bridge: tuple[type[Host], type[Life]], field: Field, sandbox: Sandbox) -> Iterator[Host]:
    """A provider process in front of platforms that have what the examples refer to."""
    add_apis(sandbox, with_scopes=field.handler.name != "Api")
    add_bijira(sandbox)
    if field.handler.name == "Role":
        add_people(sandbox)
    address = {"BIJIRA_BASE_URL": "https://apim.example.com/api/am/devportal/v3"}
    environment = address if field.handler.name == "KeyManager" else {}  # where one can be made
    with bridge[0]({}, {**sandbox_environment(sandbox.url), **environment}) as running:
        yield running


@pytest.fixture
def start(
    bridge: tuple[type[Host], type[Life]], field: Field, host: Host, sandbox: Sandbox
) -> Iterator[Callable[[], Life]]:
    """Starts the life of the one resource that has the field, in several hands; in the end nothing is left of it."""
    before = sandbox.store.snapshot()
    lives: list[Life] = []

    def begin() -> Life:
        lives.append(bridge[1](host, field.handler.name, sandbox, number=lives[0].number if lives else 0))
        return lives[-1]

    yield begin
    if lives[0].id:
        lives[0].destroy()
    assert left_behind(before, sandbox.store.snapshot()) == []


def writes(life: Life) -> list[str]:
    """The requests of the last operation that change something."""
    return [one for one in life.sent if not one.startswith("GET")]


def settle(life: Life, field: Field, inputs: PropertyMap) -> str:
    """Bring it about; what an update in place computes anew has been foretold, and nothing else."""
    before = life.outputs
    foretold = field.handler.unsettled(before, life.check(inputs)[0])
    operation = life.up(inputs)
    if operation == "update":
        names = field.handler.outputs.keys()
        anew = {name for name in names if before.get(name) != life.outputs.get(name)}
        assert anew <= foretold, "a preview would show a value that does not stay"
        assert foretold - anew <= MAY_STAY.get(str(field), set()), "a preview would hide a value that is known"
    return operation


def is_shown(life: Life, field: Field, declared: PropertyMap) -> bool:
    """Whether the platform has what is declared, read without any state."""
    return str(field) in OTHER_FORM or at(life.get(life.id), field.keys) == at(declared, field.keys)


@pytest.mark.parametrize("field", READ, ids=str)
def test_what_is_declared_is_what_the_platform_has(field: Field, start: Callable[[], Life]) -> None:
    """After a creation, after somebody else's change, after its repair, and after a change of one's own."""
    first, second = field.pair()
    life, somebody_else = start(), start()
    assert life.up(first) == "create"
    changes = life.preview(second)
    assert is_shown(life, field, first)
    settled(life, first)

    if changes == "update":
        somebody_else.id, somebody_else.inputs, somebody_else.outputs = life.id, life.inputs, life.outputs
        assert somebody_else.up(second) == "update"
        assert writes(somebody_else)
        assert life.refresh() == "update"
        assert str(field) in OTHER_FORM or at(life.inputs, field.keys) == at(second, field.keys)
        assert life.up(first) == "update"
        assert writes(life)
        assert is_shown(life, field, first)

    assert settle(life, field, second) == changes
    assert writes(life)
    assert is_shown(life, field, second)
    settled(life, second)


@pytest.mark.parametrize("field", WRITTEN_ONLY, ids=str)
def test_what_is_written_only_is_sent_or_kept_and_never_drifts(field: Field, start: Callable[[], Life]) -> None:
    """No platform shows it again: refresh keeps what was declared."""
    first, second = field.pair()
    life = start()
    life.up(first)
    settled(life, first)
    assert at(life.inputs, field.keys) == at(first, field.keys)
    assert settle(life, field, second) == "update"
    assert bool(writes(life)) == (str(field) in SENT)
    settled(life, second)
    assert at(life.inputs, field.keys) == at(second, field.keys)
