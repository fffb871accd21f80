"""What SECURITY.md promises is held by tests that are there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[1] / "SECURITY.md").read_text(encoding="utf-8")
PROMISED = PAGE.partition("## What is promised")[2].partition("## What is not promised")[0]
NAMED = re.findall(r"`tests/([\w/]+)\.py::(\w+)`", PROMISED)


def test_every_promise_names_a_test() -> None:
    """A promise without one is no more than a wish."""
    promises = re.split(r"^- ", PROMISED, flags=re.MULTILINE)[1:]
    assert len(promises) > 10
    assert [promise for promise in promises if "::test_" not in promise] == []


@pytest.mark.parametrize(("module", "test"), NAMED, ids=lambda text: str(text))
def test_what_is_named_is_there(module: str, test: str) -> None:
    """A test that was renamed or dropped is missed here."""
    assert callable(getattr(importlib.import_module(f"tests.{module.replace('/', '.')}"), test, None))
