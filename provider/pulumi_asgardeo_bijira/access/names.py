"""What people call an object that a resource names by its id; the id itself where this token may not see it."""

from collections.abc import Callable
from functools import cached_property

from ..resources import Platforms
from ..transport import Problem, operation

__all__ = ("Names",)


class Names:
    """Asks a platform once for each object, and for the groups all at once."""

    def __init__(self, platforms: Platforms) -> None:
        self._platforms = platforms
        self._known: dict[tuple[str, str], str] = {}

    def user(self, id: str) -> str:
        """A user's name."""
        return self._named("user", id, lambda: getattr(self._platforms.asgardeo.users.get(id), "name", id))

    def group(self, id: str) -> str:
        """A group's name."""
        return self._named("group", id, lambda: self._groups.get(id, id))

    def api(self, id: str) -> str:
        """The name of an API in Asgardeo."""
        return self._named("api", id, lambda: getattr(self._platforms.asgardeo.api_resources.get(id), "name", id))

    def application(self, id: str) -> str:
        """The name of an application in Asgardeo."""
        return self._named(
            "application", id, lambda: getattr(self._platforms.asgardeo.applications.get(id), "name", id)
        )

    def published(self, id: str) -> str:
        """The name and version of an API in Bijira."""

        def ask() -> str:
            found = self._platforms.bijira.offered_api(id)
            return f"{found.name} {found.version}" if found else id

        return self._named("published", id, ask)

    @cached_property
    def _groups(self) -> dict[str, str]:
        return {row.id: row.name for row in self._platforms.asgardeo.groups.all()}

    def _named(self, kind: str, id: str, ask: Callable[[], str]) -> str:
        if (kind, id) not in self._known:
            try:
                with operation():
                    self._known[kind, id] = ask()
            except Problem:  # the picture is no worse for an id
                self._known[kind, id] = id
        return self._known[kind, id]
