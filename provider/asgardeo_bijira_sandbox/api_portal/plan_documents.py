"""Subscription plans as they are sent: in a YAML file, and with limits that nobody has checked."""

from __future__ import annotations

from typing import Any

from .documents import document_of, kind_of
from .exceptions import failed, objection, taken
from .values import is_true, member, text_of

__all__ = ("plan_limits", "plans_of")

_TYPES = ("REQUEST_COUNT", "EVENT_COUNT", "BANDWIDTH", "TOTAL_TOKEN_COUNT")
_OLDER = {"requestcount": ("requestCount", "REQUEST_COUNT"), "eventcount": ("eventCount", "EVENT_COUNT")}
_PARTS = ("spec", "metadata")
_MOST_WHOLE = 2**53


def plans_of(text: str) -> dict[str, Any] | list[Any]:
    """The plan of a document, or the plans where it is a list of several."""
    document = document_of(text, "subscription plan YAML file", "Subscription plan YAML file is empty or invalid")
    kind = member(document, "kind")
    if kind == "SubscriptionPlan":
        return _plan(document)
    if kind != "SubscriptionPlanList":
        expected = "Expected 'SubscriptionPlan' or 'SubscriptionPlanList'"
        raise objection(f"Unknown subscription plan YAML kind '{kind_of(document)}'. {expected}")
    items = member(document, "items")
    if not isinstance(items, list) or not items:
        raise objection("SubscriptionPlanList must have a non-empty 'items' array")
    plans = [_plan(one) for one in items]
    return plans[0] if len(plans) == 1 else plans


def _plan(document: Any) -> dict[str, Any]:
    """A plan, whose id is not that of the document."""
    if document is None or (isinstance(document, dict) and None in map(document.get, _PARTS, ({}, {}))):
        raise failed()
    spec = member(document, "spec")
    limits = member(spec, "limits")
    if not isinstance(limits, list):
        kind = member(spec, "type") or ""
        name, type_ = _OLDER.get(kind.lower() if isinstance(kind, str) else "", ("", ""))
        count = member(spec, name)
        limits = [] if count is None else [{"limitType": type_, "limitCount": count}]
    return {**{name: member(spec, name) for name in ("displayName", "description", "refId")}, "limits": limits}


def plan_limits(given: Any) -> list[dict[str, Any]]:
    """Limits as they are kept, each of another type or time."""
    found = [_limit(one) for one in given] if isinstance(given, list) else []
    if len({(one["limitType"], one["timeUnit"], one["timeAmount"]) for one in found}) < len(found):
        raise taken()
    return found


def _limit(given: Any) -> dict[str, Any]:
    if given is None:
        raise failed()
    count, amount = member(given, "limitCount"), member(given, "timeAmount")
    if not _is_number(count) or (count != -1 and count <= 0):
        raise objection("limitCount must be -1 (unlimited) or a positive number for each limit")
    type_ = _in_capitals(member(given, "limitType")) or "REQUEST_COUNT"
    if type_ not in _TYPES:
        raise objection(f"limitType must be one of {', '.join(_TYPES)}")
    if amount is not None and (not _is_number(amount) or amount <= 0):
        raise objection("timeAmount must be a positive number when provided")
    return {
        "limitType": type_,
        "timeUnit": _in_capitals(member(given, "timeUnit")),
        "timeAmount": amount or 1,
        "limitCount": count if abs(count) < _MOST_WHOLE and float(count).is_integer() else text_of(count),
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _in_capitals(value: Any) -> str | None:
    """A text, in capitals; None of what the server's language takes for false."""
    if not is_true(value):
        return None
    if not isinstance(value, str):
        raise failed()
    return value.upper()
