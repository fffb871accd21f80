"""Rehearsals: any Pulumi program, run against the sandbox from its first preview to its destruction."""

from .rehearse import rehearse
from .report import Report, SkippedStep, StepReport
from .scopes import ProgramScopes, scopes_of
from .stack import Configuration
from .ways_in import Person

__all__ = ("Configuration", "Person", "ProgramScopes", "Report", "SkippedStep", "StepReport", "rehearse", "scopes_of")
