"""A small database that all processes of a user on one machine share, and that no harm comes from.

It lies in a folder of the user's own in the temporary directory. Where there can be none, since that cannot be written
to or is somebody else's, or where it cannot be used, the same database is in memory, for this process alone. One that
is damaged is made anew.
"""

import logging
import os
import stat
import tempfile
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .problems import ConfigurationProblem

if TYPE_CHECKING:
    import sqlite3

__all__ = ("SharedFile", "file_of_user")

T = TypeVar("T")

_log = logging.getLogger("pulumi_asgardeo_bijira")

#: How long another process may be writing.
_BUSY_SECONDS = 2.0


def file_of_user(name: str, within: Path | None = None) -> Path:
    """The path of a file that is this user's alone; its folder is made where there is none, by default in the temporary
    directory."""
    user = os.getuid() if hasattr(os, "getuid") else None
    folder = (within or Path(tempfile.gettempdir())) / f"pulumi-asgardeo-bijira{'' if user is None else f'-{user}'}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or (user is not None and (found.st_uid != user or found.st_mode & 0o077)):
        raise PermissionError(f"{folder} is not a folder of this user's alone")
    return folder / name


class SharedFile:
    """The database; `file` says where it lies (None: in memory) when it is first needed."""

    def __init__(self, schema: str, file: Callable[[], Path] | None = None) -> None:
        self._schema, self._file, self._is_anew = schema, file, False
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._closing: weakref.finalize[..., SharedFile] | None = None
        _ALL.add(self)

    def run(self, work: Callable[["sqlite3.Connection"], T]) -> T:
        """Carry out one transaction, in whatever database there can be."""
        try:
            import sqlite3  # by the first request that is counted, and by no program that sends none
        except ImportError:
            action = (
                "Use a Python that has it, or set `*:requestsPerMinute` to 0, and nothing is counted until a refusal"
            )
            raise ConfigurationProblem(
                "has no sqlite3, which counts requests", subject="This Python", action=action
            ) from None

        with self._lock:
            while True:
                try:
                    return self._transaction(work)
                except (sqlite3.Error, OSError) as failure:
                    if self._file is None:
                        raise
                    self.close()
                    is_damaged = type(failure) is sqlite3.DatabaseError  # of its kinds, the one that has no name
                    self._file = self._anew() if is_damaged and not self._is_anew else None
                    _log.info("%s: %s", "made anew" if self._file else "counted for this process alone", failure)

    def close(self) -> None:
        """Give the file back; whoever needs it then opens it again."""
        if self._closing:
            self._closing()
        self._connection = self._closing = None

    def renew(self) -> None:
        """In a process that was forked: open a connection of its own, and close none that its parent uses."""
        if self._closing:
            self._closing.detach()
        self._inherited, self._connection, self._closing = self._connection, None, None
        self._lock = threading.Lock()  # the old one may be held by a thread that this process does not have

    def _transaction(self, work: Callable[["sqlite3.Connection"], T]) -> T:
        if self._connection is None:
            self._connection = self._open()
            self._closing = weakref.finalize(self, self._connection.close)
        with self._connection as connection:
            connection.execute("BEGIN IMMEDIATE")
            return work(connection)

    def _open(self) -> "sqlite3.Connection":
        import sqlite3

        path = ":memory:" if self._file is None else _made(self._file())
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")  # what a machine that fails forgets, it need not know
            connection.executescript(self._schema)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _anew(self) -> Callable[[], Path] | None:
        """The file, without what was in it; None where it cannot be removed."""
        self._is_anew = True
        try:
            path = self._file() if self._file else None
            for suffix in ("", "-wal", "-shm") if path else ():
                path.with_name(path.name + suffix).unlink(missing_ok=True)  # type: ignore[union-attr]
        except OSError:
            return None
        return self._file


_ALL: "weakref.WeakSet[SharedFile]" = weakref.WeakSet()


def _renew_all() -> None:
    for one in _ALL:
        one.renew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_all)


def _made(path: Path) -> str:
    """The file, readable for its user alone, and no link to another."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
    return str(path)
