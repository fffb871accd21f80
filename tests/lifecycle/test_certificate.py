"""An application that signs in with its own key: declared, and a token fetched with an assertion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.lifecycle.settled import settled
from tests.support.host import Life, Refused
from tests.support.keys import assertion, certified_key

if TYPE_CHECKING:
    from collections.abc import Callable

PEM = {"type": "PEM", "value": certified_key()[1]}
SIGNING = {"clientAuthentication": {"tokenEndpointAuthMethod": "private_key_jwt"}, "certificate": PEM}
ORDERS: dict[str, Any] = {"name": "orders"}


@pytest.fixture
def application(life: Callable[[str], Life]) -> Life:
    """An application that is not yet there."""
    return life("Application")


def token(application: Life, **form: str) -> httpx.Response:
    """What the token endpoint answers."""
    form = {"grant_type": "client_credentials", "client_id": application.outputs["clientId"], **form}
    return httpx.post(application.outputs["tokenEndpoint"], data=form)


def signed(application: Life) -> httpx.Response:
    """The same for an assertion that is signed with the application's key."""
    client_id, endpoint = application.outputs["clientId"], application.outputs["tokenEndpoint"]
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    made = assertion(client_id, endpoint, certified_key()[0])
    return token(application, client_assertion_type=kind, client_assertion=made)


def test_a_token_is_fetched_with_the_key_of_the_certificate(application: Life) -> None:
    """And with the secret no longer; a file's last line break does no harm."""
    application.up({**ORDERS, **SIGNING, "certificate": {**PEM, "value": f"{PEM['value']}\n"}})
    assert application.requests == {"asgardeo": 2}
    settled(application, {**ORDERS, **SIGNING})
    answered = signed(application)
    assert answered.status_code == 200, answered.text
    assert answered.json()["access_token"]
    assert token(application, client_secret=application.outputs["clientSecret"]).status_code == 401


def test_an_application_turns_to_its_key_and_back(application: Life) -> None:
    """The server wants to be told whether an assertion may be used twice, and of another method it does not."""
    application.up(ORDERS)
    secret = {"client_secret": application.outputs["clientSecret"]}
    application.up({**ORDERS, **SIGNING})
    assert application.requests == {"asgardeo": 3}, "a PATCH for the certificate, two for the OIDC part"
    settled(application, {**ORDERS, **SIGNING})
    assert (signed(application).status_code, token(application, **secret).status_code) == (200, 401)
    back = {**ORDERS, "clientAuthentication": {"tokenEndpointAuthMethod": "client_secret_post"}}
    application.up(back)
    settled(application, back)
    assert (signed(application).status_code, token(application, **secret).status_code) == (401, 200)


def test_a_certificate_is_replaced_whole_and_cleared(application: Life) -> None:
    """By one of another type, and by nothing."""
    application.up({**ORDERS, "certificate": PEM})
    published = {**ORDERS, "certificate": {"type": "JWKS", "value": "https://app.example.com/jwks.json"}}
    application.up(published)
    settled(application, published)
    assert application.get(application.id)["certificate"] == published["certificate"]
    cleared = {**ORDERS, "certificate": {"type": "JWKS", "value": ""}}
    application.up(cleared)
    settled(application, cleared)
    assert "certificate" not in application.get(application.id)


def test_what_needs_a_certificate_and_declares_none_is_told(application: Life) -> None:
    """It may be set by hand, so that is no error."""
    application.up({**ORDERS, "clientAuthentication": SIGNING["clientAuthentication"]})
    said = application.host.close()
    line = "The application orders has client_authentication.token_endpoint_auth_method private_key_jwt"
    assert f"{line}, which needs a certificate" in said


def test_a_certificate_that_is_none_is_refused_by_the_server(application: Life) -> None:
    """What looks like one and is not."""
    text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
    with pytest.raises(Refused, match="Provided application certificate is malformed"):
        application.up({**ORDERS, "certificate": {"type": "PEM", "value": text}})
