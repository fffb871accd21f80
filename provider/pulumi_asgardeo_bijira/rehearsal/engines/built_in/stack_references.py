"""Other stacks, whose outputs a program reads: this engine has those that it was given, and asks no backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi.runtime.proto import resource_pb2

from pulumi_asgardeo_bijira import wire
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.planner import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_asgardeo_bijira.rehearsal.engines.model import OtherStack

__all__ = ["read_stack"]


def read_stack(
    request: resource_pb2.ReadResourceRequest, stacks: Mapping[str, OtherStack], urn: str
) -> resource_pb2.ReadResourceResponse:
    """The answer to who refers to a stack: its outputs, the secret ones in their envelopes."""
    name = str(wire.decode(request.properties).get("name", request.id))
    if name not in stacks:
        raise Failure(urn, f'unknown stack "{name}"')
    found = stacks[name]
    outputs = {key: wire.secret(value) if key in found.secret else value for key, value in found.outputs.items()}
    properties = {"name": name, "outputs": outputs, "secretOutputNames": sorted(found.secret)}
    return resource_pb2.ReadResourceResponse(urn=urn, id=request.id, properties=wire.encode(properties))
