"""Writes the package's Pulumi schema, from which Pulumi writes SDKs in every language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pulumi_asgardeo_bijira.naming import camel, flat
from pulumi_asgardeo_bijira.resources.declaration import Component, Declaration, LookUp

from .examples import examples
from .spelling import respelt
from .texts import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .model import Object, Package, Property, Resource, Type

__all__ = ("schema",)

_NAME = "asgardeo-bijira"
#: What programs import or name, once published for ever; Go's lies at an address that nobody can take.
_IMPORTED = {
    "typescript": "pulumi-asgardeo-bijira",
    "python": "asgardeo_bijira",
    "go": "example.com/pulumi-asgardeo-bijira/sdk/go/asgardeobijira",
    "yaml": _NAME,
}
_LANGUAGES: dict[str, dict[str, Any]] = {
    "python": {"packageName": _IMPORTED["python"]},
    "nodejs": {"packageName": _IMPORTED["typescript"]},
    "go": {
        "importBasePath": _IMPORTED["go"],
        "generateResourceContainerTypes": True,
        "generateExtraInputTypes": True,
    },
    "csharp": {"rootNamespace": "Pulumi", "namespaces": {_NAME: "AsgardeoBijira"}},
    "java": {"basePackage": "com.pulumi"},
}


def schema(package: Package) -> str:
    """The schema as JSON, without the version, which the installed package knows."""
    document = {
        "name": _NAME,
        "displayName": "WSO2 Asgardeo and Bijira",
        "description": "Secure APIs with WSO2 Asgardeo and WSO2 Bijira (WSO2 API Platform).",
        "keywords": ["pulumi", "asgardeo", "bijira", "wso2", "category/infrastructure"],
        "license": "Apache-2.0",
        # An SDK is a whole package, and asks for the plugin of the very version that it was made from.
        "meta": {"supportPack": True},
        "language": _LANGUAGES,
        "config": {"variables": _config(package)},
        "provider": {
            "description": "A provider with settings of its own, for the resources that name it. They stand above the "
            "environment; the stack's configuration is not given to it.",
            "inputProperties": _config(package),
        },
        "types": {
            **{_token(one.name): _object(one) for one in (*package.objects.values(), *package.results.values())},
            **{_token(one.name): _enumeration(one.values) for one in package.enumerations.values()},
        },
        "resources": {
            _token(one.declaration.class_name): _resource(one, package)
            for one in (*package.resources, *package.components)
        },
        "functions": {
            _token(camel(one.declaration.function)): {
                "description": "\n\n".join((one.declaration.summary, *_more(one.declaration, package))),
                "inputs": _body(one.arguments),
                "outputs": {"description": one.result.text, **_body(one.result.properties, read=True)},
            }
            for one in package.functions
        },
    }
    return json.dumps(respelt(document, package), indent=2) + "\n"


def _token(name: str) -> str:
    return f"{_NAME}:index:{name}"


def _config(package: Package) -> dict[str, Any]:
    """The settings of both platforms, flat: a structured value would reach the plugin as JSON in a text."""
    found = {}
    for name, group in package.settings.items():
        platform = name.removesuffix("Settings").lower()
        for one in group.properties:
            found[flat(f"{platform}:{camel(one.name)}")] = _property(one)
    return found


def _resource(resource: Resource, package: Package) -> dict[str, Any]:
    declaration = resource.declaration
    outputs = {one.name: one for one in (*resource.inputs, *resource.outputs)}
    found: dict[str, Any] = {"description": _text_of(declaration, package)}
    if isinstance(declaration, Component):
        found["isComponent"] = True
        parts: dict[str, Any] = {
            camel(name): {"$ref": f"#/resources/{_token(part.class_name)}", "description": text}
            for name, (part, text) in declaration.parts.items()
        }
        parts |= {
            camel(name): {
                "type": "object",
                "additionalProperties": {"$ref": f"#/resources/{_token(one.part.class_name)}"},
                "description": one.parts_text,
            }
            for name, one in declaration.several.items()
        }
        own = _body(resource.outputs, read=True)
        found["properties"] = parts | own["properties"]
        found["required"] = [*parts, *own.get("required", [])]
    else:
        found["aliases"] = [{"type": declaration.dynamic_type}]
        found["listInputs"] = {"properties": {}}
        found |= _body(outputs.values(), read=True)
    inputs = _body(resource.inputs)
    found["inputProperties"] = inputs["properties"]
    if "required" in inputs:
        found["requiredInputs"] = inputs["required"]
    return found


def _text_of(declaration: Declaration | Component, package: Package) -> str:
    parts = [declaration.summary]
    if declaration.details:
        parts += [" ".join(part.split()) for part in declaration.details.split("\n\n")]
    parts += _more(declaration, package)
    if isinstance(declaration, Declaration):
        command = f"```sh\n$ pulumi import {declaration.token} name id\n```"
        parts += ["## Import", f"`id`: {declaration.id_text}", command, declaration.adopting]
    return "\n\n".join((*parts, declaration.page))


def _more(declaration: Declaration | Component | LookUp, package: Package) -> Iterator[str]:
    yield _example(declaration.example, package)
    if not isinstance(declaration, Component):
        yield f"Errors: {'; '.join(declaration.errors)}."


def _example(program: str, package: Package) -> str:
    """Each language's SDK takes its own block out of it; one that has none leaves out the heading as well."""
    blocks = [f"```{language}\n{text}\n```" for language, text in examples(program, package, _IMPORTED)]
    parts = ("{{% examples %}}\n{{% example %}}", "## Example Usage", *blocks, "{{% /example %}}\n{{% /examples %}}")
    return "\n\n".join(parts)


def _body(properties: Iterable[Property], *, read: bool = False) -> dict[str, Any]:
    """The properties of an object type, and which of them must be there."""
    found = list(properties)
    required = [camel(one.name) for one in found if (one.present if read else one.required)]
    body: dict[str, Any] = {"properties": {camel(one.name): _property(one, read=read) for one in found}}
    return {**body, "required": required} if required else body


def _object(one: Object) -> dict[str, Any]:
    return {"description": one.text, "type": "object", **_body(one.properties)}


def _enumeration(values: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": [{"name": word(value), "value": value} for value in values]}


def _property(one: Property, *, read: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {**_type(one.type), "description": one.text if read else one.description}
    if not read and one.default is not None:
        found["default"] = one.default
    if one.secret:
        found["secret"] = True
    if one.replaces:
        found["willReplaceOnChanges"] = True
    if one.plain and not read:
        found["plain"] = True
        if "items" in found:
            found["items"]["plain"] = True
    return found


def _type(type_: Type) -> dict[str, Any]:
    if type_.kind == "array":
        assert type_.item
        return {"type": "array", "items": _type(type_.item)}
    if type_.kind == "map":
        assert type_.item
        return {"type": "object", "additionalProperties": _type(type_.item)}
    if type_.kind in ("object", "enumeration"):
        return {"$ref": f"#/types/{_token(type_.name)}"}
    return {"type": type_.kind}
