"""Which key manager is meant, or what is missing."""

from ...clients.bijira import Bijira, Guidance, KeyManager, KeyManagerAdmin
from ...transport import ApiProblem, InvalidInput, Missing
from ..platforms import Platforms
from ..schema import PropertyMap

__all__ = (
    "NoKeyManager",
    "admin_of",
    "choose",
    "hides_key_managers",
    "keeps_manager",
    "manager_from_now_on",
    "manager_of",
    "no_admin",
)


class NoKeyManager(InvalidInput):
    """The key manager that is meant is not there, or not enabled: a BijiraKeyManager may make it."""


def choose(bijira: Bijira, wanted: str | None, *, formerly: str | None = None) -> KeyManager:
    """The key manager by id or name, or the only enabled external one: one request.

    `formerly` is the id of the one that served until now: it still does, while it is there.
    """
    managers, guidance = bijira.key_managers(), bijira.guidance
    for manager in managers:
        if manager.id == formerly and manager.enabled:
            return manager
    if not managers:
        raise NoKeyManager("lists no key manager", subject=guidance.platform, action=guidance.if_none)
    return _named(managers, wanted, guidance) if wanted else _only(managers, guidance)


def _external(managers: list[KeyManager]) -> tuple[list[KeyManager], str]:
    """Those that are not the platform's own, and how a line lists them."""
    found = [manager for manager in managers if not manager.is_internal]
    return found, ", ".join(sorted(manager.name for manager in found)) or "none"


def _named(managers: list[KeyManager], wanted: str, guidance: Guidance) -> KeyManager:
    """The one of this id, else the one that is called so."""
    _, names = _external(managers)
    found = [manager for manager in managers if manager.id == wanted]
    found = found or [manager for manager in managers if manager.is_called(wanted)]
    if not found:
        raise NoKeyManager(
            f"has no key manager {wanted}",
            subject=guidance.platform,
            action=f"Set `key_manager` to one of: {names}; or have it there: {guidance.to_add}",
            missing=Missing("key manager", wanted),
        )
    if len(found) > 1:
        ids = ", ".join(sorted(manager.id for manager in found))
        raise InvalidInput(
            f"has several key managers {wanted}, with the ids {ids}",
            subject="Bijira",
            action="Set `key_manager` to one",
        )
    if not found[0].enabled:
        raise InvalidInput(
            "is disabled",
            subject=f"{guidance.platform}: the key manager {wanted}",
            action=f"{guidance.to_enable}, or choose another: {names}",
        )
    return found[0]


def _only(managers: list[KeyManager], guidance: Guidance) -> KeyManager:
    """The only one that is external and enabled."""
    external, names = _external(managers)
    enabled = [manager for manager in external if manager.enabled]
    if not enabled:
        raise NoKeyManager(
            f"has no enabled external key manager (there are: {names})",
            subject=guidance.platform,
            action=guidance.to_enable if external else guidance.to_add,
        )
    if len(enabled) > 1:
        raise InvalidInput(
            f"has several enabled external key managers ({names}), so it must be said which one is meant",
            subject=guidance.platform,
            action="Set `key_manager`, or `bijira:keyManager` for all resources",
        )
    return enabled[0]


def no_admin(bijira: Bijira) -> InvalidInput:
    """No API makes key managers there: how they are made instead."""
    return InvalidInput(
        "has no API that makes key managers",
        subject=f"{bijira.guidance.platform}'s cloud",
        action=f"{bijira.guidance.to_add}, and remove this resource from the program. For a self-hosted API Manager "
        "set `bijira:baseUrl` to its …/api/am/devportal/v3, or `bijira:adminBaseUrl`",
    )


def admin_of(bijira: Bijira) -> KeyManagerAdmin:
    """What makes key managers, or the line that says how they are made there."""
    admin = bijira.key_manager_admin
    if admin is None:
        raise no_admin(bijira)
    return admin


def manager_of(platforms: Platforms, named: str | None, *, formerly: str | None = None) -> KeyManager:
    """The key manager that is meant. One that is named is taken at its word by whoever may not list them."""
    bijira, wanted = platforms.bijira, named or platforms.settings.bijira.key_manager
    try:
        return choose(bijira, wanted, formerly=formerly)
    except ApiProblem as refusal:
        word = wanted or formerly
        if not hides_key_managers(bijira, refusal) or not word:
            raise
        return KeyManager.unseen(word)


def hides_key_managers(bijira: Bijira, refusal: ApiProblem) -> bool:
    """Whether a refusal only means that this token may not see key managers, though it may map clients."""
    return refusal.status == 403 and not bijira.can.lists_key_managers_to_all


def manager_from_now_on(platforms: Platforms, id: str, old: PropertyMap, new: PropertyMap) -> KeyManager:
    """The key manager that a client is mapped under, or another one that is named now.

    Looked up if it is another one, and where the mapping has gone, for the key manager may have gone with it.
    """
    if keeps_manager(id, old, new):
        return KeyManager.unseen(id, old.get("keyManagerName"))
    named = new.get("keyManager")
    return manager_of(platforms, named, formerly=None if named else id)


def keeps_manager(id: str, old: PropertyMap, new: PropertyMap) -> bool:
    """Whether a client stays under its key manager, as far as that is known without asking."""
    stays = (None, id, old.get("keyManagerName"), old.get("keyManager"))
    return "clientId" in old and new.get("keyManager") in stays
