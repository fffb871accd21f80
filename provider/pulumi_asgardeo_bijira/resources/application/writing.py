"""Writes an application's documents, to servers that may be older than what is declared: see newer.py."""

from ...clients.asgardeo import Applications, ApplicationSettings, Oidc, OidcSettings
from ..newer import lost, newer, not_kept, refused_by_older, shown_at
from ..property_maps import delta, properties_of
from ..schema import Document, PropertyMap
from .conversion import new_application, oidc_settings, shown_oidc
from .declaration import APPLICATION, OIDC, ApplicationInputs

__all__ = ("change_itself", "change_oidc", "create", "look_over")

#: What the server takes whole or not at all.
_WHOLE = (("certificate",), ("hybridFlow",), ("idToken", "encryption"))
#: What it shows only of an application that has one.
_PROFILE = ("fapiProfile",)


def create(applications: Applications, inputs: PropertyMap) -> str:
    """One POST of the application with its OIDC part."""
    with refused_by_older(ApplicationInputs, ApplicationInputs.part(OIDC, inputs), _subject(inputs)):
        return applications.create(new_application(inputs))


def look_over(oidc: Oidc, inputs: PropertyMap) -> None:
    """What the server has dropped of a creation without a word is an error."""
    declared = ApplicationInputs.part(OIDC, inputs)
    if paths := lost(ApplicationInputs, shown_oidc(oidc, declared), declared):
        raise not_kept(paths, _subject(inputs))


def change_itself(applications: Applications, id: str, old: PropertyMap, new: PropertyMap) -> None:
    """One PATCH for what changed of the application itself."""
    if changes := _delta(APPLICATION, old, new):
        applications.change(id, ApplicationSettings.model_validate(changes))


def change_oidc(applications: Applications, id: str, old: PropertyMap, new: PropertyMap) -> bool:
    """A GET of the OIDC part, and a PUT of it changed; False where somebody has removed it, and it is made again.

    What the server shows of the part is what it knows. A profile of FAPI it shows only where there is one: where it
    should have been and was not, the part is read once more.
    """
    changes = _delta(OIDC, old, new)
    if not changes:
        return True

    def refuse(found: Oidc) -> None:
        shown = properties_of(found)
        paths = [path for path in newer(ApplicationInputs, changes) if shown_at(shown, path) is None]
        if unknown := [path for path in paths if path != _PROFILE]:
            raise not_kept(unknown, _subject(new))

    with refused_by_older(ApplicationInputs, changes, _subject(new)):
        found = applications.change_oidc(id, OidcSettings.model_validate(changes), refuse)
        if found is None:
            applications.replace_oidc(id, oidc_settings(new))
            return False
    if _PROFILE[0] in changes and found.is_fapi_application and found.fapi_profile is None:
        written = applications.oidc(id)
        if written is not None and written.fapi_profile is None:
            raise not_kept([_PROFILE], _subject(new))
    return True


def _delta(document: Document, old: PropertyMap, new: PropertyMap) -> PropertyMap:
    changes = delta(ApplicationInputs.part(document, old), ApplicationInputs.part(document, new))
    for *path, last in _WHOLE:
        if shown_at(changes, (*path, last)) is not None:
            shown_at(changes, tuple(path))[last] = shown_at(new, (*path, last))
    return changes


def _subject(inputs: PropertyMap) -> str:
    return f"Asgardeo: the application {inputs['name']}"
