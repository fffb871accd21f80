"""A program that signs in in each way, on each engine, to platforms that are reached by address as real ones are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from asgardeo_bijira_sandbox import left_behind
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE

from tests.programs.stack import Stage
from tests.sandbox.conftest import token
from tests.support.addresses import MANAGEMENT, addresses, asgardeo_endpoint, register
from tests.support.engines import make_project
from tests.support.keys import assertion, certified_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from asgardeo_bijira_sandbox import Sandbox
    from pulumi_asgardeo_bijira.rehearsal.engines import Engine, Project

KEY = certified_key()[0]
PROGRAM = """
import pulumi
import pulumi_asgardeo_bijira as wso2

secured = wso2.SecuredApi(
    "orders",
    identifier="https://api.acme.com/orders",
    scopes=[{"name": "orders:read"}],
    subscriptions=[{"api_name": "Orders API", "api_version": "1.0.0", "plan": "Gold"}],
)
"""
WITH_PROVIDER = """
import os
import pulumi
import pulumi_asgardeo_bijira as wso2

tenant = wso2.Provider("tenant", asgardeo={"private_key": os.environ["KEY_OF_THE_VAULT"], "key_id": "k1"})
api = wso2.AsgardeoApi("orders", pulumi.ResourceOptions(provider=tenant), identifier="https://api.acme.com/orders")
"""


@dataclass
class Pipeline:
    """What a pipeline brings: variables, and files that it writes before each run."""

    sandbox: Sandbox
    folder: Path
    secrets: list[str] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        """Asgardeo's token endpoint."""
        return asgardeo_endpoint(self.sandbox)

    def stage(self, start: Callable[[Project], Engine], **variables: str) -> Stage:
        """A program's stage with these variables and no sandbox that stands for the platforms."""
        environment = {SANDBOX_VARIABLE: "", **addresses(self.sandbox), **variables}
        return Stage(self.folder, start, self.sandbox, **environment)

    def file(self, name: str, content: str) -> str:
        """A file of the pipeline's."""
        path = self.folder / name
        path.write_text(content)
        return str(path)

    def subject(self) -> str:
        """A token of the identity provider's."""
        self.secrets.append(token(self.endpoint, "SYSTEM"))
        return self.secrets[-1]

    def renew(self) -> None:
        """What the pipeline writes anew before each run."""
        self.secrets.append(assertion(MANAGEMENT, self.endpoint))
        self.file("assertion", self.secrets[-1])


def by_secret(_: Pipeline) -> dict[str, str]:
    """Secrets on both sides."""
    return {"ASGARDEO_CLIENT_SECRET": "sandbox-secret", "BIJIRA_CLIENT_SECRET": "sandbox-secret"}


def by_key(pipeline: Pipeline) -> dict[str, str]:
    """A key, and a token that is exchanged by a client with a secret."""
    subject = {"BIJIRA_SUBJECT_TOKEN": pipeline.subject(), "BIJIRA_CLIENT_SECRET": "sandbox-secret"}
    return {"ASGARDEO_PRIVATE_KEY": KEY, **subject}


def by_files(pipeline: Pipeline) -> dict[str, str]:
    """A key in a file, and a token in a file that a public client exchanges: no secret in any setting."""
    return {
        "ASGARDEO_PRIVATE_KEY_FILE": pipeline.file("key.pem", KEY),
        "BIJIRA_CLIENT_ID": "sandbox-public",
        "BIJIRA_SUBJECT_TOKEN_FILE": pipeline.file("token", pipeline.subject()),
    }


def by_assertion(pipeline: Pipeline) -> dict[str, str]:
    """An assertion that somebody else signs, and a token of Bijira's own."""
    given = token(f"{pipeline.sandbox.url}/oauth2/token", "apim:subscribe apim:app_manage apim:sub_manage")
    pipeline.secrets.append(given)
    return {"ASGARDEO_CLIENT_ASSERTION_FILE": str(pipeline.folder / "assertion"), "BIJIRA_ACCESS_TOKEN": given}


def by_token(pipeline: Pipeline) -> dict[str, str]:
    """A given token, and a user's password."""
    user = {"BIJIRA_USERNAME": "ada", "BIJIRA_PASSWORD": "hunter2-password", "BIJIRA_CLIENT_SECRET": "sandbox-secret"}
    return {"ASGARDEO_ACCESS_TOKEN": pipeline.subject(), **user}


WAYS: dict[str, tuple[Callable[[Pipeline], dict[str, str]], int]] = {
    "secret": (by_secret, 2),
    "key": (by_key, 2),
    "files": (by_files, 2),
    "assertion": (by_assertion, 1),
    "token": (by_token, 1),
}


@pytest.fixture
def pipeline(sandbox: Sandbox, tmp_path: Path) -> Pipeline:
    """A pipeline."""
    return Pipeline(sandbox, tmp_path)


def tokens_of(stage: Stage, mark: int) -> int:
    """The sign-ins since then."""
    return sum(exchange.platform == "token" for exchange in stage.sandbox.ledger.since(mark))


@pytest.mark.parametrize("way", WAYS)
def test_each_way_brings_a_program_up_and_down(
    pipeline: Pipeline, engine: Callable[[Project], Engine], way: str
) -> None:
    """One sign-in for each platform that has one, none where nothing changes, and no secret in the state."""
    bring, sign_ins = WAYS[way]
    variables = bring(pipeline)
    if way in ("key", "files", "assertion"):
        register(pipeline.sandbox)
    stage = pipeline.stage(engine, **variables)
    stage.program(PROGRAM)
    pipeline.renew()
    mark = stage.sandbox.ledger.mark()
    assert set(stage.ops("up").values()) == {"create"}
    assert tokens_of(stage, mark) == sign_ins
    mark = stage.sandbox.ledger.mark()
    assert set(stage.ops("up").values()) == {"same"}
    stage.done("preview")
    assert stage.sandbox.ledger.mark() == mark, "nothing was sent, and no token was asked for"
    state = str(stage.engine.export())
    secrets = [*pipeline.secrets, *KEY.splitlines()[1:-1], "sandbox-secret", "hunter2-password"]
    assert not [secret for secret in secrets if secret in state]
    pipeline.renew()
    stage.gone()


def test_an_instance_keeps_its_key_sealed(pipeline: Pipeline, engine: Callable[[Project], Engine]) -> None:
    """What a provider is given lies in the state, encrypted."""
    register(pipeline.sandbox)
    variables = {"KEY_OF_THE_VAULT": KEY, "ASGARDEO_CLIENT_SECRET": "another way, which the argument overrides"}
    stage = pipeline.stage(engine, **variables)
    stage.program(WITH_PROVIDER)
    assert stage.up() == {"orders": "create"}
    state = str(stage.engine.export())
    assert not [line for line in KEY.splitlines()[1:-1] if line in state]
    stage.gone()


def test_the_environment_repairs_a_stack_that_signs_in_in_another_way(
    pipeline: Pipeline, tmp_path: Path, engine: Callable[[Project], Engine]
) -> None:
    """Its secret has ended, and a destroy must not need a new one in the stack."""
    register(pipeline.sandbox)
    program = """
import pulumi_asgardeo_bijira as wso2

wso2.AsgardeoApi("orders", identifier="https://api.acme.com/orders")
"""
    project = make_project(
        tmp_path / "project",
        program,
        config={"asgardeo:clientId": MANAGEMENT, "asgardeo:clientSecret": "hunter2-ended"},
        secret_config=frozenset({"asgardeo:clientSecret"}),
        environment={
            SANDBOX_VARIABLE: "",
            **addresses(pipeline.sandbox),
            "ASGARDEO_CLIENT_ID": "",
            "ASGARDEO_PRIVATE_KEY": KEY,
        },
    )
    before = pipeline.sandbox.store.snapshot()
    running = engine(project)
    for command in (running.up, running.destroy):
        result = command()
        assert result.ok, result.diagnostics
    assert left_behind(before, pipeline.sandbox.store.snapshot()) == []


def test_two_ways_at_once_stop_an_up_in_one_line(pipeline: Pipeline, engine: Callable[[Project], Engine]) -> None:
    """Before anything is sent."""
    both = {"ASGARDEO_CLIENT_SECRET": "hunter2", "ASGARDEO_ACCESS_TOKEN": "hunter2"}
    stage = pipeline.stage(engine, **both)
    stage.program(PROGRAM)
    mark = stage.sandbox.ledger.mark()
    failed = stage.engine.up()
    assert not failed.ok
    assert "asgardeo:clientSecret and asgardeo:accessToken are two ways of signing in" in failed.diagnostics
    assert "hunter2" not in failed.diagnostics
    assert stage.sandbox.ledger.mark() == mark
