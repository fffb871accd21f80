"""What the Pulumi CLI prints of a refresh as JSON: for each resource what the last `up` left, and what is there now.

Two commands print it. `pulumi refresh --preview-only --json` has one step for each resource: `refresh` where nothing
has changed, `update` from the one to the other, `delete` where the resource is gone. `pulumi preview --refresh --json`
has a `refresh` step with what the last `up` left, and for what the program would change a second step that begins with
what is there; one that is gone is there a `create`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..resources.catalog import RESOURCES
from ..resources.declaration import Declaration
from ..resources.schema import PropertyMap
from ..transport import InvalidInput

__all__ = ("HOW", "Observed", "read_document")

HOW = "pulumi refresh --preview-only --json"
_MAKE = f"Make it with: {HOW}"
_DECLARATIONS: Mapping[str, Declaration] = {
    token: declaration for declaration in RESOURCES for token in (declaration.dynamic_type, declaration.token)
}
_STACK_TYPE = "pulumi:pulumi:Stack"
_PLACE = re.compile(r"project:///(?P<file>[^#]+)#(?P<line>\d+)")
_DIGEST = frozenset({"steps", "changeSummary", "diagnostics"})

Step = dict[str, Any]


@dataclass(frozen=True)
class Observed:
    """A resource: the inputs that the last `up` left, and those that it has now, or None where it is gone."""

    urn: str
    declaration: Declaration
    declared: PropertyMap
    live: PropertyMap | None
    #: Where the program declares it, if that is known: the file within the project, and the line.
    file: str = ""
    line: int = 0
    #: The inputs of which Pulumi says that they differ, also those whose values it hides.
    differing: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What the program calls it."""
        return self.urn.rpartition("::")[2]

    @property
    def type(self) -> str:
        """Its own type, the last of those in its URN."""
        return _type(self.urn)


def read_document(text: str, name: str) -> list[Observed]:
    """The resources of this package in a document of this name."""
    steps = _steps(text, name)
    by_urn: dict[str, list[Step]] = {}
    for step in steps:
        by_urn.setdefault(step["urn"], []).append(step)
    if not any(_declaration(urn) for urn in by_urn):
        raise InvalidInput(
            "has no resource of this package",
            subject=name,
            action=f"Check that it is of the right stack. {_MAKE}",
        )
    if not any(step["op"] == "refresh" and _type(step["urn"]) == _STACK_TYPE for step in steps):
        raise InvalidInput(
            "is of a preview that did not look at the platforms",
            subject=name,
            action=f"Add --refresh: pulumi preview --refresh --json. Or: {HOW}",
        )
    return [found for urn, group in by_urn.items() if (found := _observed(urn, group)) is not None]


def _steps(text: str, name: str) -> list[Step]:
    """The steps of a run that came to its end."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not _DIGEST & found.keys() or not _is_digest(found):
        raise InvalidInput("is not what Pulumi prints of a refresh as JSON", subject=name, action=_MAKE)
    steps: list[Step] = found.get("steps") or []
    if failure := _failure(found, steps):
        raise InvalidInput(
            f"is of a run that failed: {failure}", subject=name, action="Correct that and make the document again"
        )
    return steps


def _is_digest(found: Mapping[str, Any]) -> bool:
    """Whether what is read of a document is of the types that Pulumi writes."""
    steps, said = found.get("steps") or [], found.get("diagnostics") or []
    counts = found.get("changeSummary") or {}
    return (
        all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in (steps, said))
        and all(isinstance(step.get(key), str) for step in steps for key in ("urn", "op"))
        and all(isinstance(step.get("diffReasons") or [], list) for step in steps)
        and all(isinstance(step.get("detailedDiff") or {}, dict) for step in steps)
        and isinstance(counts, dict)
        and all(isinstance(count, int) for count in counts.values())
    )


def _failure(document: Mapping[str, Any], steps: list[Step]) -> str:
    """Why the run came to no end; empty where it did."""
    for said in document.get("diagnostics") or ():
        if said.get("severity") == "error":
            message = str(said.get("message", "")).strip().removeprefix("error: ")
            return message.splitlines()[-1 if "Traceback" in message else 0] if message else "no reason given"
    counted = sum((document.get("changeSummary") or {}).values())
    refreshed = {step["urn"] for step in steps if step["op"] == "refresh"}
    # Of a program that does not even begin the CLI tells this document nothing: it counts the stack alone.
    return "the program did not begin" if counted <= 1 < len(refreshed) else ""


def _type(urn: str) -> str:
    parts = urn.split("::")
    return parts[2].rpartition("$")[2] if len(parts) > 3 else ""


def _declaration(urn: str) -> Declaration | None:
    return _DECLARATIONS.get(_type(urn))


def _observed(urn: str, steps: list[Step]) -> Observed | None:
    declaration, first = _declaration(urn), steps[0]
    if declaration is None or first["op"] not in ("refresh", "update", "delete"):
        return None  # not ours, or not made yet
    file, line = _place(steps)
    declared = _inputs(first, "oldState") or {}
    return Observed(urn, declaration, declared, _live(first, steps[1:]), file, line, _differing(steps))


def _differing(steps: list[Step]) -> frozenset[str]:
    paths = (path for step in steps for key in ("diffReasons", "detailedDiff") for path in step.get(key) or ())
    return frozenset(re.split(r"[.\[]", str(path))[0] for path in paths)


def _live(first: Step, later: list[Step]) -> PropertyMap | None:
    if first["op"] == "delete":
        return None
    if first["op"] == "update":
        return _inputs(first, "newState")
    then = next((found for step in later if (found := _inputs(step, "oldState")) is not None), None)
    if then is None and not any(step["op"] == "create" for step in later):
        return _inputs(first, "oldState")
    return then


def _inputs(step: Step, state: str) -> PropertyMap | None:
    found = step.get(state)
    if not isinstance(found, dict):
        return None
    inputs = found.get("inputs") or {}
    return dict(inputs) if isinstance(inputs, dict) else {}


def _place(steps: list[Step]) -> tuple[str, int]:
    for position in _positions(steps):
        found = _PLACE.match(position)
        if found and ".." not in found["file"].split("/"):
            return found["file"], int(found["line"])
    return "", 0


def _positions(steps: list[Step]) -> Iterator[str]:
    for step in reversed(steps):  # the newest program first
        for state in ("newState", "oldState"):
            if isinstance(step.get(state), dict):
                yield str(step[state].get("sourcePosition", ""))
