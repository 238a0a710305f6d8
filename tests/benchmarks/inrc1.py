"""Solve instances of the First International Nurse Rostering Competition (INRC-I, 2010).

    python tests/benchmarks/inrc1.py FILE... [--engine auto] [--time-limit 60] [--seed 0] [--json] [--out DIR]

`_inrc1.py` has what a roster costs and breaks by the competition's own rules. To civicvol it is told so: a shift type
is a position that asks for a skill of its own, which those nurses have who have all the type's skills; a day of it is
a shift; the nurses of a contract are a group, and what the contract asks for are rules for that group. The objective
is the competition's cost.

What cannot be told are working weekends in any four weeks, where the horizon touches more than four weekends; unwanted
patterns of nothing but free days; and numbers beyond civicvol's ranges: weights over a million, runs over 366 days,
more than 1,100 days. Such a file is refused. The competition has none.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import attrs
from _inrc1 import ANY, NONE, Contract, Instance, Nurse, Pattern, ShiftType, broken, cost
from _inrc1_xml import read
from _outside import Case, run

from civicvol import (
    CoverRequirement,
    Horizon,
    Period,
    Position,
    Qualification,
    Request,
    RequestKind,
    RosterProblem,
    Rule,
    Shift,
    SkillTag,
    TimeSpan,
    Volunteer,
    rules,
)

ZONE = ZoneInfo("UTC")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KINDS: Mapping[str, RequestKind] = {
    "DayOff": RequestKind.DAY_OFF,
    "DayOn": RequestKind.DAY_ON,
    "ShiftOff": RequestKind.SHIFT_OFF,
    "ShiftOn": RequestKind.SHIFT_ON,
}

Step = frozenset[str] | None
"""A day of an unwanted sequence: positions, at one of which is work, none for any work; None for a free day."""

WORK: Step = frozenset()
FREE: Step = None


def build(instance: Instance) -> Case:
    """Return an instance as a roster problem whose objective is its cost, and the way back.

    Raises:
        ValueError: it asks for what civicvol cannot be told.
    """
    cells = {f"{day} {shift}": (day, shift) for day, shift in instance.cover}
    problem = RosterProblem(
        horizon=Horizon(first_day=instance.first_day, last_day=_date(instance, instance.days - 1), zone=ZONE),
        volunteers=[_volunteer(nurse, instance) for nurse in instance.nurses],
        shifts=[
            Shift(
                id=id,
                position=shift,
                span=_span(_date(instance, day), instance.types[shift]),
                cover=[CoverRequirement(minimum=instance.cover[day, shift])],
            )
            for id, (day, shift) in cells.items()
        ],
        positions=[Position(id=id, needs=[id]) for id in instance.types],
        skills=[SkillTag(id=id) for id in instance.types],
        rules=[
            rules.MinimumCover(weight=None),
            rules.MaximumCover(weight=None),
            rules.MostShifts(shifts=1, per=Period.DAY),
            rules.DayOffRequests(weight=1.0),
            rules.DayOnRequests(weight=1.0),
            rules.ShiftOffRequests(weight=1.0),
            rules.ShiftOnRequests(weight=1.0),
            *_contract_rules(instance),
        ],
        requests=[
            Request(
                volunteer=nurse,
                day=_date(instance, day),
                kind=KINDS[kind],
                position=shift or None,
                importance=weight,
            )
            for (kind, nurse, day, shift), weight in instance.requests.items()
        ],
    )
    return Case(
        problem=problem,
        staff=[nurse.id for nurse in instance.nurses],
        days=instance.days,
        cells=cells,
        price=lambda grid: (sum(cost(instance, grid).values()), len(broken(instance, grid))),
    )


def _volunteer(nurse: Nurse, instance: Instance) -> Volunteer:
    able = [each.id for each in instance.types.values() if each.skills <= nurse.skills]
    return Volunteer(
        id=nurse.id, qualifications=[Qualification(skill=id) for id in able], affiliations=[nurse.contract]
    )


def _contract_rules(instance: Instance) -> list[Rule]:
    """Return the rules of all contracts; what one of them asks for twice counts twice."""
    weights: Counter[Rule] = Counter()
    for contract in instance.contracts.values():
        for rule, weight in _asked(instance, contract):
            weights[rule] += weight
    return [attrs.evolve(rule, weight=weight) for rule, weight in weights.items() if weight]


def _asked(instance: Instance, contract: Contract) -> Iterator[tuple[Rule, int]]:
    """Yield what a contract asks for as rules with a weight of 1, and the weights they should have."""
    scope = {"group": contract.id, "weight": 1}
    for name, limit in contract.limits.items():
        kind = _weekend_limit if name.endswith(("Weekends", "Weeks")) else _day_limit
        yield kind(instance, contract, name, limit), contract.weights[name]
    yield rules.CompleteWeekends(weekend=_weekend(contract), **scope), contract.weights.get("CompleteWeekends", 0)
    same_shift = rules.SameShiftOnWeekends(weekend=_weekend(contract), whole=True, **scope)
    yield same_shift, contract.weights.get("IdenticalShiftTypesDuringWeekend", 0)
    yield rules.Qualified(**scope), contract.weights.get("AlternativeSkillCategory", 0)
    for steps, weekday, weight in _sequences(instance, contract):
        day = None if weekday is None else CODES[weekday % 7]
        yield rules.UnwantedSequence(pattern=steps, weekday=day, **scope), weight


def _day_limit(instance: Instance, contract: Contract, name: str, limit: int) -> Rule:
    """Return a limit on shifts or days, with a weight of 1; where none may be in a row, it is one on the total."""
    scope = {"group": contract.id, "weight": 1}
    match name, limit:
        case ("MaxNumAssignments", _) | ("MaxConsecutiveWorkingDays", 0):
            return rules.MostShifts(shifts=limit, per=Period.HORIZON, **scope)
        case "MinNumAssignments", _:
            return rules.LeastShifts(shifts=limit, per=Period.HORIZON, **scope)
        case "MaxConsecutiveFreeDays", 0:
            return rules.LeastShifts(shifts=instance.days, per=Period.HORIZON, **scope)
        case "MaxConsecutiveWorkingDays", _:
            return rules.MostConsecutiveDays(days=limit, **scope)
        case "MaxConsecutiveFreeDays", _:
            return rules.MostConsecutiveDaysOff(days=limit, **scope)
    least = rules.LeastConsecutiveDays if name == "MinConsecutiveWorkingDays" else rules.LeastConsecutiveDaysOff
    return least(days=max(limit, 1), open_edges=False, **scope)


def _weekend_limit(instance: Instance, contract: Contract, name: str, limit: int) -> Rule:
    """Return a limit on weekends, likewise."""
    scope = {"group": contract.id, "weight": 1, "weekend": _weekend(contract)}
    if name == "MinConsecutiveWorkingWeekends":
        return rules.LeastConsecutiveWeekends(weekends=max(limit, 1), open_edges=False, **scope)
    if name == "MaxConsecutiveWorkingWeekends" and limit:
        return rules.MostConsecutiveWeekends(weekends=limit, **scope)
    if name == "MaxWorkingWeekendsInFourWeeks" and len(instance.weekends(contract)) > 4:
        raise ValueError(
            f"contract {contract.id!r} limits weekends in four weeks, and there are more than four weekends"
        )
    return rules.MostWeekends(weekends=limit, per=Period.HORIZON, **scope)


def _weekend(contract: Contract) -> tuple[str, ...]:
    return tuple(CODES[day] for day in contract.weekend)


def _sequences(instance: Instance, contract: Contract) -> Iterator[tuple[tuple[Step, ...], int | None, int]]:
    """Yield the sequences of days that a contract does not want, with the weekday they begin on and their weight.

    Where it does not matter which of several things happens, each has its sequence, so that never two match at once.
    """
    for pattern in contract.patterns:
        if set(pattern.steps) == {NONE}:
            raise ValueError(f"contract {contract.id!r} has an unwanted pattern of nothing but free days")
        yield from ((steps, pattern.weekday, pattern.weight) for steps in _told(pattern))
    days = len(contract.weekend)
    for first, last in combinations(range(days), 2):
        if (
            last > first + 1
        ):  # work, a pause, and work again: each run of work lacks all days of the weekend but its own
            pause = (WORK, *(FREE,) * (last - first - 1), WORK)
            yield pause, contract.weekend[first], days * contract.weights.get("CompleteWeekends", 0)
    nights = frozenset(each.id for each in instance.types.values() if each.is_night)
    others = frozenset(instance.types) - nights
    if nights:
        free = (nights, *(FREE,) * days)
        yield free, contract.weekend[0] - 1, contract.weights.get("NoNightShiftBeforeFreeWeekend", 0)
    if nights and others:
        for between in ((), (FREE,), (nights,)):
            yield (nights, *between, others), None, contract.weights.get("TwoFreeDaysAfterNightShifts", 0)


def _told(pattern: Pattern) -> Iterator[tuple[Step, ...]]:
    if pattern.wants_work_after_rest:
        for free in range(1, len(pattern.steps)):
            yield (*(FREE,) * free, WORK)
    else:
        steps: Mapping[str, Step] = {ANY: WORK, NONE: FREE}
        yield tuple(steps.get(step, frozenset({step})) for step in pattern.steps)


def _date(instance: Instance, day: int) -> date:
    return instance.first_day + timedelta(days=day)


def _span(day: date, kind: ShiftType) -> TimeSpan:
    start, end = datetime.combine(day, kind.start, ZONE), datetime.combine(day, kind.end, ZONE)
    return TimeSpan(start, end if end > start else end + timedelta(days=1))


if __name__ == "__main__":
    sys.exit(run("Solve instances of the First International Nurse Rostering Competition.", read, build))
