"""One folder per resource: its declaration and its life cycle. Beside them what they share."""

from functools import cache

from .api.handler import Api
from .application.handler import Application
from .application_client.handler import Client
from .handler import Kind, Listed, Live, Made
from .key_manager.handler import KeyManager
from .lifecycle import Lifecycle
from .platforms import Platforms, platforms_for

__all__ = ("Kind", "Lifecycle", "Listed", "Live", "Made", "Platforms", "all_kinds", "platforms_for")

#: Each after those that its objects refer to.
_KINDS: tuple[type[Kind], ...] = (Api, Application, KeyManager, Client)


@cache
def all_kinds() -> dict[str, Kind]:
    """Every resource by its name in the state, each after those that its objects refer to."""
    return {kind.name: kind() for kind in _KINDS}
