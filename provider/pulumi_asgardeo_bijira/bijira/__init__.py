"""Bijira: one small protocol, and a module for each API that serves it.

bijira = connect(BijiraSettings(organization_id="…", client_id="…", client_secret="…"))
bijira.find_application("orders")
"""

from ..http import ConfigurationProblem
from ..settings import BijiraSettings
from .devportal import DevPortal
from .model import Api, Application, Bijira, KeyManager, Mapping, Subscription

__all__ = ("Api", "Application", "Bijira", "DevPortal", "KeyManager", "Mapping", "Subscription", "connect")


def connect(settings: BijiraSettings) -> Bijira:
    """The back end that the settings choose. Its token is asked for when it is first needed."""
    if settings.backend == "api-portal":
        raise ConfigurationProblem(
            "bijira:backend is api-portal, which this version does not serve. "
            "Use devportal: pulumi config rm bijira:backend"
        )
    return DevPortal(settings)
