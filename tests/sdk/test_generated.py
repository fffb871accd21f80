"""What is generated is what the declarations say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pytest
from pulumi_asgardeo_bijira import (
    ApiScopeArgs,
    AsgardeoApplication,
    AsgardeoSettingsArgs,
    ClaimsArgs,
    RequestedClaimArgs,
    SubjectClaimArgs,
    outputs,
)

from tools.generate.files import left_over, stale

if TYPE_CHECKING:
    from pulumi_asgardeo_bijira import ClaimsArgsDict, RequestedClaimArgsDict


def test_no_generated_file_is_stale() -> None:
    """Whoever changes a declaration runs make generate."""
    assert stale() == [], "run make generate"


def test_a_file_of_a_declaration_that_is_gone_is_stale() -> None:
    """A class or a page that nothing declares would stay for ever."""
    page = "docs/reference/AsgardeoApi.md"
    assert page in left_over({})
    assert page not in left_over({page: ""})


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


class _Engine(pulumi.runtime.Mocks):
    """Gives back what it is given, and keeps it."""

    def __init__(self) -> None:
        self.inputs: dict[str, Any] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        """The inputs are the outputs."""
        self.inputs = args.inputs
        return f"{args.name}-id", args.inputs

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        """There are no look-ups."""
        raise NotImplementedError


def test_every_form_of_an_object_reaches_the_engine_and_comes_back_typed() -> None:
    """Classes within dicts and dicts within classes: the engine sees its own spelling, the program Python's."""
    engine = _Engine()
    pulumi.runtime.set_mocks(engine)
    requested: list[RequestedClaimArgs | RequestedClaimArgsDict] = [RequestedClaimArgs(claim="a"), {"claim": "b"}]
    forms: list[ClaimsArgs | ClaimsArgsDict] = [
        ClaimsArgs(requested_claims=requested, subject={"include_user_domain": True}),
        {"requested_claims": requested, "subject": SubjectClaimArgs(include_user_domain=True)},
    ]

    @pulumi.runtime.test  # type: ignore[untyped-decorator]  # it has no types
    def program(claims: ClaimsArgs | ClaimsArgsDict) -> pulumi.Output[None]:
        def look(found: outputs.Claims | None) -> None:
            assert found
            assert found.subject
            assert found.subject.include_user_domain is True
            assert [one.claim for one in found.requested_claims or ()] == ["a", "b"]
            assert found["subject"]["include_user_domain"] is True

        return AsgardeoApplication("a", claims=claims).claims.apply(look)

    for claims in forms:
        program(claims)
        assert engine.inputs["claims"] == {
            "requestedClaims": [{"claim": "a"}, {"claim": "b"}],
            "subject": {"includeUserDomain": True},
        }
