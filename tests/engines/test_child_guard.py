"""No process outlives its engine, and an interrupted command records what it has done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.engines import make_project
from tests.support.processes import ended

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = """
import os, pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

def tell(text):
    with open(os.environ["TOLD"], "w") as told:
        told.write(text)

class Slow(ResourceProvider):
    serialize_as_secret_always = False
    def create(self, props):
        with open(os.environ["TOLD"], "w") as told:
            told.write(f"{os.getpid()} {props['program']}")
        with open(os.environ["GO"]) as go:
            go.read()
        return CreateResult("slow-1", props)

class Thing(Resource):
    pass

Thing(Slow(), "slow", {"program": os.getpid()})
"""

DRIVER = """
import signal
import sys
from pathlib import Path
from pulumi_asgardeo_bijira.rehearsal.engines import Project, engine_for

signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job may have been started without it
with engine_for(Project(Path(sys.argv[1])), 'built-in') as engine:
    try:
        engine.up()
    except KeyboardInterrupt:
        print([resource["urn"].split("::")[-1] for resource in engine.export()["deployment"]["resources"]])
"""

Running = tuple["subprocess.Popen[str]", Path, list[int]]


@pytest.fixture
def creating(tmp_path: Path) -> Iterator[Running]:
    """An engine in a process of its own, in the middle of a create that waits; with its children's process ids."""
    told, go = tmp_path / "told", tmp_path / "go"
    os.mkfifo(told)
    os.mkfifo(go)
    project = make_project(tmp_path / "project", PROGRAM)
    environment = {**os.environ, "TOLD": str(told), "GO": str(go)}
    command = [sys.executable, "-c", DRIVER, str(project.directory)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as driver:
        host, program = told.read_text().split()
        yield driver, go, [int(host), int(float(program))]
        driver.kill()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for a foreign process needs Linux")
def test_children_end_with_a_killed_engine(creating: Running) -> None:
    """A rehearsal that was killed must not leave processes on the user's machine."""
    driver, _, children = creating
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert [ended(pid) for pid in children] == [True, True]


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for a foreign process needs Linux")
def test_an_interrupted_create_is_finished_and_recorded(creating: Running) -> None:
    """Ctrl-C must not make an orphan of what is being created; the processes end all the same."""
    driver, go, children = creating
    driver.send_signal(signal.SIGINT)
    assert ended(children[1])
    go.write_text("")
    said, _ = driver.communicate(timeout=20)
    assert "'slow'" in said
    assert [ended(pid) for pid in children] == [True, True]
