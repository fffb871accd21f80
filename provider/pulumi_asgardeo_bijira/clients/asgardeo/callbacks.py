"""Asgardeo keeps one callback of an application: several URLs are one regular expression there."""

from collections.abc import Sequence

__all__ = ("pack", "unpack")

# Java's regular expressions: what must be escaped for a URL to stand for itself.
_SPECIAL = frozenset(".?+*^$|()[]{}\\")


def pack(urls: Sequence[str]) -> list[str]:
    """The entry that stands for these URLs; a raw `regexp=…` goes as it is."""
    if len(urls) < 2:
        return list(urls)
    escaped = ("".join(f"\\{c}" if c in _SPECIAL else c for c in url) for url in urls)
    return [f"regexp=({'|'.join(escaped)})"]


def unpack(stored: list[str]) -> list[str]:
    """The URLs that `pack` made the entry of; an expression of somebody else's stays one raw entry."""
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
    return urls if pack(urls) == stored else list(stored)
