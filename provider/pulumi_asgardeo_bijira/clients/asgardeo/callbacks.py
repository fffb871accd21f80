"""Asgardeo keeps one callback of an application: several URLs are one regular expression there."""

from collections.abc import Callable, Sequence

__all__ = ("pack", "unpack")

# Java's regular expressions: what must be escaped for a URL to stand for itself.
_SPECIAL = frozenset(".?+*^$|()[]{}\\")


#: Of this address the server lets any port do; it takes the port out of an expression where it finds this unescaped.
_LOOPBACK = "127.0.0.1"


def pack(urls: Sequence[str]) -> list[str]:
    """The entry that stands for these URLs; a raw `regexp=…` goes as it is."""
    return _packed(urls, lambda url: _LOOPBACK.join(map(_escaped, url.split(_LOOPBACK))))


def _packed(urls: Sequence[str], escaped: Callable[[str], str]) -> list[str]:
    if len(urls) < 2:
        return list(urls)
    return [f"regexp=({'|'.join(map(escaped, urls))})"]


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in _SPECIAL else c for c in text)


def unpack(stored: list[str]) -> list[str]:
    """The URLs that `pack` made the entry of, in its form of now or of before; any other stays one raw entry."""
    if len(stored) != 1 or not (stored[0].startswith("regexp=(") and stored[0].endswith(")")):
        return list(stored)
    urls, url, escaping = [], "", False
    for c in stored[0].removeprefix("regexp=(").removesuffix(")"):
        if c == "|" and not escaping:
            urls.append(url)
            url = ""
        elif c != "\\" or escaping:
            url += c
        escaping = c == "\\" and not escaping
    urls.append(url)
    return urls if stored in (pack(urls), _packed(urls, _escaped)) else list(stored)
