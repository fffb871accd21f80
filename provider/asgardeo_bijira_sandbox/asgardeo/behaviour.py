"""How one organisation of Asgardeo differs from another: servers of before, which do not know everything."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

__all__ = ("Behaviour",)


class Behaviour(BaseModel):
    """The defaults are those of a server that knows everything.

    `unknown_members` are the members of documents, by their names on the wire and wherever they stand, that an older
    server does not know: it never shows them, and `drops_unknown_members` says whether it takes a body that has them
    and drops them, or refuses it.
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid")

    unknown_members: list[str] = []
    drops_unknown_members: bool = False

    def has_unknown(self, body: Any) -> bool:
        """Whether a body has to be refused."""
        return not self.drops_unknown_members and self.known(body) != body

    def known(self, document: Any) -> Any:
        """The document without what is not known."""
        if isinstance(document, dict):
            return {key: self.known(item) for key, item in document.items() if key not in self.unknown_members}
        return [self.known(item) for item in document] if isinstance(document, list) else document
