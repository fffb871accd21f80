"""Imports and builds what a provider's process does when it is first needed, for processes that are forked."""

from __future__ import annotations

from pulumi_asgardeo_bijira.deferred_model import DeferredModel
from pulumi_asgardeo_bijira.resources import resource_handlers


def build(model: type[DeferredModel]) -> None:
    """Build it and all that are derived from it."""
    model.model_rebuild()
    for one in model.__subclasses__():
        build(one)


resource_handlers()
build(DeferredModel)
