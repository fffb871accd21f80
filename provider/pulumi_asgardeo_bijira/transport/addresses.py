"""Endpoints as users write them: what is wrong with one, and whether two lead to the same host. None is ever printed by
this module, since what is wrong with one may be that it holds a password."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ("is_loopback", "origin", "wrong_address")

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PORTS = {"http": 80, "https": 443}
_LONGEST_NAME, _LONGEST_LABEL = 253, 63
#: What is an address in numbers, or meant to be one.
_NUMBERS = re.compile(r"\d+(\.\d+){3}|.*:.*")


def wrong_address(url: str, *, with_query: bool = False) -> str:
    """What is wrong with an address of a server, to be put behind its name; empty where nothing is."""
    if not url.isprintable() or " " in url or "\\" in url:
        return "has a blank, a backslash or a control character"
    try:
        parts = urlsplit(url)
        port = parts.port
        if _NUMBERS.fullmatch(parts.hostname or ""):
            ip_address(parts.hostname or "")
    except ValueError:
        return "is no address: check its host and its port"
    if "@" in parts.netloc:
        return "is not an https address without user, query and fragment: a user name or password does not belong there"
    if parts.scheme not in _PORTS or not parts.hostname or "#" in url or ("?" in url and not with_query):
        return "is not an https address without user, query and fragment"
    if port == 0 or not _is_name(parts.hostname) or not (url.isascii() or _is_international(url)):
        return "is no address: check its host and its port"
    if parts.scheme == "http" and not is_loopback(url):
        return "is plain http; that is for this machine only, use https"
    return ""


def _is_name(host: str) -> bool:
    """Whether a name server could be asked for it; what is in brackets was read already."""
    labels = host.removesuffix(".").split(".")
    return ":" in host or (len(host) <= _LONGEST_NAME and all(0 < len(label) <= _LONGEST_LABEL for label in labels))


def _is_international(url: str) -> bool:
    """Whether what is not ASCII has a form that a name server can be asked for."""
    import httpx

    try:
        httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return True


def origin(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port that an address leads to; None where it leads nowhere."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    return parts.scheme, parts.hostname.lower(), port or _PORTS[parts.scheme]


def is_loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    found = origin(url)
    return found is not None and found[1] in _LOOPBACK
