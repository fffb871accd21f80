"""`drift`: reads what Pulumi saw of a refresh, and says what somebody else has changed and what of it widens access."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ..drift import Report, as_markdown, as_sarif, read_document, report_of
from ..transport import InvalidInput

__all__ = ("FAIL_ON", "FORMATS", "print_drift")

#: How the report is written.
FORMATS: Mapping[str, Callable[[Report], str]] = {
    "markdown": as_markdown,
    "json": lambda report: _json(report.as_json()),
    "sarif": lambda report: _json(as_sarif(report)),
}
#: What makes the command fail.
FAIL_ON: Mapping[str, Callable[[Report], bool]] = {
    "drift": lambda report: bool(report.drifted),
    "widening": lambda report: report.widening > 0,
}


def print_drift(document: str, format: str, fail_on: str | None) -> int:
    """Print the report, and say by the exit code whether it has what must not be."""
    for option, value, known in (("--format", format, FORMATS), ("--fail-on", fail_on, FAIL_ON)):
        if value is not None and value not in known:
            raise InvalidInput(f"is not {value}", subject=option, action=f"Choose {' or '.join(known)}")
    report = report_of(read_document(*_text_of(document)))
    print(FORMATS[format](report), end="")
    if format != "markdown":
        print(report.verdict, file=sys.stderr)
    return 1 if fail_on and FAIL_ON[fail_on](report) else 0


def _text_of(document: str) -> tuple[str, str]:
    """The document, and what a line calls it."""
    if document == "-":
        return sys.stdin.read(), "The text on stdin"
    try:
        return Path(document).read_text(encoding="utf-8"), document
    except OSError as problem:
        raise InvalidInput(
            f"cannot be read: {problem.strerror}", subject=document, action="Name a file, or - for stdin"
        ) from None
    except UnicodeDecodeError:
        raise InvalidInput(
            "is not text in UTF-8", subject=document, action="Name the file that Pulumi's JSON was written to"
        ) from None


def _json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
