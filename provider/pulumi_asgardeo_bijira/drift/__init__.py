"""Drift: what somebody else has changed of a stack's resources, and which of it widens access."""

from .document import read_document
from .markdown import as_markdown
from .report import Change, Drifted, Report, report_of
from .sarif import as_sarif

__all__ = ("Change", "Drifted", "Report", "as_markdown", "as_sarif", "read_document", "report_of")
