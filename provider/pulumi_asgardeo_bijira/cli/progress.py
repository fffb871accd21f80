"""Long work says on a terminal what it is at; where stderr leads elsewhere it says nothing."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

__all__ = ("each_shown", "shown")

T = TypeVar("T")


@contextmanager
def shown(what: str) -> Iterator[Callable[[str], None]]:
    """Show this while it lasts, or what the function is given that comes with it; then take it away again.

    Nothing may be printed meanwhile. stdout is left alone: it may be a file while stderr is a terminal.
    """
    if not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.console import Console  # comes with typer, and takes a while to import
    from rich.live import Live
    from rich.spinner import Spinner

    spinner = Spinner("dots", text=f"{what} …")
    with Live(spinner, console=Console(stderr=True), transient=True, redirect_stdout=False) as live:

        def show(text: str) -> None:
            spinner.update(text=f"{text} …")
            live.refresh()  # what lasts shorter than a turn of it would not be seen

        yield show


def each_shown(items: Iterable[T], what: str) -> Iterator[T]:
    """The items, with this shown while each of them is waited for."""
    waiting = iter(items)
    while True:
        with shown(what):
            found = next(waiting, _END)
        if isinstance(found, _End):
            return
        yield found


class _End:
    """There are no more items."""


_END = _End()
