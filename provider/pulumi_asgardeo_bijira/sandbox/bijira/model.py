"""What exists in one Bijira organisation."""

from __future__ import annotations

from pydantic import BaseModel

__all__ = ("Organization",)


class Organization(BaseModel):
    """One organisation."""

    uuid: str
