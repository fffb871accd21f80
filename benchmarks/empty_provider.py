"""A dynamic provider that does nothing: what is left is what Pulumi itself takes."""

from __future__ import annotations

import uuid
from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, DiffResult, ReadResult, Resource, ResourceProvider, UpdateResult

__all__ = ("EmptyProvider", "Nothing")

Bag = dict[str, Any]


class EmptyProvider(ResourceProvider):
    """It answers at once."""

    def check(self, _olds: Bag, news: Bag) -> CheckResult:
        """Everything is right."""
        return CheckResult(news, [])

    def diff(self, _id: str, _olds: Bag, _news: Bag) -> DiffResult:
        """What has changed."""
        olds, news = ({key: bag[key] for key in bag if key != "__provider"} for bag in (_olds, _news))
        return DiffResult(changes=olds != news)

    def create(self, props: Bag) -> CreateResult:
        """Under a new id."""
        return CreateResult(uuid.uuid4().hex, props)

    def read(self, id_: str, props: Bag) -> ReadResult:
        """As it was."""
        return ReadResult(id_, props)

    def update(self, _id: str, _olds: Bag, _news: Bag) -> UpdateResult:
        """As it is told."""
        return UpdateResult(_news)

    def delete(self, _id: str, _props: Bag) -> None:
        """Nothing is there."""


class Nothing(Resource):
    """One that is nowhere."""

    def __init__(self, name: str, **inputs: Any) -> None:
        super().__init__(EmptyProvider(), name, inputs)
