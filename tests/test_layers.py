"""The house of the packages: upper floors know lower ones only, and nothing goes round in a circle."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PRODUCT, SANDBOX = "pulumi_asgardeo_bijira", "asgardeo_bijira_sandbox"
PROVIDER = Path(__file__).parents[1] / "provider"

#: The floors of the product, the uppermost first; what shares a floor does not know each other.
FLOORS = (
    {"cli"},
    {"rehearsal", "explanation", "exporting", "drift", "access"},
    {""},
    {"sdk", "serving"},
    {"dynamic", "wiring"},
    {"resources"},
    {"clients"},
    {"settings", "invocation", "problem_log", "scope_log"},
    {"transport"},
    {"naming", "line_log", "html_page", "oauth", "deferred_model", "wire", "debugging"},
)


def modules() -> dict[str, Path]:
    """Every module of both packages by its name."""
    found = {}
    for path in sorted(PROVIDER.rglob("*.py")):
        parts = path.relative_to(PROVIDER).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(name: str) -> set[str]:
    """The modules of both packages that one imports, wherever in it, for its types alone too."""
    found = set()
    is_package = MODULES[name].name == "__init__.py"
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = name.split(".")[: len(name.split(".")) - node.level + is_package] if node.level else []
            source = ".".join([*above, *((node.module,) if node.module else ())])
            inner = {f"{source}.{alias.name}" for alias in node.names} & MODULES.keys()
            found |= inner if len(inner) == len(node.names) else {*inner, source}
    return (found & MODULES.keys()) - {name}


GRAPH = {name: imports(name) for name in MODULES}


def package_of(name: str) -> str:
    """The package that a module belongs to."""
    return name.partition(".")[0]


def part_of(name: str) -> str:
    """The part of the package; empty for the package's own module."""
    return name.partition(".")[2].partition(".")[0]


def floor(name: str) -> int:
    """Where a module of the product lies."""
    return next(number for number, parts in enumerate(FLOORS) if part_of(name) in parts)


def test_every_part_of_the_house_has_a_floor() -> None:
    """A folder that lies on none would be held to nothing."""
    parts = {part_of(name) for name in MODULES if package_of(name) == PRODUCT}
    assert parts - {"__main__"} == set().union(*FLOORS)


@pytest.mark.parametrize("package", [PRODUCT, SANDBOX])
def test_no_imports_go_round_in_a_circle(package: str) -> None:
    """Whatever is in one can only be read as a whole."""
    graph = {name: targets for name, targets in GRAPH.items() if package_of(name) == package}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(reversed(circle.args[1])))


def test_upper_floors_know_lower_ones_only() -> None:
    """So that a lower one can be read, tested and used without them."""
    wrong = [
        f"{name} imports {target}"
        for name, targets in GRAPH.items()
        for target in sorted(targets)
        if package_of(name) == package_of(target) == PRODUCT
        and part_of(name) != part_of(target)
        and floor(name) >= floor(target)
    ]
    assert wrong == []


def test_the_sandbox_and_the_product_stand_beside_each_other() -> None:
    """A stand-in that shared code with the client would share its errors; only what runs one knows it."""
    out_of_sandbox = {
        (name, target)
        for name, targets in GRAPH.items()
        for target in targets
        if package_of(name) == SANDBOX and package_of(target) == PRODUCT
    }
    assert out_of_sandbox == set()
    into_sandbox = {
        part_of(name)
        for name, targets in GRAPH.items()
        for target in targets
        if package_of(name) == PRODUCT and package_of(target) == SANDBOX
    }
    assert into_sandbox == {"cli", "rehearsal"}


def test_only_the_transport_knows_how_requests_are_sent() -> None:
    """Another library is then a change of one folder."""
    found = {
        name
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(name.partition(".")[0] == "httpx" for name in _names(node))
        and package_of(name) == PRODUCT
    }
    assert {part_of(name) for name in found} == {"transport"}


def test_only_the_transport_waits() -> None:
    """Whoever wants to ask again takes the pauses of the one policy, within the operation's deadline."""
    found = {
        part_of(name)
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "sleep"
        if ast.unparse(node) != "asyncio.sleep(0)"  # which lets others go first
        if package_of(name) == PRODUCT
    }
    assert found == {"transport"}


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
