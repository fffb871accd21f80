"""What a handler sees of a request. Each platform adds who calls, and what its handlers ask for again and again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .bodies import json_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..store import Store

__all__ = ("Request",)


@dataclass(frozen=True)
class Request:
    """A request that may be handled.

    A handler is a plain function of it. As it awaits nothing, what it reads and what it commits belong together.
    """

    store: Store
    path_params: Mapping[str, Any]
    query_params: Mapping[str, Any]
    body: bytes

    def param(self, name: str) -> str:
        """A parameter of the path."""
        return str(self.path_params[name])

    def query(self, name: str) -> str:
        """A parameter of the query; empty where there is none."""
        return str(self.query_params.get(name, ""))

    def json(self) -> Any:
        """The body as JSON; raises `Malformed`."""
        return json_of(self.body)
