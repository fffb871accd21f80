"""The plugin's process: an engine starts it, reads its port from the first line that it prints, and asks."""

import asyncio
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS
from pulumi.runtime.proto import provider_pb2_grpc

from .engine_log import log_to_engine
from .servicer import PluginServicer

__all__ = ("main",)

#: The most operations that are carried out at once; the engine's `--parallel` may ask for fewer.
_AT_ONCE = 64

_USAGE = "This is a plugin: Pulumi starts it by itself, with the address of its engine. Use it by: pulumi up"


def main() -> None:
    """Serve the engine whose address is the one argument that is no option, until it ends the process."""
    addresses = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if not addresses:
        sys.exit(_USAGE)
    try:
        asyncio.run(_serve(addresses[0], sys.argv[1:]))
    except KeyboardInterrupt:  # the engine has been interrupted from the same terminal, and ends too
        return


async def _serve(engine_address: str, arguments: Sequence[str]) -> None:
    """Operations run in threads, each of which waits for answers most of its time; components in the loop."""
    log = log_to_engine(engine_address)
    threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="operation")
    server = grpc.aio.server(migration_thread_pool=threads, options=_GRPC_CHANNEL_OPTIONS)
    servicer = PluginServicer(arguments, engine_address, log)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await server.wait_for_termination()
