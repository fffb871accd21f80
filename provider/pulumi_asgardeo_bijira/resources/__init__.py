"""One folder per resource: its declaration and its handler, which carries out its operations on a platform. Beside them
what they share."""

from functools import cache

from .api.handler import ApiHandler
from .application.handler import ApplicationHandler
from .application_client.handler import ApplicationClientHandler
from .handler import CreateResult, ExportEntry, ReadResult, ResourceHandler
from .key_manager.handler import KeyManagerHandler
from .lifecycle import Lifecycle
from .platforms import Platforms, platforms_for
from .role.handler import RoleHandler

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
_HANDLERS: tuple[type[ResourceHandler], ...] = (
    ApiHandler,
    ApplicationHandler,
    RoleHandler,
    KeyManagerHandler,
    ApplicationClientHandler,
)


@cache
def resource_handlers() -> dict[str, ResourceHandler]:
    """Every resource by its name in the state, each after those that its objects refer to."""
    return {handler.declaration.name: handler() for handler in _HANDLERS}
