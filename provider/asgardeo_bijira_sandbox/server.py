"""The sandbox as a server: one loopback port, run in a thread of this process."""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .app import create_app
from .faults import Faults
from .ledger import Ledger
from .recorder import ABORT
from .scenario import Scenario
from .seeding import seed_store
from .store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

__all__ = ("Sandbox",)

_HOST = "127.0.0.1"
_TICK_SECONDS = 0.1
#: How many connections may wait to be taken.
_WAITING = 2048


class _Protocol(H11Protocol):
    """Lets a request cut its connection: that is how an answer gets lost."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the base has it
        super().connection_made(transport)
        inner = self.app

        async def with_abort(scope: Any, receive: Any, send: Any) -> None:
            scope[ABORT] = transport.abort
            await inner(scope, receive, send)

        self.app = with_abort


class _Server(uvicorn.Server):
    """Says when it listens, and stops as soon as it is told to: uvicorn's own waits for two ticks of a clock."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()
        self._told = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.listening.set()

    def stop(self) -> None:
        """Tell it to stop, from another thread."""
        self.should_exit = True
        self._loop.call_soon_threadsafe(self._told.set)

    async def main_loop(self) -> None:
        for tick in itertools.count():
            if await self.on_tick(tick):
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), _TICK_SECONDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)


class Sandbox:
    """A running sandbox: `with Sandbox() as sandbox: ... sandbox.url`.

    With a `state_file` the store is read from it, if it exists, and written to it after every write. Its rate limits
    go by `monotonic`.
    """

    def __init__(
        self,
        scenario: Scenario | None = None,
        port: int = 0,
        state_file: Path | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.ledger = Ledger()
        self.faults = Faults(monotonic)
        self._state_file = state_file
        self._socket = _listening_socket(port)
        self.url = f"http://{_HOST}:{self._socket.getsockname()[1]}"
        with ExitStack() as failed:
            failed.callback(self._socket.close)
            if state_file is not None and state_file.exists():
                self.store = Store.load(state_file, self.url)
            else:
                self.store = seed_store(scenario or Scenario(), self.url)
            failed.pop_all()
        app = create_app(self.store, self.ledger, self.faults, self._changed)
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._serve, name="sandbox", daemon=True)

    def start(self) -> Self:
        """Serve, and return as soon as requests are taken."""
        self._thread.start()
        self._server.listening.wait()
        return self

    def stop(self) -> None:
        """Stop serving; connections that idle are closed."""
        self._server.stop()
        self._thread.join()
        self._socket.close()

    def run_forever(self) -> None:
        """Serve in this thread until it is interrupted."""
        self._serve()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])

    def _changed(self, store: Store) -> None:
        if self._state_file is not None:
            store.save(self._state_file)


def _listening_socket(port: int) -> socket.socket:
    """Listening at once: the address is known before the server runs, and whoever is told of it is heard.

    It names its protocol, for only then does asyncio send small answers without delay.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((_HOST, port))
    listener.listen(_WAITING)
    return listener
