"""The kinds of resource, one module each. Whatever module defines a `Kind` is found here by itself."""

import importlib
import pkgutil
from functools import cache
from graphlib import TopologicalSorter

from .kind import Kind, Listed, Live, Made
from .lifecycle import Lifecycle
from .platforms import Platforms, platforms_for

__all__ = ("Kind", "Lifecycle", "Listed", "Live", "Made", "Platforms", "all_kinds", "platforms_for")


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by its name in the state, each after those that its objects refer to."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    kinds = {kind.name: kind() for kind in sorted(Kind.__subclasses__(), key=lambda kind: kind.name)}
    order = TopologicalSorter({name: kind.refers_to for name, kind in kinds.items()}).static_order()
    return {name: kinds[name] for name in order}
