"""Who may do what: each operation that is served, by each scope alone or by each role alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from asgardeo_bijira_sandbox.api_portal.models import ROLES
from asgardeo_bijira_sandbox.api_portal.urls import ROUTES

from .comparison import Report
from .exchange import Call

if TYPE_CHECKING:
    from .servers import Server

__all__ = ("Rights", "compared_rights")

#: What a server goes by.
Rights = Literal["scopes", "roles"]
_MEASURED = Path(__file__).parents[1] / "data" / "api-portal-rights.json"


def compared_rights(original: Server, stand_in: Server, rights: Rights) -> Report:
    """Ask both, as somebody who has nothing but this one right."""
    report = Report()
    for caller in _callers(rights):
        original.clear()
        stand_in.clear()
        for row in ROUTES:
            call = Call(f"{row.method} {row.path}", caller, row.method, re.sub(r"\{\w+\}", "default", row.path))
            report.add(call, original.answer(call), stand_in.answer(call))
    original.clear()
    return report


def _callers(rights: Rights) -> list[str]:
    if rights == "roles":
        return [f"roles {role}" for role in (*ROLES, "ap_viewer")]
    measured = json.loads(_MEASURED.read_text())
    return [f"scope {scope}" for scope in sorted({one for found in measured.values() for one in found["scopes"]})]
