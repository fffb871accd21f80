"""Property values and paths as the built-in engine handles them, below any process."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira import wire
from pulumi_asgardeo_bijira.rehearsal.engines.built_in import paths
from pulumi_asgardeo_bijira.rehearsal.engines.model import mask

KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=6)
#: What can be given as a path: the engine's grammar has no way to write a name that ends in a backslash.
GIVEN = KEYS.filter(lambda key: not key.endswith("\\"))
SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3) | inner.map(wire.secret),
    max_leaves=8,
)
PROPERTIES = st.dictionaries(KEYS, VALUES, max_size=4)


@given(PROPERTIES)
def test_what_is_sent_arrives(properties: dict[str, Any]) -> None:
    """No value may change on its way to a provider and back."""
    assert wire.decode(wire.encode(properties)) == properties


@given(PROPERTIES)
def test_nothing_differs_from_itself(properties: dict[str, Any]) -> None:
    """An unchanged program means no change, whether values are secret or not."""
    assert paths.differences(properties, properties) == []
    assert paths.differences(properties, wire.open_secrets(properties)) == []


@given(st.dictionaries(GIVEN, VALUES, max_size=4), st.dictionaries(GIVEN, VALUES, max_size=4))
@example({'\\"': []}, {})
@example({'a\\"': [], '"': 1, '\\"b': 2, "]": 3, '"]': 4, '["': 5, "\\\\x": 6, "": 7}, {})
def test_ignoring_all_differences_leaves_none(old: dict[str, Any], new: dict[str, Any]) -> None:
    """`ignore_changes` on every changed top-level property makes a program that changes nothing."""
    changed = {paths.text(path[:1]) for path in paths.differences(old, new)}
    assert paths.differences(old, paths.reset(new, old, changed)) == []


@given(PROPERTIES)
def test_no_secret_is_left_open(properties: dict[str, Any]) -> None:
    """What is exported shows no secret, and what a host is handed shows no mark."""
    assert "value" not in _keys_beside_marks(wire.sealed(properties))
    assert not wire.contains_secret(wire.for_host(properties))


def _keys_beside_marks(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = list(value) if wire.SIGNATURE in value else []
        return own + [key for item in value.values() for key in _keys_beside_marks(item)]
    return [key for item in value for key in _keys_beside_marks(item)] if isinstance(value, list) else []


@given(st.lists(GIVEN.filter(lambda key: key != "*") | st.integers(0, 9), min_size=1, max_size=4))
def test_a_path_survives_being_written(segments: list[str | int]) -> None:
    """What a report shows as a path can be put into `ignore_changes` as it is."""
    path = ("start", *segments)
    assert paths.parse(paths.text(path)) == path


@pytest.mark.parametrize("path", ['["a\\"]', '["a', '["a"', "a[", "a[x]", ""])
def test_what_is_no_path_ignores_nothing(path: str) -> None:
    """As in the engine, which passes over it; half of it would ignore what the program does not name."""
    assert paths.reset({"a": 1}, {"a": 2}, [path]) == {"a": 1}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": True}, ["a"]),
        ({"a": 2}, {"a": 2.0}, []),
        ({"a": None}, {}, []),
        ({"a": [1, 2]}, {"a": [1]}, ["a[1]"]),
        ({"a": {"b": {"c": 1}}}, {"a": {"b": {"c": 2}}}, ["a.b.c"]),
        ({"a": {"b.c": 1}}, {"a": {"b.c": 2}}, ['a["b.c"]']),
        ({"a": 1}, {"a": wire.UNKNOWN}, ["a"]),
        ({}, {"a": {"b": 1}}, ["a"]),
    ],
)
def test_differences_are_named_to_the_leaf(old: dict[str, Any], new: dict[str, Any], expected: list[str]) -> None:
    """A user reads where exactly two versions differ."""
    assert [paths.text(path) for path in paths.differences(old, new)] == expected


@pytest.mark.parametrize(
    ("values", "model", "expected"),
    [
        ({"a": 1}, {"a": wire.secret(2)}, {"a": wire.secret(1)}),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": wire.secret(0)}}, {"a": {"b": wire.secret(1), "c": 2}}),
        ({"a": [1, 2]}, {"a": [wire.secret(1)]}, {"a": wire.secret([1, 2])}),
        ({"a": wire.secret(1)}, {"a": 1}, {"a": wire.secret(1)}),
        ({"b": 1}, {"a": wire.secret(1)}, {"b": 1}),
    ],
)
def test_an_answer_is_as_secret_as_the_question(
    values: dict[str, Any], model: dict[str, Any], expected: dict[str, Any]
) -> None:
    """A provider that does not know about secrets must not make them plain."""
    assert wire.mark_like(values, model) == expected


def test_masking_hides_the_longest_secret_first_and_spares_short_ones() -> None:
    """A secret inside another must not leave half of the other one behind."""
    assert mask("abc abcdef ab", {"abc", "abcdef", "ab"}) == "[secret] [secret] ab"
