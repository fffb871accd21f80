"""The management scopes that a program needs, as `doctor` judges them: each granted or missing, and where it is
granted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..clients.asgardeo import MANAGEMENT_SCOPES, Asgardeo, console_path
from ..clients.bijira import Bijira
from ..rehearsal import ProgramScopes

__all__ = ("NeededScope", "about", "asgardeo_scopes", "bijira_scopes", "to_copy", "without_token")

_UNKNOWN = "not known of a token that was given"
_NOBODY_SIGNED_IN = "needed; whether it is granted is not known without a token"
_SILENT = "the token endpoint does not say"
_TO_WHOM = "Grant it to the client of bijira:clientId, or use another one"
_BY_ROLES = "not granted, which matters only where the portal goes by scopes, not by roles"
_OF_PEOPLE = ", if the program declares a role or looks up a role, group or user"


@dataclass(frozen=True)
class NeededScope:
    """A scope that the program needs. Nobody may know whether it is granted."""

    platform: str
    scope: str
    #: The API that carries it in Asgardeo's console.
    api: str
    granted: bool | None
    #: The resources and look-ups that need it; empty where the program could not be previewed.
    needed_by: tuple[str, ...]
    #: What is said of it.
    detail: str
    ok: bool = True


def about(found: ProgramScopes) -> str:
    """Of what the scopes are that follow."""
    said = f"{len(found.asgardeo)} of Asgardeo, {len(found.bijira)} of Bijira"
    if not found.seen:
        said = f"those of every resource, more than it needs, since it cannot be previewed here: {found.failure}"
    elif found.failure:
        said += f", for what was seen before the preview failed; the rest may need more: {found.failure}"
    if found.unanswered:
        said += f". What it makes of the answers to {', '.join(found.unanswered)} is not known here and not among them"
    if found.elsewhere:
        said += f". Left out, since they have a provider of their own: {', '.join(found.elsewhere)}"
    return said


def asgardeo_scopes(found: ProgramScopes, asgardeo: Asgardeo) -> Iterator[NeededScope]:
    """Each of Asgardeo's."""
    granted = asgardeo.connection.granted()
    needed = found.asgardeo if found.seen else dict.fromkeys(MANAGEMENT_SCOPES, ())
    for scope in sorted(needed, key=lambda scope: (MANAGEMENT_SCOPES.get(scope, ""), scope)):
        has, api = None if granted is None else scope in granted, MANAGEMENT_SCOPES.get(scope, "")
        maybe = _OF_PEOPLE if not found.seen and api.startswith("SCIM2 ") else ""
        detail = {None: _UNKNOWN, True: "granted", False: f"missing. {console_path(scope)}{maybe}"}[has]
        yield NeededScope("asgardeo", scope, api, has, needed[scope], detail, has is not False or bool(maybe))


def bijira_scopes(found: ProgramScopes, bijira: Bijira) -> Iterator[NeededScope]:
    """Each of Bijira's, by the token that is used for it."""
    needed: Mapping[str, tuple[str, ...]] = found.bijira if found.seen else dict.fromkeys(bijira.scopes.of_clients, ())
    for scope in needed:
        admin = bijira.key_manager_admin if scope == bijira.scopes.administration else None
        granted = admin.connection.granted() if admin else bijira.tokens.granted()
        also = bijira.scopes.instead.get(scope, scope)
        has = None if granted is None else not granted.isdisjoint({scope, also})
        lacking = f"missing{'' if also == scope else f', and {also}, which would do as well'}. {_TO_WHOM}"
        ok = has is not False or bijira.scopes.are_optional
        detail = {None: _SILENT, True: "granted", False: _BY_ROLES if ok else lacking}[has]
        yield NeededScope("bijira", scope, "", has, needed[scope], detail, ok)


def without_token(found: ProgramScopes, platform: str) -> Iterator[NeededScope]:
    """Each that was seen, where nobody can sign in: the list is wanted before there is a client to sign in with."""
    apis = MANAGEMENT_SCOPES if platform == "asgardeo" else {}
    for scope, who in sorted(found.of(platform).items(), key=lambda row: (apis.get(row[0], ""), row[0])):
        yield NeededScope(platform, scope, apis.get(scope, ""), None, who, _NOBODY_SIGNED_IN)


def to_copy(scopes: list[NeededScope]) -> Iterator[str]:
    """The lines of a list to grant from: all that is needed, by where it is granted."""
    for platform, whom in (("asgardeo", "the management application in Asgardeo"), ("bijira", "the client in Bijira")):
        mine = [one for one in scopes if one.platform == platform]
        if mine:
            yield f"What {whom} needs, and no more:"
        for api in dict.fromkeys(one.api for one in mine):
            names = " ".join(one.scope for one in mine if one.api == api)
            yield f"    {api}: {names}" if api else f"    {names}"
