"""What must hold after every operation."""

from tests.support.host import Life, PropertyMap

__all__ = ("settled",)


def settled(life: Life, inputs: PropertyMap) -> None:
    """Nothing more to do, before and after a refresh, and finding that out sends nothing."""
    mark = life.sandbox.ledger.mark()
    assert life.preview(inputs) == "same", (life.inputs, life.check(inputs))
    assert life.sandbox.ledger.mark() == mark
    before = (life.inputs, life.outputs)
    assert life.refresh() == "same", (before, (life.inputs, life.outputs))
    assert life.preview(inputs) == "same"
