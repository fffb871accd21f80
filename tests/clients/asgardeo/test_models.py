"""Asgardeo's spellings, there and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.clients.asgardeo import ApplicationSettings, OidcSettings, packed_callbacks
from pulumi_asgardeo_bijira.clients.asgardeo.callbacks import unpack
from pulumi_asgardeo_bijira.resources.property_maps import properties_of

from tests.support.documents import shown_application, shown_oidc

PARTS = ["127.0.0.1", *"ab/:.?+*^$|()[]{}\\=&-_%~1"]
URLS = st.lists(st.lists(st.sampled_from(PARTS), min_size=1).map("".join), min_size=1, max_size=4, unique=True)


@given(URLS)
def test_callbacks_come_back_as_they_went(urls: list[str]) -> None:
    """Several are one expression in which each stands for itself."""
    sent = packed_callbacks(urls)
    assert len(sent) == 1
    assert unpack(sent) == urls


def test_loopback_addresses_are_written_as_the_server_looks_for_them() -> None:
    """Else none of their ports would do; what was written before comes back as well."""
    urls = ["http://127.0.0.1:8080/b", "https://a.example.com/b"]
    assert packed_callbacks(urls) == [r"regexp=(http://127.0.0.1:8080/b|https://a\.example\.com/b)"]
    assert unpack([r"regexp=(http://127\.0\.0\.1:8080/b|https://a\.example\.com/b)"]) == urls


@pytest.mark.parametrize("raw", ["regexp=(https://a/.*)", "regexp=(https://a|https://b)", "regexp=x", "https://a"])
def test_an_expression_of_somebody_elses_stays_as_it_is(raw: str) -> None:
    """Only what was made here is taken apart."""
    assert unpack([raw]) == [raw] or packed_callbacks(unpack([raw])) == [raw]


def test_names_that_the_server_spells_otherwise() -> None:
    """In both directions, at every depth, and null is the same as left out."""
    inputs: dict[str, Any] = {
        "accessToken": {"revokeTokensWhenIdpSessionTerminated": True},
        "callbackUrls": ["https://a"],
    }
    wire = {"accessToken": {"revokeTokensWhenIDPSessionTerminated": True}, "callbackURLs": ["https://a"]}
    assert OidcSettings.model_validate(inputs).whole() == wire
    shown = properties_of(shown_oidc({**wire, "issuer": None, "hybridFlow": {"responseType": None}}))
    assert shown == {"clientId": "client", **inputs, "allowedOrigins": [], "hybridFlow": {}}
    top = {
        "enabled": False,
        "allowedAudience": "APPLICATION",
        "advanced": {"enableApiBasedAuthentication": True},
        "claims": {"requestedClaims": [{"claim": "urn:c", "mandatory": True}], "subject": {"claim": "urn:s"}},
    }
    sent = ApplicationSettings.model_validate(top).whole()
    assert sent == {
        "applicationEnabled": False,
        "associatedRoles": {"allowedAudience": "APPLICATION", "roles": []},
        "advancedConfigurations": {"enableAPIBasedAuthentication": True},
        "claimConfiguration": {
            "requestedClaims": [{"claim": {"uri": "urn:c"}, "mandatory": True}],
            "subject": {"claim": {"uri": "urn:s"}},
        },
    }
    shown = properties_of(shown_application({"logoutReturnUrl": ".*", **sent}))
    assert {key: shown[key] for key in top} == top
    assert shown["logoutReturnUrl"] == ""


def test_a_property_that_nobody_here_knows_goes_and_comes_under_its_name() -> None:
    """So a new field is declared once, and nothing is to be done here where the server calls it the same."""
    inputs = {"subjectToken": {"enable": True, "any": "code token"}, "pkce": {"mandatory": True, "new": [1]}}
    sent = OidcSettings.model_validate(inputs).whole()
    assert sent == inputs
    shown = properties_of(shown_oidc(sent))
    assert {key: shown[key] for key in inputs} == inputs


def test_what_is_not_set_is_not_sent() -> None:
    """Defaults are what the server's silence means, not what it is told."""
    assert OidcSettings.model_validate({}).whole() == ApplicationSettings.model_validate({}).whole() == {}
    assert ApplicationSettings.model_validate({"advanced": {"saas": False}}).whole() == {
        "advancedConfigurations": {"saas": False}
    }
