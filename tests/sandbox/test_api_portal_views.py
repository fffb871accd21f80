"""Views, labels and the organisation of the API Portal, as a real server answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.portal_lives import Step, lived

if TYPE_CHECKING:
    from asgardeo_bijira_sandbox import Sandbox

TAKEN, NO_LABEL, NO_VIEW = "A record with these values already exists.", "Label not found", "View not found"
LABEL = {"id": "eu", "displayName": "Europe"}
ADDED = {"message": "View added successfully"}
OWN = "PUT /organizations/default"
NAMES = {"id": "default", "displayName": "Ours", "idpRefId": "default"}

LIVES: dict[str, list[Step]] = {
    "labels": [
        ("POST /labels", LABEL, 201, LABEL),
        ("POST /labels", LABEL, 409, TAKEN),
        ("POST /labels", {"id": "", "displayName": "x"}, 500, "Internal Server Error"),
        ("POST /labels", {"id": "x"}, 400, "must have required property 'displayName'"),
        ("POST /labels", {**LABEL, "x": 1}, 400, "must NOT have additional properties"),
        ("PUT /labels/eu", {"id": "other", "displayName": "EU"}, 200, {"id": "eu", "displayName": "EU"}),
        ("GET /labels/eu", None, 200, {"id": "eu", "displayName": "EU"}),
        ("GET /labels", None, 200, ["default", "eu"]),
        ("DELETE /labels/eu", None, 204, None),
        ("DELETE /labels/eu", None, 404, NO_LABEL),
        ("PUT /labels/eu", LABEL, 404, NO_LABEL),
    ],
    "views": [
        ("POST /labels", LABEL, 201, LABEL),
        ("POST /views", {"id": "one"}, 201, ADDED),
        ("POST /views", {"id": "one"}, 409, TAKEN),
        ("POST /views", {"id": ""}, 500, "Internal Server Error"),
        ("POST /views", {"id": "two", "labels": ["eu", "none"]}, 404, NO_LABEL),
        ("POST /views", {"id": "two", "labels": ["eu", "eu"]}, 409, TAKEN),
        ("POST /views", {"id": "two", "displayName": "Two", "labels": ["eu", "default"]}, 201, ADDED),
        ("GET /views/two", None, 200, {"id": "two", "displayName": "Two", "labels": ["eu", "default"]}),
        ("GET /views/none", None, 404, "View none not found"),
        ("GET /views", None, 200, ["default", "one", "two"]),
        ("DELETE /labels/eu", None, 204, None),
        ("GET /views/two", None, 200, {"labels": ["default"]}),
    ],
    "a view is changed": [
        ("PUT /views/one", {"labels": []}, 404, NO_VIEW),
        ("PUT /views/one", {"displayName": "One", "labels": ["none"]}, 404, NO_LABEL),
        ("GET /views/one", None, 404, "View one not found"),
        ("PUT /views/one", {"displayName": "One", "labels": ["default"]}, 200, {"displayName": "One"}),
        ("PUT /views/one", {}, 200, {}),
        (
            "PUT /views/one",
            {"id": "default", "displayName": "x"},
            409,
            "A view with the handle 'default' already exists",
        ),
        ("PUT /views/one", {"id": "two", "labels": []}, 200, {"id": "two", "labels": []}),
        ("GET /views/two", None, 200, {"displayName": "One", "labels": []}),
        ("GET /views", None, 200, ["default", "two"]),
        ("DELETE /views/default", None, 204, None),
        ("DELETE /views/default", None, 404, NO_VIEW),
        ("DELETE /views/two", None, 400, "The last view cannot be deleted"),
    ],
    "the organisation": [
        ("POST /organizations", NAMES, 405, None),
        ("POST /organizations", {**NAMES, "x": 1}, 400, "must NOT have additional properties"),
        (OWN, {**NAMES, "id": "other"}, 400, None),
        (OWN, {**NAMES, "idpRefId": "other"}, 400, None),
        (OWN, {**NAMES, "businessOwnerEmail": "nobody"}, 400, 'must match format "email"'),
        (OWN, {**NAMES, "cpRefId": 5}, 400, "must be string"),
        (OWN, {**NAMES, "businessOwner": "O", "cpRefId": "c"}, 200, {"businessOwner": "O", "cpRefId": "c"}),
        (OWN, {**NAMES, "configuration": {"a": 1}}, 200, {"businessOwner": None, "configuration": {"a": 1}}),
        (OWN, {**NAMES, "id": "DEFAULT"}, 200, {"id": "default", "configuration": {"a": 1}}),
        ("GET /organizations/Ours", None, 200, {"displayName": "Ours"}),
        ("GET /organizations/other", None, 403, None),
    ],
}


@pytest.mark.parametrize("life", LIVES)
def test_the_portal_answers_as_the_real_one_did(sandbox: Sandbox, life: str) -> None:
    """Each step after the other."""
    assert lived(sandbox, LIVES[life]) == []
