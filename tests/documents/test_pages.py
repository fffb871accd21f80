"""Every page works as it is written: each command in README and docs is typed here, beside a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.cli.app import app
from typer.main import get_command

from tests.documents.page import blocks, unlabelled
from tests.documents.story import live_through
from tools.site import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
STORIES = {page.relative_to(ROOT).as_posix(): blocks(page) for page in PAGES}
TOLD = [page for page, story in STORIES.items() if any(block.counts for block in story)]


@pytest.mark.parametrize("page", TOLD)
def test_what_a_page_says_works(page: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """Its files written and its commands typed, one after the other."""
    for line in live_through(STORIES[page], tmp_path):
        record_property("line", f"not run: {page}:{line}")


def test_every_block_says_what_it_is() -> None:
    """What is labelled otherwise than `sh`, or not at all, would be typed by readers alone."""
    assert {page.name: found for page in PAGES if (found := unlabelled(page))} == {}


def test_no_page_is_a_stub() -> None:
    """A page that says only that it will be there helps nobody."""
    assert [page.name for page in PAGES if len(page.read_text(encoding="utf-8").splitlines()) < 10] == []


def test_every_command_is_on_its_page() -> None:
    """Whoever reads the page knows what there is."""
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    commands = getattr(get_command(app), "commands")  # noqa: B009  # it is a group
    assert [name for name in commands if f"asgardeo-bijira {name} " not in page] == []
