"""The picture as SVG, drawn in columns: within each, what belongs together stands side by side."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from .graph import Edge, Graph, Node

__all__ = ("as_svg",)

_WIDTH, _HEIGHT = 230, 34
_ACROSS, _DOWN = 90, 14
_EDGE, _TOP = 20, 56
#: Between the lines that pass below the boxes of the columns which they leap.
_LANE = 9
#: What of a label a box has room for; all of it is in its title.
_ROOM = 32
#: How often the columns are put in the order of what they are tied to.
_SWEEPS = 4
_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1b1f24; }
text.heading { font-weight: 600; }
rect { stroke: #57606a; rx: 6px; }
rect.user, rect.group { fill: #ddf4ff; }
rect.role { fill: #fbefff; }
rect.application { fill: #fff8c5; }
rect.scope { fill: #dafbe1; }
rect.api { fill: #ffebe9; }
rect.plan { fill: #eaeef2; }
path { fill: none; stroke: #8c959f; }
path.open { stroke: #cf222e; stroke-width: 2; }
"""


def as_svg(graph: Graph) -> str:
    """A drawing that stands by itself: no script, no font, no file from elsewhere."""
    columns = _ordered(graph)
    places = {
        node: (_EDGE + column * (_WIDTH + _ACROSS), _TOP + row * (_HEIGHT + _DOWN))
        for column, (_, nodes) in enumerate(columns)
        for row, node in enumerate(nodes)
    }
    width = 2 * _EDGE + max(len(columns), 1) * (_WIDTH + _ACROSS) - _ACROSS
    bottom = _TOP + max((len(nodes) for _, nodes in columns), default=0) * (_HEIGHT + _DOWN)
    lanes = _lanes(graph.edges, places, bottom)
    height = bottom + len(lanes) * _LANE + _EDGE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A picture of access" '
            f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
            f"<style>{_STYLE}</style>",
            f'<rect width="{width}" height="{height}" style="fill: #ffffff; stroke: none"/>',
            *(_heading(heading, column) for column, (heading, _) in enumerate(columns)),
            *(_line(edge, places, lanes) for edge in graph.edges),
            *(_box(node, *place) for node, place in places.items()),
            "</svg>\n",
        ]
    )


def _ordered(graph: Graph) -> list[tuple[str, list[Node]]]:
    """The columns, their nodes near the middle of what they are tied to."""
    columns = graph.columns()
    tied: dict[Node, list[Node]] = {node: [] for node in graph.nodes}
    for edge in graph.edges:
        tied[edge.source].append(edge.target)
        tied[edge.target].append(edge.source)
    for _ in range(_SWEEPS):
        rows = {node: row for _, nodes in columns for row, node in enumerate(nodes)}
        for _, nodes in columns:
            nodes.sort(key=lambda node: _middle(node, tied, rows))
            rows |= {node: row for row, node in enumerate(nodes)}
    return columns


def _middle(node: Node, tied: Mapping[Node, list[Node]], rows: Mapping[Node, int]) -> tuple[float, str]:
    found = [rows[other] for other in tied[node]]
    return (sum(found) / len(found) if found else rows[node], node.label)


def _heading(text: str, column: int) -> str:
    x = _EDGE + column * (_WIDTH + _ACROSS)
    return f'<text class="heading" x="{x}" y="{_EDGE + 14}">{escape(text)}</text>'


def _lanes(edges: Iterable[Edge], places: Mapping[Node, tuple[int, int]], bottom: int) -> dict[Node, int]:
    """How far down the lines run that leap a column: behind its boxes they would seem to begin or end there."""
    leaping = dict.fromkeys(edge.source for edge in edges if _leaps(edge, places))
    return {source: bottom + number * _LANE for number, source in enumerate(leaping)}


def _leaps(edge: Edge, places: Mapping[Node, tuple[int, int]]) -> bool:
    return places[edge.target][0] - places[edge.source][0] > _WIDTH + _ACROSS


def _line(edge: Edge, places: Mapping[Node, tuple[int, int]], lanes: Mapping[Node, int]) -> str:
    (x1, y1), (x2, y2) = places[edge.source], places[edge.target]
    start, end = x1 + _WIDTH, x2
    first, second = y1 + _HEIGHT // 2, y2 + _HEIGHT // 2
    name = " → ".join(filter(None, (edge.source.label, edge.label, edge.target.label)))
    kind = ' class="open"' if edge.is_open else ""
    curve = _curve(start, first, end, second)
    if _leaps(edge, places):
        lane = lanes[edge.source]
        curve = (
            f"{_curve(start, first, start + _ACROSS, lane)} H{end - _ACROSS} {_bend(end - _ACROSS, lane, end, second)}"
        )
    return f'<path{kind} d="{curve}"><title>{escape(name)}</title></path>'


def _curve(start: int, first: int, end: int, second: int) -> str:
    return f"M{start} {first} {_bend(start, first, end, second)}"


def _bend(start: int, first: int, end: int, second: int) -> str:
    middle = (start + end) // 2
    return f"C{middle} {first} {middle} {second} {end} {second}"


def _box(node: Node, x: int, y: int) -> str:
    return "".join(_parts_of(node, x, y))


def _parts_of(node: Node, x: int, y: int) -> Iterator[str]:
    label = node.label if len(node.label) <= _ROOM else f"{node.label[: _ROOM - 1]}…"
    yield f"<g><title>{escape(f'{node.kind} {node.label}')}</title>"
    yield f'<rect class="{node.kind}" x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}"/>'
    yield f'<text x="{x + 10}" y="{y + _HEIGHT // 2 + 5}">{escape(label)}</text></g>'
