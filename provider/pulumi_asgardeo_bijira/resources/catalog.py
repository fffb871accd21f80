"""All declarations: what a program can use of this package."""

from . import resource_handlers
from .declaration import Component, Declaration
from .lookups.declarations import LOOK_UPS
from .secured_api.declaration import SECURED_API

__all__ = ("COMPONENTS", "LOOK_UPS", "RESOURCES")

RESOURCES: tuple[Declaration, ...] = tuple(handler.declaration for handler in resource_handlers().values())
COMPONENTS: tuple[Component, ...] = (SECURED_API,)
