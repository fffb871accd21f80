"""Bijira: one small protocol, and a folder for each API that serves it.

    bijira = connect(BijiraSettings(organization_id="…", client_id="…", client_secret="…"))
    bijira.find_application("orders")

devportal/     the developer portal of API Manager, which is Bijira's own and a self-hosted server's
api_portal/    the API Portal of WSO2 API Platform
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
    NewApplication,
    OfferedApi,
    Subscription,
)
from .protocol import Bijira, Capabilities, Guidance, KeyManagerAdmin

__all__ = (
    "Api",
    "ApiPortal",
    "Application",
    "ApplicationChanges",
    "Bijira",
    "Capabilities",
    "DevPortal",
    "Guidance",
    "KeyManager",
    "KeyManagerAdmin",
    "KeyManagerSettings",
    "KeyMapping",
    "ManagedKeyManager",
    "NewApplication",
    "OfferedApi",
    "Subscription",
    "capabilities",
    "connect",
)


def capabilities(settings: BijiraSettings) -> Capabilities:
    """What the back end that the settings choose can do, also where they are not complete yet."""
    return (ApiPortal if settings.backend == "api-portal" else DevPortal).can


def connect(settings: BijiraSettings) -> Bijira:
    """The back end that the settings choose. Its token is asked for when it is first needed."""
    _ = settings.portal_url  # says what is wrong with the back end
    return ApiPortal(settings) if settings.backend == "api-portal" else DevPortal(settings)
