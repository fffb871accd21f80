"""The schema is one that Pulumi takes, and says of every property what the declaration says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
import yaml
from pulumi_asgardeo_bijira.naming import snake
from pulumi_asgardeo_bijira.resources.catalog import COMPONENTS, LOOK_UPS, RESOURCES
from pulumi_asgardeo_bijira.resources.schema import REPLACES, SECRET
from pulumi_asgardeo_bijira.serving.schema import schema
from pulumi_asgardeo_bijira.settings import AsgardeoSettings, BijiraSettings

from tests.support.engines import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SCHEMA: dict[str, Any] = json.loads(schema())
#: Pulumi's description of schemas, without its prose.
METASCHEMA: dict[str, Any] = json.loads((ROOT / "tests/data/pulumi-metaschema.json").read_text(encoding="utf-8"))
TOKEN = re.compile(r"asgardeo-bijira:index:[A-Za-z]+")


def within(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the document."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from within(item)


def test_pulumi_takes_it(tmp_path: Path) -> None:
    """By its own metaschema and its own binder."""
    pulumi = shutil.which("pulumi")
    if not pulumi:
        pytest.skip(ABSENT)
    file = tmp_path / "schema.json"
    file.write_text(schema(), encoding="utf-8")
    done = subprocess.run([pulumi, "schema", "check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_is_a_schema_by_pulumis_metaschema() -> None:
    """Where there is no CLI, too; and that a fault would be seen."""
    validator = jsonschema_rs.Draft202012Validator(METASCHEMA)
    assert [error.message for error in validator.iter_errors(SCHEMA)] == []
    faulty = {**SCHEMA, "resources": {"asgardeo-bijira:index:X": {"inputProperties": {"a": {"type": "text"}}}}}
    assert [error.instance_path for error in validator.iter_errors(faulty)] == [
        ["resources", "asgardeo-bijira:index:X", "inputProperties", "a"]
    ]


def test_schema_plugin_and_package_have_one_version() -> None:
    """The CLI keeps a schema by its version: another one under the same would not be looked at."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    plugin = yaml.safe_load((ROOT / "plugin/PulumiPlugin.yaml").read_text(encoding="utf-8"))
    assert (SCHEMA["name"], SCHEMA["version"]) == (plugin["name"], plugin["version"])
    assert SCHEMA["version"] == project["version"]


def test_the_names_in_other_languages_are_for_ever() -> None:
    """Programs import them. Go's two options are what maps of resources and plain objects of a component need."""
    assert SCHEMA["language"] == {
        "python": {"packageName": "asgardeo_bijira"},
        "nodejs": {"packageName": "pulumi-asgardeo-bijira"},
        "go": {
            "importBasePath": "example.com/pulumi-asgardeo-bijira/sdk/go/asgardeobijira",
            "generateResourceContainerTypes": True,
            "generateExtraInputTypes": True,
        },
        "csharp": {"rootNamespace": "Pulumi", "namespaces": {"asgardeo-bijira": "AsgardeoBijira"}},
        "java": {"basePackage": "com.pulumi"},
    }


def test_a_stack_of_dynamic_resources_is_taken_over_and_every_resource_can_be_listed() -> None:
    """The component has one type in both."""
    for one in RESOURCES:
        found = SCHEMA["resources"][f"asgardeo-bijira:index:{one.class_name}"]
        assert found["aliases"] == [{"type": f"pulumi-python:dynamic/{one.type_name}"}]
        assert found["listInputs"] == {"properties": {}}
    for component in COMPONENTS:
        assert "aliases" not in SCHEMA["resources"][component.token]


def test_nothing_is_read_from_the_environment_by_an_sdk() -> None:
    """It would put the secrets of whoever runs the program into the state."""
    assert not [found for found in within(SCHEMA) if "defaultInfo" in found]


def test_descriptions_spell_names_as_the_schema_does() -> None:
    """And have no word of Python's; the values of the platforms stay as they are."""
    names = {name for found in within(SCHEMA) for name in found.get("properties", {})} | set(SCHEMA["provider"])
    names |= {name for found in within(SCHEMA) for name in found.get("inputProperties", {})}
    names |= {token.rpartition(":")[2] for token in SCHEMA["functions"]}
    values = {value["value"] for found in within(SCHEMA) for value in found.get("enum", []) if "value" in value}
    python = {snake(name) for name in names} - names - values
    for found in within(SCHEMA):
        text = found.get("description")
        if isinstance(text, str):
            prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
            words = {part for quoted in re.findall(r"`([^`]+)`", prose) for part in quoted.split(".")}
            assert not words & python, text
            assert not re.search(r"`(asgardeo|bijira):|depends_on|json\.dumps|=True|\bPython\b", prose), text
    assert "`applicationAccessTokenExpiryInSeconds`" in str(SCHEMA), "some are spelt otherwise than in Python"


@pytest.mark.parametrize("language", ["typescript", "python", "go", "yaml"])
def test_everything_has_an_example_in_each_language(language: str) -> None:
    """An SDK takes its own block alone."""
    for token, one in (SCHEMA["resources"] | SCHEMA["functions"]).items():
        assert f"```{language}\n" in one["description"], token


def test_every_reference_leads_somewhere_and_every_name_is_one() -> None:
    """What has no type would be a value of any type in every language."""
    for section in ("types", "resources", "functions"):
        assert all(TOKEN.fullmatch(token) for token in SCHEMA[section])
    for found in within(SCHEMA):
        if "$ref" in found:
            _, section, token = found["$ref"].split("/")
            assert token in SCHEMA[section]
        for name in found.get("required", []):
            assert name in found["properties"]
    used = {found["$ref"].rpartition("/")[2] for found in within(SCHEMA) if "$ref" in found}
    assert used >= SCHEMA["types"].keys()
    for one in SCHEMA["types"].values():
        names = [value["name"] for value in one.get("enum", [])]
        assert all(name.isidentifier() for name in names)
        assert len(set(names)) == len(names)


def test_resources_components_and_look_ups_are_all_there() -> None:
    """Under the names that they have for ever."""
    assert SCHEMA["name"] == "asgardeo-bijira"
    names = {one.class_name for one in RESOURCES} | {one.class_name for one in COMPONENTS}
    assert set(SCHEMA["resources"]) == {f"asgardeo-bijira:index:{name}" for name in names}
    assert {token.rpartition(":")[2] for token in SCHEMA["functions"]} == {
        "getApi",
        "getApplication",
        "getKeyManager",
        "getBijiraApi",
        "getRole",
        "getGroup",
        "getUser",
    }
    assert len(LOOK_UPS) == len(SCHEMA["functions"])


@pytest.mark.parametrize("declaration", RESOURCES, ids=lambda one: one.name)
def test_the_properties_are_the_declared_ones(declaration: Any) -> None:
    """With what is required, secret, and what replaces."""
    found = SCHEMA["resources"][f"asgardeo-bijira:index:{declaration.class_name}"]
    inputs, outputs = declaration.inputs, declaration.outputs
    assert set(found["inputProperties"]) == set(inputs.keys())
    assert set(found["properties"]) == {*inputs.keys(), *outputs.keys()}
    for body, models in ((found["inputProperties"], [inputs]), (found["properties"], [inputs, outputs])):
        secret = {key for model in models for key in model.marked(SECRET)}
        assert {key for key, value in body.items() if value.get("secret")} == secret
        assert {key for key, value in body.items() if value.get("willReplaceOnChanges")} == inputs.marked(REPLACES)
        assert all(value["description"] for value in body.values())
    assert "name" not in found.get("requiredInputs", []), "left out it is the resource's name"


def test_the_settings_are_flat_and_the_secret_ones_say_so() -> None:
    """`asgardeo:clientSecret` of a stack is `asgardeo-bijira:asgardeoClientSecret` of the plugin."""
    settings = SCHEMA["config"]["variables"]
    assert len(settings) == len(AsgardeoSettings.names()) + len(BijiraSettings.names())
    assert settings["asgardeoOrganization"]["type"] == "string"
    assert {name for name, value in settings.items() if value.get("secret")} >= {
        "asgardeoClientSecret",
        "bijiraAccessToken",
    }
    assert SCHEMA["provider"]["inputProperties"] == settings
