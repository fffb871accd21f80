"""The picture as one page: the drawing, and beneath it every tie as a line of text."""

from html import escape

from ..html_page import html_page, table
from .graph import Edge, Graph
from .svg import as_svg

__all__ = ("as_page",)


def as_page(graph: Graph, title: str) -> str:
    """A page that stands by itself."""
    edges = sorted(graph.edges, key=lambda edge: (edge.source.column, edge.source.label, edge.target.label))
    head = ("from", "", "how", "to", "")
    rows = [(*_end(edge, is_source=True), edge.label, *_end(edge, is_source=False)) for edge in edges]
    return html_page(title, f"<h1>{escape(title)}</h1>\n{as_svg(graph)}{table(head, rows)}")


def _end(edge: Edge, *, is_source: bool) -> tuple[str, str]:
    node = edge.source if is_source else edge.target
    return node.kind, node.label
