"""The page of messages has each line as it is raised, read from the source without running it."""

from __future__ import annotations

import ast

from tools.generate.messages import messages_page
from tools.generate.sayings import Module, Scope, texts

SOURCE = """
NEXT = "Run it again"

def raised(name, why="is gone"):
    cause = f"{name} {why}" if name else "nothing is there"
    return problem(cause, NEXT + ". " + advice(2), other(name))

def advice(number):
    return f"Look at {number}" if number else "Look"
"""


def test_what_a_text_will_say_is_read_from_its_source() -> None:
    """Each form of it: of a constant, of a name that is assigned, of what another function returns; … for the rest."""
    module = Module("trial.py", ast.parse(SOURCE))
    function = module.functions[0]
    call = next(node for node in ast.walk(function) if isinstance(node, ast.Call))
    scope = Scope(module, function)
    assert [texts(argument, scope) for argument in call.args] == [
        ["… …", "nothing is there"],
        ["Run it again. Look at …", "Run it again. Look"],
        ["…"],
    ]
    given = scope.called(ast.parse("raised('The API', 'is there')", mode="eval").body, Scope(module))  # type: ignore[arg-type]
    assert texts(call.args[0], given) == ["The API is there", "nothing is there"]


def test_every_kind_of_message_is_on_the_page() -> None:
    """A problem by the words of its caller, a value that is refused, a warning, and the advice on a platform's code."""
    page = "\n".join(messages_page())
    for line in (
        "| `…` may hold letters, digits, dots, hyphens and underscores only | Set it: pulumi config set",
        "| `api_name` is required unless `api_id` is given | Correct the program |",
        "| warning: ",
        "| `APP-60507` | Check `api_id`: it is the id of an API resource, not its identifier |",
    ):
        assert line in page
