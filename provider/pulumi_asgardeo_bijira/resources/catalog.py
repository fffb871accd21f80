"""All declarations: what a program can use of this package."""

from . import resource_handlers
from .declaration import Component, Declaration, LookUp
from .lookups.declarations import (
    GET_API,
    GET_APPLICATION,
    GET_BIJIRA_API,
    GET_GROUP,
    GET_KEY_MANAGER,
    GET_ROLE,
    GET_USER,
)
from .secured_api.declaration import SECURED_API

__all__ = ("COMPONENTS", "LOOK_UPS", "RESOURCES")

RESOURCES: tuple[Declaration, ...] = tuple(handler.declaration for handler in resource_handlers().values())
COMPONENTS: tuple[Component, ...] = (SECURED_API,)
LOOK_UPS: tuple[LookUp, ...] = (
    GET_API,
    GET_APPLICATION,
    GET_ROLE,
    GET_GROUP,
    GET_USER,
    GET_KEY_MANAGER,
    GET_BIJIRA_API,
)
