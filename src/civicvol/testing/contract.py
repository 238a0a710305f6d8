"""The contracts of a rule: its check and its rows say the same, and people can read what it finds."""

from datetime import date, time
from enum import Enum
from itertools import cycle, islice
from math import fsum, isclose, isfinite
from string import Formatter
from types import UnionType
from typing import Any, Union, get_args, get_origin

import attrs
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from civicvol.labels import Label
from civicvol.rostering.arrays import Floats
from civicvol.rostering.columns import find_candidates
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import LinearProgram, Program
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Rule, Violation
from civicvol.rostering.schedule import Schedule

_TOLERANCE = 1e-6
_PLAIN = (str, int, float, bool, type(None), date, time, Enum, Roster)
_MOST_SHOWN = 8
_MOST_TRIED = 4


def assert_two_sided(rule: Rule, problem: RosterProblem, roster: Roster) -> None:
    """Assert that a rule's check and its rows find the same in a roster.

    The rule stands alone: the problem's other rules are left aside. Its rows are written for all candidates, the
    candidates are held at what the roster says, and the cheapest way to satisfy the rows is compared with the check.
    A soft rule must cost the same on both sides; a hard rule must leave a solution exactly where the check finds
    nothing. Beyond that, every violation must be well formed, and `measure` of an `AssignmentRule` must equal its
    `amount` for every volunteer and role line. Unless the rule is wide, its check must keep to the volunteers and
    shifts it is asked to look at, and an assignment more or less must change what it finds in the whole roster just as
    it changes what it finds of that volunteer and that shift.

    Args:
        rule: the rule, hard or soft.
        problem: a problem, such as `civicvol.testing.roster_problems()` draws.
        roster: any roster of it; one that breaks the rule says most.

    Raises:
        AssertionError: the sides differ; the message says what each side finds.
        InputError: the roster names something that the problem does not know.

    >>> from hypothesis import given, settings
    >>> from civicvol.rostering.rules import MinimumRest
    >>> from civicvol.testing import roster_problems, rosters
    >>> problems = roster_problems().flatmap(lambda problem: rosters(problem).map(lambda roster: (problem, roster)))
    >>> @settings(max_examples=5, database=None, deadline=None)
    ... @given(problems)
    ... def test_rest(drawn):
    ...     assert_two_sided(MinimumRest(weight=2.0), *drawn)
    >>> test_rest()
    """
    problem.require_known(roster)
    alone = attrs.evolve(problem, rules=(rule,))
    found = tuple(rule.check(Schedule(alone, roster)))
    for violation in found:
        _require_well_formed(rule, alone, violation)
    if not rule.wide:
        _require_scope(rule, alone, roster, found)
        _require_local(rule, alone, roster, found)
    if isinstance(rule, AssignmentRule):
        _require_measured(rule, alone)
    cost = _least_cost(rule, alone, roster)
    if rule.hard:
        if (cost is None) != any(violation.hard for violation in found):
            says = "no solution" if cost is None else "nothing that forbids the roster"
            _differ(rule, roster, found, f"rows: {says}")
        return
    penalty = fsum(violation.penalty for violation in found)
    if cost is None:
        _differ(rule, roster, found, "rows: no solution, although the rule is soft")
    elif not isclose(cost, penalty, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
        _differ(rule, roster, found, f"rows: a cost of {cost:g}, which is {cost - penalty:+g} on the check's")


def assert_rule_is_described(rule_class: type[Rule]) -> None:
    """Assert that people can read a rule, and that programs can store it.

    Its unit, sentence and reason are labels in English and Chinese; the sentence names the same facts in both; the
    class has a docstring of its own; its parameters are plain values, or tuples and sets of them.

    Args:
        rule_class: the class of the rule.

    Raises:
        AssertionError: something is missing; the message lists everything that is.
    """
    missing = []
    for name in ("unit", "sentence", "reason"):
        label = getattr(rule_class, name, None)
        if not isinstance(label, Label) or not label.en.strip() or not label.zh.strip():
            missing.append(f"{name} must be a Label in English and Chinese, not {label!r}")
    sentence = getattr(rule_class, "sentence", None)
    if isinstance(sentence, Label) and _placeholders(sentence.en) != _placeholders(sentence.zh):
        missing.append(
            f"sentence must name the same facts in both languages, not {sorted(_placeholders(sentence.en))} "
            f"and {sorted(_placeholders(sentence.zh))}"
        )
    if not (rule_class.__dict__.get("__doc__") or "").strip():
        missing.append("the class must have a docstring of its own")
    if not attrs.has(rule_class) or any(each.type is None for each in attrs.fields(rule_class)):
        missing.append("the class must be a frozen attrs class whose fields have types")
    else:
        attrs.resolve_types(rule_class)
        missing += [
            f"{each.name} must be of plain values, not {each.type!r}"
            for each in attrs.fields(rule_class)
            if not _is_plain(each.type)
        ]
    if missing:
        raise AssertionError(f"{rule_class.__name__} is not described:\n" + "\n".join(f"- {each}" for each in missing))


def _least_cost(rule: Rule, problem: RosterProblem, roster: Roster) -> float | None:
    """Return what the rows cost at least where the candidates are held at the roster; None where they cannot hold."""
    columns = find_candidates(problem, keep=roster)
    written = Program(columns.past)
    rule.rows(columns, written)
    program = written.finish()
    taken = np.zeros(columns.count)
    taken[columns.indices(roster)] = 1.0
    lower, upper = program.lower.copy(), program.upper.copy()
    lower[: columns.count] = np.maximum(lower[: columns.count], taken)
    upper[: columns.count] = np.minimum(upper[: columns.count], taken)
    return None if np.any(lower > upper) else _solved(rule, program, lower, upper)


def _solved(rule: Rule, program: LinearProgram, lower: Floats, upper: Floats) -> float | None:
    held = lower == upper
    settled = np.where(held, lower, 0.0)
    base = program.rows @ settled
    row_lower, row_upper = program.row_lower - base, program.row_upper - base
    fixed = float(program.cost @ settled) + program.offset
    if np.all(held):
        return fixed if np.all((row_lower <= _TOLERANCE) & (row_upper >= -_TOLERANCE)) else None
    rows = LinearConstraint(program.rows[:, np.flatnonzero(~held)], row_lower, row_upper)
    answer = milp(program.cost[~held], constraints=rows, bounds=Bounds(lower[~held], upper[~held]))
    if answer.status == 0:
        return float(answer.fun) + fixed
    if answer.status == 2:
        return None
    raise AssertionError(f"{rule}: its rows have no cheapest solution: {answer.message}")


def _require_well_formed(rule: Rule, problem: RosterProblem, violation: Violation) -> None:
    """Raise unless a violation says whose it is, by how much, and reads as a sentence in both languages."""
    weight = 0.0 if rule.weight is None or violation.override else rule.weight
    wrong = [
        (violation.rule != rule.name, f"rule is {violation.rule!r}"),
        (violation.hard != (rule.hard and not violation.override), f"hard is {violation.hard}"),
        (not (isfinite(violation.amount) and violation.amount > 0), f"amount is {violation.amount}"),
        (violation.penalty != weight * violation.amount, f"penalty is {violation.penalty}, not weight times amount"),
        (not violation.message.en.strip() or not violation.message.zh.strip(), f"message is {violation.message!r}"),
        (not violation.volunteers and not violation.shifts, "it names neither volunteers nor shifts"),
        (not set(violation.volunteers) <= problem.volunteer_by_id.keys(), f"volunteers are {violation.volunteers}"),
        (not set(violation.shifts) <= problem.shift_by_id.keys(), f"shifts are {violation.shifts}"),
        (any(type(fact) not in {str, int, float} for fact in violation.facts.values()), f"facts: {violation.facts}"),
    ]
    faults = [message for is_wrong, message in wrong if is_wrong]
    if faults:
        raise AssertionError(f"{rule}: a violation is not well formed: {', '.join(faults)}\n  {violation!r}")


def _require_scope(rule: Rule, problem: RosterProblem, roster: Roster, found: tuple[Violation, ...]) -> None:
    """Raise unless the check finds the same when it looks at half of the volunteers and shifts at a time."""
    halves = (Schedule(problem, roster, problem.volunteers[odd::2], problem.shifts[odd::2]) for odd in (0, 1))
    apart = fsum(_amount(rule, half) for half in halves)
    together = fsum(violation.amount for violation in found)
    if not isclose(apart, together, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
        raise AssertionError(
            f"{rule}: its check finds {together:g} in the whole roster and {apart:g} in its halves; it must look at "
            "schedule.volunteers and schedule.shifts only, or say that it is wide"
        )


def _require_local(rule: Rule, problem: RosterProblem, roster: Roster, found: tuple[Violation, ...]) -> None:
    """Raise unless an assignment more or less matters for its volunteer and its shift alone.

    One shift is tried for each of the first volunteers; which one turns with the roster's size.
    """
    before = fsum(violation.amount for violation in found)
    turning = islice(cycle(problem.shifts), len(roster), len(roster) + _MOST_TRIED)
    for volunteer, shift in zip(problem.volunteers, turning, strict=False):
        near = Roster({*roster.of_volunteer(volunteer.id), *roster.of_shift(shift.id)})
        taken = [each for each in roster.of_volunteer(volunteer.id) if each.shift == shift.id]
        role = shift.cover[len(roster) % len(shift.cover)].role
        one = taken[0] if taken else Assignment(volunteer=volunteer.id, shift=shift.id, role=role)
        changed, near_changed = (each.without(one) if taken else each.with_(one) for each in (roster, near))
        whole = _amount(rule, Schedule(problem, changed)) - before
        local_after, local_before = (
            _amount(rule, Schedule(problem, each, (volunteer,), (shift,))) for each in (near_changed, near)
        )
        if not isclose(whole, local_after - local_before, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
            raise AssertionError(
                f"{rule}: {'without' if taken else 'with'} {one}, its check finds {whole:+g} in the whole roster and "
                f"{local_after - local_before:+g} of that volunteer and that shift; a rule that looks further must "
                "say that it is wide"
            )


def _amount(rule: Rule, schedule: Schedule) -> float:
    return fsum(violation.amount for violation in rule.check(schedule))


def _require_measured(rule: AssignmentRule, problem: RosterProblem) -> None:
    """Raise unless `measure` equals `amount` for every volunteer and role line."""
    height, width = len(problem.volunteers), len(problem.lines)
    code = np.arange(height * width)
    volunteers, lines = code // max(width, 1), code % max(width, 1)
    measured = rule.measure(problem)(volunteers, lines)
    if measured.shape != code.shape:
        raise AssertionError(f"{rule}: measure returns the shape {measured.shape} for {code.shape}")
    for volunteer, line, found in zip(volunteers.tolist(), lines.tolist(), measured.tolist(), strict=True):
        person, (shift, requirement) = problem.volunteers[volunteer], problem.lines[line]
        amount, _ = rule.amount(problem, person, shift, requirement)
        if not isclose(amount, found, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
            raise AssertionError(
                f"{rule}: for {person.id!r} on {shift.id!r} as {requirement.role!r}, "
                f"amount says {amount:g} and measure says {found:g}"
            )


def _differ(rule: Rule, roster: Roster, found: tuple[Violation, ...], rows: str) -> None:
    lines = [f"  - {violation} (amount {violation.amount:g})" for violation in found[:_MOST_SHOWN]]
    if len(found) > _MOST_SHOWN:
        lines.append(f"  - and {len(found) - _MOST_SHOWN} more")
    penalty = "" if rule.hard else f", a penalty of {fsum(violation.penalty for violation in found):g}"
    check = "\n".join([f"check: {len(found)} violation{'' if len(found) == 1 else 's'}{penalty}", *lines])
    assigned = ", ".join(map(str, roster)) or "nobody"
    raise AssertionError(f"{rule}: check and rows differ\n{check}\n{rows}\nroster: {assigned}")


def _placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


def _is_plain(kind: Any) -> bool:
    origin = get_origin(kind)
    if origin in {Union, UnionType, tuple, frozenset}:
        return all(member is Ellipsis or _is_plain(member) for member in get_args(kind))
    return isinstance(kind, type) and issubclass(kind, _PLAIN)
