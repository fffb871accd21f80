"""A server's own names stay in its client: above, everything is called as a resource's properties are."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

import pulumi_asgardeo_bijira
from pulumi_asgardeo_bijira import clients
from pulumi_asgardeo_bijira.naming import camel
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.resources.schema import nested_model
from pulumi_asgardeo_bijira.transport import Document
from pydantic import AliasChoices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

PACKAGE = Path(pulumi_asgardeo_bijira.__file__).parent
#: Who speaks to servers: clients in each one's names, the transport in OAuth's.
BELOW = ("clients", "transport")


def documents(base: type[BaseModel] = Document) -> Iterator[type[BaseModel]]:
    """Every model of the clients."""
    for found in pkgutil.walk_packages(clients.__path__, f"{clients.__name__}."):
        importlib.import_module(found.name)
    for model in base.__subclasses__():
        if model.__module__.startswith(clients.__name__):
            yield model
        yield from documents(model)


def spellings(field: FieldInfo) -> set[str]:
    """What a server may call it."""
    read = field.validation_alias
    choices = read.choices if isinstance(read, AliasChoices) else [read]
    return {name for name in (*choices, field.serialization_alias) if isinstance(name, str)}


def properties(model: type[BaseModel]) -> Iterator[str]:
    """The names of a declaration's properties, at every depth."""
    for name, field in model.model_fields.items():
        yield camel(name)
        inner, _ = nested_model(field)
        if inner:
            yield from properties(inner)


def wire_names() -> set[str]:
    """What servers call otherwise than any property is called."""
    fields = [(name, field) for model in documents() for name, field in model.model_fields.items()]
    called = {camel(name) for name, _ in fields}
    for handler in resource_handlers().values():
        called |= {*properties(handler.inputs), *properties(handler.outputs)}
    return {spelling for _, field in fields for spelling in spellings(field)} - called


def texts(module: Path) -> Iterator[tuple[int, str]]:
    """Every literal text of a module, with its line."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_the_names_are_those_that_servers_spell_otherwise() -> None:
    """Else the next test would look for nothing."""
    found = wire_names()
    assert {"callbackURLs", "applicationEnabled", "associatedRoles", "claimConfiguration", "templateId"} <= found
    assert {"inboundProtocolConfiguration", "policyId", "policyIdentifier", "authorizedScopes"} <= found
    assert {"consumerKey", "requestedThrottlingPolicy", "enableProvisionedAppValidation"} <= found
    assert not {"callbackUrls", "enabled", "policy", "keyMappingId"} & found


def test_no_wire_name_stands_above_the_clients() -> None:
    """Whoever adds a property looks for its name in one place."""
    names = wire_names() - {"list", "items", "schema"}  # words of Python's and Pulumi's as well
    modules = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in BELOW]
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text}" for path in modules for line, text in texts(path) if text in names
    ]
    assert modules
    assert found == []
