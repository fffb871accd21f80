"""A message spells names as whoever reads it does: a program in Python, or one of any language that has the plugin."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pulumi_asgardeo_bijira
import pytest
from pulumi_asgardeo_bijira.naming import PYTHON, SCHEMA, camel, flat, speak
from pulumi_asgardeo_bijira.resources import resource_handlers
from pulumi_asgardeo_bijira.resources.schema import nested_model
from pulumi_asgardeo_bijira.settings import AsgardeoSettings, Settings, all_keys
from pulumi_asgardeo_bijira.transport import ConfigurationProblem, InvalidInput

from tests.resources.test_check import GOOD, MISTAKES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

PACKAGE = Path(pulumi_asgardeo_bijira.__file__).parent
#: Whose messages both a program in Python and one with the plugin can meet.
SPEAKERS = ("resources", "clients", "settings", "transport", "invocation.py", "serving", "wiring.py", "explanation")
#: What is called with text of the documentation, which has a spelling of its own.
DOCUMENTED = {"Component", "Declaration", "Default", "Effect", "Field", "LookUp", "PartOfId", "setting"}


def properties(model: type[BaseModel]) -> Iterator[str]:
    """The names of a declaration's properties, at every depth."""
    for name, field in model.model_fields.items():
        yield name
        inner, _ = nested_model(field)
        if inner:
            yield from properties(inner)


HANDLERS = resource_handlers()
NAMES = frozenset(
    name
    for handler in HANDLERS.values()
    for model in (handler.inputs, handler.outputs)
    for name in properties(model)
    if "_" in name
)
_ALTERNATIVES = "|".join(sorted((*NAMES, *all_keys()), key=len, reverse=True))
NAME = re.compile(rf"(?<![\w:])(?:{_ALTERNATIVES}|get_[a-z]+|depends_on)(?!\w|:\w)")
PYTHON_ONLY = re.compile(r"=(True|False|None)\b|\b\w+=['\"]\w|\bopts\b|ResourceOptions")


def documentation(tree: ast.AST) -> set[int]:
    """What in a module is text for a document, or a value."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            found |= {id(one.value) for one in node.body if isinstance(one, ast.Expr)}
        elif (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal") or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in DOCUMENTED
        ):
            found |= {id(one) for one in ast.walk(node)}
    return found


def prose(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each text of a module that may be shown, with its line; `{}` where a value is put in."""
    others = documentation(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            others |= {id(part) for part in node.values}
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if id(node) not in others and " " in text.strip():
            yield node.lineno, text


def misspelt(tree: ast.AST) -> Iterator[str]:
    """The names that stand in a text as one kind of reader alone knows them."""
    for line, text in prose(tree):
        plain = re.sub("`[^`]*`", "", text)
        yield from (f"{line}: {found[0]}" for pattern in (NAME, PYTHON_ONLY) for found in pattern.finditer(plain))


def in_schema(line: str) -> str:
    """A line for a program in Python, with the schema's names; what stands in quotes is a value."""
    parts = line.split("'")
    return "'".join(NAME.sub(lambda name: camel(name[0]), part) if i % 2 == 0 else part for i, part in enumerate(parts))


@pytest.fixture
def _for_users_of_the_plugin() -> Iterator[None]:
    speak(SCHEMA)
    yield
    speak(PYTHON)


@pytest.mark.parametrize("folder", SPEAKERS)
def test_every_name_in_a_message_is_marked(folder: str) -> None:
    """Else it stays as Python has it, and whoever writes TypeScript looks for a property that there is not."""
    found = {
        f"{path.relative_to(PACKAGE)}:{wrong}"
        for path in sorted((PACKAGE / folder).rglob("*.py")) or [PACKAGE / folder]
        for wrong in misspelt(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_the_walk_finds_what_it_looks_for() -> None:
    """A rule that nothing can break holds nothing."""
    wrong = """
def one():
    "Set key_manager."
    raise InvalidInput(f"has no key_manager {x}", action="Check asgardeo:baseUrl, `bijira:baseUrl` or get_user")
    yield "set adopt=True to adopt it", 'use plan="Gold" for it'
    setting("What key_manager says.")
"""
    assert list(misspelt(ast.parse(wrong))) == [
        "4: key_manager",
        "4: asgardeo:baseUrl",
        "4: get_user",
        "5: =True",
        '5: plan="G',
    ]


@pytest.mark.usefixtures("_for_users_of_the_plugin")
@pytest.mark.parametrize(("kind", "change", "line"), MISTAKES)
def test_each_mistake_names_the_properties_of_the_schema(kind: str, change: dict[str, Any], line: str) -> None:
    """The same line as for a program in Python, but for the names in it."""
    found = HANDLERS[kind].check({**GOOD[kind], **change}).failures
    assert not [failure for failure in found if NAME.search("".join(failure.split("'")[::2]))]
    assert [failure for failure in found if in_schema(line) in failure], found


@pytest.mark.usefixtures("_for_users_of_the_plugin")
def test_a_setting_is_said_as_the_plugin_has_it() -> None:
    """What is advised can be typed as it is; the environment's variables are the same for all."""
    line = "Set it: pulumi config set --secret asgardeo-bijira:asgardeoClientSecret …, or ASGARDEO_CLIENT_SECRET=…"
    assert line in str(AsgardeoSettings().missing("client_secret"))
    with pytest.raises(
        ConfigurationProblem, match="asgardeo-bijira:bijiraGrantType and asgardeo-bijira:bijiraPassword"
    ):
        _ = Settings({"bijira:grantType": "client_credentials", "bijira:password": "x"}, {}).bijira.auth_method
    both = InvalidInput("x", action="Check `*:baseUrl`")
    assert str(both) == "x. Check asgardeo-bijira:asgardeoBaseUrl or asgardeo-bijira:bijiraBaseUrl"


def test_a_message_has_one_spelling_for_each_reader() -> None:
    """Property, path, function, setting; what is no name stays."""
    text = "Set `access_token.binding_type` or `bijira:keyManager`, which `get_key_manager` finds; see `*:baseUrl`: a`b"
    assert PYTHON(text) == (
        "Set access_token.binding_type or bijira:keyManager, which get_key_manager finds; see baseUrl: a`b"
    )
    assert SCHEMA(text) == (
        "Set accessToken.bindingType or asgardeo-bijira:bijiraKeyManager, which getKeyManager finds; "
        "see asgardeo-bijira:asgardeoBaseUrl or asgardeo-bijira:bijiraBaseUrl: a`b"
    )
    assert flat("asgardeo:organization") == "asgardeoOrganization"
