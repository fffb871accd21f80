"""What a picture consists of: nodes of a few kinds, in columns, and what leads from one to the other."""

from dataclasses import dataclass, field

from ..transport import one_line

__all__ = ("COLUMNS", "KINDS", "Edge", "Graph", "Node")

#: The columns from left to right, each with the kinds of nodes in it.
COLUMNS: dict[str, tuple[str, ...]] = {
    "Users and groups": ("user", "group"),
    "Roles": ("role",),
    "Applications": ("application",),
    "Scopes": ("scope",),
    "APIs": ("api",),
    "Gateway plans": ("plan",),
}
KINDS = tuple(kind for kinds in COLUMNS.values() for kind in kinds)


@dataclass(frozen=True)
class Node:
    """One thing; `key` tells it apart among its kind."""

    kind: str
    key: str
    label: str = field(compare=False)

    @property
    def column(self) -> int:
        """Where it stands."""
        return next(number for number, kinds in enumerate(COLUMNS.values()) if self.kind in kinds)


@dataclass(frozen=True)
class Edge:
    """What one has of the other, in a word or two; `is_open` where it is given to everybody."""

    source: Node
    target: Node
    label: str = ""
    is_open: bool = False


class Graph:
    """Each node and each edge once, in the order in which they came. What a platform shows may have characters that no
    drawing can have."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[str, str], Node] = {}
        self._edges: dict[Edge, None] = {}

    @property
    def nodes(self) -> list[Node]:
        """All nodes."""
        return list(self._nodes.values())

    @property
    def edges(self) -> list[Edge]:
        """All edges."""
        return list(self._edges)

    def known(self, kind: str, key: str) -> Node | None:
        """The node that has been made of this key."""
        return self._nodes.get((kind, key))

    def node(self, kind: str, key: str, label: str) -> Node:
        """A node; one that is there keeps its label."""
        return self._nodes.setdefault((kind, key), Node(kind, key, one_line(label)))

    def lead(self, source: Node, target: Node, label: str = "", *, is_open: bool = False) -> None:
        """Have one lead to the other."""
        self._edges.setdefault(Edge(source, target, one_line(label), is_open))

    def columns(self) -> list[tuple[str, list[Node]]]:
        """The columns that have nodes, each with its heading."""
        every = [
            (heading, [node for node in self.nodes if node.column == number]) for number, heading in enumerate(COLUMNS)
        ]
        return [(heading, nodes) for heading, nodes in every if nodes]
