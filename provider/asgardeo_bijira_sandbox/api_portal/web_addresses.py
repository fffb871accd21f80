"""Whether a text is a URL, as the server's language has it."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote

__all__ = ("is_url",)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_SPECIAL = ("http", "https", "ws", "wss", "ftp")
_FORBIDDEN = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|]")
_FORBIDDEN_IN_A_DOMAIN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")


def is_url(text: str) -> bool:
    """Whether a text has a scheme, and a host where its scheme needs one."""
    found = _SCHEME.fullmatch(re.sub(r"[\t\n\r]", "", text))
    if found is None:
        return False
    scheme, rest = found[1].lower(), found[2]
    if scheme in _SPECIAL:
        authority = re.split(r"[/\\?#]", rest.lstrip("/\\"), maxsplit=1)[0]
        return _is_authority(authority, needs_host=True)
    if scheme == "file" or not rest.startswith("//"):
        return True
    return _is_authority(re.split(r"[/?#]", rest[2:], maxsplit=1)[0], needs_host=False)


def _is_authority(authority: str, *, needs_host: bool) -> bool:
    _, at, place = authority.rpartition("@")
    found = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::([0-9]*))?", place)
    if found is None or int(found[2] or 0) > 65535:
        return False
    host = found[1]
    if not host:
        return not needs_host and not at and found[2] is None
    if host.startswith("["):
        return _is_address(host[1:-1], ipaddress.IPv6Address)
    if not needs_host:
        return not _FORBIDDEN.search(host)
    host = unquote(host)
    last = host.removesuffix(".").rpartition(".")[2]
    if _NUMBER.fullmatch(last):
        return _is_address(host.removesuffix("."), ipaddress.IPv4Address)
    return not _FORBIDDEN_IN_A_DOMAIN.search(host)


def _is_address(text: str, kind: type[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True
