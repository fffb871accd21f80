"""The report as SARIF 2.1.0, which code hosts show beside the program's lines."""

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from .report import Change, Drifted, Report

__all__ = ("as_sarif",)

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: Each rule with how bad a result of it is, and what it says.
_RULES = {
    "widened-access": ("error", "Somebody may do more than the program declares."),
    "drift": ("warning", "A property is not as the program declares it."),
    "gone": ("warning", "A resource that the program declares is not there."),
}
#: A result needs a file; this is there in every project.
_PROJECT = "Pulumi.yaml"


def as_sarif(report: Report) -> dict[str, Any]:
    """One run, with a result for each change."""
    driver = {
        "name": "asgardeo-bijira drift",
        "version": version("pulumi-asgardeo-bijira"),
        "rules": [
            {"id": rule, "shortDescription": {"text": text}, "defaultConfiguration": {"level": level}}
            for rule, (level, text) in _RULES.items()
        ],
    }
    results = [result for one in report.drifted for result in _results(one)]
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _results(one: Drifted) -> Iterator[dict[str, Any]]:
    if one.gone:
        yield _result(one, "gone", "", f"The {one.kind} {one.name} is gone: pulumi up makes it again.")
    for change in one.changes:
        rule = "widened-access" if change.widens_access else "drift"
        yield _result(one, rule, change.path, f"The {one.kind} {one.name}: {_said(change)}.")


def _said(change: Change) -> str:
    if change.declared is None:
        return f"{change.path} is {_text(change.live)} and is not declared"
    if change.live is None:
        return f"{change.path} is declared as {_text(change.declared)} and is not there"
    return f"{change.path} is {_text(change.live)} where {_text(change.declared)} is declared"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _result(one: Drifted, rule: str, path: str, text: str) -> dict[str, Any]:
    level, _ = _RULES[rule]
    physical = {"artifactLocation": {"uri": one.file or _PROJECT}, "region": {"startLine": one.line or 1}}
    logical = {"fullyQualifiedName": one.urn, "name": one.name, "kind": "resource"}
    return {
        "ruleId": rule,
        "ruleIndex": list(_RULES).index(rule),
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": physical, "logicalLocations": [logical]}],
        "partialFingerprints": {"resourceProperty/v1": hashlib.sha256(f"{one.urn} {path}".encode()).hexdigest()},
    }
