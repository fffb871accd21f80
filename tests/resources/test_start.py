"""A provider's process imports and builds what it serves, when it serves it: this is most of what its start costs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from typing import Any

import pytest
from asgardeo_bijira_sandbox import Sandbox
from pulumi_asgardeo_bijira.deferred_model import DeferredModel
from pulumi_asgardeo_bijira.settings import sandbox_environment

#: One resource in a process of its own, as the dynamic host leads it; after each step what is there of it by then.
LIFE = """
import gc, json, os, ssl, sys
from pulumi.dynamic import Config, ConfigureRequest
from pulumi_asgardeo_bijira.dynamic import load

def tell(step):
    from pulumi_asgardeo_bijira.deferred_model import DeferredModel

    def derived(model):
        return [model, *(one for below in model.__subclasses__() for one in derived(below))]

    built = sorted(one.__name__ for one in derived(DeferredModel) if one.__pydantic_complete__)
    contexts = sum(isinstance(one, ssl.SSLContext) for one in gc.get_objects())
    frozen = gc.get_freeze_count()
    told = {"step": step, "modules": sorted(sys.modules), "built": built, "contexts": contexts, "frozen": frozen}
    print(json.dumps(told))

kind, inputs, settings = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
provider = load(kind)
provider.configure(ConfigureRequest(Config(settings, "trial")))
tell("configured")
checked = provider.check({}, inputs)
assert not checked.failures, checked.failures
tell("checked")
provider.diff("3c2b5a8e-0d3f-4b55-9a53-1f5c1d2e7a10/wso2/PRODUCTION", checked.inputs, checked.inputs)
tell("compared")
if "ASGARDEO_BIJIRA_SANDBOX" in os.environ:
    provider.create(checked.inputs)
    tell("created")
"""
#: What sends requests, and what keeps count of them.
SENDING = ("httpx", "httpcore", "sqlite3")
HANDLER = r"pulumi_asgardeo_bijira\.resources\.\w+\.handler"
#: For each resource inputs of one, the folders of the handlers that serve it, and the models that check it.
KINDS: dict[str, tuple[dict[str, Any], set[str], list[str]]] = {
    "Api": ({"name": "orders", "identifier": "urn:orders"}, {"api"}, ["ApiInputs"]),
    "Application": ({"name": "orders"}, {"application", "api"}, ["AccessToken", "ApplicationInputs"]),
    "ApplicationClient": (
        {"applicationName": "orders", "clientId": "abc"},
        {"application_client"},
        ["ClientInputs"],
    ),
    "KeyManager": ({"name": "orders", "organization": "acme"}, {"key_manager"}, ["KeyManagerInputs"]),
    "Role": ({"name": "orders", "permissions": ["orders:read"]}, {"role"}, ["RoleInputs"]),
}
SETTINGS = {
    "asgardeo:organization": "acme",
    "asgardeo:clientId": "abc",
    "asgardeo:clientSecret": "hunter2",
    "bijira:baseUrl": "https://apim.acme.com/api/am/devportal/v3",
    "bijira:tokenUrl": "https://apim.acme.com/oauth2/token",
    "bijira:clientId": "abc",
    "bijira:clientSecret": "hunter2",
}


def steps(kind: str, **environment: str) -> dict[str, dict[str, Any]]:
    """What a process of its own has imported and built after each step."""
    command = [sys.executable, "-c", LIFE, kind, json.dumps(KINDS[kind][0]), json.dumps(SETTINGS)]
    outside = {key: value for key, value in os.environ.items() if not key.startswith(("ASGARDEO_", "BIJIRA_"))}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**outside, **environment})
    assert done.returncode == 0, done.stderr
    return {one["step"]: one for one in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("kind", KINDS)
def test_what_serves_one_resource_is_all_that_is_imported_and_built(kind: str) -> None:
    """Its models are built once they are used, and no document of the platform's before there is a request."""
    _, folders, models = KINDS[kind]
    found = steps(kind)
    imported = {name.split(".")[2] for name in found["checked"]["modules"] if re.fullmatch(HANDLER, name)}
    assert imported == folders
    assert found["configured"]["built"] == []
    assert found["configured"]["frozen"], "the collector looks through what does not go"
    assert found["checked"]["built"] == models
    assert not {*SENDING} & {*found["compared"]["modules"]}, "a preview sends nothing"


def test_what_sends_is_imported_by_the_first_request_and_nothing_is_made_to_encrypt_what_is_plain() -> None:
    """Reading the certificates of the authorities takes as long as a request, and a sandbox has none."""
    with Sandbox() as sandbox:
        found = steps("Api", **sandbox_environment(sandbox.url))
    assert "httpx" not in found["compared"]["modules"]
    assert "httpx" in found["created"]["modules"]
    assert found["created"]["contexts"] == 0
    documents = {"ApiResource", "ApiSettings", "TokenAnswer"}
    assert documents & {*found["compared"]["built"]} == set()
    assert documents <= {*found["created"]["built"]}


def test_a_model_is_built_by_one_thread_alone() -> None:
    """The host serves four operations at once, and the first of each uses the model."""
    builders = []

    class Row(DeferredModel):
        number: int

        @classmethod
        def __pydantic_on_complete__(cls) -> None:
            builders.append(threading.current_thread())

    gate = threading.Barrier(8)
    found = []

    def make() -> None:
        gate.wait()
        found.append(Row.model_validate({"number": 5}))

    threads = [threading.Thread(target=make) for _ in range(gate.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [Row(number=5)] * gate.parties
    assert len(builders) == 1
