"""What a program declares of an API, and what the API computes."""

import re
from typing import Annotated

from pydantic import AfterValidator

from ...transport import InvalidInput
from ..schema import REPLACES, WRITE_ONLY, Flag, Inputs, IsUnknown, KeyedBy, Name, Outputs, Prose, at_most

__all__ = ("ApiInputs", "ApiOutputs", "Scope", "asgardeo_id", "check_asgardeo_id", "without_blanks")


#: Every organisation has these from the start, and an API's scope cannot have the name of another one.
_OF_OPENID = ("openid", "profile", "email", "address", "phone")
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def asgardeo_id(text: str) -> str:
    """An id of Asgardeo's is a UUID; anything else would only be told apart by the server, and late."""
    if not _ID.fullmatch(text):
        raise ValueError("is not an id of Asgardeo, which is a UUID such as 3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10")
    return text


def check_asgardeo_id(id: str) -> None:
    """Raise the line that says what is wrong with an id that a user gave."""
    try:
        asgardeo_id(id)
    except ValueError as wrong:
        raise InvalidInput(f"The id {id} {wrong}") from None


def without_blanks(name: str) -> str:
    """A name that stands in a list of scopes."""
    if re.search(r"\s", name):
        raise ValueError("has a blank, which separates scopes; remove it")
    return name


def _scope_name(name: str) -> str:
    without_blanks(name)
    if name.startswith(("internal", "console:")):
        raise ValueError("begins with internal or console:, which are the platform's own; choose another name")
    if name in _OF_OPENID:
        raise ValueError("is a scope of OpenID Connect, which the organisation has already; choose another name")
    return name


ScopeName = Annotated[Name, AfterValidator(lambda name: _scope_name(name) if isinstance(name, str) else name)]


class Scope(Inputs):
    """A scope that an API defines."""

    name: ScopeName
    """Name of the scope, as tokens carry it. Unique among all APIs of the organisation. A change removes the scope and
    adds another."""

    display_name: Name | None = None
    """Name that people are shown. Default: `name`. Changes in place."""

    description: Annotated[Prose, at_most(300)] | None = None
    """What the scope allows, up to 300 characters. Changes in place."""

    def complete(self, unknown: IsUnknown) -> None:
        """A scope is shown by its name unless somebody says otherwise."""
        if self.display_name is None:
            self.display_name = self.name


class ApiInputs(Inputs):
    """The inputs of an API."""

    identifier: Annotated[Name, REPLACES]
    """Identifier of the API, usually its address. Unique in the organisation. A change replaces the API."""

    name: Name
    """Name of the API. Default: the resource's name. Changes in place."""

    description: Annotated[Prose, at_most(255)] | None = None
    """What the API is for, up to 255 characters. Changes in place."""

    requires_authorization: Annotated[Flag, REPLACES] = True
    """Whether an application needs a role (policy `RBAC`) to get the scopes. Default: true. A change replaces the
    API."""

    scopes: Annotated[list[Scope] | None, KeyedBy("name")] = None
    """The scopes of the API, all of them. Left out: scopes are not managed, a key manager may own them. Changes in
    place."""

    adopt: Annotated[Flag | None, WRITE_ONLY] = None
    """Take over the API that already has this identifier instead of failing. Default: false. Matters at creation
    only."""


class ApiOutputs(Outputs):
    """What an API computes besides its id."""

    organization: str
    """Organisation that it lives in: its name, after the host where that is not Asgardeo's public one."""
