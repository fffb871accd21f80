"""All declarations: what a program can use of this package."""

from .api.declaration import API
from .application.declaration import ASGARDEO_APPLICATION
from .application_client.declaration import APPLICATION_CLIENT
from .declaration import Component, Declaration, LookUp
from .key_manager.declaration import KEY_MANAGER
from .look_up_declarations import GET_API, GET_APPLICATION, GET_BIJIRA_API, GET_KEY_MANAGER
from .secured_api.declaration import SECURED_API

__all__ = ("COMPONENTS", "LOOK_UPS", "RESOURCES")

RESOURCES: tuple[Declaration, ...] = (API, ASGARDEO_APPLICATION, KEY_MANAGER, APPLICATION_CLIENT)
COMPONENTS: tuple[Component, ...] = (SECURED_API,)
LOOK_UPS: tuple[LookUp, ...] = (GET_API, GET_APPLICATION, GET_KEY_MANAGER, GET_BIJIRA_API)
