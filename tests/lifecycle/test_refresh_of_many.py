"""A refresh of many objects: lists stand for single reads, and show what those would show."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault
from asgardeo_bijira_sandbox.bijira.models import SUBSCRIPTIONLESS, Subscription
from pulumi_asgardeo_bijira.resources import Lifecycle, platforms_for, resource_handlers
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment
from pulumi_asgardeo_bijira.transport.network import NETWORK

from tests.support.fields import FIELDS, Field
from tests.support.referred import add_apis, add_bijira, add_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.resources import Platforms

PropertyMap = dict[str, Any]
KINDS = ("Api", "Application", "ApplicationClient", "Role")
ORDERS = {"apiName": "Orders API", "apiVersion": "1.0.0"}
#: How many there are of each kind, and how many of these are read before a list is asked for.
MANY, FIRST = 12, 4


@dataclass
class Object:
    """An object in the hands of a provider in this very process."""

    lifecycle: Lifecycle
    inputs: PropertyMap
    id: str = ""
    state: PropertyMap = field(default_factory=dict)

    def make(self) -> Object:
        """Create it."""
        checked = self.lifecycle.check(self.inputs)
        assert not checked.failures
        made = self.lifecycle.create(checked.inputs)
        self.id, self.state = made.id, checked.inputs | made.outputs
        return self

    def change(self, **inputs: Any) -> None:
        """Change it."""
        checked = self.lifecycle.check(self.inputs | inputs)
        self.state = checked.inputs | self.lifecycle.update(self.id, self.state, checked.inputs)

    def read(self) -> PropertyMap | None:
        """What a refresh shows of it."""
        found = self.lifecycle.read(self.id, self.state)
        return found[0] | found[1] if found else None


@dataclass
class World:
    """A sandbox, and a provider in this process that leads there."""

    sandbox: Sandbox
    platforms: Platforms

    def lifecycle(self, kind: str) -> Lifecycle:
        """That of a kind."""
        return Lifecycle(resource_handlers()[kind], lambda: self.platforms)

    def object(self, kind: str, inputs: PropertyMap) -> Object:
        """An object that has been made."""
        return Object(self.lifecycle(kind), inputs).make()

    def usual(self, kind: str, number: int) -> Object:
        """One as programs declare them."""
        title = f"{kind}-{number}"
        scopes = [{"name": f"{title}:read"}, {"name": f"{title}:write", "description": "Write"}]
        if kind == "Api":
            return self.object(kind, {"identifier": f"urn:{title}", "name": title, "scopes": scopes})
        if kind == "Application":
            api = self.object("Api", {"identifier": f"urn:{title}", "name": title, "scopes": scopes[:1]})
            authorized = [{"apiId": api.id, "scopes": [f"{title}:read"]}]
            return self.object(kind, {"name": title, "description": "d", "authorizedApis": authorized})
        if kind == "Role":
            self.object("Api", {"identifier": f"urn:{title}", "name": title, "scopes": scopes})
            return self.object(kind, {"name": title, "permissions": [f"{title}:read", f"{title}:write"]})
        inputs = {"applicationName": title, "clientId": f"client-{title}", "keyManager": "Asgardeo"}
        return self.object(kind, inputs | {"subscriptions": [{**ORDERS, "plan": "Gold"}]})

    def sent(self, mark: int) -> Counter[str]:
        """Requests since a mark, by address."""
        exchanges = [one for one in self.sandbox.ledger.since(mark) if one.platform != "token"]
        return Counter(f"{one.method} {one.route}" for one in exchanges)


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """Both platforms."""
    yield World(sandbox, platforms_for(Settings({}, sandbox_environment(sandbox.url))))
    NETWORK.close()


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind that lists show."""
    return str(request.param)


@pytest.fixture
def many(world: World, kind: str) -> list[Object]:
    """Many objects of a kind."""
    return [world.usual(kind, number) for number in range(MANY)]


def in_a_burst(objects: list[Object]) -> Iterator[PropertyMap | None]:
    """What is shown of each, while another read runs all the time."""
    lifecycle = objects[0].lifecycle
    with lifecycle.platforms().bursts[lifecycle.handler.platform].reading():
        yield from (one.read() for one in objects)


#: Requests for so many of each kind: of those before the lists, and of all.
SENT = {
    "Api": {"GET /api-resources/{id}": FIRST, "GET /scopes": 1, "GET /api-resources": 1},
    "Application": {
        "GET /applications/{id}": FIRST,
        "GET /applications/{id}/inbound-protocols/oidc": MANY,
        "GET /applications/{id}/authorized-apis": MANY,
        "GET /applications": 1,
    },
    "Role": {"GET /scim2/v2/Roles/{id}": FIRST, "GET /scim2/v2/Roles": 1},
    "ApplicationClient": {
        "GET /applications/{id}": FIRST,
        "GET /applications/{id}/oauth-keys": MANY,
        # the application of those before was not listed, and four more pay for the list of the API's
        "GET /subscriptions": FIRST + FIRST + 1,
        "GET /applications": 1,
    },
}


def test_many_take_one_list_and_few_take_none(world: World, kind: str, many: list[Object]) -> None:
    """What each sends is what it always did as long as there are few, or each is read when the former is done."""
    mark = world.sandbox.ledger.mark()
    alone = [one.read() for one in many]
    by_itself = world.sent(mark)
    assert not {"GET /applications", "GET /scopes", "GET /api-resources", "GET /scim2/v2/Roles"} & by_itself.keys()
    mark = world.sandbox.ledger.mark()
    assert list(in_a_burst(many[:FIRST])) == alone[:FIRST]
    assert world.sent(mark) == {address: count * FIRST // MANY for address, count in by_itself.items()}
    mark = world.sandbox.ledger.mark()
    assert list(in_a_burst(many)) == alone
    assert world.sent(mark) == SENT[kind]


@pytest.mark.parametrize(
    ("kind", "declared"), [("Api", "description"), ("Application", "enabled"), ("Role", "users")], indirect=["kind"]
)
def test_what_no_list_shows_asks_for_none(world: World, kind: str, many: list[Object], declared: str) -> None:
    """However many there are."""
    values: PropertyMap = {"description": "d", "enabled": True, "users": []}
    for one in many:
        one.change(**{declared: values[declared]})
    alone = [one.read() for one in many]
    mark = world.sandbox.ledger.mark()
    assert list(in_a_burst(many)) == alone
    assert (
        not {"GET /applications", "GET /scopes", "GET /api-resources", "GET /scim2/v2/Roles"} & world.sent(mark).keys()
    )


def test_in_a_portal_many_take_two_lists(sandbox: Sandbox) -> None:
    """Of a mapping no more can be read there than that its key manager is; one that is disabled is in no list."""
    settings = Settings({"bijira:backend": "api-portal"}, sandbox_environment(sandbox.url))
    portal = World(sandbox, platforms_for(settings))
    inputs = {"clientId": "client", "keyManager": "asgardeo"}
    many = [portal.object("ApplicationClient", inputs | {"applicationName": f"orders-{one}"}) for one in range(MANY)]
    alone, km = [one.read() for one in many], "GET /key-managers/{kmId}"
    usual = {"GET /applications/{applicationId}": FIRST, "GET /applications": 1, km: FIRST, "GET /key-managers": 1}
    mark = sandbox.ledger.mark()
    assert list(in_a_burst(many)) == alone
    assert portal.sent(mark) == usual
    next(iter(sandbox.store.api_portal.organizations.values())).key_managers["asgardeo"].enabled = False
    mark = sandbox.ledger.mark()
    assert list(in_a_burst(many)) == alone
    assert portal.sent(mark) == usual | {km: MANY}
    NETWORK.close()


def test_what_is_changed_elsewhere_between_two_refreshes_is_seen(world: World, kind: str, many: list[Object]) -> None:
    """And what is changed before the list is asked for, in the same one."""
    list(in_a_burst(many))
    elsewhere(world, kind, many[-1].id)
    burst = in_a_burst([*many, many[-1], many[0]])
    assert [next(burst) for _ in many[:FIRST]]
    elsewhere(world, kind, many[0].id)
    *shown, changed, changed_meanwhile = burst
    assert shown[-1] == changed == many[-1].read() != many[-1].state
    assert changed_meanwhile == many[0].read() != many[0].state


def elsewhere(world: World, kind: str, id: str) -> None:
    """Somebody changes in the portal what lists show of it."""
    tenant, organization = world.sandbox.store.asgardeo["sandbox"], next(iter(world.sandbox.store.bijira.values()))
    if kind == "Api":
        tenant.apis[id].scopes[0].display_name = "changed"
    elif kind == "Application":
        tenant.applications[id].description = "changed"
    elif kind == "Role":
        tenant.roles[id].name = "changed"
    else:
        application_id = id.split("/")[0]
        organization.applications[application_id].description = "changed"
        next(one for one in organization.subscriptions.values() if one.application_id == application_id).plan = "Silver"


def test_what_this_process_writes_is_seen_by_the_next_read(kind: str, many: list[Object]) -> None:
    """Though the burst goes on."""
    changes: dict[str, PropertyMap] = {
        "Api": {"name": "changed"},
        "Application": {"description": "changed"},
        "Role": {"name": "changed"},
        "ApplicationClient": {"subscriptions": [{**ORDERS, "plan": "Silver"}]},
    }
    burst = in_a_burst([*many, *many, *many])
    shown = [next(burst) for _ in many]
    assert shown == [one.read() for one in many]
    many[5].change(**changes[kind])
    again = list(burst)
    assert again[5] == again[MANY + 5] == many[5].state
    assert again[:5] == shown[:5]


def test_what_is_gone_shows_as_gone(world: World, kind: str, many: list[Object]) -> None:
    """That a list does not have it is not enough; neither is that it did."""
    tenant, organization = world.sandbox.store.asgardeo["sandbox"], next(iter(world.sandbox.store.bijira.values()))
    kept: dict[str, dict[str, Any]] = {
        "Api": tenant.apis,
        "Application": tenant.applications,
        "Role": tenant.roles,
        "ApplicationClient": organization.applications,
    }
    del kept[kind][many[5].id.split("/")[0]]
    burst = in_a_burst([*many, many[6]])
    shown = [next(burst) for _ in many]
    assert [number for number, one in enumerate(shown) if one is None] == [5]
    del kept[kind][many[6].id.split("/")[0]]
    with_parts = kind in ("Application", "ApplicationClient")
    assert list(burst) == [None if with_parts else shown[6]], "of the others nothing but lists is read"


#: What the platforms say of a part whose whole is gone.
GONE = {
    "Application": (r"GET \S*/authorized-apis$", {"code": "APP-60006", "message": "Application not found."}),
    "ApplicationClient": (
        r"GET \S*/(oauth-)?keys$",
        {"code": 404, "message": "Not Found", "description": "Requested application with Id 'x' not found"},
    ),
}


@pytest.mark.parametrize("kind", GONE, indirect=True)
def test_a_part_does_not_say_that_the_whole_is_gone(world: World, kind: str, many: list[Object]) -> None:
    """Where a list has shown it, it is asked for by itself."""
    alone = many[-1].read()
    burst = in_a_burst([*many, many[-1]])
    assert [next(burst) for _ in many][-1] == alone
    match, body = GONE[kind]
    times = 2 if kind == "ApplicationClient" else 1  # mappings are looked for at an older address, too
    world.sandbox.faults.add(Fault(kind="fail", status=404, match=match, body=body, times=times))
    assert list(burst) == [alone]


def test_what_is_subscribed_to_elsewhere_is_seen(world: World) -> None:
    """The lists of the declared APIs do not show it: the application's own count tells that there is more."""
    many = [world.usual("ApplicationClient", number) for number in range(MANY)]
    add_bijira(world.sandbox)
    organization = next(iter(world.sandbox.store.bijira.values()))
    declared = {one.api_id for one in organization.subscriptions.values()}
    other = next(api for api in organization.apis.values() if api.id not in declared)
    added = Subscription(application_id=many[-1].id.split("/")[0], api_id=other.id, plan="Gold", status="UNBLOCKED")
    organization.subscriptions[added.id] = added
    shown = list(in_a_burst(many))
    assert shown == [one.read() for one in many]
    assert [len(one["subscriptions"]) for one in shown if one] == [1] * (MANY - 1) + [2]


def test_what_is_subscribed_to_elsewhere_is_seen_beside_what_nobody_counts(world: World) -> None:
    """A declared subscription to an API that checks none is not counted, and so hides none that is."""
    add_bijira(world.sandbox)
    organization = next(iter(world.sandbox.store.bijira.values()))
    unchecked, other = list(organization.apis.values())[-2:]
    unchecked.plans = [SUBSCRIPTIONLESS]
    own = [{"applicationName": f"orders-{one}", "clientId": f"client-{one}"} for one in range(MANY)]
    subscribed = {"keyManager": "Asgardeo", "subscriptions": [{"apiId": unchecked.id, "plan": SUBSCRIPTIONLESS}]}
    many = [world.object("ApplicationClient", one | subscribed) for one in own]
    added = Subscription(application_id=many[-1].id.split("/")[0], api_id=other.id, plan="Gold", status="UNBLOCKED")
    organization.subscriptions[added.id] = added
    shown = list(in_a_burst(many))
    assert shown == [one.read() for one in many]
    assert [len(one["subscriptions"]) for one in shown if one] == [1] * (MANY - 1) + [2]


def test_a_scope_that_is_not_listed_is_not_gone(world: World) -> None:
    """The API is read by itself."""
    many = [world.usual("Api", number) for number in range(MANY)]
    alone = [one.read() for one in many]
    apis = [world.sandbox.store.asgardeo["sandbox"].apis[one.id] for one in many]
    rows = [{"id": scope.id, "name": scope.name, "apiID": api.id} for api in apis for scope in api.scopes[:1]]
    world.sandbox.faults.add(Fault(kind="body", match=r"GET \S*/scopes$", text=json.dumps(rows), times=0))
    assert list(in_a_burst(many)) == alone


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "fail", "status": 403, "body": {"code": "x", "message": "no"}},
        {"kind": "fail", "status": 400, "body": {"code": "x", "message": "no"}},
        {"kind": "body", "text": '[{"id": "1", "name": "older:server"}]'},
        {"kind": "html"},
    ],
    ids=["forbidden", "refused", "in another form", "a page to sign in"],
)
def test_a_list_that_cannot_be_had_is_none(world: World, kind: str, many: list[Object], fault: dict[str, Any]) -> None:
    """Older servers do not say whose a scope is, a token may not list: then each is read by itself."""
    alone = [one.read() for one in many]
    world.sandbox.faults.add(
        Fault.model_validate({**fault, "match": r"GET \S*/(scopes|applications|api-resources|Roles)$", "times": 0})
    )
    assert list(in_a_burst(many)) == alone


SHOWN = [one for one in FIELDS if one.handler.name in KINDS]


@pytest.mark.parametrize("field_", SHOWN, ids=str)
def test_a_list_shows_each_field_as_a_read_by_itself_does(field_: Field, world: World) -> None:
    """As it is, and after somebody else has changed it."""
    kind = field_.handler.name
    add_apis(world.sandbox, with_scopes=kind != "Api")
    add_bijira(world.sandbox)
    if kind == "Role":
        add_people(world.sandbox)
    first, second = field_.pair()
    mine = world.object(kind, first)
    other = Object(mine.lifecycle, first, mine.id, mine.state)
    assert list(in_a_burst([mine] * 12)) == [mine.read()] * 12
    if not mine.lifecycle.handler.replaces(mine.id, mine.state, second):
        other.change(**second)
        assert list(in_a_burst([mine] * 12)) == [mine.read()] * 12
