"""`python -m tests.soak`: run cases and print how many there were and what did not hold.

python -m tests.soak                        every 8th case
python -m tests.soak full                   every case
python -m tests.soak 3                      every 3rd case
python -m tests.soak guide client/update    these programs or operations alone, every case
python -m tests.soak guide/create/3/html/once    one case, run by run
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from .cases import OPERATIONS, Broken, Case, Stage, Trial, Violation, cases_of
from .programs import PROGRAMS
from .two_stacks import two_stacks

__all__ = ("main",)

_EACH = 8
_GUIDES_EACH = 15


def main(arguments: list[str]) -> int:
    """Run what is asked for; the exit code says whether all held. What is not understood runs nothing."""
    if strange := [a for a in arguments if not _is_understood(a)]:
        helping = strange[0] in ("-h", "--help")
        _say(str(__doc__) if helping else f"{strange[0]} is no program, operation, case or number\n\n{__doc__}")
        return 0 if helping else 2
    if len(arguments) == 1 and arguments[0].count("/") == 4:
        return _one(Case.of(arguments[0]))
    if len(arguments) == 1 and arguments[0].startswith("@"):
        return _listed(Path(arguments[0][1:]).read_text(encoding="utf-8").split())
    each = 1 if "full" in arguments or any(a.split("/")[0] in PROGRAMS for a in arguments) else _EACH
    each = next((int(a) for a in arguments if a.isdigit()), each)
    wanted = [a for a in arguments if a.split("/")[0] in PROGRAMS]
    parts = [
        (program, operation, each)
        for program in PROGRAMS
        for operation in OPERATIONS
        if not wanted or program in wanted or f"{program}/{operation}" in wanted
    ]
    began, count, violations = time.monotonic(), 0, list[Violation]()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        for (program, operation, _), (number, found) in zip(parts, workers.map(_part, parts), strict=True):
            _say(f"{program}/{operation}: {number} cases, {len(found)} violations")
            count += number
            violations += found
    if not wanted:
        count += 1
        found_at_once = two_stacks(_GUIDES_EACH)
        _say(f"two stacks at once, {6 * _GUIDES_EACH} resources: {len(found_at_once)} violations")
        violations += [Violation(Case("two-stacks", "up", 0, "revoked", "once"), line) for line in found_at_once]
    _report(violations)
    _say(f"{count} cases, {len(violations)} violations, {time.monotonic() - began:.0f} s")
    return 1 if violations else 0


def _is_understood(argument: str) -> bool:
    program, _, operation = argument.partition("/")
    if program in PROGRAMS:
        return not operation or operation.split("/")[0] in OPERATIONS
    return argument == "full" or argument.startswith("@") or (argument.isdecimal() and int(argument) > 0)


def _part(part: tuple[str, str, int]) -> tuple[int, list[Violation]]:
    program, operation, each = part
    try:
        with Stage(program) as stage:
            chosen = [case for case in cases_of(stage, operation) if case.is_chosen(each)]
            found = [Trial(stage, case).violation() for case in chosen]
    except Broken as broken:
        return 1, [Violation(Case(program, operation, 0, "none", "once"), str(broken))]
    return len(chosen), [violation for violation in found if violation]


def _listed(lines: list[str]) -> int:
    cases = [Case.of(line) for line in lines]
    violations = list[Violation]()
    for program in PROGRAMS:
        own = [case for case in cases if case.program == program]
        if own:
            with Stage(program) as stage:
                violations += [found for case in own if (found := Trial(stage, case).violation())]
    _report(violations)
    _say(f"{len(cases)} cases, {len(violations)} violations")
    return 1 if violations else 0


def _one(case: Case) -> int:
    with Stage(case.program) as stage:
        trial = Trial(stage, case)
        mark = stage.sandbox.ledger.mark()
        violation = trial.violation()
        for exchange in stage.sandbox.ledger.since(mark):
            _say(f"  {exchange.method} {exchange.path} {exchange.status} {exchange.fault or ''}")
    for line in trial.lines:
        _say(line)
    _say(f"violation: {violation.what}" if violation else "held")
    return 1 if violation else 0


def _report(violations: list[Violation]) -> None:
    examples: dict[str, list[Case]] = defaultdict(list)
    for violation in violations:
        examples[violation.kind].append(violation.case)
    for kind, cases in sorted(examples.items(), key=lambda one: -len(one[1])):
        faults = Counter(f"{case.fault}/{case.how}" for case in cases)
        _say(f"\n{len(cases)} times: {kind}")
        _say(f"    {', '.join(f'{name} {count}' for name, count in faults.most_common(6))}")
        for case in cases[:5]:
            _say(f"    python -m tests.soak {case}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
