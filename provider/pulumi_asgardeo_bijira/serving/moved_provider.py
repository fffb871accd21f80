"""What must not be replaced where it lies, for the sake of a provider that leads elsewhere.

An engine that replaces a provider replaces all its resources, and asks of none: it makes the new one by the new
provider's process, then deletes the old one by the old one's. That suits what moves with the provider. Another
platform's objects stay where they are, so there the new one would be the old one, adopted, and deleted at once.
"""

from collections.abc import Collection

from ..transport import InvalidInput

__all__ = ("MovedProvider",)

_NAMES = {"asgardeo": "Asgardeo", "bijira": "Bijira"}


class MovedProvider:
    """What a run has said so far of resources whose provider may have led elsewhere."""

    def __init__(self) -> None:
        self._staying: set[str] = set()
        self._not_asked_of: set[str] = set()

    def leads_elsewhere(self, staying: Collection[str]) -> None:
        """A provider is replaced by this one, and these platforms are the same for both."""
        self._staying.update(staying)

    def declared(self, urn: str, *, was_there: bool) -> None:
        """The program has this resource, and the state had it before or not."""
        if was_there:
            self._not_asked_of.add(urn)

    def asked_of(self, urn: str) -> None:
        """The plugin itself says whether it is replaced."""
        self._not_asked_of.discard(urn)

    def refuse_in_place(self, platform: str, urn: str, what: str) -> None:
        """Refuse to make in its own place what was there before."""
        if platform not in self._staying or urn not in self._not_asked_of:
            return
        here = _NAMES[platform]
        raise InvalidInput(
            f"would be replaced because its provider leads elsewhere, but {here} is the same place as before, where "
            "the new one would be the old one and be deleted: nothing is done",
            subject=what,
            action=f"Give it a provider of its own with the settings of {here} alone, and it stays as it is. Or delete "
            f"it first, with the settings as they were: pulumi destroy --target '{urn}'",
        )
