"""The platforms that the settings lead to, each connected when it is first needed and then kept for the whole process.

All providers of a process that lead to the same place share one: so there is one token per organisation and client.
"""

import threading
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..settings import AsgardeoSettings, BijiraSettings, Settings
from ..transport import is_loopback
from .bursts import Bursts
from .snapshots import Snapshots

if TYPE_CHECKING:
    from ..clients.asgardeo import Asgardeo
    from ..clients.bijira import Bijira

__all__ = ("Platforms", "platforms_for")


class Platforms:
    """Asgardeo and Bijira as one user's settings have them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        #: What there was before this process made anything.
        self.snapshots = Snapshots()
        #: What lists show while many objects of a platform are read.
        self.bursts = {"asgardeo": Bursts(), "bijira": Bursts()}
        self._lock = threading.RLock()

    @cached_property
    def _asgardeo(self) -> "Asgardeo":
        from ..clients.asgardeo import Asgardeo

        return Asgardeo(self.settings.asgardeo)

    @cached_property
    def _bijira(self) -> "Bijira":
        from ..clients.bijira import connect

        return connect(self.settings.bijira)

    @property
    def asgardeo(self) -> "Asgardeo":
        """Asgardeo; a setting that is missing or wrong is raised here."""
        with self._lock:
            return self._asgardeo

    @property
    def bijira(self) -> "Bijira":
        """The back end of Bijira; a setting that is missing or wrong is raised here."""
        with self._lock:
            return self._bijira

    def location(self, platform: str) -> str:
        """Where the objects of a platform live, as the state keeps it: the organisation, with its address where that
        is not the platform's own. No I/O."""
        return self._asgardeo_home if platform == "asgardeo" else self._bijira_home

    @cached_property
    def _asgardeo_home(self) -> str:
        return _asgardeo_home(self.settings.asgardeo)

    @cached_property
    def _bijira_home(self) -> str:
        return _bijira_home(self.settings.bijira, sandbox=self.settings.sandbox is not None)


def _asgardeo_home(settings: AsgardeoSettings) -> str:
    url = urlsplit(settings.tenant_url)
    if is_loopback(settings.tenant_url) or url.netloc.lower() == urlsplit(AsgardeoSettings.base_url).netloc:
        return settings.organization_name
    return f"{url.netloc.lower()}{url.path}"


def _bijira_home(settings: BijiraSettings, *, sandbox: bool) -> str:
    """An API Portal is one organisation's own server; elsewhere the organisation's id tells."""
    if settings.organization_id and settings.backend != "api-portal":
        return settings.organization_id.lower()
    if sandbox:
        return "sandbox"
    url = urlsplit(settings.portal_url)
    return f"{url.netloc.lower()}{url.path}"


_all: dict[str, Platforms] = {}
_all_lock = threading.Lock()


def platforms_for(settings: Settings) -> Platforms:
    """The one `Platforms` of this process for these settings."""
    with _all_lock:
        found = _all.get(settings.identity)
        if found is None:
            found = _all[settings.identity] = Platforms(settings)
        return found
