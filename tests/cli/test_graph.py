"""Who may do what, drawn: as a program declares it, and as the platforms have it."""

from __future__ import annotations

import itertools
import re
import uuid
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Fault
from pulumi_asgardeo_bijira.access import Graph, as_mermaid, as_page, as_svg
from pulumi_asgardeo_bijira.settings import sandbox_environment

from tests.support.command import command
from tests.support.engines import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.shop import Shop

#: What the shop's fixture makes, as a program.
PROGRAM = """
import pulumi_asgardeo_bijira as wso2

orders = wso2.AsgardeoApi(
    "Orders", identifier="https://orders", scopes=[{"name": "orders:read"}, {"name": "orders:write"}]
)
shop = wso2.AsgardeoApplication(
    "shop",
    application_type="standard",
    grant_types=["client_credentials", "password"],
    allowed_audience="APPLICATION",
    authorized_apis=[{"api_id": orders.id, "scopes": ["orders:read"]}],
)
staff = wso2.get_group(name="staff")
wso2.AsgardeoRole("reader", application_id=shop.id, permissions=["orders:read"], groups=[staff.id])
wso2.BijiraApplicationClient(
    "Shop", client_id=shop.client_id, subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}]
)
"""
TIES = {
    ("DEFAULT/staff", "", "reader"),
    ("reader", "permits", "orders:read"),
    ("reader", "role of", "shop"),
    ("shop", "RBAC", "orders:read"),
    ("orders:read", "", "Orders"),
    ("orders:write", "", "Orders"),
    ("shop", "Shop", "Orders API 1.0.0: Gold"),
}
#: What neither Mermaid nor HTML may take for markup.
ODD = '"]--> <script>alert(1)</script> & `x` | 漢字 #quot;'


def ties(mermaid: str) -> set[tuple[str, str, str]]:
    """The ties of a flow chart, by what its nodes are called."""
    names = {
        found[1]: re.sub(r"#(\d+);", lambda code: chr(int(code[1])), found[2])
        for found in re.finditer(r'^ +(n\d+)\W+?"(.*)"\W+$', mermaid, re.MULTILINE)
    }
    arrows = re.finditer(r'^  (n\d+) [-=]+>(?:\|"(.*)"\|)? (n\d+)$', mermaid, re.MULTILINE)
    return {(names[found[1]], found[2] or "", names[found[3]]) for found in arrows}


def parsed(svg: str) -> ET.Element:
    """A drawing of our own making, which must be XML."""
    return ET.fromstring(svg)  # noqa: S314


def test_a_program_and_what_it_has_made_are_the_same_picture(shop: Shop, tmp_path: Path) -> None:
    """The one out of a sandbox of its own, the other read from the platforms, which are not changed."""
    program = make_project(tmp_path / "program", PROGRAM).directory
    declared = command("graph", str(program), "--engine", "built-in")
    assert declared.returncode == 0, declared.stderr
    assert ties(declared.stdout) == TIES
    mark, before = shop.sandbox.ledger.mark(), shop.sandbox.store.snapshot()
    live = command("graph", str(tmp_path), "--live", environment=sandbox_environment(shop.sandbox.url))
    assert live.returncode == 0, live.stderr
    assert ties(live.stdout) == TIES
    assert shop.sandbox.store.snapshot() == before
    sent = {one.method for one in shop.sandbox.ledger.since(mark) if one.platform != "token"}
    assert sent == {"GET"}


def test_what_is_open_to_everybody_or_not_managed_here_is_drawn_too(shop: Shop, tmp_path: Path) -> None:
    """An authorization without a policy, a client id that is nobody's, a role of more people than have room, names of
    any kind, and for a group that is not to be seen its id."""
    tenant = shop.tenant
    shop.application.name = ODD
    tenant.apis[next(iter(shop.application.authorized))].requires_authorization = False
    next(iter(shop.application.authorized.values())).policy = "NO POLICY"
    person = next(iter(tenant.users.values()))
    people = [person.model_copy(update={"id": str(uuid.uuid4()), "username": f"user{n}"}) for n in range(7)]
    tenant.users |= {one.id: one for one in people}
    shop.role.users.extend(one.id for one in people)
    group = shop.role.groups[0]
    shop.sandbox.faults.add(Fault(kind="fail", status=403, match="GET .*/scim2/Groups", times=0))
    for mapping in (one for each in shop.bijira.applications.values() for one in each.mappings.values()):
        mapping.client_id = "of-nobody"
    environment = sandbox_environment(shop.sandbox.url)
    files = {end: tmp_path / f"access{end}" for end in (".svg", ".html", ".md", ".mmd")}
    for file in files.values():
        done = command("graph", str(tmp_path), "--live", "--output", str(file), environment=environment)
        assert done.returncode == 0, done.stderr
        assert " ties in " in done.stdout
    texts = {end: file.read_text() for end, file in files.items()}
    assert (ODD, "No Policy", "orders:read") in ties(texts[".mmd"])
    assert ("7 users", "", "reader") in ties(texts[".mmd"])
    assert (group, "", "reader") in ties(texts[".mmd"])
    assert ("client id of-nobody", "Shop", "Orders API 1.0.0: Gold") in ties(texts[".mmd"])
    assert " ==>" in texts[".mmd"]
    assert texts[".mmd"] in texts[".md"]
    assert "<script" not in texts[".html"] + texts[".svg"] + texts[".mmd"]
    drawn = parsed(texts[".svg"])
    titles = [title.text for title in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert f"application {ODD}" in titles
    assert any(path.get("class") == "open" for path in drawn.iter("{http://www.w3.org/2000/svg}path"))
    assert not re.search(r"(src|href)=|@import|url\(", texts[".html"])


def test_a_file_of_another_kind_and_a_program_that_fails_get_one_line(tmp_path: Path) -> None:
    """Before anything is asked, or with what went wrong first."""
    wrong = command("graph", str(tmp_path), "--live", "--output", "access.png")
    assert "access.png tells no format by its end (.png). Name a file that ends in .mmd" in wrong.stderr
    program = make_project(
        tmp_path / "program", "import pulumi_asgardeo_bijira as wso2\nwso2.get_group(name='nobody')\n"
    )
    failed = command("graph", str(program.directory), "--engine", "built-in")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("the program does not come up in a sandbox: ")
    assert "nobody" in failed.stderr
    assert failed.stderr.count("\n") == 1


def test_a_drawing_is_one_whatever_a_platform_calls_things() -> None:
    """Not every character may stand in XML, or in a file at all."""
    graph = Graph()
    graph.lead(graph.node("scope", "s", "or\x07ders\ud800"), graph.node("api", "a", "Or\nders\ufffe"), "\x00")
    names = [found.text for found in ET.fromstring(as_svg(graph).encode()).findall(".//{*}text")]  # noqa: S314  # our own
    assert names[2:] == ["or ders", "Or ders"]


@pytest.mark.parametrize("size", [0, 1, 40])
def test_boxes_of_a_column_do_not_lie_on_each_other(size: int) -> None:
    """Whatever their number is, and nothing lies outside of the drawing."""
    graph = Graph()
    api = graph.node("api", "a", "Orders")
    for number in range(size):
        scope = graph.node("scope", str(number), f"scope {number}" * 5)
        graph.lead(scope, api)
        graph.lead(graph.node("application", str(number % 7), f"app {number % 7}"), scope, "RBAC")
    drawn = parsed(as_svg(graph))
    boxes = [(int(box.get("x", 0)), int(box.get("y", 0))) for box in drawn.iter("{http://www.w3.org/2000/svg}rect")][1:]
    assert len(boxes) == len(set(boxes)) == len(graph.nodes)
    rows = sorted(y for x, y in boxes if x == boxes[-1][0])
    assert all(below - above >= 34 for above, below in itertools.pairwise(rows))
    assert max(y for _, y in boxes) + 34 < int(drawn.get("height", 0))
    assert as_page(graph, "x").count("<tr>") == len(graph.edges) + 1
    assert as_mermaid(graph).count("-->") == len(graph.edges)


def test_a_line_that_leaps_a_column_runs_below_its_boxes() -> None:
    """Behind a box it would seem to begin or to end there: an API would seem to be tied to a plan."""
    graph = Graph()
    application, api = graph.node("application", "a", "shop"), graph.node("api", "a", "Orders")
    for number in range(3):
        scope = graph.node("scope", str(number), f"scope {number}")
        graph.lead(application, scope)
        graph.lead(scope, api)
    graph.lead(application, graph.node("plan", "p", "Gold"))
    drawn = parsed(as_svg(graph))
    leaps = [float(found[1]) for found in re.finditer(r" (\d+) H", ET.tostring(drawn, encoding="unicode"))]
    boxes = [int(box.get("y", 0)) for box in drawn.iter("{http://www.w3.org/2000/svg}rect")][1:]
    assert len(leaps) == 1
    assert max(boxes) + 34 < leaps[0] < int(drawn.get("height", 0))
