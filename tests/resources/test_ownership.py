"""Which resource has an object, with names of resources and without them."""

from __future__ import annotations

from pulumi_asgardeo_bijira.resources.ownership import Claims

KEY = ("acme", "Api", "1")


def test_without_names_an_object_that_is_claimed_stays() -> None:
    """Two resources cannot be told apart then, and staying is the safe side; nothing is refused for it."""
    claims = Claims()
    assert claims.keeps([KEY], "") is None
    assert claims.keep([KEY], "") is None
    assert claims.keep([KEY], "") is None
    assert claims.keeps([KEY], "") == ""
    made = Claims()
    made.make([KEY], "")
    assert made.keeps([KEY], "") == ""
    assert made.keeps([KEY], "urn:a") == ""


def test_what_is_to_be_replaced_may_be_deleted() -> None:
    """Also where an earlier comparison of the same run said otherwise."""
    for urn in ("", "urn:a"):
        claims = Claims()
        claims.declare("urn:a")
        claims.keep([KEY], urn)
        claims.release([KEY], urn)
        assert claims.keeps([KEY], urn) is None


def test_a_refresh_claims_nothing() -> None:
    """The engine compares after it has read, also what the program no longer has and what is then destroyed."""
    named = Claims()
    named.keep([KEY], "urn:a")
    assert named.keeps([KEY], "urn:b") is None
    nameless = Claims()
    nameless.read([KEY])
    nameless.keep([KEY], "")
    assert nameless.keeps([KEY], "") is None


def test_a_resource_may_delete_what_it_alone_has_and_not_what_it_has_just_made() -> None:
    """The one is a replacement that deletes first, the other one that makes first."""
    claims = Claims()
    claims.declare("urn:a")
    claims.keep([KEY], "urn:a")
    assert claims.keeps([KEY], "urn:a") is None
    assert claims.keeps([KEY], "urn:b") == "urn:a"
    claims.make([KEY], "urn:a")
    assert claims.keeps([KEY], "urn:a") == "urn:a"
    claims.forget([KEY])
    assert claims.keeps([KEY], "urn:b") is None
