"""The policy pack: each rule as a policy that Pulumi runs on every resource of a preview or an update."""

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)
from pulumi_policy.proxy import UnknownValueError
from rules import RULES, UNKNOWN, Rule


def known(value: Any) -> Any:
    """A value with what is not known yet as UNKNOWN; as it is handed over, looking at that is an error."""
    if isinstance(value, Mapping):
        return {key: _at(value, key) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_at(value, index) for index in range(len(value))]
    return value


def _at(values: Any, key: Any) -> Any:
    try:
        return known(values[key])
    except UnknownValueError:
        return UNKNOWN


def policy_of(rule: Rule) -> ResourceValidationPolicy:
    """A rule as Pulumi takes it."""

    def validate(args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
        for line in rule.broken_by(args.resource_type, known(args.props), args.get_config()):
            report_violation(line)

    return ResourceValidationPolicy(
        name=rule.name,
        description=rule.description,
        validate=validate,
        config_schema=PolicyConfigSchema(properties=dict(rule.settings)) if rule.settings else None,
    )


PolicyPack(
    name="asgardeo-bijira",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[policy_of(rule) for rule in RULES],
)
