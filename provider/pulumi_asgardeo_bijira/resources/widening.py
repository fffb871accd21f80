"""What somebody else's change of a field may open: every field says in its declaration which change widens access.

    public_client: Annotated[Flag | None, ON_WIDENS]       where it is switched on by hand
    callback_urls: Annotated[list[Callback] | None, MORE_WIDENS]    where one is added; of a number, where it is larger
    policy: Annotated[Literal["RBAC", "No Policy"], widens_as("No Policy")]    where it becomes this
    description: Annotated[Prose | None, NEVER_WIDENS]     nobody may do more by it

An object says nothing of itself, since each of its fields does.
"""

from dataclasses import dataclass
from typing import Any, Literal

from .schema import Mark

__all__ = (
    "CHANGE_WIDENS",
    "MORE_WIDENS",
    "NEVER_WIDENS",
    "OFF_WIDENS",
    "ON_WIDENS",
    "Widens",
    "widens_as",
)


@dataclass(frozen=True)
class Widens(Mark):
    """Which change of a field lets somebody do more than was declared."""

    when: Literal["on", "off", "more", "changed", "as", "never"]
    #: Which value does so, of a field that widens as one.
    value: str = ""

    def by(self, declared: Any, live: Any) -> bool:
        """Whether the change from what was declared to what is there does so; None is what is not there."""
        if declared == live:
            return False
        match self.when:
            case "on":
                return live is True
            case "off":
                return live is not True
            case "more":
                return _more(declared, live)
            case "changed":
                return live not in (None, "")
            case "as":
                return bool(live == self.value)
            case "never":
                return False


def _more(declared: Any, live: Any) -> bool:
    if isinstance(live, list):
        before = declared if isinstance(declared, list) else []
        return any(item not in before for item in live)
    is_number = isinstance(live, int | float) and not isinstance(live, bool)
    return is_number and (not isinstance(declared, int | float) or live > declared)


ON_WIDENS = Widens("on")
OFF_WIDENS = Widens("off")
MORE_WIDENS = Widens("more")
CHANGE_WIDENS = Widens("changed")
NEVER_WIDENS = Widens("never")


def widens_as(value: str) -> Widens:
    """Where the field becomes this value."""
    return Widens("as", value)
