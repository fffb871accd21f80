"""One folder per resource: its declaration and its handler, which carries out its operations on a platform. Beside them
what they share."""

from functools import cache
from importlib import import_module

from .handler import ResourceHandler
from .lifecycle import Lifecycle
from .losses import Loss
from .platforms import Platforms, platforms_for
from .results import CreateResult, ExportEntry, ReadResult

__all__ = (
    "CLASSES",
    "CreateResult",
    "ExportEntry",
    "Lifecycle",
    "Loss",
    "Platforms",
    "ReadResult",
    "ResourceHandler",
    "platforms_for",
    "resource_handler",
    "resource_handlers",
)

#: The folder and the handler of each resource by its name in the state, each after those that its objects refer to.
_HANDLERS = {
    "Api": ("api", "ApiHandler"),
    "Application": ("application", "ApplicationHandler"),
    "Role": ("role", "RoleHandler"),
    "KeyManager": ("key_manager", "KeyManagerHandler"),
    "ApplicationClient": ("application_client", "ApplicationClientHandler"),
}

#: The resource that each class is of.
CLASSES = {
    "AsgardeoApi": "Api",
    "AsgardeoApplication": "Application",
    "AsgardeoRole": "Role",
    "BijiraKeyManager": "KeyManager",
    "BijiraApplicationClient": "ApplicationClient",
}


@cache
def resource_handler(name: str) -> ResourceHandler:
    """A resource by its name in the state. What it consists of is imported here, for a process serves few of them."""
    folder, handler = _HANDLERS[name]
    found: ResourceHandler = getattr(import_module(f".{folder}.handler", __name__), handler)()
    return found


@cache
def resource_handlers() -> dict[str, ResourceHandler]:
    """Every resource by its name in the state, each after those that its objects refer to."""
    return {name: resource_handler(name) for name in _HANDLERS}
