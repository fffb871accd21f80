"""Asgardeo keeps one callback of an application: several URLs are one regular expression there."""

from collections.abc import Mapping, Sequence

__all__ = ("pack", "unpack")

# Java's regular expressions: what must be escaped for a URL to stand for itself.
_SPECIAL = frozenset(".?+*^$|()[]{}\\")

#: Of these addresses the server lets any port do: it takes the port out of an expression where it finds one of them in
#: these letters. So they stay as they are as far as the expression allows; otherwise one with a port matches nothing.
_LOOPBACK = {r"127\.0\.0\.1": "127.0.0.1", r"\[::1\]": r"\[::1]"}

#: What stays as it is in the form of now, and in those of before, in which an application may still be stored.
_FORMS: tuple[Mapping[str, str], ...] = (_LOOPBACK, {r"127\.0\.0\.1": "127.0.0.1"}, {})


def pack(urls: Sequence[str]) -> list[str]:
    """The entry that stands for these URLs; a raw `regexp=…` goes as it is."""
    return _packed(urls, _LOOPBACK)


def _packed(urls: Sequence[str], kept: Mapping[str, str]) -> list[str]:
    if len(urls) < 2:
        return list(urls)
    expression = "|".join(map(_escaped, urls))
    for escaped, plain in kept.items():
        expression = expression.replace(escaped, plain)
    return [f"regexp=({expression})"]


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
    return urls if any(stored == _packed(urls, kept) for kept in _FORMS) else list(stored)
