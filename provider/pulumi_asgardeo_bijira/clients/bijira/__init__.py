"""Bijira: one small protocol, and a module for each API that serves it.

bijira = connect(BijiraSettings(organization_id="…", client_id="…", client_secret="…"))
bijira.find_application("orders")
"""

from ...settings import BijiraSettings
from .api_portal import ApiPortal
from .devportal import DevPortal
from .models import (
    Api,
    Application,
    ApplicationChanges,
    KeyManager,
    KeyManagerSettings,
    KeyMapping,
    ManagedKeyManager,
    Subscription,
)
from .protocol import Bijira, Capabilities, KeyManagerAdmin

__all__ = (
    "Api",
    "ApiPortal",
    "Application",
    "ApplicationChanges",
    "Bijira",
    "Capabilities",
    "DevPortal",
    "KeyManager",
    "KeyManagerAdmin",
    "KeyManagerSettings",
    "KeyMapping",
    "ManagedKeyManager",
    "Subscription",
    "connect",
)


def connect(settings: BijiraSettings) -> Bijira:
    """The back end that the settings choose. Its token is asked for when it is first needed."""
    _ = settings.portal_url  # says what is wrong with the back end
    return ApiPortal(settings) if settings.backend == "api-portal" else DevPortal(settings)
