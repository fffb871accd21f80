"""What a declaration lets pass the sandbox does not refuse for its form, and what it refuses the sandbox refuses too.

Every text that can be declared is walked: which characters it may have, and how long it may be.
"""

from __future__ import annotations

import copy
import string
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.clients.bijira import NewApplication
from pulumi_asgardeo_bijira.resources import Lifecycle, Platforms, platforms_for, resource_handlers
from pulumi_asgardeo_bijira.resources.handler import Unsupported
from pulumi_asgardeo_bijira.settings import Settings, sandbox_environment
from pulumi_asgardeo_bijira.transport import Problem, operation
from pydantic import ValidationError

from tests.support.fields import FIELDS, Field, at
from tests.support.referred import add_apis, add_bijira, add_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asgardeo_bijira_sandbox import Sandbox

CHARACTERS = string.punctuation + " é漢😀\u00a0"
LONGEST = 5000
#: What must name something that is there, as the platform says of any that does not, or what more must follow from.
REFERRING = {
    "Application.access_token.access_token_attributes",
    "Application.authorized_apis.authorization_details_types",
    "Application.authorized_apis.scopes",
    "ApplicationClient.application_id",
    "ApplicationClient.key_manager",
    "ApplicationClient.subscriptions.api_id",
    "ApplicationClient.subscriptions.api_name",
    "ApplicationClient.subscriptions.api_version",
    "ApplicationClient.subscriptions.plan",
    "ApplicationClient.throttling_policy",
    "KeyManager.endpoints.token_endpoint",
    "KeyManager.type",
    "Role.permissions",
}
#: How long a name and a text may be where no platform says it.
OUR_OWN = (255, 2048)
#: Of which the declarations refuse characters although the sandbox takes them, and why.
STRICTER = {
    "Api.scopes.name": "a blank separates scopes wherever they are asked for",
    "KeyManager.organization": "it becomes a part of addresses",
}


@pytest.fixture(params=sorted(resource_handlers()))
def kind(request: pytest.FixtureRequest) -> str:
    """Each resource."""
    found: str = request.param
    return found


@pytest.fixture
def platforms(kind: str, sandbox: Sandbox) -> Platforms:
    """Both platforms, with all that the examples refer to."""
    add_apis(sandbox, with_scopes=kind != "Api")
    add_bijira(sandbox)
    if kind == "Role":
        add_people(sandbox)
    address = {"BIJIRA_BASE_URL": "https://apim.example.com/api/am/devportal/v3"} if kind == "KeyManager" else {}
    return platforms_for(Settings({}, sandbox_environment(sandbox.url) | address))


class Text:
    """A field that holds a text, and what becomes of a value of it."""

    def __init__(self, field: Field, platforms: Platforms) -> None:
        self.field, self.platforms = field, platforms
        self.inputs = field.pair()[0]
        found = at(self.inputs, field.keys)
        while isinstance(found, list):
            found = found[0]
        self.example: Any = found
        self.lifecycle = Lifecycle(field.handler, lambda: platforms)
        self.stem = "xx" if isinstance(found, str) and self.passes("xx") else str(found)

    def having(self, text: str) -> dict[str, Any]:
        """Inputs with this text in place of the example."""
        found: Any = copy.deepcopy(self.inputs)
        _put(found, self.field.keys, text)
        inputs: dict[str, Any] = found
        return inputs

    def passes(self, text: str) -> bool:
        """Whether a preview lets it pass."""
        return not self.lifecycle.check(self.having(text)).failures

    def is_refused(self, text: str) -> bool:
        """Whether the sandbox refuses it, whatever the declaration says; what was made goes again."""
        inputs = self.having(text)
        try:
            made = self.lifecycle.create(inputs)
        except Unsupported:
            try:
                with operation():
                    application = self.platforms.bijira.create_application(NewApplication(name=text))
                    self.platforms.bijira.delete_application(application.id)
            except Problem:
                return True
            return False
        except Problem:
            return True
        except ValidationError:  # of what was made, by ourselves, and taken back
            return False
        with operation():
            self.field.handler.delete(self.platforms, made.id, inputs | made.outputs)
        return False

    def longest(self) -> int:
        """How many characters more than its stem it may have."""
        low, high = 0, LONGEST
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.passes(self.stem + "x" * middle) else (low, middle - 1)
        return low


def _put(value: Any, keys: tuple[str, ...], text: str) -> None:
    """Put the text there, in the first item of each list."""
    key, rest = keys[0], keys[1:]
    if not rest:
        value[key] = [text] if isinstance(value.get(key), list) else text
        return
    below = value[key]
    _put(below[0] if isinstance(below, list) else below, rest, text)


def texts(kind: str, platforms: Platforms) -> Iterator[Text]:
    """Every text of a resource of which a form is looked at: no closed set, no id."""
    for field in FIELDS:
        if field.handler.name == kind:
            one = Text(field, platforms)
            if isinstance(one.example, str) and one.passes(one.stem + "x"):
                yield one


def test_declaration_and_sandbox_agree_about_texts(kind: str, platforms: Platforms) -> None:
    """Character by character, and at the longest."""
    refused, taken, referring = list[str](), list[str](), set[str]()
    for one in texts(kind, platforms):
        name = str(one.field)
        if one.is_refused(one.stem + "x"):
            referring.add(name)
            continue
        passing = [c for c in CHARACTERS if one.passes(f"{one.stem}{c}x")]
        together = one.stem + "".join(passing) + "x"
        if one.passes(together) and one.is_refused(together):
            refused.append(f"{name}: {together}")
        longest = one.longest()
        if longest < LONGEST:
            if one.is_refused(one.stem + "x" * longest):
                refused.append(f"{name}: {longest} characters")
            most = len(one.stem) + longest
            if most not in OUR_OWN and not one.is_refused(one.stem + "x" * (longest + 1)):
                taken.append(f"{name}: {most}")
        if one.stem == "xx":
            others = (c for c in CHARACTERS if c not in passing)
            taken += [f"{name}: {c}" for c in others if not one.is_refused(f"{one.stem}{c}x")]
    assert refused == []
    assert {row.partition(":")[0] for row in taken} == {row for row in STRICTER if row.startswith(f"{kind}.")}, taken
    assert referring == {row for row in REFERRING if row.startswith(f"{kind}.")}
