"""Only what is declared is compared, only what changed is sent, and nobody else's part of a document is touched."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.clients.documents import overlay
from pulumi_asgardeo_bijira.resources.api.declaration import ApiInputs
from pulumi_asgardeo_bijira.resources.application import conversion
from pulumi_asgardeo_bijira.resources.application.declaration import ApplicationInputs
from pulumi_asgardeo_bijira.resources.application_client.declaration import ClientInputs
from pulumi_asgardeo_bijira.resources.property_maps import changed, delta, project

from tests.support.documents import shown_oidc

PropertyMap = dict[str, Any]

VALUES = st.one_of(st.booleans(), st.integers(0, 3), st.sampled_from("ab"), st.lists(st.sampled_from("ab"), max_size=2))
DOCUMENTS: st.SearchStrategy[PropertyMap] = st.dictionaries(
    st.sampled_from("abcd"),
    st.recursive(VALUES, lambda inner: st.dictionaries(st.sampled_from("abcd"), inner, max_size=3), max_leaves=8),
    max_size=4,
)


def test_what_is_no_longer_declared_has_not_changed() -> None:
    """Leaving a property out stops managing it and sends nothing."""
    assert changed({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 3, "d": None}) == {"b", "d"}


def test_a_change_within_an_object_is_the_change_alone() -> None:
    """Beside it lies what others have set; a list goes whole."""
    old = {"token": {"type": "JWT", "life": 60}, "urls": ["a", "b"], "name": "x"}
    new = {"token": {"type": "JWT", "life": 90}, "urls": ["a"], "name": "x"}
    assert delta(old, new) == {"token": {"life": 90}, "urls": ["a"]}


def test_what_is_no_longer_declared_within_an_object_sends_nothing_either() -> None:
    """There is nothing to say, so no request is spent on saying it."""
    assert delta({"token": {"type": "JWT", "life": 60}}, {"token": {"type": "JWT"}}) == {}
    assert delta({"id": {"key": {"alg": "x"}}}, {"id": {"key": {}}}) == {}


@given(DOCUMENTS, DOCUMENTS)
def test_what_changed_makes_the_new_out_of_the_old(old: PropertyMap, new: PropertyMap) -> None:
    """Laid over the old it has all that is declared now, and laid over again it has nothing more to do."""
    after = overlay(old, delta(old, new))
    assert after == overlay(old, new)
    assert delta(after, new) == {}
    assert delta(new, new) == {}


@given(DOCUMENTS, DOCUMENTS)
def test_laying_over_touches_nothing_else(document: PropertyMap, values: PropertyMap) -> None:
    """What others wrote stays, at every depth, and neither document is changed in place."""
    before = repr((document, values))
    merged = overlay(document, values)
    assert repr((document, values)) == before
    assert merged.keys() == document.keys() | values.keys()
    for key in document.keys() - values.keys():
        assert merged[key] == document[key]
    assert overlay(merged, values) == merged


def test_a_document_keeps_what_is_not_declared() -> None:
    """The platform replaces it whole, so whole it goes back."""
    document = {"pkce": {"mandatory": False, "plain": True}, "hybrid": {"x": 1}, "urls": ["a", "b"], "logout": None}
    assert overlay(document, {"pkce": {"mandatory": True}, "urls": [], "logout": {"url": "u"}}) == {
        "pkce": {"mandatory": True, "plain": True},
        "hybrid": {"x": 1},
        "urls": [],
        "logout": {"url": "u"},
    }


def scope(name: str, **more: str) -> PropertyMap:
    """A scope as the platform shows it."""
    return {"name": name, "displayName": name.upper(), "description": "shown", **more}


LIVE_API: PropertyMap = {
    "identifier": "urn:a",
    "name": "Live",
    "description": "by hand",
    "requiresAuthorization": True,
    "scopes": [scope("b"), scope("a")],
}


def test_what_is_not_declared_is_no_drift() -> None:
    """A description that somebody wrote in the console is theirs."""
    declared = {"identifier": "urn:a", "name": "A", "scopes": [{"name": "a"}, {"name": "b", "description": ""}]}
    assert project(ApiInputs, LIVE_API, declared) == {
        "identifier": "urn:a",
        "name": "Live",
        "scopes": [{"name": "a"}, {"name": "b", "description": "shown"}],
    }


def test_a_declared_list_is_the_whole_list() -> None:
    """A foreign scope shows with all that it has, a missing one is missing, and the order is the check's."""
    declared = {"scopes": [{"name": "b", "displayName": "B"}, {"name": "c", "displayName": "C"}]}
    assert project(ApiInputs, LIVE_API, declared) == {"scopes": [scope("a"), {"name": "b", "displayName": "B"}]}
    assert project(ApiInputs, LIVE_API, {"scopes": []}) == {"scopes": [scope("a"), scope("b")]}
    assert "scopes" not in project(ApiInputs, LIVE_API, {"name": "A"})


def test_what_the_platform_does_not_show_is_left_out() -> None:
    """A missing mapping drops its client id, so that the next up sets it again."""
    declared = {"applicationName": "A", "clientId": "c", "keyType": "PRODUCTION"}
    assert project(ClientInputs, {"applicationName": "A", "keyType": "PRODUCTION"}, declared) == {
        "applicationName": "A",
        "keyType": "PRODUCTION",
    }


def test_objects_are_compared_by_what_is_declared_in_them() -> None:
    """At every depth."""
    live = {
        "accessToken": {"type": "JWT", "userAccessTokenExpiryInSeconds": 3600, "bindingType": "None"},
        "idToken": {"audience": ["b", "a"], "encryption": {"enabled": False, "algorithm": "", "method": ""}},
        "grantTypes": ["refresh_token", "authorization_code"],
        "pkce": {"mandatory": False},
    }
    declared = {
        "accessToken": {"type": "Default", "userAccessTokenExpiryInSeconds": 60},
        "idToken": {"audience": ["a", "b"], "encryption": {"enabled": True}},
        "grantTypes": ["password"],
    }
    assert project(ApplicationInputs, live, declared) == {
        "accessToken": {"type": "JWT", "userAccessTokenExpiryInSeconds": 3600},
        "idToken": {"audience": ["a", "b"], "encryption": {"enabled": False}},
        "grantTypes": ["authorization_code", "refresh_token"],
    }


def test_subscriptions_are_told_apart_by_all_of_their_key() -> None:
    """One declared by name and one by id stand side by side."""
    live = [
        {"apiName": "Orders", "apiVersion": "2.0.0", "plan": "Gold"},
        {"apiName": "Orders", "apiVersion": "1.0.0", "plan": "Unlimited"},
        {"apiId": "id-1", "plan": "Gold"},
    ]
    assert project(ClientInputs, {"subscriptions": live}, {"subscriptions": live}) == {
        "subscriptions": [live[1], live[0], live[2]]
    }


@given(st.data())
def test_what_is_as_declared_shows_as_declared(data: st.DataObject) -> None:
    """Then a refresh is quiet, whatever the platform holds besides."""
    names = data.draw(st.lists(st.sampled_from("abcd"), unique=True))
    fields = st.sets(st.sampled_from(["displayName", "description"]))
    declared = [
        {key: value for key, value in scope(name).items() if key in {"name", *data.draw(fields)}}
        for name in sorted(names)
    ]
    live = {**LIVE_API, "scopes": data.draw(st.permutations([scope(name) for name in names]))}
    assert project(ApiInputs, live, {"scopes": declared}) == {"scopes": declared}


def test_what_is_declared_to_be_empty_is_shown_so_where_the_server_has_null() -> None:
    """At any depth of the OIDC part; what is not declared is not shown for that."""
    declared: dict[str, Any] = {"requestObject": {"requestObjectSigningAlg": "", "encryption": {"method": ""}}}
    nulls = {"requestObject": {"requestObjectSigningAlg": None, "encryption": {"method": None, "algorithm": None}}}
    shown = conversion.shown_oidc(shown_oidc({"grantTypes": [], **nulls}), {**declared, "description": ""})
    assert shown["requestObject"] == declared["requestObject"]
    assert "description" not in shown, "it lies elsewhere"
