"""What an id of Asgardeo's looks like."""

from typing import Annotated

from pydantic import StringConstraints

__all__ = ("UUID", "Uuid")

UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

#: An id of Asgardeo's; whatever else stands where one should leads elsewhere.
Uuid = Annotated[str, StringConstraints(pattern=rf"^{UUID}$")]
