"""What the API Portal answers, of which the used properties must be as the portal itself has been seen to answer."""

from collections.abc import Callable

from pydantic import Field

from ...transport import ErrorBody
from ...transport.answers import Document, Text
from .models import Api, Application, KeyManager, Mapping
from .paging import Id

__all__ = (
    "DELETED",
    "UNLIMITED",
    "ApiAnswer",
    "ApplicationAnswer",
    "KeyManagerAnswer",
    "KeyManagerRow",
    "MadeMapping",
    "Message",
    "missing",
)

#: Applications have no throttling policy there; this is what leaving it out means everywhere.
UNLIMITED = "Unlimited"
#: The whole answer to the deletion of an application.
DELETED = "Resource Deleted Successfully"


def missing(*known: tuple[str, str]) -> Callable[[ErrorBody], bool]:
    """Whether a 404 has one of these codes and texts, which are the portal's own for the endpoint."""
    return lambda refusal: refusal.status == 404 and (refusal.code, refusal.text) in known


class Message(Document):
    """A success that is told in words."""

    message: str


class ApplicationAnswer(Document):
    """An application, alone or in a list."""

    id: Id
    display_name: str
    description: Text = ""

    def value(self) -> Application:
        """As the package knows it."""
        return Application(self.id, self.display_name, self.description, UNLIMITED, "")


class KeyManagerRow(Document):
    """A key manager in the list, which has enabled ones only."""

    id: Id
    display_name: str
    token_endpoint: Text

    def value(self) -> KeyManager:
        """As the package knows it."""
        name = self.display_name
        return KeyManager(self.id, name, name, True, False, self.token_endpoint, "", ())


class KeyManagerAnswer(Document):
    """A key manager alone."""

    id: Id
    display_name: str
    enabled: bool
    token_endpoint: Text


class MadeMapping(Document):
    """A mapping, as it is shown once: when it is made."""

    key_mapping_id: Id
    consumer_key: str = Field(min_length=1)
    key_manager: str = Field(min_length=1)
    type: str
    token_endpoint: Text = ""

    def value(self) -> Mapping:
        """As the package knows it."""
        return Mapping(self.key_mapping_id, self.consumer_key, self.key_manager, self.type, self.token_endpoint)


class ApiAnswer(Document):
    """A published API, alone or in a list."""

    id: Id
    name: str
    version: str

    def value(self) -> Api:
        """As the package knows it."""
        return Api(self.id, self.name, self.version)
