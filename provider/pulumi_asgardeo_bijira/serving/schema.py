"""The package's schema: what the plugin offers, from which Pulumi writes SDKs in every language."""

import importlib.metadata
import json
from functools import cache
from pathlib import Path

__all__ = ("schema", "version")


@cache
def version() -> str:
    """The version of the package, which is the plugin's and the schema's."""
    return importlib.metadata.version("pulumi-asgardeo-bijira")


def schema() -> str:
    """The schema as JSON, of this very version: the CLI keeps what it was told of one."""
    found = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
    return json.dumps({"name": found.pop("name"), "version": version(), **found})
