"""Generation that depends on nothing but its seed."""

from __future__ import annotations

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

__all__ = ("BACKEND",)

#: What a test names in its settings to be generated for so.
BACKEND = "steady"


class SteadyProvider(HypothesisProvider):
    """Draws no constants: Hypothesis takes them from the source that is imported, so that each line changed there would
    change what is generated."""

    def _maybe_draw_constant(self, *_: object, **__: object) -> None:
        """None."""


AVAILABLE_PROVIDERS[BACKEND] = SteadyProvider
