"""A token endpoint whose answer the client's secret chooses."""

from __future__ import annotations

import base64
import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ("token_endpoint",)


class _TokenEndpoint(BaseHTTPRequestHandler):
    _ANSWERS: dict[str, tuple[int, dict[str, Any]]] = {
        "good": (200, {"access_token": "eyJ.fake.token", "expires_in": 3600, "scope": "default"}),
        "noscope": (200, {"access_token": "opaque-1", "expires_in": 86400}),
        "minimal": (200, {"access_token": "opaque-2"}),
        "notoken": (200, {}),
        "grant": (400, {"error": "unauthorized_client"}),
        "limit": (429, {}),
        "boom": (500, {}),
        "slow": (200, {}),
    }

    def do_POST(self) -> None:
        """Answer by the secret; an unknown one is refused."""
        self.rfile.read(int(self.headers["Content-Length"]))
        secret = base64.b64decode(self.headers["Authorization"].split()[1]).decode().partition(":")[2]
        if secret == "slow":  # noqa: S105
            time.sleep(5.5)
        status, answer = self._ANSWERS.get(secret, (401, {"error": "invalid_client"}))
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # whoever asked has not waited
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on stderr."""


@contextmanager
def token_endpoint() -> Iterator[str]:
    """The place of a token endpoint of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _TokenEndpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
