"""Instances of the First International Nurse Rostering Competition (INRC-I), and what a roster costs.

Meaning: S. Haspeslagh, P. De Causmaecker, A. Schaerf and M. Stølevik, "The first international nurse rostering
competition 2010", Annals of Operations Research 218 (2014), and the competition's own evaluator of July 2010. Hard:
every shift of a day has exactly the nurses it asks for, and a nurse has one shift a day. All else costs a weight times
an amount:

- assignments, and days or weekends in a row: how many are over the most or missing to the least, for each run. There is
  nothing outside the horizon, so runs at its edges count like all others.
- CompleteWeekends: for each run of days worked on a weekend, the other days of that weekend.
  IdenticalShiftTypesDuringWeekend: for each shift type worked on a weekend, the days without that type.
- AlternativeSkillCategory: each assignment to a shift type of which the nurse lacks a skill.
- UnwantedPatterns: each day on which one begins. None and after it nothing but Any stands for a free day and work on at
  least one of the days after it, not on all of them.
- requests: each that is not kept. Of equal ones the heaviest counts.
- NoNightShiftBeforeFreeWeekend: each night before a weekend without work. The evaluator leaves this out, although the
  files switch it on. Here it counts: no published optimal roster breaks it, so the known optima are the same.

In no instance of the competition, and read as the schema suggests: MaxWorkingWeekendsInFourWeeks, the weekends with
work over the limit in each four in a row; TwoFreeDaysAfterNightShifts, each night with other work within two days;
DateSpecificCover, in place of the day's cover of the shift types it names; days on and shifts on; weekends cut by an
edge of the horizon, which are as long as what is left of them; requests for other days, which do not count.

Nothing of civicvol is used here, so that its rosters are reckoned independently.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from itertools import groupby

import attrs

ANY, NONE = "Any", "None"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKENDS: Mapping[str, tuple[int, ...]] = {
    "SaturdaySunday": (5, 6),
    "FridaySaturdaySunday": (4, 5, 6),
    "SaturdaySundayMonday": (5, 6, 0),
    "FridaySaturdaySundayMonday": (4, 5, 6, 0),
}
LIMITS = (
    "MaxNumAssignments",
    "MinNumAssignments",
    "MaxConsecutiveWorkingDays",
    "MinConsecutiveWorkingDays",
    "MaxConsecutiveFreeDays",
    "MinConsecutiveFreeDays",
    "MaxConsecutiveWorkingWeekends",
    "MinConsecutiveWorkingWeekends",
    "MaxWorkingWeekendsInFourWeeks",
)
WISHES = (
    "CompleteWeekends",
    "IdenticalShiftTypesDuringWeekend",
    "NoNightShiftBeforeFreeWeekend",
    "TwoFreeDaysAfterNightShifts",
    "AlternativeSkillCategory",
)
REQUESTS = ("DayOff", "DayOn", "ShiftOff", "ShiftOn")

Request = tuple[str, str, int, str]
"""Its kind, a nurse, a day, and a shift type or nothing."""

Grid = tuple[tuple[str, ...], ...]
"""A row per nurse, a column per day; a shift type, or nothing for a free day."""


@attrs.frozen(kw_only=True)
class ShiftType:
    """A kind of shift: when it is, and the skills it asks for."""

    id: str
    start: time
    end: time
    skills: frozenset[str] = frozenset()

    @property
    def is_night(self) -> bool:
        """Whether it lasts until the next day."""
        return self.end < self.start


@attrs.frozen(kw_only=True)
class Pattern:
    """Days in a row that are not wanted: shift types, any or none; a weekday where it begins on that one only."""

    steps: tuple[str, ...]
    weekday: int | None = None
    weight: int = 1

    @property
    def wants_work_after_rest(self) -> bool:
        """Whether it is a free day with work on at least one of those after it."""
        return self.steps[0] == NONE and set(self.steps[1:]) == {ANY}


@attrs.frozen(kw_only=True)
class Contract:
    """What nurses of a contract are held to: limits, and the weights of these and of wishes, by their names."""

    id: str
    weights: Mapping[str, int] = {}
    limits: Mapping[str, int] = {}
    weekend: tuple[int, ...] = WEEKENDS["SaturdaySunday"]
    patterns: tuple[Pattern, ...] = ()


@attrs.frozen(kw_only=True)
class Nurse:
    """A nurse, the id of their contract, and their skills."""

    id: str
    contract: str
    skills: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Instance:
    """What a file says; `cover` holds how many nurses the shifts of a day ask for, `requests` the weights of wishes."""

    first_day: date
    days: int
    types: Mapping[str, ShiftType]
    contracts: Mapping[str, Contract]
    nurses: tuple[Nurse, ...]
    cover: Mapping[tuple[int, str], int] = {}
    requests: Mapping[Request, int] = {}

    def weekday(self, day: int) -> int:
        """Return the weekday of a day; 0 is Monday."""
        return (self.first_day.weekday() + day) % 7

    def weekends(self, contract: Contract) -> list[list[int]]:
        """Return the days of each weekend, as far as they are within the horizon."""
        place = {weekday: number for number, weekday in enumerate(contract.weekend)}
        days = [day for day in range(self.days) if self.weekday(day) in place]
        return [list(weekend) for _, weekend in groupby(days, key=lambda day: day - place[self.weekday(day)])]


def cost(instance: Instance, grid: Grid) -> dict[str, int]:
    """Return what a roster costs, by the name of what it falls short of."""
    costs: Counter[str] = Counter()
    for nurse, row in zip(instance.nurses, grid, strict=True):
        contract = instance.contracts[nurse.contract]
        for name, amount in _amounts(instance, contract, nurse, row):
            costs[name] += contract.weights.get(name, 0) * amount
        for pattern in contract.patterns:
            costs["UnwantedPatterns"] += pattern.weight * sum(_matches(instance, pattern, row))
    rows = {nurse.id: row for nurse, row in zip(instance.nurses, grid, strict=True)}
    for (kind, nurse, day, shift), weight in instance.requests.items():
        given = rows[nurse][day]
        granted = given == shift if shift else bool(given)
        costs[kind] += weight * (granted == kind.endswith("Off"))
    return dict(+costs)


def broken(instance: Instance, grid: Grid) -> list[str]:
    """Return which shifts have not the number of nurses they ask for, in words."""
    given = Counter((day, shift) for row in grid for day, shift in enumerate(row) if shift)
    return [
        f"{given[day, shift]} nurses at {shift} on day {day}, not {instance.cover.get((day, shift), 0)}"
        for day, shift in sorted({*instance.cover, *given})
        if given[day, shift] != instance.cover.get((day, shift), 0)
    ]


def _amounts(instance: Instance, contract: Contract, nurse: Nurse, row: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield by how much a nurse's row falls short of what a contract may ask for."""
    weekends = instance.weekends(contract)
    at_work = [any(row[day] for day in weekend) for weekend in weekends]
    yield from _beyond(contract.limits, row, at_work)
    for weekend in weekends:
        shifts = [row[day] for day in weekend]
        runs = _runs(map(bool, shifts))
        free = len(weekend) - sum(runs) if runs else 0
        yield "CompleteWeekends", free + len(contract.weekend) * max(len(runs) - 1, 0)
        kinds = Counter(filter(None, shifts))
        yield "IdenticalShiftTypesDuringWeekend", sum(len(weekend) - number for number in kinds.values())
    nights = {each.id for each in instance.types.values() if each.is_night}
    for weekend, works in zip(weekends, at_work, strict=True):
        if len(weekend) == len(contract.weekend) and weekend[0] > 0:
            yield "NoNightShiftBeforeFreeWeekend", int(row[weekend[0] - 1] in nights and not works)
    for day, shift in enumerate(row):
        later = set(filter(None, row[day + 1 : day + 3]))
        yield "TwoFreeDaysAfterNightShifts", int(shift in nights and not later <= nights)
        yield "AlternativeSkillCategory", int(bool(shift) and not instance.types[shift].skills <= nurse.skills)


def _beyond(limits: Mapping[str, int], row: tuple[str, ...], at_work: list[bool]) -> Iterator[tuple[str, int]]:
    """Yield by how much a row, and the weekends with work, are beyond limits."""
    measured = (
        ("NumAssignments", [sum(map(bool, row))]),
        ("ConsecutiveWorkingDays", _runs(map(bool, row))),
        ("ConsecutiveFreeDays", _runs(not shift for shift in row)),
        ("ConsecutiveWorkingWeekends", _runs(at_work)),
        ("WorkingWeekendsInFourWeeks", [sum(at_work[begin : begin + 4]) for begin in range(max(len(at_work) - 3, 1))]),
    )
    for name, numbers in measured:
        most, least = limits.get(f"Max{name}"), limits.get(f"Min{name}")
        if most is not None:
            yield f"Max{name}", sum(max(number - most, 0) for number in numbers)
        if least is not None:
            yield f"Min{name}", sum(max(least - number, 0) for number in numbers)


def _runs(flags: Iterable[bool]) -> list[int]:
    """Return the lengths of the runs of what is true."""
    return [len(list(run)) for flag, run in groupby(flags) if flag]


def _matches(instance: Instance, pattern: Pattern, row: tuple[str, ...]) -> Iterator[bool]:
    """Yield for each day on which a pattern may begin whether it does."""
    for day in range(len(row)):
        if pattern.weekday in {None, instance.weekday(day)}:
            first, *others = row[day : day + len(pattern.steps)]
            if pattern.wants_work_after_rest:
                yield not first and any(others)
            else:
                yield len(others) + 1 == len(pattern.steps) and all(map(_fits, (first, *others), pattern.steps))


def _fits(shift: str, step: str) -> bool:
    return bool(shift) == (step == ANY) if step in {ANY, NONE} else shift == step
