"""What is installed, and what it needs."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: Everything that a stack runs, the resources' own process and the last step included.
EVERYTHING = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1:]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
import pulumi_asgardeo_bijira as package
for name in ("dynamic", "settings", "invocation", "transport", "clients", "resources", "sdk"):
    module = importlib.import_module(f"pulumi_asgardeo_bijira.{name}")
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{module.__name__}."):
        importlib.import_module(found.name)
for kind in importlib.import_module("pulumi_asgardeo_bijira.resources").resource_handlers():
    print(package.dynamic.load(kind))
"""
DEPENDENCIES = {"httpx", "pulumi", "pydantic"}


def canonical(name: str) -> str:
    """A distribution's name in its one form."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(name: str) -> set[str]:
    """The distributions that one needs, without extras."""
    found = importlib.metadata.requires(name) or []
    return {canonical(re.match(r"[\w.-]+", line)[0]) for line in found if "extra ==" not in line}  # type: ignore[index]  # it begins with a name


def closure(names: set[str]) -> set[str]:
    """The distributions that these need, and they themselves."""
    reached: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        reached.add(name)
        try:
            waiting |= requirements(name) - reached
        except importlib.metadata.PackageNotFoundError:
            continue  # for another platform or an older Python
    return reached


def test_three_dependencies_are_declared() -> None:
    """And no fifth."""
    assert requirements("pulumi-asgardeo-bijira") == DEPENDENCIES


def test_what_a_stack_runs_works_where_nothing_else_is_installed() -> None:
    """Every module that belongs neither to one of the three nor to what they need themselves is made absent."""
    allowed = closure(DEPENDENCIES) | {"pulumi-asgardeo-bijira"}
    owners = importlib.metadata.packages_distributions()
    absent = {name for name, found in owners.items() if not {canonical(one) for one in found} & allowed}
    assert {"typer", "starlette", "uvicorn", "joserfc"} <= absent
    assert not {"httpx", "pydantic", "pulumi"} & absent
    done = subprocess.run([sys.executable, "-c", EVERYTHING, *absent], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Provider" in done.stdout


def test_the_wheel_is_typed_and_holds_the_package_alone(tmp_path: Path) -> None:
    """Type checkers believe a package that says so; tests and examples are not installed."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    names = archive.namelist()
    assert "pulumi_asgardeo_bijira/py.typed" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {
        "asgardeo_bijira_sandbox",
        "pulumi_asgardeo_bijira",
    }
    assert "asgardeo_bijira_sandbox/server.py" in names, "the sandbox is shipped"
    assert "pulumi_asgardeo_bijira/serving/schema.json" in names
    plugin = json.loads(archive.read("pulumi_asgardeo_bijira/pulumi-plugin.json"))
    assert plugin == {"resource": False}, "else pulumi install looks for a plugin of that name, which there is not"


def test_a_type_checker_sees_what_is_wrong_in_a_program(tmp_path: Path) -> None:
    """Each marked line is an error, each other one is none: a mark too many is an error as well."""
    program = tmp_path / "__main__.py"
    program.write_text(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

api = wso2.AsgardeoApi("a", identifier="urn:a", scopes=[wso2.ApiScopeArgs(name="a:1"), {"name": "a:2"}])
wso2.AsgardeoApi("b", identifier=api.identifier, requires_authorization=pulumi.Output.from_input(True))
wso2.AsgardeoApi("c")  # type: ignore[call-arg]
wso2.AsgardeoApi("d", identifier=5)  # type: ignore[arg-type]
wso2.AsgardeoApi("e", None, "urn:a")  # type: ignore[call-arg]
wso2.AsgardeoApi("f", identifyer="urn:a")  # type: ignore[call-arg]
wso2.ApiScopeArgs("a:1")  # type: ignore[call-arg]
secret: pulumi.Output[str | None] = wso2.AsgardeoApplication("g").client_secret
client_id: pulumi.Output[int] = wso2.AsgardeoApplication("h").client_id  # type: ignore[assignment]
"""
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", str(program)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
