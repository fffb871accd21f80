"""The API Portal of WSO2 API Platform, v0.9: applications by handle, client ids that can be written and not read.

https://wso2.com/api-platform/docs/api-portal/1.0.0/
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, TypeVar
from urllib.parse import quote

from ....settings import BijiraSettings
from ....transport import REPEATABLE_WRITE, Connection, InvalidInput, Redactor, TokenSource, redactor_with, segment
from ...paging import PAGE, OffsetPage, every_page
from ..auth import sign_in, sign_in_as_administrator
from ..models import (
    Api,
    Application,
    ApplicationAttribute,
    ApplicationChanges,
    KeyManager,
    KeyMapping,
    NewApplication,
    OfferedApi,
    Subscription,
)
from ..protocol import Capabilities
from .key_managers import PortalKeyManagers
from .models import DELETED, MadeMapping, Message, PortalApplication, PortalKeyManager, missing
from .profile import GUIDANCE, NO_KEY_MANAGER, PROFILE, SCOPES

__all__ = ("ApiPortal", "handle_of")

_R = TypeVar("_R")
_MARKED = re.compile(r"-[0-9a-f]{10}")
_CODE = "RESOURCE_NOT_FOUND"
_NO_APPLICATION = missing(("404", "Application not found"))
_NO_MAPPING = missing((_CODE, "Application not found"), (_CODE, "Key mapping not found"))
_CANNOT_MAP = missing((_CODE, "Application not found"), (_CODE, NO_KEY_MANAGER))


def _no_subscriptions() -> InvalidInput:
    return InvalidInput(
        "ties a subscription to a user and not to an application",
        subject="API Portal",
        action="Remove subscriptions, and subscribe in the portal",
    )


def handle_of(name: str) -> str:
    """The handle that an application of this name is made with: it is what a lost creation is looked up by.

    A name that is a handle is its own; any other gets a mark of its own, so that two names never share a handle.
    """
    words = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    if words == name and not _MARKED.fullmatch(name[-11:]):
        return name
    return f"{words or 'application'}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _connect(settings: BijiraSettings, tokens: TokenSource, redactor: Redactor) -> Connection:
    return Connection(
        settings.portal_url,
        PROFILE,
        tokens=tokens,
        rate=settings.rate_limit,
        ca_bundle=settings.ca_bundle,
        headers=settings.headers,
        redactor=redactor,
    )


class ApiPortal:
    """One organisation's portal, as the user that the token stands for."""

    can: ClassVar = Capabilities(
        ties_subscriptions=False,
        reads_mappings=False,
        replaces_mappings=True,
        has_attributes=False,
        has_policies=False,
        takes_secrets=False,
        not_in_names="",
        unique_names=False,
        lists_key_managers_to_all=False,
    )
    scopes: ClassVar = SCOPES
    guidance = GUIDANCE

    def __init__(self, settings: BijiraSettings) -> None:
        if settings.extra_query:
            raise settings.wrong("extra_query", "cannot go to an API Portal, which refuses parameters unknown to it")
        self._settings = settings
        redactor = redactor_with(*settings.secrets)
        self.tokens = sign_in(settings, redactor, PROFILE.name)
        self.connection = _connect(settings, self.tokens, redactor)

    @cached_property
    def key_manager_admin(self) -> PortalKeyManagers:
        """Its key managers, by a token of its own."""
        settings, redactor = self._settings, self.connection.redact
        tokens = sign_in_as_administrator(settings, self.tokens, SCOPES.of_administrator, redactor, PROFILE.name)
        return PortalKeyManagers(_connect(settings, tokens, redactor))

    def key_managers(self) -> list[KeyManager]:
        """The enabled key managers; the portal lists no others. A token that names no organisation is shown none."""
        pages = self._pages("/key-managers", OffsetPage[PortalKeyManager], "list the key managers")
        return [one for page in pages for one in page]

    def has_key_manager(self, id: str) -> bool:
        """Whether there is a key manager of this id, disabled ones too."""
        return PortalKeyManagers(self.connection).get(id) is not None

    def create_application(self, wanted: NewApplication) -> Application:
        """Make an application under a handle of ours."""
        handle = handle_of(wanted.name)
        body = {"id": handle, "displayName": wanted.name, "description": wanted.description}
        doing = f"create the application {wanted.name} under the handle {handle}"
        return self._ask("POST", "/applications", PortalApplication, doing, json=body, ok=(201,))

    def application(self, id: str) -> Application | None:
        """An application, or None where there is none."""
        path, doing = f"/applications/{segment(id)}", f"read the application {id}"
        return self.connection.get_or_none(path, PortalApplication, doing=doing, not_found=_NO_APPLICATION)

    def applications(self) -> list[Application]:
        """All applications of the token's user."""
        return [one for page in self.listed_applications() for one in page.values()]

    def listed_applications(self) -> Iterator[Mapping[str, Application]]:
        """The same page by page."""
        pages = self._pages("/applications", OffsetPage[PortalApplication], "list the applications")
        return ({one.id: one for one in page} for page in pages)

    def find_application(self, name: str) -> Application | None:
        """The application of this name, be it made here or by hand; names are not unique there."""
        made = self.find_made_application(name)
        if made and made.name == name:
            return made
        found = [one for one in self.applications() if one.name == name]
        if len(found) > 1:
            handles = ", ".join(sorted(one.id for one in found))
            raise InvalidInput(
                f"has several applications named {name}, with the ids {handles}",
                subject="API Portal",
                action="Attach to one with `application_id`",
            )
        return found[0] if found else None

    def find_made_application(self, name: str) -> Application | None:
        """What lies under the handle that a creation with this name has."""
        return self.application(handle_of(name))

    def change_application(self, id: str, changes: ApplicationChanges) -> Application:
        """Read the application and write it back changed; its handle stays."""
        path, doing = f"/applications/{segment(id)}", f"change the application {id}"
        current = self._ask("GET", path, PortalApplication, doing, not_found=_NO_APPLICATION)
        body = {
            "displayName": current.name if changes.name is None else changes.name,
            "description": current.description if changes.description is None else changes.description,
        }
        return self._ask("PUT", path, PortalApplication, doing, json=body, not_found=_NO_APPLICATION)

    def delete_application(self, id: str) -> None:
        """Delete an application with its mappings."""
        path, doing = f"/applications/{segment(id)}", f"delete the application {id}"
        self.connection.delete(path, doing=doing, ok=(200,), not_found=_NO_APPLICATION, or_text=DELETED)

    def map_client(
        self, application_id: str, key_manager: KeyManager, key_type: str, client_id: str, secret: str | None
    ) -> KeyMapping | None:
        """Map a client id; whatever was mapped there before is replaced, so that it can be sent as often as need be."""
        path = f"/applications/{segment(application_id)}/generate-keys"
        doing = f"map the client {client_id} to the application {application_id} under {key_manager.name}"
        body = {"keyManager": key_manager.id, "consumerKey": client_id, "type": key_type}
        return self._ask("POST", path, MadeMapping, doing, json=body, retry=REPEATABLE_WRITE, not_found=_CANNOT_MAP)

    def mappings(self, application_id: str) -> list[KeyMapping]:
        """Nobody can read them there."""
        return []

    def unmap(self, application_id: str, mapping_id: str) -> None:
        """Remove a mapping."""
        path = f"/applications/{segment(application_id)}/oauth-keys/{segment(mapping_id)}"
        doing = f"remove the mapping {mapping_id} of the application {application_id}"
        self.connection.delete(path, doing=doing, ok=(200,), not_found=_NO_MAPPING, or_body=Message)

    def subscribe(self, application_id: str, api_id: str, plan: str) -> Subscription:
        """Not there."""
        raise _no_subscriptions()

    def subscriptions(self, application_id: str) -> list[Subscription]:
        """None of them are an application's."""
        return []

    def listed_subscriptions(self, api_id: str) -> Iterator[Mapping[str, Subscription]]:
        """None of them are an application's."""
        return iter(())

    def change_plan(self, subscription_id: str, application_id: str, api_id: str, plan: str) -> Subscription:
        """Not there."""
        raise _no_subscriptions()

    def unsubscribe(self, subscription_id: str) -> None:
        """Not there."""
        raise _no_subscriptions()

    def find_api(self, name: str, version: str) -> Api | None:
        """The API of exactly this name and version."""
        found = self._apis("name", name)
        return next((api for api in found if (api.name, api.version) == (name, version)), None)

    def search_apis(self, name: str) -> list[Api]:
        """Every version of the API of exactly this name; where there is none, what a search for it finds.

        The search alone would not do: it goes through text, in which it finds no quotes, no backslashes and, in some
        databases, no words such as "the".
        """
        return self._apis("name", name) or self._apis("query", name)

    def offered_api(self, id: str) -> OfferedApi | None:
        """Nobody asks: nothing is subscribed to there."""
        return None

    def throttling_policies(self) -> list[str]:
        """Applications have none there."""
        return []

    def application_attributes(self) -> list[ApplicationAttribute]:
        """Applications have none there."""
        return []

    def _apis(self, filter: str, text: str) -> list[Api]:
        path = f"/apis?{filter}={quote(text, safe='')}"
        return [one for page in self._pages(path, OffsetPage[Api], f"look up the API {text}") for one in page]

    def _ask(self, method: str, path: str, shape: type[_R], doing: str, **details: Any) -> _R:
        return self.connection.request_json(method, path, shape, doing=doing, **details)

    def _pages(self, path: str, shape: "type[OffsetPage[_R]]", doing: str) -> Iterator[Sequence[_R]]:
        """The rows of each page. The query is written out here: a blank must be `%20` there and never `+`."""
        joint = "&" if "?" in path else "?"

        def ask(offset: int) -> "OffsetPage[_R]":
            return self._ask("GET", f"{path}{joint}limit={PAGE}&offset={offset}", shape, doing)

        return every_page(ask, 0, f"{PROFILE.name}: {doing}")
