"""What is generated, between the declarations and the artefacts: types, properties, objects, resources.

The classes of Python, the schema and the reference pages are three ways of writing this down. Nothing in here depends
on how a declaration is written, and no writer looks at a declaration.
"""

from __future__ import annotations

import re
import types
import typing
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal

from pulumi_asgardeo_bijira.naming import camel
from pulumi_asgardeo_bijira.resources.catalog import COMPONENTS, LOOK_UPS, RESOURCES
from pulumi_asgardeo_bijira.resources.declaration import Component
from pulumi_asgardeo_bijira.resources.schema import (
    NEWER,
    REPLACES,
    SECRET,
    AtMost,
    Default,
    Effect,
    Inputs,
    NamedAfterResource,
    Outputs,
    PartOfId,
    examples_of,
    mark_of,
)
from pulumi_asgardeo_bijira.settings import AsgardeoSettings, BijiraSettings
from pydantic import BeforeValidator

from .texts import described, documented, inline

if typing.TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_asgardeo_bijira.resources.declaration import Declaration, LookUp, Several
    from pulumi_asgardeo_bijira.settings.group import SettingGroup
    from pydantic.fields import FieldInfo

__all__ = (
    "Enumeration",
    "Function",
    "Object",
    "Package",
    "Property",
    "Reader",
    "Resource",
    "Type",
    "capital",
    "package",
)

#: What a class has that holds properties: a dict, a resource, or a constructor's other arguments.
_TAKEN = frozenset(dir(dict)) | {"names", "opts", "provider", "resource_name", "urn"}


@dataclass(frozen=True)
class Type:
    """The type of a property: a scalar, one of an enumeration, an object by its name, or many of one."""

    kind: Literal["string", "integer", "boolean", "enumeration", "object", "array", "map"]
    name: str = ""
    item: Type | None = None

    @property
    def innermost(self) -> Type:
        """What a list or a map holds."""
        return self.item.innermost if self.item else self


@dataclass(frozen=True)
class Property:
    """One property: what a program writes or reads, and what is told of it."""

    name: str
    type: Type
    text: str
    #: What is told besides: limit, default, examples, shape, effect of a change.
    facts: tuple[str, ...] = ()
    required: bool = False
    replaces: bool = False
    secret: bool = False
    #: Filled in where it is left out, and managed from then on.
    default: Any = None
    #: None, or the field that must be left out too for the resource's name to be taken.
    named_unless: str | None = None
    part_of_id: PartOfId | None = None
    #: Whether what is read always has it.
    present: bool = False
    #: Whether it must be known when the program runs: no output, at no depth of the list.
    plain: bool = False

    @property
    def description(self) -> str:
        """All that is told of it."""
        return " ".join((self.text, *self.facts))


@dataclass(frozen=True)
class Enumeration:
    """A closed set of texts."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Object:
    """An object within a resource's properties, or what a look-up finds."""

    name: str
    text: str
    properties: tuple[Property, ...]


@dataclass(frozen=True)
class Resource:
    """A resource or a component."""

    declaration: Declaration | Component
    inputs: tuple[Property, ...]
    outputs: tuple[Property, ...]

    @property
    def folder(self) -> str:
        """The name of the folder that the declaration lies in."""
        model = self.declaration.computed if isinstance(self.declaration, Component) else self.declaration.outputs
        return model.__module__.split(".")[-2]


@dataclass(frozen=True)
class Function:
    """A look-up."""

    declaration: LookUp
    arguments: tuple[Property, ...]
    result: Object


@dataclass
class Package:
    """Everything that a program can use."""

    resources: list[Resource] = field(default_factory=list)
    components: list[Resource] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    #: The objects within inputs.
    objects: dict[str, Object] = field(default_factory=dict)
    #: The objects within what look-ups find.
    results: dict[str, Object] = field(default_factory=dict)
    enumerations: dict[str, Enumeration] = field(default_factory=dict)
    #: The settings of each platform, by the name of their object.
    settings: dict[str, Object] = field(default_factory=dict)

    def object(self, name: str) -> Object:
        """An object, wherever it is."""
        return self.objects.get(name) or self.results[name]


def package() -> Package:
    """The declarations, read."""
    reader = Reader()
    found = reader.package
    for declaration in RESOURCES:
        noun = f"the {declaration.title}"
        inputs = reader.properties(declaration.inputs, noun)
        found.resources.append(Resource(declaration, inputs, reader.properties(declaration.outputs, "")))
    of_class = {one.declaration.class_name: one for one in found.resources}
    for component in COMPONENTS:
        inputs = tuple(_named(of_class[part.class_name].inputs, name) for name, part in component.inputs.items())
        inputs += tuple(
            reader.several(name, one, of_class[one.part.class_name]) for name, one in component.several.items()
        )
        taken = tuple(_named(of_class[part.class_name].outputs, name) for name, part in component.outputs.items())
        found.components.append(Resource(component, inputs, taken + reader.properties(component.computed, "")))
    for look_up in LOOK_UPS:
        arguments = reader.properties(look_up.arguments, "", changes=False)
        result = Object(look_up.result_name, inline(look_up.result.__doc__), reader.properties(look_up.result, ""))
        found.functions.append(Function(look_up, arguments, result))
    for group in (AsgardeoSettings, BijiraSettings):
        found.settings[group.__name__] = Object(group.__name__, inline(group.__doc__), tuple(reader.settings(group)))
    return found


def _named(properties: tuple[Property, ...], name: str) -> Property:
    return next(one for one in properties if one.name == name)


def _required(one: Property) -> Property:
    """The same where it must be given; so nothing is told of leaving it out."""
    return replace(one, required=True, text=re.sub(r" Left out: [^.]*\.", "", one.text))


class Reader:
    """Reads models into a package, and refuses what could not be written down."""

    def __init__(self) -> None:
        self.package = Package()

    def properties(self, model: type[Inputs | Outputs], noun: str, *, changes: bool = True) -> tuple[Property, ...]:
        """What a model has, in the order of the declaration."""
        inputs = issubclass(model, Inputs)
        return tuple(
            self._property(model, name, info, noun if inputs and changes else "")
            for name, info in model.model_fields.items()
        )

    def several(self, name: str, declared: Several, part: Resource) -> Property:
        """The list of the inputs of parts of one kind; of what changes in them their own declaration tells."""
        named = Property("name", Type("string"), declared.name_text, required=True, plain=True)
        given = tuple(_required(_named(part.inputs, one)) for one in declared.required)
        left_out = tuple(_named(part.inputs, one) for one in declared.optional)
        made = Object(declared.class_name, declared.summary, (named, *given, *left_out))
        self.package.objects[made.name] = made
        fields = ", ".join(f"`{one.name}`" for one in made.properties)
        type_ = Type("array", item=Type("object", made.name))
        return Property(name, type_, declared.text, (f"Each with {fields}.",), plain=True)

    def settings(self, group: type[SettingGroup]) -> Iterator[Property]:
        """The settings of a platform, each a text or a number."""
        for one in group.declared():
            default = (f"Default: `{one.default}`.",) if one.default else ()
            type_ = self._setting_type(f"{group.namespace}_{one.name}", one.metadata)
            yield Property(one.name, type_, one.metadata["doc"], default, secret=one.metadata["secret"])

    def _setting_type(self, name: str, metadata: Mapping[str, Any]) -> Type:
        if metadata["choices"]:
            return self._enumeration(capital(name), metadata["choices"])
        return Type("integer" if metadata["number"] else "string")

    def _enumeration(self, name: str, values: tuple[str, ...]) -> Type:
        if self.package.enumerations.setdefault(name, Enumeration(name, values)).values != values:
            raise TypeError(f"{name} would be two sets of texts, rename one of the fields")
        return Type("enumeration", name)

    def _property(self, model: type[Inputs | Outputs], name: str, info: FieldInfo, noun: str) -> Property:
        text = documented(model).get(name)
        if not text:
            raise TypeError(f"{model.__name__}.{name} has no text")
        if name in _TAKEN:
            raise TypeError(f"{model.__name__}.{name}: the classes of Python have another {name}, rename the field")
        type_ = self._type(info.annotation, f"{_owner(model)}{capital(name)}", noun)
        marks = info.metadata
        named = mark_of(info, NamedAfterResource)
        value = None if info.is_required() else info.default
        return Property(
            name,
            type_,
            inline(text),
            facts=tuple(self._facts(info, type_, noun)),
            required=info.is_required() and named is None,
            replaces=REPLACES in marks,
            secret=SECRET in marks,
            default=value,
            named_unless=named.unless if named else None,
            part_of_id=mark_of(info, PartOfId),
            present=info.is_required() or value is not None,
        )

    def _facts(self, info: FieldInfo, type_: Type, noun: str) -> Iterator[str]:
        marks = info.metadata
        for mark in marks:
            if isinstance(mark, BeforeValidator) and isinstance(mark.func, AtMost):
                yield f"At most {mark.func.length} characters."
        if type_.innermost.kind == "object":
            names = ", ".join(f"`{one.name}`" for one in self.package.object(type_.innermost.name).properties)
            yield f"{'Each with' if type_.item else 'With'} {names}."
        if NEWER in marks:
            yield "Older servers do not know it."
        default, effect = mark_of(info, Default), mark_of(info, Effect)
        yield from described(
            examples=() if type_.innermost.kind == "enumeration" else examples_of(info),
            value=None if info.is_required() else info.default,
            default=default.text if default else "",
            named=mark_of(info, NamedAfterResource),
            effect=effect.text if effect else "",
            replaced=noun if REPLACES in marks else "",
            changes=bool(noun),
        )

    def _type(self, annotation: Any, name: str, noun: str) -> Type:
        """The type of an annotation; an enumeration within it gets this name."""
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is Annotated:
            return self._type(arguments[0], name, noun)
        if origin in (typing.Union, types.UnionType):
            return self._type(next(one for one in arguments if one is not types.NoneType), name, noun)
        if origin is list:
            return Type("array", item=self._type(arguments[0], name.removesuffix("s"), noun))
        if origin is dict:
            return Type("map", item=self._type(arguments[1], name, noun))
        if origin is Literal:
            return self._enumeration(name, arguments)
        if isinstance(annotation, type) and issubclass(annotation, Inputs | Outputs):
            self._object(annotation, noun)
            return Type("object", annotation.__name__)
        return {str: Type("string"), int: Type("integer"), bool: Type("boolean")}[annotation]

    def _object(self, model: type[Inputs | Outputs], noun: str) -> None:
        if not model.__doc__:
            raise TypeError(f"{model.__name__} has no text")
        properties = self.properties(model, noun)
        objects = self.package.objects if issubclass(model, Inputs) else self.package.results
        objects[model.__name__] = Object(model.__name__, inline(model.__doc__), properties)


def _owner(model: type[Inputs | Outputs]) -> str:
    """What the name of an enumeration begins with: nothing for one of a resource's own."""
    return "" if model.__name__.endswith(("Inputs", "Outputs", "Arguments")) else model.__name__


def capital(name: str) -> str:
    """A name as that of a type."""
    return camel(f"x_{name}")[1:]
