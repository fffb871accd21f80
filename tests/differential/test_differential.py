"""The runner finds what differs, and nothing where nothing does; where a real portal is at hand, it is asked."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import Sandbox
from asgardeo_bijira_sandbox.api_portal.models import Api, ApiKey, Plan, Portal
from asgardeo_bijira_sandbox.api_portal.urls import ROUTES
from asgardeo_bijira_sandbox.tokens import generated_key

from .__main__ import main
from .operations import OPERATIONS
from .runner import compared
from .servers import RealPortal, Refused, StandIn
from .token_endpoint import token_endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .comparison import Report
    from .servers import Server

ADDRESS, KEY, WIPE = (os.environ.get(f"API_PORTAL_{name}", "") for name in ("URL", "KEY", "WIPE"))
ORGANIZATION = "52253bfb-a3aa-4100-be86-4f0fcb35c112"


@pytest.fixture
def others() -> Iterator[Sandbox]:
    """Another sandbox."""
    with Sandbox() as sandbox:
        yield sandbox


def found(original: Server, stand_in: Server, seed: int = 1, requests: int = 300, only: str = "") -> Report:
    """What the two answered, to everything or to the operations of some paths."""
    operations = tuple(one for one in OPERATIONS if one.path.startswith(only))
    with token_endpoint() as place:
        endpoint = f"http://{place}/token"
        return compared(
            original, stand_in, seed=seed, requests=requests, token_endpoint=endpoint, operations=operations
        )


def test_two_of_the_same_do_not_differ(sandbox: Sandbox, others: Sandbox) -> None:
    """Whatever is asked of them: most is right, and every operation that is served is among it."""
    report = found(StandIn(sandbox, ORGANIZATION), StandIn(others, ORGANIZATION))
    assert not report.found, str(report)
    assert len({kind.rpartition(" ")[0] for kind in report.asked}) > 20


def test_every_operation_that_is_served_is_asked() -> None:
    """A new row of the stand-in needs one in the table of operations."""
    served = {f"{row.method} {row.path}" for row in ROUTES}
    asked = {str(one) for one in OPERATIONS}
    assert {re.sub(r"\{.*?\}", "{}", one) for one in served} == {re.sub(r"\{.*?\}", "{}", one) for one in asked}


def test_a_portal_that_holds_something_else_is_found(sandbox: Sandbox, others: Sandbox) -> None:
    """With the request that shows it and both answers."""

    def fault(portal: Portal) -> None:
        portal.plans["Hidden"] = Plan(id="Hidden", display_name="Hidden")

    report = found(StandIn(sandbox, ORGANIZATION), StandIn(others, ORGANIZATION, fault), only="/subscription-plans")
    assert set(report.found) == {"GET /subscription-plans: 200, /count"}
    assert "GET /subscription-plans by alice\n  original 200" in str(report)


def test_a_portal_that_is_not_empty_is_left_alone(others: Sandbox) -> None:
    """Unless it is allowed to delete what it holds; a new one holds nothing, nor does one that was compared."""
    pem = others.store.signing_key("bijira").pem
    others.store.api_portal.organizations = {"default": Portal(uuid=ORGANIZATION, handle="default", display_name="D")}
    real = RealPortal(f"{others.url}/api-portal", pem)
    assert real.begin(wipe=False) == ORGANIZATION
    real.clear()
    real.begin(wipe=False)
    with pytest.raises(Refused, match=r"^127\.0\.0\.1:\d+ is not empty \(plans: 1\), and all of it would be deleted$"):
        real.begin(wipe=False)
    assert real.begin(wipe=True) == ORGANIZATION


def test_what_cannot_be_compared_is_said(others: Sandbox, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """In one line: a key of somebody else's, and an API that has keys, for it stays."""
    (tmp_path / "pem").write_text(generated_key("other").pem)
    with pytest.raises(SystemExit, match="2"):
        main(["--url", f"{others.url}/api-portal", "--key", str(tmp_path / "pem")])
    assert capsys.readouterr().err.endswith("list /applications with that key: 401 Authentication required.\n")
    portal = Portal(
        uuid=ORGANIZATION, handle="default", display_name="D", apis={"a": Api(id="a", name="A", version="1")}
    )
    portal.api_keys["k"] = ApiKey(id="k", api_id="a", display_name="K")
    others.store.api_portal.organizations = {"default": portal}
    real = RealPortal(f"{others.url}/api-portal", others.store.signing_key("bijira").pem)
    with pytest.raises(Refused, match="does not let /apis/a be deleted: 4"):
        real.clear()


@pytest.mark.skipif(
    not (ADDRESS and KEY), reason="API_PORTAL_URL and API_PORTAL_KEY name no real API Portal and no key of its tokens"
)
def test_the_real_portal_answers_as_the_stand_in_does(sandbox: Sandbox) -> None:
    """Whatever is asked of them."""
    real = RealPortal(ADDRESS, Path(KEY).read_text())
    organization = real.begin(wipe=bool(WIPE))
    report = found(real, StandIn(sandbox, organization), requests=2000)
    assert not report.found, str(report)
