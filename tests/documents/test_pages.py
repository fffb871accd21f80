"""Every page works as it is written: each command in README and docs is typed here, beside a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.page import blocks
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
