"""Whoever interrupts or ends a command gets the machine back as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.support.engines import engines
from tests.support.processes import ended

COMMAND = str(Path(sys.executable).with_name("asgardeo-bijira"))
SIGNALS = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["interrupted", "ended"])
#: A background job may have been started deaf to interrupts.
HEARING = (
    f"import os, signal; signal.signal(signal.SIGINT, signal.default_int_handler); os.execv({COMMAND!r}, sys.argv)"
)
PROGRAM = """
import os, time, pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider

class Slow(ResourceProvider):
    serialize_as_secret_always = False
    def create(self, props):
        with open(os.environ["TOLD"], "w") as told:
            told.write(f"{os.getpid()} {int(props['program'])}")
        time.sleep(1)
        return CreateResult("slow-1", props)

class Thing(Resource):
    pass

Thing(Slow(), "slow", {"program": os.getpid()})
"""


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A command in a process group of its own, as a terminal would start it."""
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys; {HEARING}", *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """Where a child tells something of itself."""
    path = tmp_path / "told"
    os.mkfifo(path)
    return path


@SIGNALS
def test_a_sandbox_stops_serving(number: signal.Signals) -> None:
    """Without a word about it."""
    with start("sandbox") as running:
        assert running.stdout
        url = running.stdout.readline().strip()
        assert httpx.get(f"{url}/_sandbox/health").status_code == 200
        running.send_signal(number)
        _, errors = running.communicate(timeout=15)
    assert running.returncode == 128 + number
    assert errors == ""
    with pytest.raises(ProcessLookupError):  # nobody of its is left; its port may have gone to somebody else
        os.killpg(running.pid, 0)


@SIGNALS
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for a foreign process needs Linux")
def test_a_command_within_a_sandbox_ends_with_it(number: signal.Signals, pipe: Path) -> None:
    """An interrupt reaches both, as a terminal sends it; a request to end is passed on."""
    with start("sandbox", "--", "sh", "-c", f"echo $$ > {pipe}; exec sleep 60") as running:
        child = int(pipe.read_text())
        if number == signal.SIGINT:
            os.killpg(running.pid, number)
        else:
            running.send_signal(number)
        _, errors = running.communicate(timeout=15)
    assert ended(child)
    assert running.returncode == 128 + number
    assert errors == ""


@SIGNALS
@pytest.mark.parametrize("engine", engines())
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for a foreign process needs Linux")
def test_a_rehearsal_ends_its_program_its_provider_and_its_sandbox(
    number: signal.Signals, engine: str, pipe: Path, tmp_path: Path
) -> None:
    """In the middle of a creation, which is finished first."""
    (tmp_path / "Pulumi.yaml").write_text("name: slow\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    with start("rehearse", str(tmp_path), "--engine", engine, TOLD=str(pipe)) as running:
        host, program = map(int, pipe.read_text().split())
        running.send_signal(number)
        _, errors = running.communicate(timeout=30)
    assert running.returncode == 128 + number  # and with it the sandbox, which it serves itself
    assert errors == ""
    assert [ended(host), ended(program)] == [True, True]


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for a foreign process needs Linux")
def test_a_second_request_to_end_does_not_wait(pipe: Path, tmp_path: Path) -> None:
    """Not even for a creation that never comes back; its processes end all the same."""
    (tmp_path / "Pulumi.yaml").write_text("name: slow\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM.replace("time.sleep(1)", "time.sleep(3600)"))
    with start("rehearse", str(tmp_path), "--engine", "built-in", TOLD=str(pipe)) as running:
        host, program = map(int, pipe.read_text().split())
        running.send_signal(signal.SIGTERM)
        assert ended(program), "the first one is at work"
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=15)
    assert ended(host)
