"""Solve the shift-scheduling instances of Curtois and Qu.

    python tests/benchmarks/curtois.py FILE... [--engine auto] [--time-limit 60] [--seed 0] [--json] [--out DIR]

`_curtois.py` has the format, and what a roster costs and breaks by the benchmark's own rules. To civicvol it is told
so: a shift type with its prices of cover is a position, and a day of it is a shift; who must not work a type at all
lacks its skill; those with the same limit are a group; days off are leave; every shift begins at midnight, as the
benchmark knows no time of day. The objective is the benchmark's own cost.

What cannot be told are shifts longer than a day, and numbers beyond civicvol's ranges: prices over a million or, but
for 0, under 0.001, more than 1,100 days, more than 100,000 people on a shift. Such a file is refused.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from _curtois import DAY_MINUTES, Cover, Instance, Staff, broken, cost, read
from _outside import Case, run

from civicvol import (
    Availability,
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
MONDAY = date(2024, 1, 1)
FREE = Cover(needed=0, under=0.0, over=0.0)

Limit = tuple[str, str, int]
"""The name of a limit, the shift type that it is for, or nothing, and its value."""

LIMITS: Mapping[str, Callable[..., Rule]] = {
    "most_shifts": lambda value, **scope: rules.MostShifts(shifts=value, per=Period.HORIZON, **scope),
    "most_minutes": lambda value, **scope: rules.MostMinutes(minutes=value, per=Period.HORIZON, **scope),
    "least_minutes": lambda value, **scope: rules.LeastMinutes(minutes=value, per=Period.HORIZON, **scope),
    "most_weekends": lambda value, **scope: rules.MostWeekends(weekends=value, per=Period.HORIZON, **scope),
    "most_in_a_row": lambda value, **scope: rules.MostConsecutiveDays(days=value, **scope),
    "least_in_a_row": lambda value, **scope: rules.LeastConsecutiveDays(days=value, **scope),
    "least_days_off": lambda value, **scope: rules.LeastConsecutiveDaysOff(days=value, **scope),
}
"""For each limit of a staff member by name, the rule; its scope is the group of all who have the limit."""


def build(instance: Instance) -> Case:
    """Return an instance as a roster problem whose objective is its cost, and the way back."""
    cover = {
        (day, each.id): instance.cover.get((day, each.id), FREE)
        for day in range(instance.days)
        for each in instance.types
    }
    position = {place: f"{place[1]} {each.under!r}/{each.over!r}" for place, each in cover.items()}
    skill = {position[day, shift]: shift for day, shift in cover}
    minutes = {each.id: each.minutes for each in instance.types}
    cells = {f"{day} {shift}": (day, shift) for day, shift in cover}
    wishes = (RequestKind.SHIFT_ON, instance.wanted), (RequestKind.SHIFT_OFF, instance.unwanted)
    problem = RosterProblem(
        horizon=Horizon(first_day=MONDAY, last_day=_date(instance.days - 1), zone=ZONE),
        volunteers=[_volunteer(member, instance) for member in instance.staff],
        shifts=[
            Shift(
                id=id,
                position=position[place],
                span=_span(place[0], minutes[place[1]]),
                cover=[_line(cover[place], len(instance.staff))],
            )
            for id, place in cells.items()
        ],
        positions=[Position(id=id, needs=[shift]) for id, shift in skill.items()],
        skills=[SkillTag(id=each.id) for each in instance.types],
        rules=[
            rules.Qualified(),
            rules.Available(),
            rules.MostShifts(shifts=1, per=Period.DAY),
            *_staff_rules(instance, skill),
            *_cover_rules({position[place]: each for place, each in cover.items()}),
            rules.ShiftOnRequests(weight=1.0),
            rules.ShiftOffRequests(weight=1.0),
        ],
        requests=[
            Request(volunteer=name, day=_date(day), kind=kind, position=position[day, shift], importance=price)
            for kind, prices in wishes
            for (name, day, shift), price in prices.items()
            if price
        ],
    )
    return Case(
        problem=problem,
        staff=[member.id for member in instance.staff],
        days=instance.days,
        cells=cells,
        price=lambda grid: (cost(instance, grid), len(broken(instance, grid))),
    )


def _volunteer(member: Staff, instance: Instance) -> Volunteer:
    able = [each.id for each in instance.types if member.most_in_a_row and member.most_shifts.get(each.id, 1)]
    return Volunteer(
        id=member.id,
        qualifications=[Qualification(skill=shift) for shift in able],
        availability=Availability(leave=[_span(day, DAY_MINUTES) for day in sorted(member.days_off)]),
        affiliations=[_group(limit) for limit in _limits(member, instance.days)],
    )


def _staff_rules(instance: Instance, skill: Mapping[str, str]) -> Iterator[Rule]:
    """Yield the rules on what staff members do, one for each limit at each value; `skill` is that of each position."""
    positions = {each.id: [id for id, shift in skill.items() if shift == each.id] for each in instance.types}
    for limit in dict.fromkeys(limit for member in instance.staff for limit in _limits(member, instance.days)):
        name, shift, value = limit
        yield LIMITS[name](value, group=_group(limit), positions=positions.get(shift, ()))
    for each in instance.types:
        if each.not_next:
            then = [id for other in each.not_next for id in positions[other]]
            yield rules.ForbiddenSuccession(first=positions[each.id], then=then)


def _cover_rules(cover: Mapping[str, Cover]) -> Iterator[Rule]:
    """Yield the rules on cover, one for each price; `cover` has the prices of each position."""
    for price in sorted({each.under for each in cover.values()} - {0}):
        positions = [id for id, each in cover.items() if each.under == price]
        yield rules.DesiredCover(weight=price, positions=positions)
    for price in sorted({each.over for each in cover.values()} - {0}):
        positions = [id for id, each in cover.items() if each.over == price]
        yield rules.MaximumCover(weight=price, positions=positions)


def _limits(member: Staff, days: int) -> Iterator[Limit]:
    """Yield the limits of a staff member, none greater than what can bind in so many days."""
    yield from (("most_shifts", shift, min(most, days)) for shift, most in member.most_shifts.items())
    yield "most_minutes", "", min(member.most_minutes, days * DAY_MINUTES)
    yield "least_minutes", "", min(member.least_minutes, days * DAY_MINUTES + 1)
    yield "most_weekends", "", min(member.most_weekends, days)
    for name in ("most_in_a_row", "least_in_a_row", "least_days_off"):
        yield name, "", max(1, min(getattr(member, name), days))


def _group(limit: Limit) -> str:
    return " ".join(map(str, limit))


def _line(cover: Cover, staff: int) -> CoverRequirement:
    most = cover.needed if cover.over else max(cover.needed, staff)
    return CoverRequirement(minimum=0, desired=cover.needed, maximum=most)


def _date(day: int) -> date:
    return MONDAY + timedelta(days=day)


def _span(day: int, minutes: int) -> TimeSpan:
    start = datetime.combine(_date(day), datetime.min.time(), ZONE)
    return TimeSpan(start, start + timedelta(minutes=minutes))


if __name__ == "__main__":
    sys.exit(run("Solve shift-scheduling instances of Curtois and Qu.", read, build))
