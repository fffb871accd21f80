"""Every field that can be declared, at every depth, with inputs that have it set, drawn from the declarations alone."""

from __future__ import annotations

import itertools
import types
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pulumi_asgardeo_bijira.naming import camel
from pulumi_asgardeo_bijira.resources import ResourceHandler, resource_handlers
from pulumi_asgardeo_bijira.resources.schema import Inputs, examples_of, nested_model

from tests.support.keys import certified_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

__all__ = ("FIELDS", "Field", "at")

PropertyMap = dict[str, Any]


#: What the platforms want besides, by their own rules: with any field of a resource, or with these alone.
_BESIDE: dict[str, PropertyMap] = {
    "Application": {"accessUrl": "https://app.example.com"},
    "Application.ciba_authentication_request": {"grantTypes": ["urn:openid:params:grant-type:ciba"]},
    "Application.client_authentication.token_endpoint_allow_reuse_pvt_key_jwt": {
        "clientAuthentication": {"tokenEndpointAuthMethod": "private_key_jwt"}
    },
    "Application.is_fapi_application": {"accessToken": {"bindingType": "certificate"}},
    "Application.fapi_profile": {"accessToken": {"bindingType": "certificate"}},
    "Application.subject.sector_identifier_uri": {"callbackUrls": ["https://app.example.com/callback"]},
    "ApplicationClient": {"keyManager": "Asgardeo"},
    "KeyManager": {
        "connector": [
            {"name": name, "value": "x"} for name in ("Username", "Password", "mgmt_client_id", "mgmt_client_secret")
        ]
    },
}


#: Fields of which a value changes what another one may be, each with two values of the input that they lie in.
_TOGETHER: dict[str, tuple[PropertyMap, PropertyMap]] = {
    "Application.certificate.type": (
        {"certificate": {"type": "JWKS", "value": "https://app.example.com/jwks.json"}},
        {"certificate": {"type": "PEM", "value": certified_key()[1]}},
    )
}


@dataclass(frozen=True)
class Field:
    """A field of a resource: the way to it through the models, and it itself."""

    handler: ResourceHandler
    #: The models from the resource's inputs inwards, each with the field of it that is gone into.
    path: tuple[tuple[type[Inputs], str], ...]

    @property
    def info(self) -> FieldInfo:
        """The innermost field."""
        model, name = self.path[-1]
        return model.model_fields[name]

    @property
    def keys(self) -> tuple[str, ...]:
        """The way to it in the state."""
        return tuple(camel(name) for _, name in self.path)

    def __str__(self) -> str:
        return f"{self.handler.name}.{'.'.join(name for _, name in self.path)}"

    def pair(self) -> tuple[PropertyMap, PropertyMap]:
        """Inputs that differ in this field alone, both checked; what its rules want besides is added."""
        values, together = values_of(self.info), _TOGETHER.get(str(self))
        for extra in self._additions():
            pair = [self._inputs(value, extra) for value in values]
            pair = [{**one, **own} for one, own in zip(pair, together or ({}, {}), strict=True)]
            first, second = (self.handler.check(_with_others(self, inputs)) for inputs in pair)
            if not first.failures and not second.failures:
                return first.inputs, second.inputs
        raise AssertionError(f"{self} has no two values that are right: {first.failures}, {second.failures}")

    def _additions(self) -> Iterator[frozenset[tuple[int, str]]]:
        """Further fields beside it and beside those that lead to it, the fewest first."""
        beside = [
            (depth, name) for depth, (model, own) in enumerate(self.path) for name in model.model_fields if name != own
        ]
        for count in range(3):
            yield from map(frozenset, itertools.combinations(beside, count))

    def _inputs(self, value: Any, extra: frozenset[tuple[int, str]]) -> PropertyMap:
        for depth in reversed(range(len(self.path))):
            model, own = self.path[depth]
            wanted = {name for at, name in extra if at == depth}
            beside = {
                camel(name): values_of(info)[0]
                for name, info in model.model_fields.items()
                if name != own and (info.is_required() or name in wanted)
            }
            is_list = nested_model(model.model_fields[own])[1] and depth < len(self.path) - 1
            value = {camel(own): [value] if is_list else value, **beside}
        found: PropertyMap = value
        return found


def _with_others(field: Field, inputs: PropertyMap) -> PropertyMap:
    """The inputs with what the platform wants besides; a list gets the items that it does not have."""
    rows = [row for name, row in _BESIDE.items() if f"{field}.".startswith(f"{name}.")]
    for key, wanted in (item for row in rows for item in row.items()):
        given = inputs.get(key)
        if isinstance(wanted, dict) and isinstance(given, dict):
            inputs[key] = {**wanted, **given}
        elif isinstance(wanted, list) and isinstance(given, list):
            there = [_name_of(one) for one in given]
            inputs[key] = [*given, *(one for one in wanted if _name_of(one) not in there)]
        else:
            inputs.setdefault(key, wanted)
    return inputs


def _name_of(item: Any) -> Any:
    return item["name"] if isinstance(item, dict) else item


def values_of(info: FieldInfo) -> tuple[Any, Any]:
    """Two values of a field: its examples, else two of its type."""
    model, is_list = nested_model(info)
    if model:
        whole = {camel(name): values_of(one)[0] for name, one in model.model_fields.items() if one.is_required()}
        return ([whole], []) if is_list else (whole, whole)
    first, second = (examples_of(info) or list(_of_type(info.annotation)))[:2]
    return ([first], [second]) if is_list else (first, second)


def _of_type(annotation: Any) -> tuple[Any, ...]:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated or origin is list:
        return _of_type(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return _of_type(next(one for one in arguments if one is not types.NoneType))
    if origin is Literal:
        return arguments[:2]
    return {bool: (True, False), int: (1800, 3600), str: ("first", "second")}[annotation]


def at(properties: Any, keys: tuple[str, ...]) -> Any:
    """The value there, of each item where the way leads through a list; None where there is none."""
    if not keys or properties is None:
        return properties
    if isinstance(properties, list):
        return [at(item, keys) for item in properties]
    return at(properties.get(keys[0]), keys[1:])


def _walk(handler: ResourceHandler, model: type[Inputs], path: tuple[tuple[type[Inputs], str], ...]) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        inner, _ = nested_model(info)
        here = (*path, (model, name))
        if inner:
            yield from _walk(handler, inner, here)
        else:
            yield Field(handler, here)


#: Every field of every resource that holds a value, not an object.
FIELDS: tuple[Field, ...] = tuple(
    field for handler in resource_handlers().values() for field in _walk(handler, handler.inputs, ())
)
