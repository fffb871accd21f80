"""What users see of an exception: a line of this package's, all of another provider's."""

from __future__ import annotations

import base64
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from pulumi.dynamic import CreateResult, ResourceProvider
from pulumi.runtime.proto import provider_pb2
from pulumi_asgardeo_bijira.debugging import DEBUG_VARIABLE
from pulumi_asgardeo_bijira.dynamic import PROVIDER_KEY
from pulumi_asgardeo_bijira.settings import SANDBOX_VARIABLE
from pulumi_asgardeo_bijira.wire import encode

from tests.support.host import Host, Life, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from asgardeo_bijira_sandbox import Sandbox


class Broken(ResourceProvider):
    """Somebody else's provider, with a bug."""

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Never gets there."""
        raise ValueError(f"broken: {sorted(props)[1:]}")


def test_another_provider_of_the_process_keeps_its_tracebacks(host: Host, life: Callable[[str], Life]) -> None:
    """One process serves all dynamic resources of a program, and who debugs his own needs the whole of it."""
    with pytest.raises(Refused) as ours:
        life("Api").refresh()
    assert str(ours.value).startswith("InvalidInput: ")
    broken = base64.b64encode(pickle.dumps(Broken())).decode()
    request = provider_pb2.CreateRequest(urn="urn:theirs", properties=encode({"a": 1, PROVIDER_KEY: broken}))
    with pytest.raises(Refused) as theirs:
        host.call("Create", request)
    first, *_, last = str(theirs.value).splitlines()
    assert first == "Traceback (most recent call last):"
    assert f'File "{__file__}"' in str(theirs.value)
    assert last == "ValueError: broken: ['a']"


def test_who_debugs_sees_the_whole_of_ours_too(sandbox: Sandbox) -> None:
    """Where a problem comes from is a question for us."""
    with Host({}, {SANDBOX_VARIABLE: sandbox.url, DEBUG_VARIABLE: "1"}) as host, pytest.raises(Refused) as refused:
        Life(host, "Api", sandbox).refresh()
    first, *_, last = str(refused.value).splitlines()
    assert first == "Traceback (most recent call last):"
    assert last.startswith("InvalidInput: ")
