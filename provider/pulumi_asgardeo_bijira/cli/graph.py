"""`graph`: draws who may do what, as a program declares it or as the platforms have it."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from asgardeo_bijira_sandbox import load_scenario

from ..access import (
    Graph,
    Names,
    as_mermaid,
    as_page,
    as_svg,
    declared_resources,
    graph_of,
    live_resources,
)
from ..rehearsal import Configuration, deployed
from ..resources import platforms_for
from ..settings import Settings
from ..transport import InvalidInput

__all__ = ("FORMATS", "write_declared_graph", "write_live_graph")

#: How the picture is written, by the file's name.
FORMATS: Mapping[str, Callable[[Graph, str], str]] = {
    ".mmd": lambda graph, title: as_mermaid(graph),
    ".md": lambda graph, title: f"# {title}\n\n```mermaid\n{as_mermaid(graph)}```\n",
    ".svg": lambda graph, title: as_svg(graph),
    ".html": as_page,
}


def write_declared_graph(
    directory: Path,
    stack: str | None,
    config: list[str],
    scenario: Path | None,
    engine: str | None,
    output: Path | None,
) -> int:
    """Draw what a program declares."""
    _refuse(output)
    given = Configuration.read(directory, stack, config)
    with deployed(directory, given, load_scenario(scenario) if scenario else None, engine) as there:
        resources = declared_resources(there.resources)
        graph = graph_of(resources, Names(platforms_for(there.settings)))
    return _write(graph, f"Access, as {directory.name} declares it", output)


def write_live_graph(settings: Settings, only: str | None, output: Path | None) -> int:
    """Draw what the platforms have."""
    _refuse(output)
    platforms = platforms_for(settings)
    resources, unseen = live_resources(platforms, (only,) if only else ("asgardeo", "bijira"))
    for line in unseen:
        print(f"left out: {line}", file=sys.stderr)
    title = (
        f"Access, as {settings.asgardeo.organization_name} has it" if only != "bijira" else "Access, as Bijira has it"
    )
    return _write(graph_of(resources, Names(platforms)), title, output)


def _refuse(output: Path | None) -> None:
    """A name that tells no format is refused before anything is asked."""
    if output is not None and output.suffix not in FORMATS:
        raise InvalidInput(
            f"tells no format by its end ({output.suffix or 'none'})",
            subject=f"--output {output}",
            action=f"Name a file that ends in {', '.join(FORMATS)}",
        )


def _write(graph: Graph, title: str, output: Path | None) -> int:
    if output is None:
        print(as_mermaid(graph), end="")
        return 0
    output.write_text(FORMATS[output.suffix](graph, title), encoding="utf-8")
    print(f"{len(graph.nodes)} things and {len(graph.edges)} ties in {output}")
    return 0
