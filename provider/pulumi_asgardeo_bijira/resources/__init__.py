"""One folder per resource: its declaration and its life cycle. Beside them what they share."""

from functools import cache

from .api.handler import Api
from .application.handler import Application
from .application_client.handler import Client
from .handler import CreateResult, ExportEntry, ReadResult, ResourceHandler
from .key_manager.handler import KeyManager
from .lifecycle import Lifecycle
from .platforms import Platforms, platforms_for

__all__ = (
    "CreateResult",
    "ExportEntry",
    "Lifecycle",
    "Platforms",
    "ReadResult",
    "ResourceHandler",
    "platforms_for",
    "resource_handlers",
)

#: Each after those that its objects refer to.
_HANDLERS: tuple[type[ResourceHandler], ...] = (Api, Application, KeyManager, Client)


@cache
def resource_handlers() -> dict[str, ResourceHandler]:
    """Every resource by its name in the state, each after those that its objects refer to."""
    return {handler.declaration.name: handler() for handler in _HANDLERS}
