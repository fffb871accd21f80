"""Values that a preview does not know yet, at every depth, on each engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.programs.test_every_input import TABLES, base, filled, replacing, what_is_referred_to

if TYPE_CHECKING:
    from tests.programs.stack import Stage

__all__ = ("what_is_referred_to",)

#: Every known value of the inputs, each leaf by itself, comes from an output that is unknown while `source` changes.
PROGRAM = """
import json
import pulumi
import pulumi_asgardeo_bijira as wso2

source = wso2.AsgardeoApplication("source", description={description!r})


def late(value):
    if isinstance(value, dict):
        return {{key: late(item) for key, item in value.items()}}
    if isinstance(value, list):
        return [late(item) for item in value]
    return source.client_id.apply(lambda _: value)


for name, inputs in json.loads({declared!r}).items():
    wso2.{cls}(name, **{{key: {how}(value) for key, value in inputs.items()}})
"""
WHOLE = "(lambda value: source.client_id.apply(lambda _: value))"


def program(kind: str, how: str, description: str) -> str:
    """One resource for each input of a kind, each with its own input set."""
    cls, table = TABLES[kind]
    common = {"key_manager": "Asgardeo"} if kind == "ApplicationClient" else {}
    declared: dict[str, dict[str, Any]] = {}
    for field in sorted(set(table) - replacing(kind)):
        name = field.replace("_", "-")
        declared[name] = {**common, **base(kind, field), field: filled(table[field].first, name)}
    return PROGRAM.format(description=description, declared=json.dumps(declared), cls=cls, how=how)


@pytest.mark.usefixtures("what_is_referred_to")
@pytest.mark.parametrize("how", ["late", WHOLE], ids=["leaves", "whole"])
@pytest.mark.parametrize("kind", ["Api", "Application", "ApplicationClient", "Role"])
def test_unknown_values_pass_through_a_preview(stage: Stage, kind: str, how: str) -> None:
    """Nothing is refused, nothing sent, and nothing threatened that up does not do."""
    stage.program(program(kind, how, "first"))
    assert set(stage.ops("preview").values()) == {"create"}
    assert len(stage.sandbox.ledger) == 0
    assert set(stage.ops("up").values()) == {"create"}

    mark = stage.sandbox.ledger.mark()
    stage.program(program(kind, how, "second"))
    assert set(stage.ops("preview").values()) <= {"update", "same"}
    assert stage.sandbox.ledger.mark() == mark
    ops = stage.ops("up")
    assert ops.pop("source") == "update"
    assert set(ops.values()) == {"same"}
    stage.gone()


def test_a_secret_that_is_given_is_sealed_in_the_state(stage: Stage) -> None:
    """As an input and as an output, also where the program did not say that it is one."""
    stage.program(
        """
import pulumi_asgardeo_bijira as wso2

wso2.BijiraApplicationClient("client", client_id="c", key_manager="Asgardeo", client_secret="hunter2-given")
"""
    )
    stage.up()
    entry = stage.resources()["client"]
    assert "ciphertext" in entry["inputs"]["clientSecret"]
    assert "ciphertext" in entry["outputs"]["clientSecret"]
    assert "hunter2" not in json.dumps(stage.engine.export())
    stage.gone()


def test_a_class_of_ones_own_is_the_same_resource(stage: Stage) -> None:
    """Deriving a class changes no type, so nothing is replaced."""
    text = "import pulumi_asgardeo_bijira as wso2\n{0}\n{1}('orders', identifier='urn:orders')\n"
    stage.program(text.format("", "wso2.AsgardeoApi"))
    stage.up()
    stage.program(text.format("class Ours(wso2.AsgardeoApi): pass", "Ours"))
    assert stage.up() == {"orders": "same"}
    stage.gone()


def test_the_import_option_is_refused_in_one_line(stage: Stage) -> None:
    """With both ways that work."""
    stage.program(
        """
import pulumi
import pulumi_asgardeo_bijira as wso2

wso2.AsgardeoApi("orders", pulumi.ResourceOptions(import_="3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10"), identifier="urn:o")
"""
    )
    failed = stage.engine.preview()
    assert not failed.ok
    assert "Traceback" not in failed.diagnostics
    (line,) = [line for line in failed.diagnostics.splitlines() if "import_" in line]
    assert "adopt to true" in line
    assert "asgardeo-bijira import" in line
    assert len(stage.sandbox.ledger) == 0
