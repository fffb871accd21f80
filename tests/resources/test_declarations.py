"""A declaration says everything, or it does not load."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pulumi_asgardeo_bijira.resources.schema import WRITE_ONLY, Document, Flag, Inputs, Name

from tools.generate.model import Reader

HERE, THERE = Document("here"), Document("there")


def test_a_field_without_a_document_is_refused_where_the_others_have_one() -> None:
    """It would be sent nowhere, and the resource would come up green and drift for ever."""
    with pytest.raises(TypeError, match=r"Forgotten\.forgotten lies in 0 documents"):

        class Forgotten(Inputs):
            name: Annotated[Name, HERE]
            forgotten: Name

    with pytest.raises(TypeError, match=r"Doubled\.doubled lies in 2 documents"):

        class Doubled(Inputs):
            name: Annotated[Name, HERE]
            doubled: Annotated[Name, HERE, THERE]


def test_what_is_written_only_lies_in_no_document() -> None:
    """And a resource of one document need not name it."""

    class Several(Inputs):
        name: Annotated[Name, HERE]
        size: Annotated[Name, THERE]
        adopt: Annotated[Flag | None, WRITE_ONLY] = None

    class One(Inputs):
        name: Name

    assert Several.part(THERE, {"name": "a", "size": "b", "adopt": True}) == {"size": "b"}
    assert One.part(THERE, {"name": "a"}) == {}


def test_what_could_not_be_written_down_is_refused() -> None:
    """A text that is not there, one name for two sets of texts, a name that hides what every class has."""

    class Silent(Inputs):
        """An object."""

        size: Name

    class Holder(Inputs):
        """An object."""

        items: Name
        """Hides what a dict has."""

    class FirstInputs(Inputs):
        colour: Literal["red"]
        """Its colour."""

    class SecondInputs(Inputs):
        colour: Literal["blue"]
        """Its colour."""

    class Untold(Inputs):
        size: Name
        """Its size."""

    class OuterInputs(Inputs):
        inner: Untold
        """An object that says nothing of itself."""

    reader = Reader()
    reader.properties(FirstInputs, "")
    for model, refused in (
        (Silent, r"Silent\.size has no text"),
        (Holder, r"Holder\.items: the classes of Python have another items"),
        (SecondInputs, "Colour would be two sets of texts"),
        (OuterInputs, "Untold has no text"),
    ):
        with pytest.raises(TypeError, match=refused):
            reader.properties(model, "")
