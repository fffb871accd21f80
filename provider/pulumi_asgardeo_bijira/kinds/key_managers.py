"""Which key manager is meant, or what is missing."""

from ..bijira import KeyManager
from ..http import InvalidInput

__all__ = ("choose",)

_CONSOLE = "the console's Settings, Developer Portal, Key Managers"


def choose(managers: list[KeyManager], wanted: str | None) -> KeyManager:
    """The key manager by id or name, or the only enabled external one."""
    if not managers:
        raise InvalidInput(
            "Bijira lists no key manager. Check bijira:organizationId, that the token has the scope apim:subscribe, "
            f"and that the key manager is selected in {_CONSOLE}"
        )
    external = [manager for manager in managers if not manager.internal]
    names = ", ".join(sorted(manager.name for manager in external)) or "none"
    if wanted:
        found = [manager for manager in managers if manager.id == wanted]
        found = found or [manager for manager in managers if manager.is_called(wanted)]
        if not found:
            raise InvalidInput(
                f"Bijira has no key manager {wanted}. Set key_manager to one of: {names}; a missing one is selected in "
                f"{_CONSOLE}"
            )
        if len(found) > 1:
            ids = ", ".join(sorted(manager.id for manager in found))
            raise InvalidInput(f"Bijira has several key managers {wanted}, with the ids {ids}. Set key_manager to one")
        if not found[0].enabled:
            raise InvalidInput(f"Bijira: the key manager {wanted} is disabled. Enable it, or choose another: {names}")
        return found[0]
    enabled = [manager for manager in external if manager.enabled]
    if not enabled:
        raise InvalidInput(
            f"Bijira has no enabled external key manager (there are: {names}). Add the Asgardeo organisation under "
            f"Admin, Settings, Key Managers and select it in {_CONSOLE}"
        )
    if len(enabled) > 1:
        raise InvalidInput(
            f"Bijira has several enabled external key managers ({names}), so it must be said which one is meant. "
            "Set key_manager, or bijira:keyManager for all resources"
        )
    return enabled[0]
