"""The commands, as processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from asgardeo_bijira_sandbox import Fault, Sandbox, Scenario, load_scenario, seed_store
from pulumi_asgardeo_bijira.rehearsal.hints import scenario_lines
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE
from pulumi_asgardeo_bijira.transport import Missing

from tests.support.command import command
from tests.support.engines import engines
from tests.support.subscribed import subscribe

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SEEDED = {
    "asgardeo": [
        {
            "apis": [{"identifier": "urn:o", "name": "O", "scopes": [{"name": "orders:read"}]}],
            "applications": [
                {
                    "name": "app",
                    "clientId": "client-1",
                    "clientSecret": "hunter2-client-secret",
                    "grantTypes": ["client_credentials", "password"],
                    "authorizedApis": [{"identifier": "urn:o", "scopes": ["orders:read"]}],
                }
            ],
            "users": [
                {"username": "ann", "password": "hunter2-password", "permissions": ["orders:read"]},
                {"username": "bob", "password": "hunter2-password"},
            ],
        }
    ]
}


def project(folder: Path, program: str, settings: str = "") -> Path:
    """A project of a user's."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(f"name: theirs\nruntime: python\n{settings}")
    (folder / "__main__.py").write_text(program)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """All files in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("engine", engines())
def test_the_guide_rehearses_and_tells_it_in_one_document(
    engine: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """What a pipeline reads, and as a page what people do."""
    page = tmp_path / "report.html"
    done = command("rehearse", str(ROOT), "--json", "--engine", engine, "--html", str(page))
    report: dict[str, Any] = json.loads(done.stdout)
    record_property("engine", report["engine"])
    assert done.returncode == 0, report
    assert report["ok"] is True
    assert report["left_behind"] == 0
    why = "the client may not use password or authorization_code"
    assert report["skipped"] == [{"name": "invoke-as-user", "reason": why, "missing": [], "ok": True}]
    steps = {step["name"]: step for step in report["steps"]}
    assert list(steps) == ["preview", "up", "invoke", "invoke-without-token", "up-again", "refresh", "destroy"]
    assert steps["invoke"]["status"] == 200
    assert steps["invoke-without-token"]["status"] == 401
    assert steps["up-again"]["changes"] == {"same": 4}
    nothing = {"asgardeo": 0, "bijira": 0, "token": 0, "gateway": 0}
    assert steps["preview"]["requests"] == steps["up-again"]["requests"] == nothing
    assert steps["up"]["requests"] == {**nothing, "asgardeo": 6, "bijira": 6, "token": 2}
    shown = page.read_text(encoding="utf-8")
    assert shown.count("<td>token</td>") == sum(step["requests"]["token"] for step in steps.values())
    assert all(f"<td>{name}</td>" in shown for name in (*steps, "invoke-as-user"))
    assert f"<td>{steps['up']['seconds']:.2f}</td>" in shown
    assert steps["up"]["seconds"] > 0
    assert "POST /t/sandbox/api/server/v1/api-resources" in shown
    assert "secret" not in shown.casefold()


def test_a_rehearsal_writes_nothing_into_the_users_folder_and_fails_with_what_is_wrong(tmp_path: Path) -> None:
    """A pull request that would break an environment is stopped, with the line that says why."""
    folder = project(
        tmp_path / "theirs",
        """
import pulumi, random
import pulumi_asgardeo_bijira as wso2

wso2.AsgardeoApi("orders", identifier="urn:orders", description=str(random.random()))
""",
    )
    before = files(folder)
    done = command("rehearse", str(folder))
    assert done.returncode == 1
    assert "FAIL up-again" in done.stdout
    assert "skip invoke-without-token   the program has no output apiUrl" in done.stdout
    assert "nothing should have changed: update" in done.stdout
    assert files(folder) == before


TWO_TENANTS = """
import pulumi
import pulumi_asgardeo_bijira as wso2

second = wso2.Provider("second", asgardeo={"organization": "globex", "client_id": "x", "client_secret": "y"})
wso2.AsgardeoApi("first", identifier="urn:a")
wso2.AsgardeoApi("second", pulumi.ResourceOptions(provider=second), identifier="urn:a")
"""
OUTPUTS = ["tokenEndpoint", "clientId", "clientSecret", "apiUrl"]


def test_what_was_not_tried_is_no_part_of_what_is_well(tmp_path: Path) -> None:
    """An API that nobody calls, and an organisation that nothing but the program names. When strict, that fails."""
    folder = project(tmp_path / "theirs", TWO_TENANTS)
    done = command("rehearse", str(folder))
    assert done.returncode == 0, done.stdout
    assert f"skip invoke                 the program has no output {', '.join(OUTPUTS)}" in done.stdout
    assert "warning: the organisation globex is named by the program alone" in done.stdout
    assert f"all is well as far as it was tried; export {', '.join(OUTPUTS)} to try the rest" in done.stdout
    strict = command("rehearse", str(folder), "--strict", "--json")
    report: dict[str, Any] = json.loads(strict.stdout)
    assert strict.returncode == 1
    assert report["ok"] is False
    assert next(one["missing"] for one in report["skipped"] if not one["ok"]) == OUTPUTS
    assert [step["name"] for step in report["steps"] if not step["ok"]] == ["up"]


def test_a_scenario_that_names_organisations_has_no_others(tmp_path: Path) -> None:
    """A mistyped one fails as on the platform, be it in the settings or in an explicit provider."""
    folder = project(tmp_path / "theirs", TWO_TENANTS)
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text("asgardeo:\n  - organization: acme\n  - organization: globe\n")
    done = command("rehearse", str(folder), "--scenario", str(scenario), "--config", "asgardeo:organization=acmee")
    assert done.returncode == 1
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert all(f"- organization: {json.dumps(name)}" in lines for name in ("acmee", "globex"))
    scenario.write_text("asgardeo:\n  - organization: acme\n  - organization: globex\n")
    both = command("rehearse", str(folder), "--scenario", str(scenario), "--config", "asgardeo:organization=acme")
    assert both.returncode == 0, both.stdout
    assert "warning" not in both.stdout


def test_a_missing_object_comes_with_the_lines_that_a_scenario_needs(tmp_path: Path) -> None:
    """The lines work when they are put into a file."""
    folder = project(
        tmp_path / "theirs",
        """
import pulumi_asgardeo_bijira as wso2

wso2.BijiraApplicationClient(
    "client", client_id="x", key_manager="Partners", subscriptions=[{"api_name": "Bills API", "api_version": "2.1"}]
)
""",
    )
    first = command("rehearse", str(folder), "--json")
    assert first.returncode == 1
    detail = json.loads(first.stdout)["steps"][1]["detail"]
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(detail[detail.index("bijira:\n") :])
    second = command("rehearse", str(folder), "--scenario", str(scenario))
    assert "Bijira has no published API Bills API" in second.stdout
    both = scenario_lines([Missing("key manager", "Partners"), Missing("API", "Bills API", "2.1")])
    scenario.write_text("\n".join(both[1:]))
    assert load_scenario(scenario).bijira[0].apis[0].version == "2.1"
    assert command("rehearse", str(folder), "--scenario", str(scenario)).returncode == 0


def test_a_missing_stack_comes_with_the_lines_that_a_scenario_needs(tmp_path: Path) -> None:
    """Of whatever organisation it is."""
    program = 'import pulumi\nurl = pulumi.StackReference("acme/network/prod").require_output("url")\n'
    folder = project(tmp_path / "theirs", program + 'pulumi.export("url", url)\n')
    scenario = tmp_path / "scenario.yaml"
    detail = json.loads(command("rehearse", str(folder), "--json").stdout)["steps"][0]["detail"]
    scenario.write_text(detail[detail.index("stacks:\n") :].replace("outputs: {}", "outputs: {url: https://net}"))
    done = command("rehearse", str(folder), "--scenario", str(scenario))
    assert done.returncode == 0, done.stdout
    scenario.write_text("stacks: {a: {outputs: {b: 1}, secretOutputs: [c]}}")
    wrong = command("rehearse", str(folder), "--scenario", str(scenario))
    assert "`secretOutputs` names c, which is not among the `outputs`" in wrong.stderr


def test_missing_people_come_with_the_lines_that_a_scenario_needs(tmp_path: Path) -> None:
    """By a name with its store or without; a group has the missing users, or else the one who signs in."""
    folder = project(
        tmp_path / "theirs",
        'import pulumi_asgardeo_bijira as wso2\nwso2.get_group(name="DEFAULT/clerks")\n',
        "config:\n  asgardeo:organization:\n    value: acme\n",
    )
    first = command("rehearse", str(folder), "--json")
    assert first.returncode == 1
    detail = json.loads(first.stdout)["steps"][0]["detail"]
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(detail[detail.index("asgardeo:\n") :])
    (group,) = load_scenario(scenario).asgardeo[0].groups
    assert (group.name, group.members) == ("clerks", ["sandbox-user"])
    assert command("rehearse", str(folder), "--scenario", str(scenario)).returncode == 0
    everything = [Missing("user", "DEFAULT/ann"), Missing("group", "clerks"), Missing("key manager", "Partners")]
    scenario.write_text("\n".join(scenario_lines(everything)[1:]))
    found = load_scenario(scenario)
    assert [user.username for user in found.asgardeo[0].users] == found.asgardeo[0].groups[0].members == ["ann"]
    assert found.bijira[0].key_managers[0].name == "Partners"


def test_configuration_comes_from_the_file_of_a_stack_and_from_the_command_line(tmp_path: Path) -> None:
    """Plain values as they are, placeholders for encrypted ones, and the command line above both."""
    folder = project(
        tmp_path / "theirs",
        """
import pulumi

config = pulumi.Config()
assert config.require("plain") == "from-stack", config.get("plain")
assert config.require("other") == "from-command-line"
assert config.require_secret("sealed") is not None
assert pulumi.Config("asgardeo").require("organization") == "acme"
""",
    )
    (folder / "Pulumi.dev.yaml").write_text(
        "config:\n  theirs:plain: from-stack\n  theirs:other: x\n  theirs:sealed:\n    secure: v1:abc\n"
        "  asgardeo:organization: acme\n"
    )
    done = command("rehearse", str(folder), "--stack", "dev", "--config", "other=from-command-line")
    assert done.returncode == 0, done.stdout
    assert "there is no Pulumi.prod.yaml" in command("rehearse", str(folder), "--stack", "prod").stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["rehearse", "/nowhere"], "there is no Pulumi.yaml in /nowhere"),
        (
            ["rehearse", ".", "--config", "x"],
            "--config takes key=value, for example --config asgardeo:organization=acme",
        ),
        (["rehearse", "examples/yaml", "--config", "x"], "--config asgardeo-bijira:asgardeoOrganization=acme, not x"),
        (["rehearse", ".", "--scenario", "/nowhere"], "/nowhere: No such file or directory"),
        (["rehearse", ".", "--engine", "x"], "there is no engine 'x'"),
        (["rehearse", ".", "--html", "/nowhere/x.html"], "--html /nowhere/x.html is in a folder that is not there"),
        (["invoke", "nonsense", "--token-endpoint", "http://127.0.0.1:9/x", "--client-id", "x"], "no connection to"),
        (["rehearse", "--nope"], "No such option: --nope. See: asgardeo-bijira rehearse --help"),
        (["nope"], "See: asgardeo-bijira --help"),
        (["sandbox", "--port", "x"], "Invalid value for '--port'"),
        (["token"], "tokenEndpoint is not given. Name --token-endpoint"),
        (["token", "--outputs", "/nowhere"], "/nowhere cannot be read"),
        (["token", "--token-endpoint", "http://api.asgardeo.io", "--client-id", "x"], "is plain http"),
    ],
)
def test_what_a_user_gets_wrong_is_one_line(arguments: list[str], line: str) -> None:
    """On stderr, with an exit code, without a traceback."""
    done = command(*arguments, environment={"PWD": str(ROOT)})
    assert done.returncode == (2 if "--help" in done.stderr else 1)
    assert line in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["bogus"], "No such command 'bogus'. See: asgardeo-bijira --help"),
        (["rehearse", "--bogus"], "No such option: --bogus. See: asgardeo-bijira rehearse --help"),
        (["rehearse", ".", "more"], "unexpected extra argument"),
        (["sandbox", "--port", "x"], "Invalid value for '--port'"),
        (["sandbox", "--port"], "requires an argument"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_one_line(arguments: list[str], line: str) -> None:
    """It names the help that there is."""
    done = command(*arguments)
    assert done.returncode == 2
    assert line in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_a_command_there_is_help() -> None:
    """The first thing that anybody types."""
    done = command()
    assert done.returncode == 0
    assert "rehearse" in done.stdout


FILES = {
    "binary": b"\xff\xfe",
    "garbage": b"garbage{",
    "hidden": json.dumps({"tokenEndpoint": "https://x", "clientId": "x", "clientSecret": "[secret]"}).encode(),
}


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["import", "good", "--output", "/nowhere/x.json"], "/nowhere/x.json cannot be used: No such file"),
        (["import", "good", "--output", "good"], "good cannot be used: Is a directory"),
        (["import", "good", "--placeholders", "binary"], "binary is not an import file"),
        (["export", "--output", "binary"], "binary is not an empty folder"),
        (["rehearse", "bad"], "Pulumi.yaml is not valid YAML"),
        (["rehearse", "good", "--scenario", "binary"], "binary is not valid YAML"),
        (["rehearse", "good", "--scenario", "good"], "good: Is a directory"),
        (["sandbox", "--state", "garbage", "--", "true"], "garbage is no state of a sandbox's"),
        (["sandbox", "--state", "good", "--", "true"], "good cannot hold the state"),
        (["sandbox", "--state", "/nowhere/x", "--", "true"], "/nowhere/x cannot hold the state"),
        (["token", "--outputs", "binary"], "binary is not a JSON object"),
        (["token", "--outputs", "good"], "good cannot be read: Is a directory"),
        (["token", "--outputs", "hidden"], "clientSecret is hidden in the outputs ([secret]). Add --show-secrets"),
        (
            ["token", "--token-endpoint", "https://[", "--client-id", "x"],
            "the address of the token endpoint is no address",
        ),
        (["token", "--token-endpoint", "https://x", "--client-id", "x", "--ca-bundle", "good"], "caBundle good cannot"),
    ],
)
def test_a_file_or_address_that_cannot_be_used_is_one_line(tmp_path: Path, arguments: list[str], line: str) -> None:
    """Whatever is wrong with it."""
    project(tmp_path / "good", "")
    project(tmp_path / "bad", "")
    (tmp_path / "bad" / "Pulumi.yaml").write_bytes(FILES["binary"])
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    done = command(*arguments, folder=tmp_path)
    assert done.returncode == 1
    assert line in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_traceback_is_for_whoever_asks_for_it() -> None:
    """And then there is one."""
    assert "Traceback" not in command("rehearse", "/nowhere").stderr
    asked = command("rehearse", "/nowhere", environment={"ASGARDEO_BIJIRA_DEBUG": "1"})
    assert "Traceback" in asked.stderr
    assert "there is no Pulumi.yaml in /nowhere" in asked.stderr.splitlines()[-1]


def test_a_command_runs_against_a_sandbox_of_its_own() -> None:
    """Its environment leads there, and its exit code comes back."""
    code = f"""
import os, urllib.request
url = os.environ["{SANDBOX_VARIABLE}"]
print(urllib.request.urlopen(url + "/_sandbox/health").status)
raise SystemExit(7)
"""
    done = command("sandbox", "--", sys.executable, "-c", code)
    assert done.returncode == 7
    assert done.stdout.strip() == "200"
    assert command("sandbox", "--", "/nowhere").returncode == 127


def test_a_state_with_fewer_rights_than_there_are_says_so_at_the_start(tmp_path: Path) -> None:
    """An older sandbox knew fewer; a 403 names the scope and not the reason."""
    store = seed_store(Scenario(), "http://127.0.0.1:1")
    store.save(tmp_path / "new")
    store.asgardeo["sandbox"].management_scopes.remove("internal_idp_view")
    store.save(tmp_path / "older")
    assert command("sandbox", "--state", "new", "--", "true", folder=tmp_path).stderr == ""
    said = command("sandbox", "--state", "older", "--", "true", folder=tmp_path).stderr
    assert said.startswith("By older, the management client of Asgardeo's sandbox lacks 1 scopes (internal_idp_view)")


def test_a_rehearsal_has_a_sandbox_of_its_own_whatever_the_environment_names() -> None:
    """Another one that runs is neither asked nor in the way."""
    with Sandbox() as other:
        done = command("rehearse", str(ROOT), "--engine", "built-in", environment={SANDBOX_VARIABLE: other.url})
        assert done.returncode == 0, done.stdout
        assert "ok   invoke " in done.stdout
        assert len(other.ledger) == 0


def test_a_rehearsal_calls_no_other_host(tmp_path: Path) -> None:
    """Wherever the program's outputs lead: a secret is not sent there."""
    with Sandbox() as other:
        outputs = {
            "tokenEndpoint": f"{other.url}/t/sandbox/oauth2/token",
            "clientId": "client-1",
            "clientSecret": "hunter2-client-secret",
            "apiUrl": "https://gateway.example.com/orders/1.0.0/orders",
        }
        program = f"import pulumi\nfor name, value in {outputs!r}.items():\n    pulumi.export(name, value)\n"
        done = command("rehearse", str(project(tmp_path / "theirs", program)), "--engine", "built-in")
        assert done.returncode == 1
        assert "A rehearsal calls no other host: export the token_endpoint of the application" in done.stdout
        assert len(other.ledger) == 0


@pytest.fixture
def seeded(tmp_path: Path) -> Sandbox:
    """A sandbox in which there is an application that has all that it needs."""
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(SEEDED))
    return Sandbox(load_scenario(path))


def test_a_token_is_fetched_and_the_api_called_with_either_grant(seeded: Sandbox, tmp_path: Path) -> None:
    """The token alone is on stdout; secrets come from a file or the environment."""
    with seeded as sandbox:
        subscribe(sandbox, "client-1")
        outputs = {
            "tokenEndpoint": f"{sandbox.url}/t/sandbox/oauth2/token",
            "clientId": "client-1",
            "clientSecret": "hunter2-client-secret",
            "scope": "orders:read",
            "apiUrl": f"{sandbox.url}/orders/1.0.0/orders",
        }
        token = command("token", "--outputs", "-", text=json.dumps(outputs))
        assert token.returncode == 0, token.stderr
        assert len(token.stdout.strip().split(".")) == 3
        assert "granted: orders:read" in token.stderr
        path = tmp_path / "outputs.json"
        path.write_text(json.dumps(outputs))
        invoked = command("invoke", "--outputs", str(path))
        assert invoked.returncode == 0, invoked.stderr
        assert json.loads(invoked.stdout)["scope"] == ["orders:read"]
        environment = {"ASGARDEO_BIJIRA_PASSWORD": "hunter2-password"}
        as_user = command("invoke", "--outputs", str(path), "--username", "ann", environment=environment)
        assert as_user.returncode == 0, as_user.stderr
        stranger = command("invoke", "--outputs", str(path), "--username", "bob", environment=environment)
        assert stranger.returncode == 1
        none, refused = stranger.stderr.splitlines()
        assert none.startswith("Asgardeo granted bob none of the scopes orders:read. Under the policy RBAC")
        assert "900910" in refused
        assert "declare an AsgardeoRole with application_id, permissions and groups" in refused
        wrong = command("invoke", "--outputs", str(path), "--username", "ann", "--password", "no")
        assert "Check user name and password" in wrong.stderr
        here = {**environment, SANDBOX_VARIABLE: sandbox.url}
        elsewhere = command("invoke", "https://gateway.example.com/o/1/p?q=1", "--outputs", str(path), environment=here)
        assert f"gateway is the sandbox itself: call {sandbox.url}/o/1/p. To reach it, unset" in elsewhere.stderr
        unscoped = command("invoke", "--outputs", str(path), "--scope", "")
        assert "900910" in unscoped.stderr
        assert "The token lacks the scope that this resource needs" in unscoped.stderr
        assert "AsgardeoRole" not in unscoped.stderr
        assert not [done for done in (invoked, as_user, wrong, unscoped) if "hunter2" in done.stdout + done.stderr]


def test_the_package_needs_no_extra_and_says_which_one_the_commands_need() -> None:
    """Whoever only runs stacks installs three dependencies."""
    block = "import sys; sys.modules.update(dict.fromkeys(('starlette', 'uvicorn', 'joserfc', 'typer', 'click')))\n"
    code = (
        "import pulumi_asgardeo_bijira.dynamic as d, pulumi_asgardeo_bijira.invocation\n"
        "import pulumi_asgardeo_bijira.settings\nprint(d.load('Api'))\n"
        "from pulumi_asgardeo_bijira.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", block + code], capture_output=True, text=True, check=False)
    assert "Provider" in done.stdout
    assert "pip install 'pulumi-asgardeo-bijira[cli]'" in done.stderr.splitlines()[-1]


def test_a_command_shows_that_it_waits_its_turn(sandbox: Sandbox) -> None:
    """On stderr, beside what it prints."""
    patient = (
        "from pulumi_asgardeo_bijira.cli import main\n"
        "from pulumi_asgardeo_bijira.transport import SYSTEM_CLOCK\n"
        "from tests.transport.fakes import FakeClock\n"
        "SYSTEM_CLOCK.substitute(FakeClock())\n"
        "main()"
    )
    sandbox.faults.add(Fault(kind="fail", status=429, headers={"Retry-After": "30"}, match="GET .*/api/server"))
    ran = subprocess.run(
        [sys.executable, "-c", patient, "explain", "--client", "none", "--json"],
        env=os.environ | {SANDBOX_VARIABLE: sandbox.url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Asgardeo refuses requests for now (429), so they are held back" in ran.stderr
    assert json.loads(ran.stdout)
