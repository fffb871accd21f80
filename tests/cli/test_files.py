"""Files of any shape are one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from asgardeo_bijira_sandbox import BadScenario, BadState, Scenario, Store, load_scenario, seed_store
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.cli.import_ import names_in
from pulumi_asgardeo_bijira.cli.token_and_invoke import Target
from pulumi_asgardeo_bijira.rehearsal import Configuration
from pulumi_asgardeo_bijira.rehearsal.engines import EngineError
from pulumi_asgardeo_bijira.transport import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEEP = "[" * 5000
GOOD = "name: x\nruntime: python\n"
#: What a reader of YAML falls over in ways of its own.
UNREADABLE = {
    "deep": DEEP,
    "no day": "x: 2026-99-99",
    "a zone that there is not": "x: 2026-01-01T00:00:00+99:00",
    "a tag that does not fit a time": "x: !!timestamp now",
    "a tag that does not fit a number": "x: !!int ''",
    "a tag that does not fit a float": "x: !!float ''",
    "a tag that does not fit a truth": "x: !!bool perhaps",
    "a tag of Python's": "x: !!python/object/apply:os.getcwd []",
    "a key that is a list": "[a]: x",
    "a key that is a day": "x: {2026-01-01: y}",
    "a key that stands twice": "x: 1\ny: 2\nx: 3",
    "a key that stands twice within": "x: [{y: 2, y: 3}]",
    "several documents": "a: 1\n---\nb: 2",
    "half a character": 'x: "\\ud800"',
    "a NUL": 'x: "a\\0b"',
    "itself": "x: &a [*a]",
    "itself as a value": "&a x: &b {y: *b}",
    "a billion": "\n".join(
        ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    ),
    "binary": b"\x89PNG\r\n\x1a\n\xff",
    "UTF-16": "name: x".encode("utf-16"),
}
#: What is YAML or JSON, and nothing that anybody asked for.
OF_ANOTHER_SHAPE = ["", "5", "text", "[]", "[1, {}]", "null", "true", "1.5", "2026-01-01", "{1: 2}", "~: x", "{}"]


def write(path: Path, content: str | bytes) -> Path:
    """The file, with this in it."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one_line(read: Callable[[], object]) -> str:
    """What is said about it; empty where it could be read."""
    said = ""
    try:
        read()
    except (BadScenario, BadState, EngineError, InvalidInput) as problem:
        said = str(problem)
    assert len(said.splitlines()) == bool(said)
    assert len(said) < 1000
    return said


def target(path: Path) -> Target:
    """What a token is fetched with, from these outputs."""
    return Target.read(str(path), "https://x", "x", None, None, None)


def store(path: Path) -> Store:
    """The store of this state."""
    return Store.load(path, "http://127.0.0.1:2")


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_as_yaml_is_one_line(tmp_path: Path, content: str | bytes) -> None:
    """However deep, with whatever tags, and whatever it would grow to."""
    path = write(tmp_path / "Pulumi.yaml", content)
    assert "is not valid YAML" in one_line(lambda: Configuration.read(tmp_path, None, []))
    assert "is not valid YAML" in one_line(lambda: load_scenario(path))
    write(path, GOOD)
    write(tmp_path / "Pulumi.dev.yaml", content)
    assert "is not valid YAML" in one_line(lambda: Configuration.read(tmp_path, "dev", []))


@pytest.mark.parametrize("content", [*UNREADABLE.values(), *OF_ANOTHER_SHAPE])
def test_a_file_of_json_of_any_shape_is_one_line(tmp_path: Path, content: str | bytes) -> None:
    """A state of the sandbox's, the outputs of a stack, an import file."""
    path = write(tmp_path / "file", content)
    assert "is no state of a sandbox's" in one_line(lambda: store(path))
    assert "is not an import file" in one_line(lambda: names_in(path))
    said = one_line(lambda: target(path))
    assert said == "" if content == "{}" else "is not a JSON object" in said
    assert "cannot be read" in one_line(lambda: store(tmp_path))


@pytest.mark.parametrize(
    "change",
    [
        {"base_url": 5},
        {"base_url": ""},
        {"base_url": "a"},
        {"base_url": ["http://127.0.0.1:1"]},
        {"asgardeo": []},
        {"asgardeo": {"acme": 5}},
        {"bijira": {"x": {"handle": "\ud800"}}},
        {"signing_keys": {"asgardeo/acme": "no key"}},
        {"signing_keys": {"asgardeo/acme": ""}},
    ],
)
def test_a_state_that_is_not_quite_one_is_one_line(tmp_path: Path, change: dict[str, Any]) -> None:
    """At once, and not with the first request."""
    good = json.loads(seed_store(Scenario(), "http://127.0.0.1:1").model_dump_json())
    path = write(tmp_path / "state", json.dumps(good))
    assert store(path).base_url == "http://127.0.0.1:2"
    write(path, json.dumps(good | change))
    assert "is no state of a sandbox's" in one_line(lambda: store(path))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("asgardeo: 5\n", "asgardeo: "),
        ("5", "the file: "),
        ("[]", "the file: "),
        ("5: x", "5: "),
        ('"a\\nb": x', "a b: "),
        ("asgardeo: [{applications: [{name: a, grantTypes: [nonsense]}]}]", "nonsense not allowed"),
        (
            "asgardeo: [{applications: [{name: a, authorizedApis: [{identifier: 'urn:x'}]}]}]",
            "the application a is authorized for the API urn:x, which is not among the apis of its organisation",
        ),
        ("asgardeo: [{organization: a}, {organization: a}]", "asgardeo: duplicate organization a"),
        ("bijira: [{uuid: a, handle: b}, {uuid: c, handle: b}]", "bijira: duplicate organization b"),
    ],
)
def test_a_scenario_of_another_shape_says_where(tmp_path: Path, text: str, line: str) -> None:
    """It is YAML, and what is wrong with it is no matter of that."""
    assert line in one_line(lambda: load_scenario(write(tmp_path / "scenario.yaml", text)))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        *((text, "has no `name`") for text in OF_ANOTHER_SHAPE),
        ("name: ''\nruntime: python", "has no `name`"),
        (GOOD + "config: 5", "`config` must be a mapping"),
        (GOOD + "config: [a]", "`config` must be a mapping"),
        (GOOD + "config: {1: x}", "`config` has the key 1, which is not text. Put it in quotes"),
        ("name: x\nruntime: [python]", "has no `runtime`"),
        ("name: x", "has no `runtime`"),
        (GOOD + "main: [a]", "`main` names"),
        (GOOD + f"main: {'x' * 300}", "`main` names"),
    ],
)
def test_a_project_file_of_another_shape_says_where(tmp_path: Path, text: str, line: str) -> None:
    """The same of a project's file."""
    write(tmp_path / "Pulumi.yaml", text)
    assert line in one_line(lambda: Configuration.read(tmp_path, None, []))


@pytest.mark.parametrize("text", ["5", "[]", "config: 5", "config: [a]", "config: {1: x}"])
def test_a_stacks_file_of_another_shape_says_where(tmp_path: Path, text: str) -> None:
    """The same of a stack's file; an empty one says nothing."""
    write(tmp_path / "Pulumi.yaml", GOOD)
    path = write(tmp_path / "Pulumi.dev.yaml", text)
    assert str(path) in one_line(lambda: Configuration.read(tmp_path, "dev", []))
    for empty in ("", "config:", "config: {}", "encryptionsalt: x"):
        write(path, empty)
        assert Configuration.read(tmp_path, "dev", []).values == {}


def test_what_yaml_can_do_besides_is_taken(tmp_path: Path) -> None:
    """Aliases, merged mappings whose keys are overlaid, truths as keys."""
    write(tmp_path / "Pulumi.yaml", GOOD)
    write(tmp_path / "Pulumi.dev.yaml", "a: &a {x:a: 1, x:b: 2}\non: x\nconfig: {<<: *a, <<: *a, x:b: 3}\n")
    assert Configuration.read(tmp_path, "dev", []).values == {"x:a": "1", "x:b": "3"}


def test_configuration_is_text_whatever_yaml_makes_of_it(tmp_path: Path) -> None:
    """Numbers, truths and days as they are written, objects as JSON."""
    values = "{a: 5, b: true, c: 1.5, d: {e: [1]}, f: 2026-01-01, g: [2026-01-01], h: x}"
    expected = {"a": "5", "b": "true", "c": "1.5", "d": '{"e":[1]}', "f": "2026-01-01", "g": '["2026-01-01"]', "h": "x"}
    write(tmp_path / "Pulumi.yaml", f"{GOOD}config: {values}\n")
    found = Configuration().merged(tmp_path)
    assert found == {f"x:{key}": value for key, value in expected.items() if key != "d"}, "which declares, there"
    write(tmp_path / "Pulumi.yaml", GOOD)
    write(tmp_path / "Pulumi.dev.yaml", f"config: {values}\n")
    assert Configuration.read(tmp_path, "dev", []).values == expected


_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.binary(max_size=4)
    | st.sampled_from(["python", "x", "http://127.0.0.1:1"])
)
_KEYS = st.sampled_from(
    [
        *("name", "runtime", "config", "main", "options", "virtualenv", "value", "default", "type", "secure"),
        *("asgardeo", "bijira", "apis", "organization", "applications", "keyManagers", "uuid", "handle", "resources"),
        *("base_url", "signing_keys", "api_portal", "identifier"),
    ]
)
ANYTHING = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(_KEYS | st.text(max_size=3) | st.integers() | st.none() | st.dates(), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING, st.sampled_from(["", GOOD]))
def test_no_file_is_more_than_one_line(tmp_path: Path, content: object, before: str) -> None:
    """Every reader either reads it or says in one line why not."""
    text = yaml.safe_dump(content)
    if before and isinstance(content, dict):
        text = yaml.safe_dump({**content, **yaml.safe_load(before)})
    path = write(tmp_path / "Pulumi.yaml", text)
    one_line(lambda: Configuration.read(tmp_path, None, []))
    one_line(lambda: load_scenario(path))
    plain = write(tmp_path / "plain", json.dumps(content, default=str, skipkeys=True))
    one_line(lambda: store(plain))
    one_line(lambda: names_in(plain))
    one_line(lambda: target(plain))
    write(path, GOOD)
    write(tmp_path / "Pulumi.dev.yaml", text)
    one_line(lambda: Configuration.read(tmp_path, "dev", []))
