"""The warning that people would get tokens without a scope, since no role of the program counts for an application."""

from collections.abc import Iterable, Sequence

from ...naming import worded
from ...settings import AsgardeoSettings

__all__ = ("lack_of_roles",)


def lack_of_roles(applications: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The line about applications, each with the grants in which people sign in to it."""
    who = ", ".join(f"{name} ({', '.join(grants)})" for name, grants in applications)
    return worded(
        f"People get tokens without scopes through {who}: its APIs are authorized under RBAC, and this program "
        "declares no role that counts for it. Declare one (AsgardeoRole, or roles of SecuredApi), an application's own "
        "with `allowed_audience` APPLICATION; or if roles are made elsewhere, switch this warning off: "
        f"{AsgardeoSettings.how_to_switch_off('role_warnings')}"
    )
