"""The classes that a program sees say exactly what the kinds declare."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import types
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_asgardeo_bijira as package
import pytest
from pulumi_asgardeo_bijira import AsgardeoApi, AsgardeoApplication
from pulumi_asgardeo_bijira.naming import camel
from pulumi_asgardeo_bijira.resources import ResourceHandler, resource_handlers
from pulumi_asgardeo_bijira.resources.schema import SECRET, Inputs, NamedAfterResource, mark_of, nested_model

if TYPE_CHECKING:
    from pulumi_asgardeo_bijira.sdk.base import Resource

PAIRS = [
    pytest.param(getattr(package, kind.declaration.class_name), kind, id=name)
    for name, kind in resource_handlers().items()
]


def params(constructor: Any) -> dict[str, str]:
    """The documentation of each parameter."""
    text = inspect.getdoc(constructor) or ""
    found = re.findall(r":param (\w+): (.*?)(?=\n:param |\Z)", text, re.DOTALL)
    return {name: " ".join(words.split()) for name, words in found}


@pytest.mark.parametrize(("cls", "kind"), PAIRS)
def test_the_constructor_takes_and_documents_every_input(cls: type[Resource], kind: ResourceHandler) -> None:
    """A program, its editor and the check speak of the same properties."""
    signature = inspect.signature(cls.__init__)
    own = {n: p for n, p in signature.parameters.items() if n not in ("self", "resource_name", "opts")}
    assert own.keys() == kind.inputs.model_fields.keys()
    documented = params(cls.__init__)
    for name, field in kind.inputs.model_fields.items():
        assert own[name].kind is inspect.Parameter.KEYWORD_ONLY
        filled_in = mark_of(field, NamedAfterResource) is not None
        required = field.is_required() and not filled_in
        assert (own[name].default is inspect.Parameter.empty) == required, name
        assert documented[name], name


@pytest.mark.parametrize(("cls", "kind"), PAIRS)
def test_every_property_is_a_typed_attribute(cls: type[Resource], kind: ResourceHandler) -> None:
    """What can be declared can be read, and what is computed too."""
    attributes = {*kind.inputs.keys(), *kind.outputs.keys()}
    found = pulumi._types.resource_types(cls)
    assert attributes - found.keys() <= {"applicationId"}
    for name, field in kind.inputs.model_fields.items():
        model, is_list = nested_model(field)
        if model:
            type_: Any = getattr(package.outputs, model.__name__)
            assert found[camel(name)] == (Sequence[type_] if is_list else type_)
    assert cls._outputs == tuple(kind.outputs.model_fields)


@pytest.mark.parametrize(("cls", "kind"), PAIRS)
def test_the_same_properties_are_secret(cls: type[Resource], kind: ResourceHandler) -> None:
    """A secret that is not marked would lie open in the state."""
    for names, model in ((cls._secret_inputs, kind.inputs), (cls._secret_outputs, kind.outputs)):
        assert {camel(name) for name in names} == model.marked(SECRET)


@pytest.mark.parametrize(("cls", "kind"), PAIRS)
def test_the_type_is_the_kinds(cls: type[Resource], kind: ResourceHandler) -> None:
    """It stands in every URN."""
    assert cls._resource_type_name == f"dynamic/{kind.type_name}"
    assert cls._kind == kind.name


def nested(model: type[Inputs]) -> list[type[Inputs]]:
    """The models of all objects within a model."""
    inner = [found for found, _ in (nested_model(field) for field in model.model_fields.values()) if found]
    return inner + [below for one in inner for below in nested(one)]


NESTED = sorted(
    {model for kind in resource_handlers().values() for model in nested(kind.inputs)}, key=lambda m: m.__name__
)


@pytest.mark.parametrize("model", NESTED)
def test_every_object_within_has_a_typed_class_with_the_same_fields(model: type[Inputs]) -> None:
    """One class for each, with the same spelling as a plain dict."""
    cls = getattr(package, f"{model.__name__}Args")
    made = cls(**dict.fromkeys(model.model_fields, "x"))
    assert pulumi._types.input_type_to_dict(made) == {camel(name): "x" for name in model.model_fields}


def test_a_subclass_keeps_its_parents_type() -> None:
    """Deriving a class for one's own defaults must not replace every resource."""

    class Ours(AsgardeoApi):
        """An API as we make them."""

    assert Ours._resource_type_name == AsgardeoApi._resource_type_name
    assert pulumi._types.resource_types(Ours) == pulumi._types.resource_types(AsgardeoApi)


def test_a_subclass_keeps_its_parents_types_wherever_it_is_written() -> None:
    """Beside another base, further down, and in a module where our names mean something else."""
    module = types.ModuleType("program")
    sys.modules["program"] = module
    code = """
import pulumi_asgardeo_bijira as wso2
outputs = Sequence = None
class Tagged: ...
class Ours(wso2.AsgardeoApi): ...
class Both(Tagged, wso2.AsgardeoApi): ...
class Below(Tagged, Ours): ...
"""
    exec(compile(code, "program", "exec"), vars(module))  # noqa: S102  # it is a user's module
    for cls in (module.Ours, module.Both, module.Below):
        assert pulumi._types.resource_types(cls) == pulumi._types.resource_types(AsgardeoApi)


def test_the_types_of_a_class_are_read_once() -> None:
    """Pulumi reads them for each resource: as texts they would be compiled and looked up each time."""
    code = """
import pulumi
from pulumi.runtime import Mocks, set_mocks
import pulumi_asgardeo_bijira as wso2

class Nothing(Mocks):
    def new_resource(self, args): return args.name, args.inputs
    def call(self, args): return {}

class Ours(wso2.AsgardeoApplication): ...

@pulumi.runtime.test
def make():
    for cls in (wso2.AsgardeoApplication, Ours):
        cls(cls.__name__)
        print([name for name, type_ in cls.__annotations__.items() if isinstance(type_, str)])

set_mocks(Nothing())
make()
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["[]", "[]"]


def test_options_take_the_names_that_the_user_writes() -> None:
    """Python's spelling everywhere, also where the engine compares paths."""
    given = pulumi.ResourceOptions(
        ignore_changes=["access_token.user_access_token_expiry_in_seconds", "callbackUrls"],
        replace_on_changes=["scopes[0].display_name"],
        additional_secret_outputs=["client_id"],
    )
    found = AsgardeoApplication.__new__(AsgardeoApplication)._translated(given)
    assert found.ignore_changes == ["accessToken.userAccessTokenExpiryInSeconds", "callbackUrls"]
    assert found.replace_on_changes == ["scopes[0].displayName"]
    assert found.additional_secret_outputs == ["clientId", "clientSecret"]
    assert given.additional_secret_outputs == ["client_id"], "the user's own options are not touched"


def test_what_cannot_work_is_refused_in_one_line() -> None:
    """By the constructor, before anything is sent."""
    with pytest.raises(pulumi.RunError, match=r"cannot be imported by the option import_.*adopt to true"):
        AsgardeoApi("x", pulumi.ResourceOptions(import_="id"), identifier="urn:x")
    doubled = {"name": "a", "display_name": "A", "displayName": "B"}
    with pytest.raises(pulumi.RunError, match=r"scopes\[0\].display_name is given twice"):
        AsgardeoApi("x", identifier="urn:x", scopes=[doubled])  # type: ignore[list-item]  # as a program says it
    with pytest.raises(pulumi.RunError, match="is its name"):
        AsgardeoApi("", identifier="urn:x")


def test_a_program_loads_neither_the_transport_nor_the_models() -> None:
    """A preview of a program that changes nothing should not pay for them."""
    code = (
        "import sys, pulumi_asgardeo_bijira; print([m for m in ('httpx', 'pydantic', 'starlette') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_what_is_loaded_later_is_listed_at_once() -> None:
    """An editor and help() show what a module says that it has."""
    code = "import pulumi_asgardeo_bijira as wso2; print(set(wso2.__all__) - set(dir(wso2)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
