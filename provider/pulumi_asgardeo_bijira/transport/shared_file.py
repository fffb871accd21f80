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
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import sqlite3

__all__ = ("SharedFile", "file_of_user")

T = TypeVar("T")

_log = logging.getLogger("pulumi_asgardeo_bijira")

#: How long another process may be writing.
_BUSY_SECONDS = 2.0


def file_of_user(name: str) -> Path:
    """The path of a file that is this user's alone; its folder is made where there is none."""
    user = os.getuid() if hasattr(os, "getuid") else None
    folder = Path(tempfile.gettempdir()) / f"pulumi-asgardeo-bijira{'' if user is None else f'-{user}'}"
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or (user is not None and (found.st_uid != user or found.st_mode & 0o077)):
        raise PermissionError(f"{folder} is not a folder of this user's alone")
    return folder / name


class SharedFile:
    """The database; `file` says where it lies (None: in memory) when it is first needed."""

    def __init__(self, schema: str, file: Callable[[], Path] | None = None) -> None:
        self._schema, self._file = schema, file
        self._renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        """As new, after a fork too: the child has a connection of its own, and closes none that its parent uses."""
        self._inherited = getattr(self, "_connection", None)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def run(self, work: Callable[["sqlite3.Connection"], T]) -> T:
        """Carry out one transaction, in whatever database there can be."""
        import sqlite3  # by the first request that is counted, and by no program that sends none

        with self._lock:
            try:
                return self._transaction(work)
            except (sqlite3.OperationalError, OSError) as failure:
                self._leave(f"requests are counted for this process alone: {failure}")
            except sqlite3.DatabaseError as damage:
                self._make_anew(damage)
            return self._transaction(work)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            if self._connection:
                self._connection.close()
                self._connection = None

    def _transaction(self, work: Callable[["sqlite3.Connection"], T]) -> T:
        if self._connection is None:
            self._connection = self._open()
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

    def _make_anew(self, damage: Exception) -> None:
        self._drop()
        try:
            if self._file:
                path = self._file()
                for suffix in ("", "-wal", "-shm"):
                    path.with_name(path.name + suffix).unlink(missing_ok=True)
        except OSError as failure:
            self._leave(f"requests are counted for this process alone: {failure}")
        _log.info("what was known of requests was damaged and is made anew: %s", damage)

    def _leave(self, why: str) -> None:
        """Go on in memory."""
        _log.info("%s", why)
        self._drop()
        self._file = None

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None


def _made(path: Path) -> str:
    """The file, readable for its user alone, and no link to another."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
    return str(path)
