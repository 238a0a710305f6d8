"""The parts of a problem, each drawn by a plain function: one strategy a choice would take many times as long."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from civicvol.calendar.cadence import Cadence
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import Free, Recurring, Rotation, ShiftPattern, StaggeredRest, Weekly, WorkHours
from civicvol.calendar.period import Period
from civicvol.calendar.timespan import TimeSpan
from civicvol.duties.position import Position
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.people.availability import Availability
from civicvol.people.limit import Limit
from civicvol.people.preferred_time import PreferredTime
from civicvol.people.skill import Qualification, SkillNeed, SkillTag
from civicvol.people.volunteer import Volunteer
from civicvol.places.travel import Travel
from civicvol.places.unit import Unit, UnitTree
from civicvol.rostering.override import Override
from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.request import Request, RequestKind
from civicvol.rostering.roster import Assignment

T = TypeVar("T")

AWKWARD_DAYS = (
    ("Asia/Shanghai", date(2026, 3, 1)),  # a month that begins on a Sunday
    ("Europe/Berlin", date(2026, 3, 29)),  # an hour is skipped
    ("Europe/Berlin", date(2026, 10, 25)),  # an hour comes twice
    ("America/New_York", date(2026, 11, 1)),  # the same, where a month begins
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour comes twice
    ("Asia/Kathmandu", date(2028, 2, 29)),  # a leap day, and 5:45 hours ahead of UTC
    ("UTC", date(2027, 1, 1)),  # a Friday in week 53 of 2026
)
"""Days on which clocks and calendars do something unusual, with their zone."""

TIMES = (time(9), time(18), time(22), time(6), time(0), time(14), time(2, 30), time(23, 59))
"""Times of day at which work begins and ends, nights do, and clocks change."""

SKILLS = (
    SkillTag(id="nurse", implies={"first-aid"}),
    SkillTag(id="first-aid", implies={"thermometer"}),
    SkillTag(id="thermometer"),
)
UNITS = UnitTree(
    (
        Unit(id="street", kind="street", label="Street"),
        Unit(id="grid-1", kind="grid", label="Grid 1", parent="street"),
        Unit(id="building-1", kind="building", label="Building 1", parent="grid-1"),
        Unit(id="building-2", kind="building", label="Building 2", parent="grid-1"),
        Unit(id="grid-2", kind="grid", label="Grid 2", parent="street"),
        Unit(id="far", kind="street", label="Far street"),
    )
)
TRAVELS = (
    Travel(),
    Travel(within={"grid": 10, "street": 45}, elsewhere=90),
    Travel(within={"street": 20}, elsewhere=20, same=15),
)

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_STARTS = (time(0), time(5), time(2, 30))
_OFFSETS = (540, 600, 0, 60, 240, 1200, 1380, 150, 359, 1439)
_LENGTHS = (60, 120, 240, 300, 30, 480, 1, 700, 1500)
_GAPS = (0, 10, 30, 300, 595, 720)
_DAYS_LATER = (1, 1, 2, 7)
_AGES = (40, 17, 64, 8, 16, 65, 70, 15, 0)
_WEEKDAYS: tuple[frozenset[str], ...] = tuple(
    map(frozenset, (("SA", "SU"), ("MO",), ("TU", "WE", "TH", "FR"), (), ("MO", "WE", "FR", "SU")))
)
_HEADS = ((1, 1, 1), (0, 0, 0), (1, 2, 2), (0, 1, 2), (2, 2, 2), (2, 3, 4))
_LIMITS = tuple(
    Limit(per=per, minutes=minutes, shifts=shifts)
    for per in Period
    for minutes, shifts in ((60, None), (None, 1), (240, 2), (0, 0))
)
_GOALS = tuple(
    Limit(per=per, minutes=minutes, shifts=shifts)
    for per in Period
    for minutes, shifts in ((None, 2), (300, None), (None, 1), (600, 3))
)
AFFILIATIONS = ("cadre", "student")
_IMPORTANCE = (1.0, 1.0, 0.5, 4.0)
_NAMES = ("Li", "{王}", "", "O'Neill")


def pick(draw: DrawFn, options: Sequence[T]) -> T:
    """Draw one of some options; the first is the simplest."""
    return options[draw(st.integers(0, len(options) - 1))]


def some(draw: DrawFn, options: Sequence[T], most: int) -> list[T]:
    """Draw up to so many different options, in their order."""
    count = draw(st.integers(0, min(most, len(options))))
    chosen = {pick(draw, range(len(options))) for _ in range(count)}
    return [options[place] for place in sorted(chosen)]


def horizon(draw: DrawFn, most_days: int = 8, least_days: int = 1) -> Horizon:
    """Draw a few days around an awkward one."""
    zone, awkward = pick(draw, AWKWARD_DAYS)
    length = draw(st.integers(least_days, most_days))
    first = awkward - draw(st.integers(0, min(length, 4))) * _DAY
    last = first + (length - 1) * _DAY
    return Horizon(first_day=first, last_day=last, zone=ZoneInfo(zone), day_start=pick(draw, _DAY_STARTS))


def span(draw: DrawFn, within: Horizon, near: Sequence[TimeSpan] = ()) -> TimeSpan:
    """Draw a span that begins within a horizon, often on a weekend, equal to another, right after it or later."""
    last = within.span.end_minute - 1
    if pick(draw, (False, True, True)) and near:
        other = pick(draw, near)
        how = pick(draw, ("equal", "after", "after", "later"))
        if how == "equal" and within.span.contains(other.start):
            return other
        if how == "later":
            begin = min(max(other.start_minute + pick(draw, _DAYS_LATER) * 24 * 60, within.span.start_minute), last)
            return span_at(within, begin, other.minutes)
        begin = min(max(other.end_minute + pick(draw, _GAPS), within.span.start_minute), last)
    else:
        weekends = (day for day in within.days if day.weekday() > 4)
        day = within.day_span(pick(draw, (*within.days, *weekends)))
        begin = min(day.start_minute + pick(draw, _OFFSETS), last)
    return span_at(within, begin, pick(draw, _LENGTHS))


def span_at(within: Horizon, begin: int, minutes: int) -> TimeSpan:
    """Return the span of so many minutes from a minute since 1970, in a horizon's zone."""
    start = _EPOCH + timedelta(minutes=begin)
    end = start + timedelta(minutes=minutes)
    return TimeSpan(start.astimezone(within.zone), end.astimezone(within.zone))


def pattern(draw: DrawFn, within: Horizon) -> ShiftPattern:
    """Draw a pattern of any class, with leave and extra days in a horizon."""
    anchor, turn = pick(draw, within.days), pick(draw, (1, 2))
    off = frozenset(some(draw, within.days, 1))
    makers: tuple[Callable[..., ShiftPattern], ...] = (
        Free,
        partial(Weekly, days=pick(draw, _WEEKDAYS)),
        partial(Rotation, on=turn, anchor=anchor),
        partial(StaggeredRest, rest_days=[pick(draw, _WEEKDAYS) for _ in range(turn)], anchor=anchor),
        partial(Recurring, cadence=Cadence.daily(anchor, turn)),
    )
    return pick(draw, makers)(
        hours=[WorkHours(pick(draw, TIMES), pick(draw, TIMES)) for _ in range(pick(draw, (1, 2)))],
        commute=pick(draw, (0, 25, 90)),
        days_off=off,
        extra_days=frozenset(some(draw, within.days, 1)) - off,
    )


def availability(draw: DrawFn, within: Horizon, near: Sequence[TimeSpan] = ()) -> Availability:
    """Draw an availability; half of all people are always free."""
    if pick(draw, (True, False)):
        return Availability()
    offered = pick(draw, (None, None, 1, 3))
    return Availability(
        pattern=pick(draw, (Free(), pattern(draw, within))),
        leave=[span(draw, within, near) for _ in range(pick(draw, (0, 1)))],
        offered=None if offered is None else [span(draw, within, near) for _ in range(offered)],
    )


def birth_date(draw: DrawFn, within: Horizon) -> date | None:
    """Draw a birthday in or before a horizon at an age where rules change, a leap day, or nothing."""
    if pick(draw, (False, True)):
        return None
    day = pick(draw, (within.first_day - 40 * _DAY, *within.days))
    age = pick(draw, _AGES)
    if pick(draw, range(8)) == 7:
        return pick(draw, (date(2008, 2, 29), date(1960, 2, 29)))
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - age, 3, 1) if is_leap_day else day.replace(year=day.year - age)


def volunteer(
    draw: DrawFn,
    within: Horizon,
    id: str,
    near: Sequence[TimeSpan],
    positions: Iterable[Position],
    skills: Iterable[SkillTag],
    units: UnitTree,
    others: Sequence[str] = (),
) -> Volunteer:
    """Draw a volunteer; `others` are the ids of those they may like to serve with."""
    places = [unit.id for unit in units.units]
    tags = [tag.id for tag in skills]
    liked = some(draw, [position.id for position in positions], 2)
    return Volunteer(
        id=id,
        name=pick(draw, _NAMES),
        birth_date=birth_date(draw, within),
        home=pick(draw, (None, *places)),
        serves=some(draw, places, 2),
        qualifications=[qualification(draw, within, tags) for _ in range(draw(st.integers(0, 2)))] if tags else (),
        availability=availability(draw, within, near),
        preferences=liked[:: pick(draw, (1, -1))],
        preferred_times=[preferred_time(draw, within, near) for _ in range(pick(draw, (0, 0, 1, 2)))],
        partners=some(draw, [other for other in others if other != id], 2),
        goals={goal.per: goal for goal in some(draw, _GOALS, 2)}.values(),
        limits={limit.per: limit for limit in some(draw, _LIMITS, 2)}.values(),
        affiliations=some(draw, AFFILIATIONS, 2),
        guardian_consent=pick(draw, (False, True)),
    )


def preferred_time(draw: DrawFn, within: Horizon, near: Sequence[TimeSpan] = ()) -> PreferredTime:
    """Draw a preferred time, often the hours of a span."""
    day = pick(draw, within.days)
    cadences: tuple[Callable[[date], Cadence], ...] = (
        Cadence.daily,
        Cadence.weekly,
        partial(Cadence.daily, every=2),
        Cadence.monthly,
    )
    if pick(draw, (True, False)) and near:
        liked = pick(draw, near)
        hours = WorkHours(*(each.time().replace(fold=0) for each in (liked.start, liked.end)))
    else:
        hours = WorkHours(pick(draw, TIMES), pick(draw, TIMES))
    return PreferredTime(cadence=pick(draw, cadences)(day), hours=hours)


def qualification(draw: DrawFn, within: Horizon, skills: Sequence[str]) -> Qualification:
    """Draw a qualification that may begin or end in a horizon."""
    first, last = sorted((pick(draw, within.days), pick(draw, within.days)))
    valid_from, valid_until = pick(draw, ((None, None), (first, None), (None, last), (first, last)))
    return Qualification(
        skill=pick(draw, skills), level=pick(draw, (1, 3)), valid_from=valid_from, valid_until=valid_until
    )


def position(draw: DrawFn, id: str) -> Position:
    """Draw a position; half of them are demanding."""
    return Position(
        id=id,
        needs=pick(draw, ((), (), ("thermometer",))),
        minimum_age=pick(draw, (0, 18, 70)),
        longest_stretch=pick(draw, (None, 60, 150, None)),
    )


def shift(
    draw: DrawFn,
    within: Horizon,
    id: str,
    near: Sequence[TimeSpan],
    positions: Sequence[Position],
    skills: Iterable[SkillTag],
    units: UnitTree,
) -> Shift:
    """Draw a shift."""
    needs = [SkillNeed(skill=tag.id, level=level) for tag in skills for level in (1, 3)]
    roles = pick(draw, (("helper",), ("helper", "lead")))
    return Shift(
        id=id,
        position=pick(draw, positions).id,
        span=span(draw, within, near),
        cover=[line(draw, role, needs) for role in roles],
        unit=pick(draw, (None, *(unit.id for unit in units.units))),
        attendance=pick(draw, (0, 30, 150, 250)),
    )


def line(draw: DrawFn, role: str, needs: Sequence[SkillNeed]) -> CoverRequirement:
    """Draw a role line; most ask for no skill."""
    minimum, desired, maximum = pick(draw, _HEADS)
    asks = pick(draw, ("nothing", "nothing", "all", "any", "both"))
    return CoverRequirement(
        role=role,
        all_of=_of_different_skills(some(draw, needs, 2)) if asks in {"all", "both"} else (),
        any_of=_of_different_skills(some(draw, needs, 2)) if asks in {"any", "both"} else (),
        minimum=minimum,
        desired=desired,
        maximum=maximum,
        importance=pick(draw, _IMPORTANCE),
    )


def past_duty(
    draw: DrawFn, within: Horizon, volunteer: str, positions: Iterable[Position], units: UnitTree
) -> PastDuty:
    """Draw a past duty, some of which still go on when the horizon begins."""
    length = pick(draw, _LENGTHS)
    before = pick(draw, (0, 1, 2, 7)) * 24 * 60 + pick(draw, (0, 30, 300, -45))
    begin = min(within.span.start_minute - before - length, within.span.start_minute - 1)
    return PastDuty(
        volunteer=volunteer,
        span=span_at(within, begin, length),
        position=pick(draw, (None, *(position.id for position in positions))),
        unit=pick(draw, (None, *(unit.id for unit in units.units))),
    )


def assignments(draw: DrawFn, volunteers: Iterable[Volunteer], shifts: Sequence[Shift]) -> list[Assignment]:
    """Draw assignments, each volunteer on each shift in one role or none; most rosters are busy ones."""
    times = pick(draw, (2, 4, 1))
    held = [
        (volunteer.id, shift.id, pick(draw, (None, *(line.role for line in shift.cover * times))))
        for volunteer in volunteers
        for shift in shifts
    ]
    return [Assignment(volunteer=volunteer, shift=shift, role=role) for volunteer, shift, role in held if role]


def pins(draw: DrawFn, volunteers: Sequence[Volunteer], shifts: Sequence[Shift]) -> list[Assignment]:
    """Draw a few assignments, often none."""
    count = pick(draw, (0, 0, 1, 2)) if volunteers and shifts else 0
    places = {(pick(draw, range(len(volunteers))), pick(draw, range(len(shifts)))) for _ in range(count)}
    return [
        Assignment(volunteer=volunteers[who].id, shift=shifts[what].id, role=shifts[what].cover[-1].role)
        for who, what in sorted(places)
    ]


def requests(draw: DrawFn, within: Horizon, volunteers: Sequence[Volunteer], shifts: Sequence[Shift]) -> list[Request]:
    """Draw what people ask for, mostly on days and at positions of shifts."""
    found: dict[tuple[str, date, RequestKind, str | None], Request] = {}
    for _ in range(pick(draw, (4, 0, 2, 8)) if volunteers and shifts else 0):
        kind, shift = pick(draw, tuple(RequestKind)), pick(draw, shifts)
        asked = Request(
            volunteer=pick(draw, volunteers).id,
            day=pick(draw, (within.day_of(shift.span.start), pick(draw, within.days))),
            kind=kind,
            position=shift.position if kind.of_shift else None,
            importance=pick(draw, _IMPORTANCE),
        )
        found[asked.volunteer, asked.day, kind, asked.position] = asked
    return list(found.values())


def overrides(draw: DrawFn, volunteers: Sequence[Volunteer], shifts: Sequence[Shift]) -> list[Override]:
    """Draw what was agreed against all rules on single assignments, often nothing."""
    count = pick(draw, (0, 0, 1, 2)) if volunteers and shifts else 0
    return [
        Override(volunteer=pick(draw, volunteers).id, shift=pick(draw, shifts).id, reason="agreed")
        for _ in range(count)
    ]


def _of_different_skills(needs: Iterable[SkillNeed]) -> list[SkillNeed]:
    return list({need.skill: need for need in needs}.values())
