"""What is kept of an organisation below the tenant."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from ..ids import new_id

__all__ = ("Organization",)


class Organization(BaseModel):
    """An organisation; `number` is its place in the order of creation, which the list's cursors count by."""

    id: str = Field(default_factory=new_id)
    number: int
    name: str
    handle: str
    description: str | None = None
    status: Literal["ACTIVE", "DISABLED"] = "ACTIVE"
    type: Literal["TENANT", "STRUCTURAL"] = "TENANT"
    parent: str
    attributes: dict[str, str] = {}
    created: str
    modified: str
