"""The platforms that the settings lead to, each connected when it is first needed and then kept for the whole process.

All providers of a process that lead to the same place share one: so there is one token per organisation and client.
"""

import threading
from functools import cached_property

from ..asgardeo import Asgardeo
from ..bijira import Bijira, connect
from ..settings import Settings

__all__ = ("Platforms", "platforms_for")


class Platforms:
    """Asgardeo and Bijira as one user's settings have them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()

    @cached_property
    def _asgardeo(self) -> Asgardeo:
        return Asgardeo(self.settings.asgardeo)

    @cached_property
    def _bijira(self) -> Bijira:
        return connect(self.settings.bijira)

    @property
    def asgardeo(self) -> Asgardeo:
        """Asgardeo; a setting that is missing or wrong is raised here."""
        with self._lock:
            return self._asgardeo

    @property
    def bijira(self) -> Bijira:
        """The back end of Bijira; a setting that is missing or wrong is raised here."""
        with self._lock:
            return self._bijira


_all: dict[str, Platforms] = {}
_all_lock = threading.Lock()


def platforms_for(settings: Settings) -> Platforms:
    """The one `Platforms` of this process for these settings."""
    with _all_lock:
        return _all.setdefault(settings.identity, Platforms(settings))
