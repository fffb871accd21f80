"""The kinds of resource, one module each. Whatever module defines a `Kind` is found here by itself."""

import importlib
import pkgutil
from functools import cache

from .kind import Kind, Live, Made
from .platforms import Platforms, platforms_for

__all__ = ("Kind", "Live", "Made", "Platforms", "all_kinds", "platforms_for")


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its name in the state."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return {kind.name: kind() for kind in sorted(Kind.__subclasses__(), key=lambda kind: kind.name)}
