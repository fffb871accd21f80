"""A resource, a component or a look-up as a whole: everything that is generated follows from these."""

from collections.abc import Mapping
from dataclasses import dataclass

from .schema import Inputs, Outputs

__all__ = ("Component", "Declaration", "LookUp", "Several")


@dataclass(frozen=True)
class Declaration:
    """A resource: what it is called, what a program declares, what the platform computes, what is told of it."""

    #: What is pickled into the state, for ever.
    name: str
    #: The type, as it stands behind `pulumi-python:dynamic/`, for ever.
    type_name: str
    #: What a program calls it.
    class_name: str
    #: What a message calls such an object.
    title: str
    inputs: type[Inputs]
    outputs: type[Outputs]
    summary: str
    #: Names that a program has for the parts of an id, or what an id is.
    id_text: str
    #: What can go wrong, each in a few words.
    errors: tuple[str, ...]
    #: The vendor's page about it.
    page: str
    #: A program that declares one.
    example: str
    details: str = ""
    #: How one that exists is found and taken over.
    adopting: str = ""

    @property
    def token(self) -> str:
        """The type of the plugin's resource, for ever."""
        return f"asgardeo-bijira:index:{self.class_name}"

    @property
    def dynamic_type(self) -> str:
        """The type of the dynamic resource, for ever."""
        return f"pulumi-python:dynamic/{self.type_name}"


@dataclass(frozen=True)
class Several:
    """Any number of parts of one kind, told apart by a name, which is plain text since each part is called by it."""

    part: Declaration
    #: What a program calls the inputs of one such part.
    class_name: str
    #: What one of them is.
    summary: str
    #: What the list of them is.
    text: str
    #: What the name is.
    name_text: str
    #: Inputs of the part that each has, and those that it may have besides.
    required: tuple[str, ...]
    optional: tuple[str, ...]
    #: What the finished parts are.
    parts_text: str

    @property
    def fields(self) -> tuple[str, ...]:
        """What one of them has."""
        return ("name", *self.required, *self.optional)


@dataclass(frozen=True)
class Component:
    """Several resources as one: whose inputs it takes, what it consists of, what it computes."""

    class_name: str
    #: The type, for ever.
    token: str
    #: Each input with the part that it is passed on to.
    inputs: Mapping[str, Declaration]
    #: Each part with what it is.
    parts: Mapping[str, tuple[Declaration, str]]
    #: Each output with the part that it is taken from.
    outputs: Mapping[str, Declaration]
    #: The parts of which there may be any number, by their input.
    several: Mapping[str, Several]
    #: What it computes itself.
    computed: type[Outputs]
    summary: str
    details: str
    page: str
    example: str

    @property
    def kinds(self) -> dict[str, Declaration]:
        """What each part is, or each of several."""
        return {name: part for name, (part, _) in self.parts.items()} | {
            name: one.part for name, one in self.several.items()
        }


@dataclass(frozen=True)
class LookUp:
    """A function that finds what exists by what people call it."""

    function: str
    arguments: type[Inputs]
    result: type[Outputs]
    summary: str
    errors: tuple[str, ...]
    example: str

    @property
    def result_name(self) -> str:
        """What a program calls the result."""
        return self.result.__name__
