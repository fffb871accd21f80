"""Every place that makes a problem says what to do next, and no place reads one back from its line."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira import cli
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.transport import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(cli.__file__).parents[1]
#: What looks into a text.
LOOKING = {"findall", "finditer", "find", "fullmatch", "index", "match", "partition", "search", "split", "startswith"}
LOOKING |= {"endswith", "removeprefix", "removesuffix", "replace", "rpartition", "rsplit", "splitlines", "sub"}
TEXTS = {"subject", "cause", "action", "args"}


def family(kind: type[Problem] = Problem) -> Iterator[str]:
    """The names of all problems, those that a resource has for itself too."""
    yield kind.__name__
    for below in kind.__subclasses__():
        yield from family(below)


resource_handlers()  # what is declared beside a resource is then known
FAMILY = frozenset(family())


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Each module of the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def actionless(tree: ast.AST) -> Iterator[int]:
    """The lines on which a problem is made without a next step, or with an empty one."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        made = node.func.id if isinstance(node.func, ast.Name) else ""
        if isinstance(node.func, ast.Attribute) and node.func.attr == "answered":
            made = "Problem"
        given = [keyword.value for keyword in node.keywords if keyword.arg == "action"]
        if made in FAMILY and (not given or (isinstance(given[0], ast.Constant) and not given[0].value)):
            yield node.lineno


def read_back(tree: ast.AST) -> Iterator[int]:
    """The lines on which the text of a caught problem is looked into."""
    for handler in (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)):
        caught = {node.id for node in ast.walk(handler.type or handler) if isinstance(node, ast.Name)}
        if handler.name is None or not caught & FAMILY:
            continue
        for node in ast.walk(handler):
            if any(_is_text(one, handler.name) for one in _looked_into(node)):
                yield getattr(node, "lineno", 0)


def _looked_into(node: ast.AST) -> list[ast.expr]:
    """What is compared, or searched for something."""
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKING:
        return [node.func.value, *node.args]
    return []


def _is_text(node: ast.expr, name: str) -> bool:
    """Whether an expression is the line of the problem of this name, or a part of it that is prose."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("str", "repr"):
        return any(isinstance(one, ast.Name) and one.id == name for one in node.args)
    return (
        isinstance(node, ast.Attribute)
        and node.attr in TEXTS
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    )


def test_every_problem_says_what_to_do_next() -> None:
    """A line that only says what is wrong leaves the user to find out."""
    assert [f"{name}:{line}" for name, tree in sources() for line in actionless(tree)] == []


def test_no_problem_is_read_back_from_its_text() -> None:
    """What somebody needs of it is a field; a reworded line must change no behaviour."""
    assert [f"{name}:{line}" for name, tree in sources() for line in read_back(tree)] == []


def test_the_walk_finds_what_it_looks_for() -> None:
    """A rule that nothing can break holds nothing."""
    assert {"Problem", "NotFound", "NoKeyManager", "Unsupported"} <= FAMILY
    wrong = """
try:
    raise Gone("is not there", subject="The API")
except Conflict as failure:
    if "taken" in str(failure) or re.search("x", failure.cause) or str(failure).startswith("x"):
        raise InvalidInput("no", action="") from None
    raise InvalidInput(f"no: {failure}", action="Rename it") from None
"""
    tree = ast.parse(wrong)
    assert sorted(actionless(tree)) == [3, 6]
    assert sorted(read_back(tree)) == [5, 5, 5]
