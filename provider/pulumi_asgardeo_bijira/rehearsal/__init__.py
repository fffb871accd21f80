"""Rehearsals: any Pulumi program, run against the sandbox from its first preview to its destruction."""

from .deployed import Deployed, deployed
from .page import as_page
from .rehearse import rehearse
from .report import Report, SkippedStep, StepReport
from .scopes import ProgramScopes, scopes_of
from .stack import Configuration
from .ways_in import Person

__all__ = (
    "Configuration",
    "Deployed",
    "Person",
    "ProgramScopes",
    "Report",
    "SkippedStep",
    "StepReport",
    "as_page",
    "deployed",
    "rehearse",
    "scopes_of",
)
