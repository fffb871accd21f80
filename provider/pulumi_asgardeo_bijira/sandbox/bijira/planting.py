"""Makes the organisation that a scenario describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Organization

if TYPE_CHECKING:
    from ..scenario import OrganizationSeed

__all__ = ("organization",)


def organization(seed: OrganizationSeed, base_url: str) -> Organization:
    """The organisation of a scenario, served at this address."""
    return Organization(uuid=seed.uuid)
