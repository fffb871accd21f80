"""The schema is one that Pulumi takes, and says of every property what the declaration says."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira import resources
from pulumi_asgardeo_bijira.resources.catalog import COMPONENTS, LOOK_UPS, RESOURCES
from pulumi_asgardeo_bijira.resources.schema import REPLACES, SECRET
from pulumi_asgardeo_bijira.settings import AsgardeoSettings, BijiraSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(resources.__file__).with_name("schema.json")
SCHEMA: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
TOKEN = re.compile(r"asgardeo-bijira:index:[A-Za-z]+")


def within(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the document."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from within(item)


def test_pulumi_takes_it() -> None:
    """By its own metaschema and its own binder."""
    pulumi = shutil.which("pulumi")
    if not pulumi:
        pytest.skip("there is no pulumi on PATH")
    done = subprocess.run([pulumi, "schema", "check", str(FILE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


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
