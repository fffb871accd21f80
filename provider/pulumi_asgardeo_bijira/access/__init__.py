"""A picture of access: who has which role, what it permits, which application may ask for it, of which API, by which
plan."""

from .collect import Resource, declared_resources, graph_of, live_resources
from .graph import Edge, Graph, Node
from .mermaid import as_mermaid
from .names import Names
from .page import as_page
from .svg import as_svg

__all__ = (
    "Edge",
    "Graph",
    "Names",
    "Node",
    "Resource",
    "as_mermaid",
    "as_page",
    "as_svg",
    "declared_resources",
    "graph_of",
    "live_resources",
)
