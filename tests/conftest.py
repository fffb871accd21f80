"""A sandbox, the engines of this machine, and a closing line that says on which of them programs ran."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Sandbox
from hypothesis import HealthCheck, settings

from tests.support.engines import ABSENT, engine_of, engines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

# How long an example takes says more about the machine than about the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Both platforms, with what the guide takes for granted."""
    with Sandbox() as running:
        yield running


@pytest.fixture(params=engines())
def engine_kind(request: pytest.FixtureRequest) -> str:
    """Each engine of this machine in turn."""
    return str(request.param)


@pytest.fixture
def start_engine(record_property: Callable[[str, object], None]) -> Iterator[Callable[[Project, str], Engine]]:
    """Starts an engine of a kind on a project; it is closed after the test, and the test is counted for it."""
    with ExitStack() as closing:

        def start(project: Project, kind: str) -> Engine:
            engine = closing.enter_context(engine_of(project, kind))
            record_property("engine", engine.name)
            return engine

        yield start


@pytest.fixture
def engine(engine_kind: str, start_engine: Callable[[Project, str], Engine]) -> Callable[[Project], Engine]:
    """Starts the engine of this round on a project."""
    return lambda project: start_engine(project, engine_kind)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on which engine, and why one is missing; and what tests have to say themselves."""
    ran: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, ()):
            ran.update({str(name) for key, name in report.user_properties if key == "engine"})
            for key, line in report.user_properties:
                if key == "line":
                    terminalreporter.write_line(str(line))
    if ran:
        counts = ", ".join(f"{count} on {name}" for name, count in sorted(ran.items()))
        missing = "" if "pulumi" in engines() else f" (none on pulumi: {ABSENT})"
        terminalreporter.write_line(f"engine tests: {counts}{missing}")
