"""What there is to say beside errors, told to the engine, which shows it at the resource that it is about."""

import logging
from contextlib import suppress

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from ..resources.ownership import current_urn
from ..transport import NOTICE, shown_to_user

__all__ = ("EngineLog", "log_to_engine")


class EngineLog(logging.Handler):
    """Hands on every line. One that comes after the engine has ended is nobody's."""

    def __init__(self, address: str) -> None:
        super().__init__(NOTICE)
        self.lead_to(address)

    def lead_to(self, address: str) -> None:
        """From now on the engine is there."""
        self._engine = engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the engine."""
        severity = engine_pb2.WARNING if record.levelno >= logging.WARNING else engine_pb2.INFO
        line = shown_to_user(record.getMessage())
        with suppress(grpc.RpcError):
            self._engine.Log(engine_pb2.LogRequest(severity=severity, message=line, urn=current_urn()), timeout=5)


def log_to_engine(address: str) -> EngineLog:
    """Have everything that this package says told to the engine at an address."""
    log, handler = logging.getLogger("pulumi_asgardeo_bijira"), EngineLog(address)
    log.setLevel(NOTICE)
    log.addHandler(handler)
    log.propagate = False
    return handler
