"""The plugin's process: an engine starts it, reads its port from the first line that it prints, and asks."""

import asyncio
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

import grpc
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import provider_pb2_grpc

from ..naming import SCHEMA, speak
from ..transport import UNDO_SECONDS, cancel
from .engine_log import log_to_engine
from .servicer import PluginServicer

__all__ = ("main",)

#: The most operations that are carried out at once; the engine's `--parallel` may ask for fewer.
_AT_ONCE = 64

P = ParamSpec("P")
T = TypeVar("T")

_USAGE = "This is a plugin: Pulumi starts it by itself, with the address of its engine. Use it by: pulumi up"


def main() -> None:
    """Serve the engine whose address is the one argument that is no option, until it ends the process."""
    addresses = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if not addresses:
        sys.exit(_USAGE)
    speak(SCHEMA)
    try:
        asyncio.run(_serve(addresses[0], sys.argv[1:]))
    except KeyboardInterrupt:  # the engine has been interrupted from the same terminal, and ends too
        return


async def _serve(engine_address: str, arguments: Sequence[str]) -> None:
    """Operations run in threads, each of which waits for answers most of its time; components in the loop."""
    asyncio.get_running_loop().set_default_executor(_ThreadForEach())
    log = log_to_engine(engine_address)
    threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="operation")
    server = grpc.aio.server(migration_thread_pool=threads, options=_GRPC_CHANNEL_OPTIONS)
    servicer = PluginServicer(arguments, engine_address, log)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    gone, ended = (asyncio.ensure_future(one) for one in (_gone(engine_address), server.wait_for_termination()))
    try:
        await asyncio.wait((gone, ended), return_when=asyncio.FIRST_COMPLETED)
        if gone.done():
            cancel()
            await servicer.leave_components()
            await server.stop(UNDO_SECONDS)
    finally:
        gone.cancel()
        await server.stop(None)


async def _gone(engine_address: str) -> None:
    """Wait until the engine has gone: one that is killed ends nothing that it has started. Where none was there, as in
    a test, none goes."""
    async with grpc.aio.insecure_channel(engine_address) as channel:
        await channel.channel_ready()
        state = grpc.ChannelConnectivity.READY
        while state is not grpc.ChannelConnectivity.TRANSIENT_FAILURE:
            await channel.wait_for_state_change(state)
            state = channel.get_state(try_to_connect=True)


class _ThreadForEach(ThreadPoolExecutor):
    """For the SDK, which registers the parts of components in threads that wait until the engine has made them: any
    number at once, and none is waited for at the end, when an engine that stopped answers none."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call it in a thread of its own."""
        future: Future[T] = Future()
        threading.Thread(target=_call, args=(future, lambda: fn(*args, **kwargs)), daemon=True).start()
        return future


def _call(future: Future[T], function: Callable[[], T]) -> None:
    try:
        future.set_result(function())
    except Exception as problem:  # noqa: BLE001  # it is raised where the result is asked for
        future.set_exception(problem)
