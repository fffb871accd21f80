"""Writes the page of messages: each problem, refused value, warning and advice, read from where it is made."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.transport import HttpProblem, Problem

from . import ROOT
from .sayings import UNKNOWN, Module, Scope, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .sayings import Function

__all__ = ("MESSAGES_INTRODUCTION", "messages_page")

MESSAGES_INTRODUCTION = (
    "Each line that this package can say, from where it is made: … stands for what only a run knows. What a platform "
    "says itself is repeated in its own words, and the table of its refusals says what comes after them. How to read a "
    "line is on the page [Troubleshooting](../troubleshooting.md)."
)
_PACKAGE = ROOT / "provider/pulumi_asgardeo_bijira"
#: Where a message is made, and the heading under which a reader looks for it.
_PARTS = {
    "settings": "Settings",
    "transport": "Signing in, and the way to a platform",
    "clients": "Answers of the platforms",
    "resources/api": "AsgardeoApi",
    "resources/application_client": "BijiraApplicationClient",
    "resources/application": "AsgardeoApplication",
    "resources/role": "AsgardeoRole",
    "resources/key_manager": "BijiraKeyManager",
    "resources/lookups": "Look-ups",
    "resources": "Every resource",
    "wiring.py": "SecuredApi",
    "sdk": "Programs in Python",
    "serving": "The plugin",
    "invocation.py": "Token and invoke",
    "explanation": "Explain",
    "rehearsal": "Rehearse",
    "drift": "Drift",
    "access": "Graph",
    "exporting": "Export",
    "cli": "Commands",
    "": "Elsewhere",
}
#: What asks a token endpoint and a gateway in a user's stead, with advice of its own.
_CALLS = "invocation.py"
_FIXED_WORD = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True)
class _Line:
    message: str
    action: str = ""


def messages_page() -> tuple[str, ...]:
    """Its parts: the kinds, then the messages by where a reader meets them."""
    found: dict[str, list[_Line]] = {}
    for module in _modules():
        part = next(title for prefix, title in _PARTS.items() if module.path.startswith(prefix))
        found.setdefault(part, []).extend([*_problems(module), *_refused_values(module), *_warnings(module)])
    parts = ["## Kinds", _kinds()]
    for title in _PARTS.values():
        lines = _telling(found.get(title, []))
        if lines:
            parts += [f"## {title}", _table("message", lines)]
    parts += ["## Refusals of the platforms"]
    for module in _modules():
        is_table = (module.path.startswith("clients/") and module.path.endswith("profile.py")) or module.path == _CALLS
        if is_table and (advice := list(_advice(module))):
            parts += [f"### {_platform(module)}", _table("code, status or words", advice)]
    return tuple(parts)


def _telling(lines: list[_Line]) -> list[_Line]:
    """Those that say something, and of those that say the same of several things the one that stands for all."""
    found = [line for line in dict.fromkeys(lines) if len(_FIXED_WORD.findall(line.message)) > 1]
    forms = {line: re.compile(".*".join(re.escape(part) for part in line.message.split(UNKNOWN))) for line in found}
    return [
        line
        for line in found
        if not any(
            other != line and other.action == line.action and form.fullmatch(line.message)
            for other, form in forms.items()
        )
    ]


@cache
def _modules() -> tuple[Module, ...]:
    resource_handlers()  # what is declared beside a resource is then known
    return tuple(
        Module(path.relative_to(_PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(_PACKAGE.rglob("*.py"))
    )


def _kinds() -> str:
    rows = ["| kind | what it means |", "|---|---|"]
    rows += [f"| `{kind.__name__}` | {_cell((inspect.getdoc(kind) or '').split(chr(10))[0])} |" for kind in _family()]
    return "\n".join(rows)


def _family(kind: type[Problem] = Problem) -> Iterator[type[Problem]]:
    for below in kind.__subclasses__():
        if not below.__name__.startswith("_"):
            yield below
        yield from _family(below)


def _problems(module: Module) -> Iterator[_Line]:
    """What is raised, or made to be raised; of what is handed in, as each caller hands it in."""
    joints = {kind.__name__: ": " if issubclass(kind, HttpProblem) else " " for kind in _family()} | {"Problem": " "}
    for function, call in _calls(module):
        joint = joints.get(_name(call.func)) if isinstance(call.func, ast.Name) else None
        for scope in _scopes(module, function, call) if joint else ():
            given = {one.arg: one.value for one in call.keywords}
            subject = f"{_only(texts(given['subject'], scope))}{joint}" if "subject" in given else ""
            for cause in texts(call.args[0] if call.args else given.get("cause"), scope):
                yield _Line(f"{subject}{cause}", _shortest(texts(given.get("action"), scope)))


def _scopes(module: Module, function: Function | None, call: ast.Call) -> list[Scope]:
    """The function as it is, or as it is called, where its parameters are what is said."""
    scope = Scope(module, function)
    said = {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
    if function is None or not said & set(scope.parameters):
        return [scope]
    area = module.path.partition("/")[0]
    callers = [
        scope.called(other, Scope(place, within))
        for place in _modules()
        if place.path.partition("/")[0] == area
        for within, other in _calls(place)
        if _name(other.func) == function.name
    ]
    return callers or [scope]


def _refused_values(module: Module) -> Iterator[_Line]:
    """What a rule of a declaration says of a property, before anything is sent."""
    for function in module.functions:
        returned = ast.unparse(function.returns) if function.returns else ""
        for node in ast.walk(function):
            if "Violation" in returned and isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                scope = Scope(module, function)
                name, why = (texts(one, scope) for one in node.value.elts[:2])
                for text in why:
                    yield _Line(f"`{_only(name)}` {text}", "Correct the program")


def _warnings(module: Module) -> Iterator[_Line]:
    for function, call in _calls(module):
        if _name(call.func) == "warn" and call.args:
            for scope in _scopes(module, function, call):
                yield from (_Line(f"warning: {text}") for text in texts(call.args[0], scope))


def _advice(module: Module) -> Iterator[_Line]:
    """The tables of advice: by code, by status, by words."""
    for name, values in module.constants.items():
        for value in values:
            for table in (node for node in ast.walk(value) if isinstance(node, ast.Dict)):
                for key, text in zip(table.keys, table.values, strict=True):
                    said = _only(texts(text, Scope(module)))
                    if isinstance(key, ast.Constant) and said != UNKNOWN and name != "MANAGEMENT_SCOPES":
                        yield _Line(f"`{key.value!s}`", said)


@cache
def _calls(module: Module) -> tuple[tuple[Function | None, ast.Call], ...]:
    """Every call, with the innermost function that it is in."""

    def walk(node: ast.AST, function: Function | None) -> Iterator[tuple[Function | None, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            within = child if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) else function
            if isinstance(child, ast.Call):
                yield function, child
            yield from walk(child, within)

    return tuple(walk(module.tree, None))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _shortest(found: list[str]) -> str:
    """What is to be done; of several ways to say it the plainest."""
    return min((text for text in found if text != UNKNOWN), key=len, default="")


def _only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else UNKNOWN


def _platform(module: Module) -> str:
    if module.path == _CALLS:
        return "Token endpoint and gateway, of token and invoke"
    names = {"asgardeo": "Asgardeo", "api_portal": "API Portal", "devportal": "Bijira and API Manager"}
    return names.get(module.path.split("/")[-2], "Bijira's token endpoint")


def _table(title: str, lines: Iterable[_Line]) -> str:
    rows = [f"| {title} | what to do |", "|---|---|"]
    rows += [f"| {_cell(line.message)} | {_cell(line.action)} |" for line in lines]
    return "\n".join(rows)


def _cell(text: str) -> str:
    text = re.sub(rf"(?:{UNKNOWN}\s*)+{UNKNOWN}", UNKNOWN, " ".join(text.split()))
    return text.replace("`*:", "`…:").replace("|", "\\|").replace("<", "&lt;")
