"""Look-ups, as functions of the plugin."""

from ..naming import camel
from ..resources import Platforms
from ..resources.lookups import handlers
from ..resources.lookups.declarations import LOOK_UPS
from ..resources.schema import PropertyMap
from ..resources.validation import check
from ..transport import InvalidInput

__all__ = ("look_up",)

_ARGUMENTS = {camel(one.function): one.arguments for one in LOOK_UPS}


def look_up(function: str, given: PropertyMap, platforms: Platforms) -> PropertyMap:
    """What exists by what people call it."""
    if function not in _ARGUMENTS:
        raise InvalidInput(
            "is no function of this plugin", subject=function, action=f"There are: {', '.join(_ARGUMENTS)}"
        )
    model = _ARGUMENTS[function]
    checked = check(model, given)
    if checked.failures:
        raise InvalidInput("; ".join(checked.failures), subject=f"{function}:", action="Correct the arguments")
    arguments = {
        name: checked.inputs[model.key(name)] for name in model.model_fields if model.key(name) in checked.inputs
    }
    return handlers.look_up(function, platforms, arguments)
