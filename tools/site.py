"""A hook of mkdocs: the repository itself is the site's source, so that each link holds in both.

Pages lie where a reader of the repository looks for them: README.md, CONTRIBUTING.md and others at the root, the rest
in docs/ and beside the examples. mkdocs wants one folder that does not hold its configuration; the hook gives it the
pages of the repository instead, and beside them each file that a page links to, such as an example's program.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

__all__ = ("ROOT", "linked", "on_config", "on_files", "pages")

#: mkdocs loads this file by its path, not as a module of its package.
ROOT = Path(__file__).resolve().parents[1]


def pages() -> list[Path]:
    """Every page of the site."""
    found = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("examples/*.md"))
    return sorted(found)


def linked(page: Path) -> Iterator[Path]:
    """The files of the repository that a page links to."""
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    for token in tokens:
        for child in token.children or ():
            address = str(child.attrs.get("href") or child.attrs.get("src") or "").partition("#")[0]
            target = (page.parent / address).resolve()
            if address and "://" not in address and target.is_file() and target.is_relative_to(ROOT):
                yield target


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """A folder in the navigation stands for its pages, the overview first: which there are, the declarations say."""
    for entry in config.nav or ():
        for title, folder in entry.items():
            if isinstance(folder, str) and folder.endswith("/"):
                found = sorted((ROOT / folder).glob("*.md"), key=lambda page: (page.stem != "README", page.name))
                entry[title] = [page.relative_to(ROOT).as_posix() for page in found]
    return config


def on_files(files: Files, /, *, config: MkDocsConfig) -> Files:
    """The pages and what they link to, beside what the theme brings."""
    sources = sorted({*pages(), *(file for page in pages() for file in linked(page))})
    ours = [
        File(path.relative_to(ROOT).as_posix(), str(ROOT), config.site_dir, config.use_directory_urls)
        for path in sources
    ]
    return Files([*ours, *(file for file in files if file.src_dir != config.docs_dir)])
