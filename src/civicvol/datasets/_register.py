"""The volunteers' register of a generated neighbourhood: who they are, when they work, what they can and like to do."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from random import Random

from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import Free, Rotation, ShiftPattern, StaggeredRest, Weekly, WorkHours
from civicvol.calendar.period import Period
from civicvol.calendar.timespan import TimeSpan
from civicvol.datasets._names import Names
from civicvol.people.availability import Availability
from civicvol.people.limit import Limit
from civicvol.people.skill import Assessment, Qualification
from civicvol.people.volunteer import Volunteer
from civicvol.places.unit import Unit, UnitKind, UnitTree

_DAY = timedelta(days=1)
_WEEKEND = (5, 6)
_COMMUTES = (15, 20, 20, 30, 30, 30, 45, 60)
REST_DAYS = (("MO", "TU"), ("TU", "WE"), ("WE", "TH"), ("TH", "FR"))
_DECLARED = {"order-keeping": 0.6, "registration": 0.5, "persuasion": 0.3, "publicity": 0.3}
SCHOOL = Weekly(hours=[WorkHours(time(7, 30), time(17))], commute=20)
_EMPLOYERS = ("factory", "hospital", "metro", "office", "school", "shop")
_WISHES = ("order-keeping", "registration", "waste-sorting", "publicity", "persuasion", "door-to-door", "sampling")
_LIMITS: Sequence[tuple[Limit, ...]] = (
    (Limit(per=Period.WEEK, shifts=1),),
    (Limit(per=Period.WEEK, shifts=2),),
    (Limit(per=Period.WEEK, minutes=240),),
    (Limit(per=Period.HORIZON, shifts=4), Limit(per=Period.WEEK, shifts=2)),
)


def draw_register(rng: Random, count: int, horizon: Horizon, units: UnitTree) -> tuple[Volunteer, ...]:
    """Return volunteers of all ages; 82 of 100 are 18 to 59, and of the others one in three is under age.

    Args:
        rng: the source of chance.
        count: how many.
        horizon: the days for which leave and evenings off are drawn.
        units: the neighbourhood; everybody lives in one of its buildings.
    """
    ages = draw_ages(rng, count, 15, 78)
    grown = [place for place, age in enumerate(ages) if 18 <= age < 65]
    learners = set(rng.sample(grown, min(count // 3, len(grown))))
    aiders = set(rng.sample(grown, min(count // 20, len(grown))))
    names = Names(rng)
    return tuple(
        _draw_volunteer(rng, age, horizon, units, names, learner=place in learners, aider=place in aiders)
        for place, age in enumerate(ages)
    )


def draw_ages(rng: Random, count: int, youngest: int, oldest: int) -> list[int]:
    """Return ages in any order; 82 of 100 are 18 to 59, and of the others one in three is under age."""
    adults = round(0.82 * count)
    minors = (count - adults) // 3
    ages = [
        *(rng.randint(youngest, 17) for _ in range(minors)),
        *(rng.randint(18, 59) for _ in range(adults)),
        *(rng.randint(60, oldest) for _ in range(count - adults - minors)),
    ]
    rng.shuffle(ages)
    return ages


def _draw_volunteer(
    rng: Random, age: int, horizon: Horizon, units: UnitTree, names: Names, *, learner: bool, aider: bool
) -> Volunteer:
    home = rng.choice([unit for unit in units.units if unit.kind is UnitKind.BUILDING])
    birth_date = draw_birth_date(rng, age, horizon.first_day)
    id, name = names.draw(birth_date.year)
    pattern = _draw_pattern(rng, age, horizon.first_day)
    return Volunteer(
        id=id,
        name=name,
        birth_date=birth_date,
        home=home.id,
        serves=_draw_served(rng, home, units),
        qualifications=[
            *_draw_skills(rng),
            *(_draw_training(rng, horizon.first_day) for _ in range(learner)),
            *(_draw_first_aid(rng) for _ in range(aider)),
        ],
        availability=_draw_availability(rng, pattern, horizon),
        preferences=rng.sample(_WISHES, rng.choice((0, 0, 1, 2, 3))),
        limits=draw_limits(rng),
        affiliations=draw_affiliations(rng, age, pattern),
        guardian_consent=age < 18 and rng.random() < 0.7,
    )


def draw_birth_date(rng: Random, age: int, today: date) -> date:
    """Return a birth date of somebody who has an age today; days at the end of a month are left out."""
    return today.replace(year=today.year - age, day=min(today.day, 28)) - rng.randrange(360) * _DAY


def _draw_served(rng: Random, home: Unit, units: UnitTree) -> frozenset[str]:
    """Return the whole community for most, their own grid for the others."""
    grid, community = units.ancestors(home.id)[:2]
    return frozenset({community.id if rng.random() < 0.8 else grid.id})


def _draw_pattern(rng: Random, age: int, first_day: date) -> ShiftPattern:
    """Return school for the young, free days for the old, and one of the four kinds of the register for the others."""
    commute = rng.choice(_COMMUTES)
    if age < 18:
        return SCHOOL
    kind = rng.random()
    if age >= 60 or kind < 0.2:
        return Free()
    if kind < 0.4:
        return Rotation(anchor=first_day + rng.randrange(2) * _DAY, commute=commute)
    if kind < 0.85:
        return Weekly(commute=commute)
    if kind < 0.93:
        return StaggeredRest(rest_days=[rng.choice(REST_DAYS)], commute=commute)
    return StaggeredRest(rest_days=rng.sample(REST_DAYS, 2), anchor=first_day, commute=commute)


def _draw_availability(rng: Random, pattern: ShiftPattern, horizon: Horizon) -> Availability:
    """Return the pattern with some days of leave, an evening of the week kept free, or weekends only."""
    leave: list[TimeSpan] = []
    if rng.random() < 0.3:
        begin = rng.choice(horizon.days)
        leave.append(TimeSpan(horizon.day_span(begin).start, horizon.day_span(begin + rng.randint(1, 5) * _DAY).end))
    if rng.random() < 0.25:
        weekday = rng.randrange(5)
        evenings = (day for day in horizon.days if day.weekday() == weekday)
        leave.extend(TimeSpan.on(day, time(18), time(22), horizon.zone) for day in evenings)
    offered = None
    if isinstance(pattern, Weekly) and rng.random() < 0.15:
        offered = [horizon.day_span(day) for day in horizon.days if day.weekday() in _WEEKEND]
    return Availability(pattern=pattern, leave=leave, offered=offered)


def _draw_skills(rng: Random) -> Iterator[Qualification]:
    """Yield what somebody says they can do; only sampling and first aid ask for more than that."""
    for skill, share in _DECLARED.items():
        if rng.random() < share:
            yield Qualification(skill=skill, level=rng.choice((1, 1, 2, 3)))


def _draw_first_aid(rng: Random) -> Qualification:
    skill = rng.choice(("first-aid", "first-aid", "nursing"))
    return Qualification(skill=skill, level=3, assessed=Assessment.CERTIFIED)


def _draw_training(rng: Random, first_day: date) -> Qualification:
    """Return what a sampling course led to; both exams make a sampler for a year, theory alone helps in the suit."""
    passed_on = first_day - rng.randint(-10, 385) * _DAY
    both = rng.random() < 0.9
    return Qualification(
        skill="sampling" if both else "protection",
        level=2 if both else 1,
        assessed=Assessment.EXAMINED if both else Assessment.THEORY,
        valid_from=passed_on,
        valid_until=passed_on + 364 * _DAY,
    )


def draw_limits(rng: Random) -> tuple[Limit, ...]:
    """Return the limits that four of ten people set themselves."""
    return rng.choice(_LIMITS) if rng.random() < 0.4 else ()


def draw_affiliations(rng: Random, age: int, pattern: ShiftPattern) -> frozenset[str]:
    """Return where somebody works or learns, and what they belong to."""
    tags = {"middle-school"} if age < 18 else {"retired"} if age >= 60 else set()
    if not tags and not isinstance(pattern, Free):
        tags.add(rng.choice(_EMPLOYERS))
    if age >= 18 and rng.random() < 0.3:
        tags.add("party-branch")
    if age >= 18 and rng.random() < 0.1:
        tags.add("reporting-in-cadre")
    return frozenset(tags)
