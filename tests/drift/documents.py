"""Documents as the Pulumi CLI prints them of a refresh, as far as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ("API", "APPLICATION", "CLIENT", "ROLE", "STACK", "preview", "refresh", "urn")

API = "asgardeo-bijira:index:AsgardeoApi"
APPLICATION = "pulumi-python:dynamic/asgardeo:Application"
ROLE = "pulumi-python:dynamic/asgardeo:Role"
CLIENT = "pulumi-python:dynamic/bijira:ApplicationClient"
STACK = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"

Resources: TypeAlias = "Mapping[str, tuple[dict[str, Any], dict[str, Any] | None]]"


def urn(type: str, name: str) -> str:
    """A resource within a component."""
    return f"urn:pulumi:dev::shop::asgardeo-bijira:index:SecuredApi${type}::{name}"


def _state(urn: str, inputs: dict[str, Any]) -> dict[str, Any]:
    place = {"sourcePosition": "project:///__main__.py#7"} if "Application" in urn else {}
    return {"urn": urn, "inputs": inputs, "outputs": {**inputs, "organization": "acme"}, **place}


def _document(steps: list[dict[str, Any]], counts: dict[str, int]) -> dict[str, Any]:
    stack = {"op": "refresh", "urn": STACK, "oldState": {"urn": STACK}, "newState": {"urn": STACK}}
    notice = {"message": "warning: the sandbox stands for both", "severity": "info#err"}
    return {"steps": [stack, *steps], "diagnostics": [notice], "duration": 1, "changeSummary": {"same": 1, **counts}}


def refresh(resources: Resources) -> dict[str, Any]:
    """`pulumi refresh --preview-only --json`."""
    steps: list[dict[str, Any]] = []
    for name, (declared, live) in resources.items():
        old = _state(name, declared)
        if live is None:
            steps.append({"op": "delete", "urn": name, "oldState": old})
        else:
            op = "refresh" if declared == live else "update"
            steps.append({"op": op, "urn": name, "oldState": old, "newState": _state(name, live)})
    return _document(steps, {"update": len(steps)})


def preview(resources: Resources) -> dict[str, Any]:
    """`pulumi preview --refresh --json`, of the program that made the resources."""
    steps: list[dict[str, Any]] = []
    for name, (declared, _) in resources.items():
        old = _state(name, declared)
        steps.append({"op": "refresh", "urn": name, "oldState": old, "newState": old})
    steps.append({"op": "same", "urn": STACK, "oldState": {"urn": STACK}, "newState": {"urn": STACK}})
    for name, (declared, live) in resources.items():
        new = _state(name, declared)
        if live is None:
            steps.append({"op": "create", "urn": name, "newState": new})
        elif live != declared:
            steps.append({"op": "update", "urn": name, "oldState": _state(name, live), "newState": new})
    return _document(steps, {"update": len(resources)})
