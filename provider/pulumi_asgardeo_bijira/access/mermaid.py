"""The picture as Mermaid, which code hosts draw within Markdown."""

import re

from .graph import COLUMNS, Graph

__all__ = ("as_mermaid",)

#: Round for people, a box for applications, a flag for scopes, a drum for APIs.
_SHAPES = {
    "user": ("([", "])"),
    "group": ("([", "])"),
    "role": ("(", ")"),
    "application": ("[", "]"),
    "scope": ("{{", "}}"),
    "api": ("[(", ")]"),
    "plan": ("[/", "/]"),
}


def as_mermaid(graph: Graph) -> str:
    """A flow chart from left to right, a frame for each column."""
    ids = {node: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    for heading, nodes in graph.columns():
        lines.append(f'  subgraph c{list(COLUMNS).index(heading)}["{heading}"]')
        for node in nodes:
            opening, closing = _SHAPES[node.kind]
            lines.append(f'    {ids[node]}{opening}"{_text(node.label)}"{closing}')
        lines.append("  end")
    for edge in graph.edges:
        label = f'|"{_text(edge.label)}"|' if edge.label else ""
        arrow = "==>" if edge.is_open else "-->"
        lines.append(f"  {ids[edge.source]} {arrow}{label} {ids[edge.target]}")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """Any text within quotes: what Mermaid or HTML might read is written as a number."""
    plain = re.sub(r"\s+", " ", text)
    return re.sub(r"[^\w .,:/+()=-]", lambda found: f"#{ord(found[0])};", plain)
