"""What can be wrong with a body: anything anywhere in it left out, replaced, or added."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

__all__ = ("ODD", "damaged", "mutated")

#: Values that somebody sends one day, in place of any other.
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    5,
    1.5,
    1e300,
    10**20,
    "",
    " ",
    "x",
    " padded ",
    "5",
    "true",
    "null",
    "2020-01-01",
    "ünï ☃ \U0001f300",
    'it\'s "quoted" \\ <b>&amp;</b> %41',
    "line\nbreak\ttab",
    "x" * 300,
    "constructor",
    [],
    ["x"],
    [[]],
    [None],
    {},
    {"x": 1},
    {"id": "x"},
)

_BYTES = (
    b"\0",
    b"\n",
    b"\r\n",
    b'"',
    b"\xff",
    b"\xef\xbb\xbf",
    b"{",
    b",",
    b": ",
    b"--boundary\r\n",
    b"1e999",
)


def mutated(random: Random, tree: Any) -> Any:
    """A copy with one thing wrong, mostly not the whole of it."""
    root = [copy.deepcopy(tree)]
    places = [place for place in _places(root) if place[0] is not root or random.random() < 0.1]
    container, key = random.choice(places or [(root, 0)])
    act = random.random()
    if act < 0.3 and container is not root:
        del container[key]
    elif act < 0.45:
        _extended(random, container[key] if isinstance(container[key], dict | list) else container)
    else:
        container[key] = random.choice(ODD)
    return root[0]


def damaged(random: Random, body: bytes) -> bytes:
    """Bytes of which some were lost, doubled or replaced on the way."""
    first, last = sorted(random.randrange(len(body) + 1) for _ in range(2))
    middle = body[first:last][: random.choice((1, 10, 1000))]
    return random.choice(
        (
            body[:first],
            body[:first] + body[first + len(middle) :],
            body[:first] + middle + body[first:],
            body[:first] + random.choice(_BYTES) + body[first:],
        )
    )


def _places(container: Any) -> list[tuple[Any, Any]]:
    """Where a value stands: its container and its key, at every depth."""
    keys = container if isinstance(container, dict) else range(len(container)) if isinstance(container, list) else ()
    return [place for key in keys for place in ((container, key), *_places(container[key]))]


def _extended(random: Random, container: Any) -> None:
    if isinstance(container, dict):
        container[random.choice(("extra", "id", "name", "x y", "createdBy", "orgId"))] = random.choice(ODD)
    else:
        container.append(random.choice(ODD))
