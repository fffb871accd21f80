"""What there is to say beside errors, on stderr: the engine shows what a provider and a program write there."""

import logging
import sys

__all__ = ("NOTICE", "Line", "listen")

#: The level of what is no warning and yet for the user to see.
NOTICE = 25


class Line(logging.Formatter):
    """A line that is called a warning only where it is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = super().format(record)
        return f"warning: {line}" if record.levelno >= logging.WARNING else line


def listen() -> None:
    """Print it, unless the process has a log of its own."""
    log = logging.getLogger("pulumi_asgardeo_bijira")
    if not log.hasHandlers():
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(Line())
        log.setLevel(NOTICE)
        log.addHandler(handler)
        log.propagate = False
