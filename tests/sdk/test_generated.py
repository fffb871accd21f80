"""What is generated is what the declarations say."""

from __future__ import annotations

import pulumi
import pytest
from pulumi_asgardeo_bijira import ApiScopeArgs, AsgardeoSettingsArgs, outputs

from tools.generate.files import stale


def test_no_generated_file_is_stale() -> None:
    """Whoever changes a declaration runs make generate."""
    assert stale() == [], "run make generate"


def test_an_object_that_a_program_makes_takes_its_fields_and_no_others() -> None:
    """By keyword, as a function with this signature would."""
    assert ApiScopeArgs(name="a").display_name is None
    with pytest.raises(TypeError, match=r"ApiScopeArgs\(\) missing the keyword argument 'name'"):
        ApiScopeArgs(display_name="A")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"ApiScopeArgs\(\) got an unexpected keyword argument 'nmae'"):
        ApiScopeArgs(name="a", nmae="b")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional"):
        ApiScopeArgs("a")  # type: ignore[call-arg]
    scope = ApiScopeArgs(name="a")
    scope.name = "b"
    assert pulumi._types.input_type_to_dict(scope) == {"name": "b"}
    assert AsgardeoSettingsArgs().organization is None


def test_an_object_that_a_program_reads_has_attributes_and_keys() -> None:
    """Programs that were written for plain dicts go on as they are."""
    scope = outputs.ApiScope(name="a", display_name="A", description=None)
    assert (scope.display_name, scope["display_name"], scope.description) == ("A", "A", None)
    assert scope == {"name": "a", "display_name": "A"}
    assert "description" not in scope
    assert scope.get("description", "none") == "none"
