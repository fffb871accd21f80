"""How values reach the API Portal: its YAML, and what its columns of text make of what is no text."""

from __future__ import annotations

from typing import Any

import pytest
from asgardeo_bijira_sandbox.api_portal.core_yaml import BadYaml, load_yaml
from asgardeo_bijira_sandbox.api_portal.values import NoJson, json_of, stored, text_of

BAD = object()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1.0", {"a": 1}),
        ("a: 012", {"a": 12}),
        ("a: 0o14", {"a": 12}),
        ("a: 0x1F", {"a": 31}),
        ("a: 1e3", {"a": 1000}),
        ("a: 1e400", {"a": "1e400"}),
        ("a: .inf", {"a": None}),
        ("a: [yes, On, 1_000, 1:30, 2020-01-01]", {"a": ["yes", "On", "1_000", "1:30", "2020-01-01"]}),
        ("a: [~, NULL, True, FALSE, +1, .5]", {"a": [None, None, True, False, 1, 0.5]}),
        ("{1: a, true: b}", {"1": "a", "true": "b"}),
        ("<<: {a: 1}", {"<<": {"a": 1}}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ('a: "x\\ud800\\U0001F300"', {"a": "x\ufffd\U0001f300"}),
        ("", None),
        ("text", "text"),
        ("# only a remark", BAD),
        ("a: b\na: c", BAD),
        ("? [1]\n: 2", BAD),
        ("a: 1\n---\nb: 2", BAD),
        ("a: !!binary aGk=", BAD),
        ("a: {", BAD),
        ("a: \0", BAD),
        ("[" * 800, BAD),
    ],
)
def test_yaml_is_read_as_the_server_reads_it(text: str, value: Any) -> None:
    """By version 1.2 of YAML."""
    try:
        assert load_yaml(text) == value
    except BadYaml:
        assert value is BAD


@pytest.mark.parametrize(
    ("value", "kept", "shown"),
    [
        ("a", "a", "a"),
        (5, "5.0", "5"),
        (1.5, "1.5", "1.5"),
        (10**15, "1.0e+15", "1000000000000000"),
        (True, "1.0", "true"),
        (None, None, "null"),
        ([1, None, ["b"]], '[1,null,["b"]]', "1,,b"),
        ({"a": "\u00fc"}, '{"a":"\u00fc"}', "[object Object]"),
    ],
)
def test_what_is_no_text_becomes_text(value: Any, kept: str | None, shown: str) -> None:
    """In a column, and in a name that is made of several."""
    assert (stored(value), text_of(value)) == (kept, shown)


def test_json_has_one_kind_of_number_and_no_others() -> None:
    """A fraction of nothing is none, and there is no infinity."""
    assert str(json_of("[1.0, 2, 0.5, 1e2]")) == "[1, 2, 0.5, 100]"
    for text in ("NaN", "{", "[" * 100_000, ""):
        with pytest.raises(NoJson):
            json_of(text)
