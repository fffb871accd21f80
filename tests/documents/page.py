"""A page as a story: the files that it has written, the commands that it has typed, and what these answer."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it.token import Token

__all__ = ("Block", "blocks", "unlabelled")

_TITLE = re.compile(r'title="([^"]+)"')
_NOT_RUN = re.compile(r"<!-- not run: (.+?) -->\s*$", re.DOTALL)
_ENVIRONMENT = re.compile(r"-m venv (\S+)")


@dataclass
class Block:
    """One fenced block: a file where it has a title, commands where it is `sh`."""

    line: int
    language: str
    text: str
    title: str = ""
    not_run: str = ""
    expected: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is a part of the story; anything else is only shown."""
        return bool(self.title) or self.language == "sh"

    @property
    def needs_pulumi(self) -> bool:
        """Whether a command of it is the Pulumi CLI."""
        words = shlex.split(self.text, comments=True) if self.language == "sh" else []
        return any(word == "pulumi" for word in words)

    @property
    def environment(self) -> str:
        """The virtual environment that it would make."""
        found = _ENVIRONMENT.search(self.text)
        return found[1] if found else ""


def blocks(page: Path) -> list[Block]:
    """All that are fenced, in their order."""
    found: list[Block] = []
    command: Block | None = None
    tokens = _tokens(page)
    for number, token in enumerate(tokens):
        if token.type == "fence":
            language, _, rest = token.info.partition(" ")
            title = _TITLE.search(rest)
            before = tokens[number - 1].content if number and tokens[number - 1].type == "html_block" else ""
            reason = _NOT_RUN.search(before)
            line = token.map[0] + 1 if token.map else 0
            block = Block(line, language, token.content, title[1] if title else "", reason[1] if reason else "")
            if command and language == "text":
                command.expected = token.content
            found.append(block)
            command = block if language == "sh" else None
        elif token.type == "heading_open":
            command = None
    return found


def unlabelled(page: Path) -> list[int]:
    """The lines of code that says not what it is, so that readers alone would try it."""
    return [
        token.map[0] + 1
        for token in _tokens(page)
        if token.map
        and (
            token.type == "code_block"
            or (token.type == "fence" and token.info.partition(" ")[0] in ("", "bash", "console", "shell"))
        )
    ]


def _tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))
