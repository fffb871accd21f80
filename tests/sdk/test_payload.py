"""What lies in every state, byte by byte. None of these may ever change."""

from __future__ import annotations

import base64
import pickle

import dill  # type: ignore[import-untyped]  # it has no types
import pytest
from pulumi_asgardeo_bijira.dynamic import load, payload
from pulumi_asgardeo_bijira.resources import resource_handlers

FROZEN = {
    "Api": "Y3B1bHVtaV9hc2dhcmRlb19iaWppcmEuZHluYW1pYwpsb2FkCihWQXBpCnRSLg==",
    "Application": "Y3B1bHVtaV9hc2dhcmRlb19iaWppcmEuZHluYW1pYwpsb2FkCihWQXBwbGljYXRpb24KdFIu",
    "ApplicationClient": "Y3B1bHVtaV9hc2dhcmRlb19iaWppcmEuZHluYW1pYwpsb2FkCihWQXBwbGljYXRpb25DbGllbnQKdFIu",
    "KeyManager": "Y3B1bHVtaV9hc2dhcmRlb19iaWppcmEuZHluYW1pYwpsb2FkCihWS2V5TWFuYWdlcgp0Ui4=",
    "Role": "Y3B1bHVtaV9hc2dhcmRlb19iaWppcmEuZHluYW1pYwpsb2FkCihWUm9sZQp0Ui4=",
}


@pytest.mark.parametrize("kind", sorted(resource_handlers()))
def test_the_payload_is_frozen_and_loads_whatever_is_installed(kind: str) -> None:
    """Existing stacks hold it: another text would be an update of every resource, or a destroy that cannot load."""
    text = FROZEN[kind]
    assert payload(kind) == text
    provider = dill.loads(base64.b64decode(text))  # noqa: S301  # our own constant
    assert type(provider) is type(load(kind))
    assert base64.b64decode(text) == f"cpulumi_asgardeo_bijira.dynamic\nload\n(V{kind}\ntR.".encode()


def test_a_pickled_provider_is_no_more_than_its_name() -> None:
    """Nothing that was configured can slip into a pickle."""
    assert load("Api").__reduce__() == (load, ("Api",))
    assert len(pickle.dumps(load("Api"))) < 100
