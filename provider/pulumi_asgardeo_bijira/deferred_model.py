"""Pydantic models that are built when they are first used: a process uses few of those that there are."""

import threading
from typing import Any

from pydantic import BaseModel, ConfigDict

__all__ = ("DeferredModel",)

_building = threading.RLock()


class DeferredModel(BaseModel):
    """A model that is built at its first use, by one thread: not every version of pydantic takes care of that."""

    model_config = ConfigDict(defer_build=True)

    @classmethod
    def model_rebuild(cls, **how: Any) -> bool | None:
        """Build it, unless it is built."""
        with _building:
            return super().model_rebuild(**how)
