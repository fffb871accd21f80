"""What a change shows as, path by path."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_asgardeo_bijira.resources import resource_handler
from pulumi_asgardeo_bijira.serving.difference import Change, differences
from pulumi_asgardeo_bijira.serving.values import UNKNOWN, is_unknown

ADD, DELETE, UPDATE = Change.ADD, Change.DELETE, Change.UPDATE
SCOPES = [{"name": name, "displayName": name} for name in ("a", "b", "c")]
A, B, C = SCOPES


def of(kind: str, old: dict[str, Any], new: dict[str, Any]) -> dict[str, Change]:
    """The differences of a resource's inputs."""
    return differences(resource_handler(kind).inputs, old, new, is_unknown)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([B, C], [A, B, C], {"scopes[0]": ADD}),
        ([A, B, C], [B, C], {"scopes[0]": DELETE}),
        ([A, C], [A, B, C], {"scopes[1]": ADD}),
        ([A, B], [A, {**B, "displayName": "B"}], {"scopes[1].displayName": UPDATE}),
        ([A, B], [A, {**B, "description": "of b"}], {"scopes[1].description": ADD}),
        ([A, {**B, "description": "of b"}], [A, B], {}),
        ([B, A], [A, B], {}),
        ([A, C], [B, C], {"scopes": UPDATE}),
        ([B], [A, {**B, "displayName": "B"}], {"scopes": UPDATE}),
        ([A], [A, UNKNOWN], {"scopes": UPDATE}),
        ([A, B], UNKNOWN, {"scopes": UPDATE}),
        ([A], [], {"scopes[0]": DELETE}),
    ],
)
def test_items_of_a_set_are_told_apart_by_their_keys(old: Any, new: Any, found: dict[str, Change]) -> None:
    """One path stands for one item in both lists; where it would stand for two, the list as a whole is the path."""
    assert of("Api", {"scopes": old}, {"scopes": new}) == found


def test_texts_of_a_set_come_and_go_one_by_one() -> None:
    """They are their own keys."""
    assert of("Application", {"grantTypes": ["a", "c"]}, {"grantTypes": ["a", "b", "c"]}) == {"grantTypes[1]": ADD}


def test_a_property_that_is_no_longer_declared_is_no_difference() -> None:
    """It is no longer managed, at any depth."""
    old = {"name": "orders", "description": "a", "pkce": {"mandatory": True, "supportPlain": False}}
    assert of("Application", old, {"name": "orders", "pkce": {"mandatory": True}}) == {}


def test_what_is_new_or_changed_within_an_object_is_shown_there() -> None:
    """And not the object as a whole."""
    old, new = {"accessToken": {"type": "JWT"}}, {"accessToken": {"type": "JWT", "expirySeconds": 60}}
    assert of("Application", old, new) == {"accessToken.expirySeconds": ADD}
    assert of("Application", {}, new) == {"accessToken": ADD}
