"""What is known of objects without having made them: before a creation, and when they are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox.bijira.models import KeyMapping
from pulumi_asgardeo_bijira.resources import Lifecycle, platforms_for, resource_handler, resource_handlers
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment

from tests.support.fields import FIELDS, Field
from tests.support.referred import add_apis, add_bijira, add_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox

PropertyMap = dict[str, Any]
SELF_HOSTED = {"BIJIRA_BASE_URL": "https://apim.example.com/api/am/devportal/v3"}
FIRST_FIELDS = [next(field for field in FIELDS if field.handler.name == name) for name in resource_handlers()]
#: What an import sends.
REQUESTS = {"Api": 1, "Application": 3, "Role": 1, "KeyManager": 1, "ApplicationClient": 5}
M2M = {"name": "orders", "applicationType": "m2m", "accessToken": {"type": "JWT"}}


@pytest.fixture
def lives(sandbox: Sandbox) -> Callable[..., Lifecycle]:
    """The operations on each kind of resource, in front of platforms that have what the examples refer to."""
    add_apis(sandbox)
    add_bijira(sandbox)
    add_people(sandbox)

    def life(kind: str, environment: dict[str, str] | None = None) -> Lifecycle:
        own = SELF_HOSTED if kind == "KeyManager" else environment or {}
        platforms = platforms_for(Settings({}, {**sandbox_environment(sandbox.url), **own}))
        return Lifecycle(resource_handler(kind), lambda: platforms)

    return life


def make(life: Lifecycle, **inputs: Any) -> tuple[str, PropertyMap, PropertyMap]:
    """Make one: its id, its checked inputs, and its outputs."""
    checked = life.check(inputs)
    assert not checked.failures
    made = life.create(checked.inputs)
    return made.id, checked.inputs, made.outputs


@pytest.mark.parametrize("field", FIRST_FIELDS, ids=lambda field: field.handler.name)
def test_what_is_known_before_a_creation_is_what_it_computes(
    lives: Callable[..., Lifecycle], sandbox: Sandbox, field: Field
) -> None:
    """Without any request."""
    life = lives(field.handler.name)
    inputs = field.pair()[0]
    if field.handler.name == "Api":
        inputs |= {"scopes": [{"name": "own", "displayName": "own"}]}
    mark = sandbox.ledger.mark()
    known = field.handler.known_before(life.platforms(), inputs)
    assert sandbox.ledger.mark() == mark
    assert known
    outputs = life.create(inputs).outputs
    assert known == {key: outputs[key] for key in known}


def test_without_settings_nothing_is_known_before() -> None:
    """It is for others to say that they are missing."""
    for handler in resource_handlers().values():
        found = handler.known_before(platforms_for(Settings({}, {})), {})
        assert not found or handler.platform == "bijira"


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_an_imported_object_previews_no_change(lives: Callable[..., Lifecycle], sandbox: Sandbox, field: Field) -> None:
    """Whatever is declared of it: what the import says passes check as it is, and nothing more is to do."""
    if field.handler.name == "Api":
        sandbox.store.asgardeo["sandbox"].apis.clear()
    life = lives(field.handler.name)
    id_ = life.create(field.pair()[0]).id
    before, mark = sandbox.store.snapshot(), sandbox.ledger.mark()
    inputs, outputs = life.imported(id_)
    assert len(sandbox.ledger.since(mark)) == REQUESTS[field.handler.name]
    again = life.check(inputs)
    assert (again.inputs, again.failures) == (inputs, ())
    assert life.replaces(id_, inputs | outputs, inputs) == []
    assert life.read(id_, inputs | outputs) == (inputs, outputs)
    assert sandbox.store.snapshot() == before


@pytest.mark.parametrize(
    ("declared", "imported"),
    [
        ({}, {}),
        ({"accessToken": {"type": "Default"}}, {"accessToken": {"type": "Default"}}),
        ({"pkce": {"mandatory": True}}, {"pkce": {"mandatory": True}}),
        (
            {"applicationType": "spa", "callbackUrls": ["https://a.example.com"]},
            {"applicationType": "spa", "callbackUrls": ["https://a.example.com"]},
        ),
        (
            {"applicationType": "standard", "grantTypes": ["password"]},
            {"applicationType": "standard", "grantTypes": ["password"]},
        ),
        ({"enabled": False, "description": "x"}, {"enabled": False, "description": "x"}),
    ],
)
def test_an_imported_application_says_what_matters(
    lives: Callable[..., Lifecycle], declared: PropertyMap, imported: PropertyMap
) -> None:
    """Not the sixty things that every application of its type has."""
    life = lives("Application")
    id_, _, outputs = make(life, name="orders", **declared)
    assert life.imported(id_) == (M2M | imported, outputs)


def test_an_imported_api_and_role_say_what_they_have(lives: Callable[..., Lifecycle]) -> None:
    """With the scopes, and without what goes without saying."""
    api, role = lives("Api"), lives("Role")
    id_, declared, _ = make(api, identifier="urn:a", name="A", scopes=[{"name": "a:1"}])
    assert api.imported(id_)[0] == declared
    id_, declared, _ = make(role, name="reader", permissions=["a:1"])
    assert role.imported(id_)[0] == declared


def test_only_the_first_client_of_an_application_is_imported_with_it(
    lives: Callable[..., Lifecycle], sandbox: Sandbox
) -> None:
    """Who deletes the application would delete the other one's client with it."""
    life, bijira = lives("ApplicationClient"), next(iter(sandbox.store.bijira.values()))
    first, declared, _ = make(life, applicationName="orders", clientId="c-1", keyManager="Asgardeo")
    application = bijira.applications[first.partition("/")[0]]
    manager = bijira.key_manager("Partners")
    assert manager
    mapping = KeyMapping(client_id="c-2", key_manager=manager.id, key_type="SANDBOX")
    application.mappings[mapping.id] = mapping
    assert life.imported(first)[0] == declared
    assert life.imported(f"{application.id}/{manager.id}/SANDBOX")[0] == {
        "applicationId": application.id,
        "clientId": "c-2",
        "keyManager": "Partners",
        "keyType": "SANDBOX",
    }


def test_what_the_portal_does_not_show_is_left_to_the_program(lives: Callable[..., Lifecycle]) -> None:
    """The engine then says what is missing."""
    life = lives("ApplicationClient", {"BIJIRA_BACKEND": "api-portal"})
    id_, _, _ = make(life, applicationName="orders", clientId="c-1", keyManager="asgardeo")
    inputs, _ = life.imported(id_)
    assert inputs["applicationName"] == "orders"
    assert life.check(inputs).failures == ("client_id: is required",)


def test_every_object_that_can_be_imported_is_listed(lives: Callable[..., Lifecycle]) -> None:
    """With its id and its name."""
    api = lives("Api")
    id_, _, _ = make(api, identifier="urn:a", name="A")
    assert (id_, "A") in list(api.listed())
    for kind in resource_handlers():
        assert all(id_ and name for id_, name in lives(kind).listed())


def test_applications_are_listed_by_the_page(lives: Callable[..., Lifecycle], sandbox: Sandbox) -> None:
    """One without an OIDC part cannot be imported, and whether it has one is asked of it alone."""
    life = lives("Application")
    made = [make(life, name=f"app {number}")[0] for number in range(3)]
    others = [one for one in sandbox.store.asgardeo["sandbox"].applications.values() if one.oidc is None]
    assert others
    mark = sandbox.ledger.mark()
    assert sorted(id_ for id_, _ in life.listed()) == sorted(made)
    assert len(sandbox.ledger.since(mark)) == 1 + len(others)
