"""Kinds of text that several resources of Asgardeo declare."""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator

from ..transport import InvalidInput
from .schema import Name, like

__all__ = ("AsgardeoId", "ScopeName", "asgardeo_id", "check_asgardeo_id", "if_text")

_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def if_text(validate: Callable[[str], str]) -> AfterValidator:
    """Unknown values have passed the validators before, so this one may meet them."""
    return AfterValidator(lambda value: validate(value) if isinstance(value, str) else value)


def asgardeo_id(text: str) -> str:
    """An id of Asgardeo's is a UUID; anything else would only be noticed by the server, and late."""
    if not _ID.fullmatch(text):
        raise ValueError("is not an id of Asgardeo, which is a UUID such as 3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10")
    return text


def check_asgardeo_id(id: str) -> None:
    """Raise the line that says what is wrong with an id that a user gave."""
    try:
        asgardeo_id(id)
    except ValueError as wrong:
        action = "Take it from the object's page in the console"
        raise InvalidInput(str(wrong), subject=f"The id {id}", action=action) from None


def _scope_name(name: str) -> str:
    if re.search(r"\s", name):
        raise ValueError("contains whitespace, which separates scopes; remove it")
    return name


AsgardeoId = Annotated[
    Name,
    if_text(asgardeo_id),
    like("3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10", "5d1f7c2a-9b64-4a0e-8c35-2e7b90d4f613"),
]
#: A name in a list of scopes, which spaces separate.
ScopeName = Annotated[Name, if_text(_scope_name), like("orders:read", "orders:write")]
