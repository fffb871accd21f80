"""Asgardeo's spellings, there and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.clients.asgardeo.wire import (
    application_from_wire,
    application_to_wire,
    callbacks_from_wire,
    callbacks_to_wire,
    oidc_from_wire,
    oidc_to_wire,
)

from tests.support.documents import shown_application, shown_oidc

URLS = st.lists(st.text("ab/:.?+*^$|()[]{}\\=&-_%~", min_size=1), min_size=1, max_size=4, unique=True)


@given(URLS)
def test_callbacks_come_back_as_they_went(urls: list[str]) -> None:
    """Several are one expression in which each stands for itself."""
    sent = callbacks_to_wire(urls)
    assert len(sent) == 1
    assert callbacks_from_wire(sent) == urls


@pytest.mark.parametrize("raw", ["regexp=(https://a/.*)", "regexp=(https://a|https://b)", "regexp=x", "https://a"])
def test_an_expression_of_somebody_elses_stays_as_it_is(raw: str) -> None:
    """Only what was made here is taken apart."""
    assert callbacks_from_wire([raw]) == [raw] or callbacks_to_wire(callbacks_from_wire([raw])) == [raw]


def test_names_that_the_server_spells_otherwise() -> None:
    """In both directions, at every depth, and null is the same as left out."""
    inputs: dict[str, Any] = {
        "accessToken": {"revokeTokensWhenIdpSessionTerminated": True},
        "callbackUrls": ["https://a"],
    }
    wire = {"accessToken": {"revokeTokensWhenIDPSessionTerminated": True}, "callbackURLs": ["https://a"]}
    assert oidc_to_wire(inputs) == wire
    assert oidc_from_wire(shown_oidc({**wire, "issuer": None, "hybridFlow": {"responseType": None}})) == {
        "clientId": "client",
        **inputs,
        "allowedOrigins": [],
        "hybridFlow": {},
    }
    top = {
        "enabled": False,
        "allowedAudience": "APPLICATION",
        "advanced": {"enableApiBasedAuthentication": True},
        "claims": {"requestedClaims": [{"claim": "urn:c", "mandatory": True}], "subject": {"claim": "urn:s"}},
    }
    sent = application_to_wire(top)
    assert sent == {
        "applicationEnabled": False,
        "associatedRoles": {"allowedAudience": "APPLICATION", "roles": []},
        "advancedConfigurations": {"enableAPIBasedAuthentication": True},
        "claimConfiguration": {
            "requestedClaims": [{"claim": {"uri": "urn:c"}, "mandatory": True}],
            "subject": {"claim": {"uri": "urn:s"}},
        },
    }
    shown = application_from_wire(shown_application({"logoutReturnUrl": ".*", **sent}))
    assert {key: shown[key] for key in top} == top
    assert shown["logoutReturnUrl"] == ""
