"""What the API Portal answers, of which the used properties must be as the portal itself has been seen to answer."""

from collections.abc import Callable

from pydantic import Field

from ....transport import Document, ErrorBody, Text
from ..models import Application, Id, KeyManager, KeyMapping

__all__ = (
    "DELETED",
    "MadeMapping",
    "Message",
    "PortalApplication",
    "PortalKeyManager",
    "PortalKeyManagerAlone",
    "missing",
)

#: Applications have no throttling policy there; this is what leaving it out means everywhere.
_UNLIMITED = "Unlimited"
#: The whole answer to the deletion of an application.
DELETED = "Resource Deleted Successfully"


def missing(*known: tuple[str, str]) -> Callable[[ErrorBody], bool]:
    """Whether a 404 has one of these codes and texts, which are the portal's own for the endpoint."""
    return lambda refusal: refusal.status == 404 and (refusal.code, refusal.text) in known


class Message(Document):
    """A success that is told in words."""

    message: str


class PortalApplication(Application):
    """An application, alone or in a list."""

    name: str = Field(alias="displayName")
    throttling_policy: str = _UNLIMITED


class PortalKeyManager(KeyManager):
    """A key manager. In the list, which has enabled ones only, it does not say that it is."""

    id: Id
    name: str = Field(alias="displayName")
    token_endpoint: Text


class PortalKeyManagerAlone(PortalKeyManager):
    """A key manager by itself, enabled or not."""

    enabled: bool


class MadeMapping(KeyMapping):
    """A mapping, as it is shown once: when it is made."""

    id: Id = Field(alias="keyMappingId")
    client_id: str = Field(min_length=1, alias="consumerKey")
    key_manager: str = Field(min_length=1)
    key_type: str = Field(alias="type")
