"""Bijira's control plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from ..world import World

__all__ = ("routes",)


def routes(world: World) -> list[BaseRoute]:
    """The control plane's endpoints."""
    return []
