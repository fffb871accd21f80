"""Rehearsals: any Pulumi program, run against the sandbox from its first preview to its destruction."""

from .rehearse import rehearse
from .report import Report, StepReport
from .stack import Configuration

__all__ = ("Configuration", "Report", "StepReport", "rehearse")
