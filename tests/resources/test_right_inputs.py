"""What is right passes, is put into one form once and for all, and promises a preview nothing that up will not do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.clients.asgardeo import ApplicationSettings, OidcSettings
from pulumi_asgardeo_bijira.naming import camel, snake
from pulumi_asgardeo_bijira.resources import ResourceHandler, resource_handlers
from pulumi_asgardeo_bijira.resources.application.conversion import shown_properties
from pulumi_asgardeo_bijira.resources.application.declaration import APPLICATION, OIDC, ApplicationInputs
from pulumi_asgardeo_bijira.resources.property_maps import project
from pulumi_asgardeo_bijira.resources.schema import REPLACES, Effect, Inputs, nested_model, set_key

from tests.resources.values import PropertyMap, Unknown, is_unknown, respelt, right_inputs, unknowns_in
from tests.support.documents import shown_application, shown_oidc

KINDS = resource_handlers()
EACH = pytest.mark.parametrize("kind", [pytest.param(kind, id=name) for name, kind in KINDS.items()])
ID = "application/manager/PRODUCTION"
#: Ids of other resources: one that is replaced takes the client with it.
OF_OTHERS = {"applicationId", "keyManager"}


@EACH
@given(data=st.data())
def test_what_is_right_passes_and_is_in_its_one_form_then(kind: ResourceHandler, data: st.DataObject) -> None:
    """The engine checks what was checked before, and must see no change in it."""
    raw = data.draw(right_inputs(kind, unknown=True))
    once = kind.check(raw, is_unknown)
    assert once.failures == ()
    assert kind.check(once.inputs, is_unknown) == once
    assert raw.keys() <= once.inputs.keys(), "nothing that was declared is lost"


@EACH
@given(data=st.data())
def test_unknown_values_pass_at_every_depth(kind: ResourceHandler, data: st.DataObject) -> None:
    """Each is still there, the very one, and no rule complains about it."""
    raw = data.draw(right_inputs(kind, unknown=True))
    inputs = kind.check(raw, is_unknown).inputs
    assert set(unknowns_in(inputs)) == set(unknowns_in(raw))


@EACH
@given(data=st.data())
def test_both_spellings_and_every_order_say_the_same(kind: ResourceHandler, data: st.DataObject) -> None:
    """A program writes snake_case in any order, an import file camelCase."""
    raw = data.draw(right_inputs(kind, unknown=False))
    found = kind.check(raw)
    assert kind.check(respelt(raw)) == found
    assert kind.check(shuffled(kind.inputs, raw, data)) == found


def shuffled(model: type[Inputs], raw: PropertyMap, data: st.DataObject) -> PropertyMap:
    """The same with every set, and the keys of every object, in another order."""
    found: PropertyMap = {}
    for key in data.draw(st.permutations(list(raw))):
        field, value = model.model_fields[snake(key)], raw[key]
        inner, _ = nested_model(field)
        if inner and isinstance(value, list):
            value = [shuffled(inner, item, data) for item in value]
        elif inner:
            value = shuffled(inner, value, data)
        found[key] = data.draw(st.permutations(value)) if set_key(field) else value
    return found


@EACH
@given(data=st.data())
def test_none_is_the_same_as_left_out(kind: ResourceHandler, data: st.DataObject) -> None:
    """Python programs pass None for what they do not set; the engine passes null on."""
    raw = data.draw(right_inputs(kind, unknown=True))
    assert kind.check(with_nulls(kind.inputs, raw), is_unknown) == kind.check(raw, is_unknown)


def with_nulls(model: type[Inputs], raw: PropertyMap) -> PropertyMap:
    """The same with a null under every key that is left out, at every depth."""
    found: PropertyMap = dict.fromkeys(model.keys())
    for key, value in raw.items():
        inner, _ = nested_model(model.model_fields[snake(key)])
        if inner and isinstance(value, list):
            found[key] = [item if is_unknown(item) else with_nulls(inner, item) for item in value]
        else:
            found[key] = with_nulls(inner, value) if inner and not is_unknown(value) else value
    return found


@EACH
@given(data=st.data())
def test_a_preview_does_not_threaten_to_replace_for_what_is_unknown(kind: ResourceHandler, data: st.DataObject) -> None:
    """Only a known value that differs replaces; the same inputs never do."""
    old = kind.check(data.draw(right_inputs(kind, unknown=False))).inputs
    new = kind.check(data.draw(right_inputs(kind, unknown=True)), is_unknown).inputs
    if "applicationId" in old:
        old["applicationId"] = "application"  # as the id says
    if "applicationId" in old and "applicationName" in new:
        new["applicationName"] = "known"  # to stop attaching replaces, whatever the new application is called
        new = kind.check(new, is_unknown).inputs
    for key in kind.replaces(ID, old, new, is_unknown):
        assert not is_unknown(new.get(key)) or key in OF_OTHERS
        assert old.get(key) != new.get(key)
    assert kind.replaces(ID, {**old, "keyType": "PRODUCTION"}, {**old, "keyType": "PRODUCTION"}) == []


@EACH
def test_an_unknown_value_replaces_nothing(kind: ResourceHandler) -> None:
    """Not one property, each in its turn; but for the id of another resource that is replaced."""
    for name in kind.inputs.model_fields:
        old = {camel(name): "old", "keyManagerName": "old"}
        found = kind.replaces(ID, old, {camel(name): Unknown()}, is_unknown)
        assert found == ([camel(name)] if camel(name) in OF_OTHERS else []), name


@EACH
def test_what_replaces_is_what_the_declaration_says(kind: ResourceHandler) -> None:
    """Each known value that differs, and no other property's: what a user reads is what a preview shows."""
    found = {
        name
        for name in kind.inputs.model_fields
        if camel(name) in kind.replaces(ID, {camel(name): "old", "keyManagerName": "old"}, {camel(name): "new"})
    }
    assert found == {
        name
        for name, field in kind.inputs.model_fields.items()
        if REPLACES in field.metadata
        or any(isinstance(mark, Effect) and mark.text.startswith("A change replaces") for mark in field.metadata)
    }


@pytest.mark.parametrize(
    ("old", "new", "replaces"),
    [
        ({"keyManager": "Asgardeo"}, {"keyManager": "manager"}, []),
        ({"keyManager": "Asgardeo"}, {"keyManager": "Shown"}, []),
        ({"keyManager": "Asgardeo"}, {}, []),
        ({}, {"keyManager": "manager"}, []),
        ({}, {"keyManager": "other"}, []),
        ({"keyType": "PRODUCTION"}, {"keyType": "SANDBOX"}, []),
        ({"applicationId": "application"}, {"applicationId": "application"}, []),
        ({"applicationName": "A"}, {"applicationName": "B"}, []),
        ({"applicationName": "A"}, {"applicationId": "application"}, []),
        ({"applicationName": "A"}, {"applicationId": "other"}, ["applicationId"]),
        ({"applicationId": "application"}, {"applicationName": "A"}, ["applicationName"]),
    ],
)
def test_a_client_stays_while_it_is_in_the_same_place(old: PropertyMap, new: PropertyMap, replaces: list[str]) -> None:
    """However the key manager is called, and whoever the application belongs to."""
    kind = KINDS["ApplicationClient"]
    assert kind.replaces(ID, {"keyManagerName": "Shown", **old}, new) == replaces


@given(data=st.data())
def test_what_an_application_is_sent_comes_back_as_it_was_declared(data: st.DataObject) -> None:
    """Then nothing that the wire spells otherwise is drift: callbacks, claims, the advanced settings."""
    kind = KINDS["Application"]
    inputs = kind.check(data.draw(right_inputs(kind, unknown=False))).inputs
    top, oidc = (ApplicationInputs.part(document, inputs) for document in (APPLICATION, OIDC))
    application = shown_application(ApplicationSettings.model_validate(top).whole())
    live = shown_properties(application, shown_oidc(OidcSettings.model_validate(oidc).whole()), inputs)
    assert project(ApplicationInputs, live, top | oidc) == top | oidc


@pytest.mark.parametrize(
    "raw",
    [
        r"regexp=(https://[a-z]+\.example\.com/cb)",
        "regexp=(http://localhost:3000/cb|http://localhost:4000/cb)",
        r"regexp=(https://a\.example\.com|https://b\.example\.com)",
        "regexp=https://.*",
    ],
)
def test_an_expression_of_the_users_own_is_no_drift_either(raw: str) -> None:
    """Also one that looks as if it had been made here."""
    inputs = KINDS["Application"].check({"name": "A", "callbackUrls": [raw]}).inputs
    oidc = shown_oidc(OidcSettings.model_validate({"callbackUrls": inputs["callbackUrls"]}).whole())
    live = shown_properties(shown_application({}), oidc, inputs)
    shown = project(ApplicationInputs, live, {"callbackUrls": inputs["callbackUrls"]})
    assert shown["callbackUrls"] == inputs["callbackUrls"]
