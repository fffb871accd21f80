"""Keeps what must not be printed out of everything that is."""

import base64
import threading
from urllib.parse import quote

__all__ = ("Redactor", "knowing")

#: Shorter texts are not worth hiding: blanking them would blank half of everything.
_SHORTEST = 4


class Redactor:
    """Knows secrets, and blanks them out of any text."""

    def __init__(self, *secrets: str | None) -> None:
        self._lock = threading.Lock()
        self._secrets: set[str] = set()
        self.learn(*secrets)

    def learn(self, *secrets: str | None) -> None:
        """Blank these too from now on, also as they look in a URL or in a Basic header, and every line of a key."""
        spellings = {
            spelling
            for whole in secrets
            for secret in ((whole, *_lines(whole)) if whole else ())
            if len(secret) >= _SHORTEST
            for spelling in (secret, quote(secret, safe=""), base64.b64encode(secret.encode()).decode())
        }
        with self._lock:
            self._secrets |= spellings

    def __call__(self, text: str) -> str:
        """The text with every known secret blanked."""
        with self._lock:
            known = sorted(self._secrets, key=len, reverse=True)
        for secret in known:
            text = text.replace(secret, "[secret]")
        return text

    def __repr__(self) -> str:
        return "Redactor([secret])"


def _lines(text: str) -> list[str]:
    """The lines of a text of several, without those that frame a PEM block."""
    lines = text.replace("\\n", "\n").splitlines()
    return [line for line in lines if not line.startswith("-----")] if len(lines) > 1 else []


_of_this_process = Redactor()


def knowing(*secrets: str | None) -> Redactor:
    """The redactor of this process, which now knows these too: a secret of one platform may turn up in an answer of the
    other's."""
    _of_this_process.learn(*secrets)
    return _of_this_process
