"""Which key manager is meant, or what is missing."""

from ..bijira import Bijira, KeyManager, KeyManagerAdmin
from ..http import InvalidInput

__all__ = ("admin_of", "choose")


def choose(bijira: Bijira, wanted: str | None) -> KeyManager:
    """The key manager by id or name, or the only enabled external one: one request."""
    managers, guidance = bijira.key_managers(), bijira.guidance
    place = guidance.place
    if not managers:
        raise InvalidInput(f"{place} lists no key manager. {guidance.if_none}")
    external = [manager for manager in managers if not manager.internal]
    names = ", ".join(sorted(manager.name for manager in external)) or "none"
    if wanted:
        found = [manager for manager in managers if manager.id == wanted]
        found = found or [manager for manager in managers if manager.is_called(wanted)]
        if not found:
            raise InvalidInput(
                f"{place} has no key manager {wanted}. Set key_manager to one of: {names}; or have it there: "
                f"{guidance.to_add}"
            )
        if len(found) > 1:
            ids = ", ".join(sorted(manager.id for manager in found))
            raise InvalidInput(f"Bijira has several key managers {wanted}, with the ids {ids}. Set key_manager to one")
        if not found[0].enabled:
            raise InvalidInput(
                f"{place}: the key manager {wanted} is disabled. {guidance.to_enable}, or choose another: {names}"
            )
        return found[0]
    enabled = [manager for manager in external if manager.enabled]
    if not enabled:
        advice = guidance.to_enable if external else guidance.to_add
        raise InvalidInput(f"{place} has no enabled external key manager (there are: {names}). {advice}")
    if len(enabled) > 1:
        raise InvalidInput(
            f"{place} has several enabled external key managers ({names}), so it must be said which one is meant. "
            "Set key_manager, or bijira:keyManager for all resources"
        )
    return enabled[0]


def admin_of(bijira: Bijira) -> KeyManagerAdmin:
    """What makes key managers, or the line that says how they are made there."""
    admin = bijira.key_manager_admin
    if admin is None:
        raise InvalidInput(
            f"{bijira.guidance.place}'s cloud has no API that makes key managers. {bijira.guidance.to_add}, and remove "
            "this resource from the program. For a self-hosted API Manager set bijira:baseUrl to its "
            "…/api/am/devportal/v3, or bijira:adminBaseUrl"
        )
    return admin
