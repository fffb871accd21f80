"""What fails in another process can be read field by field, and tells no secret there either."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from pulumi_asgardeo_bijira.line_log import take
from pulumi_asgardeo_bijira.problem_log import PROBLEM_LOG_VARIABLE

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = """
from pulumi_asgardeo_bijira.problem_log import record
from pulumi_asgardeo_bijira.transport import Conflict, Gone, Missing, redactor_with
redactor_with('hunter2"quoted')
record(Conflict('taken by hunter2"quoted', subject="Asgardeo: create it", action="Rename", status=409, code="X-1"))
record(Gone("has no API Orders", subject="Bijira", action="Publish it", missing=Missing("API", "Orders", "1")))
"""


def records(path: Path) -> None:
    """Record two problems in another process."""
    environment = {**os.environ, PROBLEM_LOG_VARIABLE: str(path)}
    subprocess.run([sys.executable, "-c", RECORDS], env=environment, check=True)


def test_a_problem_of_another_process_is_read_field_by_field(tmp_path: Path) -> None:
    """Each once, and whoever looks again reads what has come since."""
    records(path := tmp_path / "problems")
    first, second = take(path)
    assert first == {
        "kind": "Conflict",
        "subject": "Asgardeo: create it",
        "cause": "taken by [secret]",
        "action": "Rename",
        "status": 409,
        "code": "X-1",
        "trace_id": "",
    }
    assert second["missing"] == {"kind": "API", "name": "Orders", "version": "1"}
    assert take(path) == []


def test_a_file_that_cannot_be_written_hides_no_problem(tmp_path: Path) -> None:
    """The problem itself goes its way."""
    records(tmp_path / "nowhere" / "problems")
