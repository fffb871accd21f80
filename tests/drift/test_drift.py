"""What the command says of documents as Pulumi prints them."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from tests.drift.documents import API, APPLICATION, CLIENT, ROLE, preview, refresh, urn
from tests.support.command import command

SHOP: dict[str, Any] = {
    "name": "shop",
    "applicationType": "spa",
    "callbackUrls": ["https://shop.example.com/cb"],
    "pkce": {"mandatory": True},
    "refreshToken": {"expiryInSeconds": 600},
    "authorizedApis": [{"apiId": "1", "policy": "RBAC", "scopes": ["orders:read"]}],
}
DRIFTED_SHOP: dict[str, Any] = {
    **SHOP,
    "name": "sh|op `x`\n<b>",
    "callbackUrls": ["https://evil.example.com/cb", "https://shop.example.com/cb"],
    "pkce": {"mandatory": False},
    "refreshToken": {"expiryInSeconds": 300},
    "authorizedApis": [{"apiId": "1", "policy": "No Policy", "scopes": ["orders:read", "orders:write"]}],
}
#: By resource what was declared and what is there; None is gone.
RESOURCES: dict[str, tuple[dict[str, Any], dict[str, Any] | None]] = {
    urn(APPLICATION, "shop"): (SHOP, DRIFTED_SHOP),
    urn(ROLE, "reader"): ({"name": "reader", "users": ["a", "b"]}, {"name": "reader", "users": ["a", "c"]}),
    urn(CLIENT, "shop"): (
        {"clientId": "x", "clientSecret": "[secret]", "subscriptions": [{"apiId": "1", "plan": "Gold"}]},
        {"clientSecret": "[secret]", "subscriptions": []},
    ),
    urn(API, "gone"): ({"identifier": "urn:gone", "requiresAuthorization": True}, None),
    urn(API, "same"): (
        {"identifier": "urn:same", "requiresAuthorization": True},
        {"identifier": "urn:same", "requiresAuthorization": True},
    ),
}
#: Each change with whether it widens access.
EXPECTED = {
    "shop name": False,
    "shop callbackUrls[https://evil.example.com/cb]": True,
    "shop pkce.mandatory": True,
    "shop refreshToken.expiryInSeconds": False,
    "shop authorizedApis[1].policy": True,
    "shop authorizedApis[1].scopes[orders:write]": True,
    "reader users[b]": False,
    "reader users[c]": True,
    "shop clientId": False,
    "shop subscriptions[1]": False,
}
#: What the standard asks of the objects that the report has: which properties there are, and which there must be.
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/rule"}},
                                },
                            }
                        },
                    },
                    "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
                },
            },
        },
    },
    "$defs": {
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {"text": {"type": "string"}},
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "shortDescription": {"$ref": "#/$defs/message"},
                "defaultConfiguration": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"level": {"$ref": "#/$defs/level"}},
                },
            },
        },
        "result": {
            "type": "object",
            "required": ["message"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"enum": ["widened-access", "drift", "gone"]},
                "ruleIndex": {"type": "integer", "minimum": 0, "maximum": 2},
                "level": {"$ref": "#/$defs/level"},
                "message": {"$ref": "#/$defs/message"},
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                "locations": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/location"}},
            },
        },
        "location": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "physicalLocation": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "artifactLocation": {
                            "type": "object",
                            "required": ["uri"],
                            "additionalProperties": False,
                            "properties": {"uri": {"type": "string", "format": "uri-reference"}},
                        },
                        "region": {
                            "type": "object",
                            "required": ["startLine"],
                            "additionalProperties": False,
                            "properties": {"startLine": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
                "logicalLocations": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "fullyQualifiedName": {"type": "string"},
                            "name": {"type": "string"},
                            "kind": {"type": "string"},
                        },
                    },
                },
            },
        },
    },
}


def said(document: object, *options: str) -> Any:
    """The report as JSON, of a command that must not fail."""
    done = command("drift", "-", "--format", "json", *options, text=json.dumps(document))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_each_change_is_told_with_whether_it_widens_access() -> None:
    """The same of either document."""
    report = said(refresh(RESOURCES))
    assert (report["looked_at"], report["drift"], report["widening"]) == (5, 4, 2)
    found = {
        f"{one['name']} {change['path']}": change["widens_access"]
        for one in report["drifted"]
        for change in one["changes"]
    }
    assert found == EXPECTED
    assert [one["name"] for one in report["drifted"] if one["gone"]] == ["gone"]
    assert [one["widens_access"] for one in report["drifted"]] == [True, True, False, False]
    assert report["drifted"][0] | {"changes": []} == {
        "urn": urn(APPLICATION, "shop"),
        "type": APPLICATION,
        "name": "shop",
        "kind": "application",
        "gone": False,
        "changes": [],
        "file": "__main__.py",
        "line": 7,
        "widens_access": True,
    }
    policy = next(one for one in report["drifted"][0]["changes"] if one["path"].endswith("policy"))
    assert (policy["declared"], policy["live"]) == ("RBAC", "No Policy")
    assert said(preview(RESOURCES)) == report


def test_what_has_changed_behind_a_secret_is_told() -> None:
    """Pulumi hides the value of an input that came from a secret, and says only that it differs."""
    name = urn(APPLICATION, "shop")
    hidden = {"name": "shop", "callbackUrls": "[secret]", "allowedOrigins": "[secret]", "description": "[secret]"}
    differs = {"op": "update", "diffReasons": ["callbackUrls", "description"], "detailedDiff": {"callbackUrls[0]": {}}}
    refreshed, previewed = refresh({name: (hidden, hidden)}), preview({name: (hidden, hidden)})
    refreshed["steps"][-1] |= differs
    previewed["steps"].append({**refreshed["steps"][-1], **differs})
    for document in (refreshed, previewed):
        changes = said(document)["drifted"][0]["changes"]
        assert [(one["path"], one["live"], one["widens_access"]) for one in changes] == [
            ("description", "[secret]", False),
            ("callbackUrls", "[secret]", True),
        ]


def test_the_exit_code_is_what_was_asked_for() -> None:
    """Drift alone is no failure, and a name that is declared otherwise is no wider access."""
    renamed = {urn(API, "a"): ({"name": "a"}, {"name": "b"})}
    rows: list[tuple[dict[str, Any], tuple[str, ...], int]] = [
        (RESOURCES, (), 0),
        (RESOURCES, ("--fail-on", "widening"), 1),
        (renamed, ("--fail-on", "drift"), 1),
        (renamed, ("--fail-on", "widening"), 0),
        ({urn(API, "a"): ({"name": "a"}, {"name": "a"})}, ("--fail-on", "drift"), 0),
    ]
    for resources, options, code in rows:
        done = command("drift", "-", *options, text=json.dumps(refresh(resources)))
        assert done.returncode == code, done.stderr
        assert ("No drift: 1 resource is as declared." in done.stdout) == (not said(refresh(resources))["drift"])


def test_the_markdown_holds_whatever_a_name_is() -> None:
    """No name ends a cell, a line or a code span."""
    done = command("drift", "-", text=json.dumps(refresh(RESOURCES)))
    assert "Drift: 4 of 5 resources are not as declared, 2 of them widen access." in done.stdout
    assert r"| `name` | `shop` | ``sh\|op `x` <b>`` |  |" in done.stdout
    assert "| `pkce.mandatory` | `true` | `false` | **widens access** |" in done.stdout
    assert "## API `gone`\n\nIt is gone" in done.stdout
    assert "clientSecret" not in done.stdout


def test_the_sarif_has_the_form_of_the_standard() -> None:
    """With a place for every result, and the rule that it breaks."""
    done = command("drift", "-", "--format", "sarif", text=json.dumps(refresh(RESOURCES)))
    report = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SARIF).validate(report)
    run = report["runs"][0]
    assert len(run["results"]) == len(EXPECTED) + 1
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert sum(result["ruleId"] == "widened-access" for result in run["results"]) == sum(EXPECTED.values())
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert places == {"__main__.py", "Pulumi.yaml"}
    prints = [result["partialFingerprints"]["resourceProperty/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    assert "4 of 5 resources" in done.stderr


FAILED = {
    "message": "error: Program failed:\nTraceback (most recent call last):\nValueError: no\n",
    "severity": "error",
}


@pytest.mark.parametrize(
    ("document", "line"),
    [
        ("Previewing update (dev):", "is not what Pulumi prints of a refresh as JSON. Make it with: pulumi refresh"),
        ("[1]", "is not what Pulumi prints"),
        ('{"resources": []}', "is not what Pulumi prints"),
        ('{"changeSummary": {"same": "1"}}', "is not what Pulumi prints"),
        ('{"steps": [{"op": "refresh", "urn": [1]}]}', "is not what Pulumi prints"),
        ('{"changeSummary": {"same": 1}}', "has no resource of this package"),
        (
            json.dumps({**refresh({urn("x:y:Z", "z"): ({}, {})}), "changeSummary": {"same": 2}}),
            "has no res",
        ),
        (json.dumps({"steps": [{"op": "update", "urn": urn(API, "a")}]}), "is of a preview that did not look"),
        (json.dumps({"diagnostics": [FAILED]}), "is of a run that failed: ValueError: no. Correct"),
        (json.dumps({**refresh(RESOURCES), "changeSummary": {"same": 1}}), "failed: the program did not begin"),
    ],
)
def test_what_is_no_such_document_gets_one_line(document: str, line: str) -> None:
    """And what to do."""
    done = command("drift", "-", text=document)
    assert done.returncode == 1
    assert done.stderr.startswith("The text on stdin ")
    assert line in done.stderr
    assert done.stderr.count("\n") == 1


def test_options_and_files_that_are_wrong_get_one_line() -> None:
    """Before anything is read."""
    for arguments, line in (
        (("-", "--format", "html"), "--format is not html. Choose markdown or json or sarif"),
        (("-", "--fail-on", "any"), "--fail-on is not any. Choose drift or widening"),
        (("nowhere.json",), "nowhere.json cannot be read: No such file or directory. Name a file"),
    ):
        done = command("drift", *arguments)
        assert (done.returncode, line in done.stderr) == (1, True), done.stderr
