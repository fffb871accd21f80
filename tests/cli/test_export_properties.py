"""Whatever a kind can declare comes out of an export as Python that declares the very same."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_asgardeo_bijira.clients.asgardeo import ApplicationSettings
from pulumi_asgardeo_bijira.exporting.program import literal
from pulumi_asgardeo_bijira.resources import ResourceHandler, platforms_for, resource_handlers
from pulumi_asgardeo_bijira.resources.application.conversion import oidc_settings, shown_properties
from pulumi_asgardeo_bijira.resources.application.declaration import APPLICATION, ApplicationInputs
from pulumi_asgardeo_bijira.resources.property_maps import project
from pulumi_asgardeo_bijira.settings import Settings

from tests.resources.values import right_inputs
from tests.support.documents import shown_application, shown_oidc

KINDS = resource_handlers()
_NOWHERE = platforms_for(Settings({}, {}))
PropertyMap = dict[str, Any]


def as_shown(kind: ResourceHandler, inputs: PropertyMap) -> PropertyMap:
    """What the platform shows of an object that was made with these inputs."""
    if kind.name != "Application":
        return inputs
    top = ApplicationInputs.part(APPLICATION, inputs)
    rest = {key: inputs[key] for key in ("applicationType", "authorizedApis") if key in inputs}
    application = shown_application(ApplicationSettings.model_validate(top).whole())
    return shown_properties(application, shown_oidc(oidc_settings(inputs).whole()), {}) | rest


@pytest.mark.parametrize("kind", [pytest.param(KINDS[name], id=name) for name in ("Api", "Application")])
@given(data=st.data())
def test_what_is_written_declares_what_is_there(kind: ResourceHandler, data: st.DataObject) -> None:
    """So the preview after the import is empty, whatever the texts, lists and numbers are."""
    inputs = kind.check(data.draw(right_inputs(kind, unknown=False))).inputs
    live = as_shown(kind, inputs)
    written = literal(kind.declared(_NOWHERE, "", project(kind.inputs, live, live)), 0)
    checked = kind.check(ast.literal_eval(written))
    assert not checked.failures, written
    assert project(kind.inputs, live, checked.inputs) == checked.inputs
