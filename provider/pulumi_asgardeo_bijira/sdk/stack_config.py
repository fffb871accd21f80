"""The stack's settings of this package, as the program sees them."""

from collections.abc import Mapping

import pulumi

__all__ = ("stack_config",)


def stack_config() -> Mapping[str, str]:
    """By their keys."""
    from ..settings import all_keys

    found = {key: pulumi.runtime.get_config(key) for key in sorted(all_keys())}
    return {key: value for key, value in found.items() if value is not None}
