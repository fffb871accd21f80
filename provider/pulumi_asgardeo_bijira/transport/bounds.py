"""Sends one request and reads its answer within bounds: of time, headers included, and of size, unpacked."""

import ssl
import zlib
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from .deadline import Clock, at_most, remaining
from .rate_headers import HEADERS

__all__ = ("MAX_ANSWER_BYTES", "Bounded", "Damaged", "TimedSockets", "TooLarge")

REQUEST_SECONDS = 30.0
MAX_ANSWER_BYTES = 16 * 1024 * 1024
#: What is read of an answer's headers; the others concern the connection alone, or lead elsewhere.
_KEPT = frozenset({b"content-type", b"location", b"x-trace-key"}) | HEADERS
#: Nobody can end a wait for what arrives, so it is one of several short ones.
_LOOK_AGAIN_SECONDS = 0.5
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})


class TooLarge(httpx.RequestError):
    """An answer beyond all bounds; asking again makes it no smaller."""


class Damaged(httpx.RequestError):
    """An answer that cannot be unpacked."""


class Bounded(httpx.BaseTransport):
    """Reads an answer to its end within bounds, so that a broken body is one failure among the others."""

    def __init__(self, inner: httpx.BaseTransport, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        seconds = max(0.1, min(REQUEST_SECONDS, remaining(self._clock)))
        request.extensions["timeout"] = httpx.Timeout(seconds).as_dict()
        with at_most(seconds, self._clock):
            response = self._inner.handle_request(request)
            try:
                body = b"".join(self._read(request, response))
            finally:
                response.close()
        headers = [(name, value) for name, value in response.headers.raw if name.lower() in _KEPT]
        if not response.is_success:  # a redirect is not followed, so nothing may try to read where it leads
            headers = [(name, value) for name, value in headers if name.lower() != b"location"]
        return httpx.Response(response.status_code, headers=headers, content=body, request=request)

    def _read(self, request: httpx.Request, response: httpx.Response) -> Iterable[bytes]:
        """The body, piece by piece, as what it is when it is unpacked."""
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        unpacker = zlib.decompressobj(32 + zlib.MAX_WBITS) if encoding in _PACKED else None
        if unpacker is None and encoding not in ("", "identity"):
            raise Damaged("the answer is encoded in a way that was not asked for", request=request)
        size = 0
        for chunk in response.stream:  # type: ignore[union-attr]  # a sync transport gives a sync stream
            try:
                piece = unpacker.decompress(chunk, MAX_ANSWER_BYTES + 1 - size) if unpacker else chunk
            except zlib.error:
                raise Damaged("the answer cannot be unpacked", request=request) from None
            size += len(piece)
            if size > MAX_ANSWER_BYTES:
                raise TooLarge("the answer is too large", request=request)
            if remaining(self._clock) < 0:
                raise httpx.ReadTimeout("the answer took too long", request=request)
            yield piece
        if unpacker and size and not unpacker.eof:
            raise Damaged("the answer ends too early", request=request)

    def close(self) -> None:
        self._inner.close()


class _Timed:
    """A socket on which nothing lasts longer than the request has time, however often something arrives."""

    def __init__(self, stream: Any, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock

    def _left(self, timeout: float | None) -> float:
        left = remaining(self._clock)
        if left <= 0:
            raise httpx.ReadTimeout("the answer took too long")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._left(timeout)
        while True:
            look = min(left, _LOOK_AGAIN_SECONDS)
            try:
                received: bytes = self._stream.read(max_bytes, look)
            except httpcore.ReadTimeout:
                left = min(left - look, remaining(self._clock))
                if left <= 0:
                    raise
            else:
                return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None, timeout: float | None) -> "_Timed":
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        self._stream.close()


class TimedSockets:
    """Opens such sockets in place of another."""

    def __init__(self, backend: Any, clock: Clock) -> None:
        self._backend = backend
        self._clock = clock

    def connect_tcp(self, *args: Any, **details: Any) -> _Timed:
        return _Timed(self._backend.connect_tcp(*args, **details), self._clock)

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)
