"""The site can be built, every link of it leads somewhere, and it asks nobody else for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tools.site import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_FETCHED = re.compile(r"<(?:script|img|link|iframe)[^>]* (?:src|href)=\"?(https?:)?//[^>]*>")


def test_the_site_is_whole(tmp_path: Path) -> None:
    """Links to files, headings and pages, also those that lead out of docs/; and none to a script of another host."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 30
    assert [found[0] for page in pages for found in _FETCHED.finditer(page.read_text(encoding="utf-8"))] == []
