"""Look-ups in a unit test of a user's program, where mocks stand for the engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from asgardeo_bijira_sandbox import Sandbox
from pulumi_asgardeo_bijira.settings import sandbox_environment

UNIT_TEST = """
import json
import pulumi

calls = []

class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return f"{args.name}-id", args.inputs

    def call(self, args):
        calls.append([args.token, args.args])
        return {
            "asgardeo-bijira:index:getApi": {"id": "api-1", "scopes": [{"name": "read", "displayName": "Read"}]},
            "asgardeo-bijira:index:getApplication": {"clientId": "client-1"},
            "asgardeo-bijira:index:getKeyManager": {"tokenEndpoint": "https://example.com/token"},
            "asgardeo-bijira:index:getBijiraApi": {"version": "2"},
            "asgardeo-bijira:index:getRole": {"id": "role-1"},
            "asgardeo-bijira:index:getGroup": {"name": "DEFAULT/staff"},
            "asgardeo-bijira:index:getUser": {"username": "DEFAULT/ann"},
        }[args.token]

pulumi.runtime.set_mocks(Mocks())

import pulumi_asgardeo_bijira as wso2

@pulumi.runtime.test
def test():
    asked = wso2.AsgardeoApi("api", identifier="urn:orders").identifier
    found = pulumi.Output.all(
        wso2.get_api(identifier=asked),
        wso2.get_application(name="shop", provider=wso2.Provider("second", asgardeo={"organization": "second"})),
        wso2.get_key_manager(),
        wso2.get_bijira_api(name="Orders", version="2"),
        wso2.get_role(name="reader"),
        wso2.get_group(name="staff"),
        wso2.get_user(username="ann"),
    )

    def look(found):
        api, application, manager, published, role, group, user = found
        assert api.id == "api-1" and api.name is None
        assert api.scopes == [wso2.ScopeResult("read", "Read", None)]
        assert application.client_id == "client-1"
        assert manager.token_endpoint == "https://example.com/token"
        assert published.version == "2"
        assert (role.id, group.name, user.username) == ("role-1", "DEFAULT/staff", "DEFAULT/ann")

    return found.apply(look)

test()
print(json.dumps(sorted(calls)))
"""


def test_mocks_answer_and_nothing_is_sent() -> None:
    """A unit test needs neither an account nor a network, and sees what the program asked for."""
    with Sandbox() as sandbox:
        environment = {**os.environ, **sandbox_environment(sandbox.url)}
        done = subprocess.run(
            [sys.executable, "-c", UNIT_TEST], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert sandbox.ledger.mark() == 0
    assert json.loads(done.stdout) == [
        ["asgardeo-bijira:index:getApi", {"identifier": "urn:orders"}],
        ["asgardeo-bijira:index:getApplication", {"name": "shop"}],
        ["asgardeo-bijira:index:getBijiraApi", {"name": "Orders", "version": "2"}],
        ["asgardeo-bijira:index:getGroup", {"name": "staff"}],
        ["asgardeo-bijira:index:getKeyManager", {}],
        ["asgardeo-bijira:index:getRole", {"name": "reader"}],
        ["asgardeo-bijira:index:getUser", {"username": "ann"}],
    ]
