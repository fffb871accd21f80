"""Keeps what must not be printed out of everything that is.

A server may repeat a secret in another spelling than it was sent in. So a text is looked through as it stands, and once
more for each way in which it may be escaped (JSON, HTML, percent-encoding, all of them within one another); what is
found is blanked where it stands in the text itself. Case and the number of blanks make no difference anywhere.
"""

import base64
import html
import re
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote, unquote_to_bytes

__all__ = ("Redactor", "redactor_with", "remember")

#: Shorter texts are not worth hiding: blanking them would blank half of everything.
_SHORTEST = 4
#: Of a secret within something longer that is in base64, so much at least tells it from other text.
_SHORTEST_WITHIN = 8
_BLANK = "[secret]"
#: How many escapes are looked through that lie within one another.
_DEEPEST = 3

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_JSON = r"(?:\\u[0-9A-Fa-f]{4})+|\\x[0-9A-Fa-f]{2}|\\[\"'\\/bfnrt]"
_HTML = r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});"
_PERCENT = r"(?:%[0-9A-Fa-f]{2})+|\+"
#: Each way in which a text may be escaped, with a character without which there is nothing to do.
_WAYS = (("\\", re.compile(_JSON)), ("&", re.compile(_HTML)), ("%+", re.compile(_PERCENT)))
_ANY = ("\\&%+", re.compile(f"{_JSON}|{_HTML}|{_PERCENT}"))
#: What is written differently where blanks are folded or case is.
_FOLDED = re.compile(r"[\s\x00-\x20\x7f-\U0010ffff]+")


def _unescaped(escape: str) -> str:
    """What an escape stands for."""
    if escape[0] == "&":
        return html.unescape(escape)
    if escape[0] == "%":
        return unquote_to_bytes(escape).decode(errors="replace")
    if escape == "+":
        return " "
    if escape[1] == "u":
        units = b"".join(bytes.fromhex(unit) for unit in escape[2:].split("\\u"))
        return units.decode("utf-16-be", errors="replace")
    return chr(int(escape[2:], 16)) if escape[1] == "x" else _ESCAPES.get(escape[1], escape[1])


def _folded(text: str) -> str:
    """A run of characters without what makes no difference."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return re.sub(" +", " ", plain).casefold()


class _View:
    """A text in another form, and where each of its places was in the text itself."""

    def __init__(self, text: str) -> None:
        self.text = text
        #: Where a piece begins here and there, and whether it is as long there as it is here.
        self._pieces: list[tuple[int, int, bool]] = [(0, 0, True)]
        self._end = len(text)

    def rewritten(self, pattern: re.Pattern[str], write: Callable[[str], str]) -> "_View":
        """The view with whatever the pattern finds written differently."""
        found = _View("")
        parts: list[str] = []
        pieces: list[tuple[int, int, bool]] = []
        here = last = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            new = write(match[0])
            pieces += [(here, last, True), (here + start - last, start, False)]
            parts += [self.text[last:start], new]
            here += start - last + len(new)
            last = end
        pieces.append((here, last, True))
        found.text = "".join([*parts, self.text[last:]])
        found._pieces, found._end, found._inner = pieces, len(self.text), self
        return found

    _inner: "_View | None" = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of this view was in the text itself."""
        if self._inner is None:
            return start, end
        return self._inner.span(self._before(start), self._after(end))

    def _before(self, place: int) -> int:
        here, there, is_same = self._pieces[bisect_right(self._pieces, (place, len(self._inner.text), True)) - 1]  # type: ignore[union-attr]
        return there + place - here if is_same else there

    def _after(self, place: int) -> int:
        index = bisect_right(self._pieces, (place - 1, len(self._inner.text), True)) - 1  # type: ignore[union-attr]
        here, there, is_same = self._pieces[index]
        if is_same:
            return there + place - here
        return self._pieces[index + 1][1] if index + 1 < len(self._pieces) else self._end

    def folded(self) -> "_View":
        """Without what makes no difference. ASCII alone is folded at once; its letters stay where they are."""
        view = self.rewritten(_FOLDED, _folded)
        view.text = (
            "".join(c.lower() if c.isascii() else c for c in view.text)
            if not view.text.isascii()
            else (view.text.lower())
        )
        return view


def _fully(text: str) -> str:
    view = _View(text)
    for _ in range(_DEEPEST):
        view = view.rewritten(_ANY[1], _unescaped)
    return view.folded().text


def _spellings(secret: str) -> Iterable[str]:
    """What to look for: the secret itself, and as base64 with whatever stands before and behind it."""
    yield _View(secret).folded().text.strip(" ")
    yield _fully(secret).strip(" ")
    raw = secret.encode(errors="surrogatepass")
    for before, cut in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(bytes(before) + raw).decode()
        whole = encoded.rstrip("=") if before == 0 else encoded[: (before + len(raw)) * 8 // 6][cut:]
        for standard in (whole, whole[: (before + len(raw)) * 8 // 6 - cut]):
            if len(standard) >= _SHORTEST_WITHIN or (before == 0 and standard == whole):
                yield standard.lower()
                yield standard.translate(str.maketrans("+/", "-_")).lower()


def _as_it_is(secret: str) -> tuple[str, ...]:
    raw = secret.encode(errors="surrogatepass")
    return secret, quote(raw, safe=""), base64.b64encode(raw).decode()


class Redactor:
    """Knows secrets, and blanks them out of any text."""

    def __init__(self, *secrets: str | None) -> None:
        self._lock = threading.Lock()
        self._learnt: set[str] = set()
        self._known: tuple[str, ...] = ()
        #: Those of which too little is left when blanks are folded: they are looked for as they are.
        self._bare: frozenset[str] = frozenset()
        self.add(*secrets)

    def add(self, *secrets: str | None) -> None:
        """Blank these too from now on, in every spelling, and every line of a key."""
        wanted = {
            secret
            for whole in secrets
            for secret in ((whole, *_lines(whole)) if whole else ())
            if len(secret) >= _SHORTEST
        }
        with self._lock:
            if wanted <= self._learnt:
                return
            unknown = wanted - self._learnt
            bare = {secret for secret in unknown if len(_View(secret).folded().text.strip()) < _SHORTEST}
            new = {text for secret in unknown - bare for text in _spellings(secret) if len(text) >= _SHORTEST}
            self._learnt |= wanted
            self._bare |= {text for secret in bare for text in _as_it_is(secret)}
            self._known += tuple(new)

    def __call__(self, text: str) -> str:
        """The text with every known secret blanked."""
        known = self._known
        for bare in self._bare:
            text = text.replace(bare, _BLANK)
        found = sorted({span for view in _views(text) for span in _found(view, known)}) if known else []
        blanked, last = "", 0
        for start, end in found:
            if start >= last:
                blanked += text[last:start] + _BLANK
            last = max(last, end)
        return blanked + text[last:]

    def __repr__(self) -> str:
        return "Redactor([secret])"


def _views(text: str) -> Iterable[_View]:
    """The text, and what it may stand for."""
    plain = _View(text)
    yield plain.folded()
    for marks, pattern in _WAYS:
        if any(mark in text for mark in marks):
            yield plain.rewritten(pattern, _unescaped).folded()
    view = plain
    for _ in range(_DEEPEST):
        if not any(mark in view.text for mark in _ANY[0]):
            return
        view = view.rewritten(_ANY[1], _unescaped)
        yield view.folded()


def _found(view: _View, known: Iterable[str]) -> Iterable[tuple[int, int]]:
    for secret in known:
        start = view.text.find(secret)
        while start >= 0:
            yield view.span(start, start + len(secret))
            start = view.text.find(secret, start + 1)


def _lines(text: str) -> list[str]:
    """The lines of a text of several, without those that frame a PEM block."""
    lines = text.replace("\\n", "\n").splitlines()
    return [line for line in lines if not line.startswith("-----")] if len(lines) > 1 else []


_of_this_process = Redactor()


def redactor_with(*secrets: str | None) -> Redactor:
    """The redactor of this process, which now knows these too: a secret of one platform may turn up in an answer of the
    other's."""
    _of_this_process.add(*secrets)
    return _of_this_process


def remember(*secrets: object) -> None:
    """What a program or a declaration marks as secret, so that nothing that is printed has it."""
    redactor_with(*(text for secret in secrets for text in _texts(secret)))


def _texts(value: object) -> Iterator[str]:
    """Everything in a value that can be read, at any depth: a program may mark a whole list, and an engine marks the
    whole of what has a secret in it. Of a named value the name is none."""
    if isinstance(value, Mapping):
        value = [value["value"]] if value.keys() == {"name", "value"} else list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(int(value) if isinstance(value, float) and value.is_integer() else value)
