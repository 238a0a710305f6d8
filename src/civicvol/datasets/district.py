"""A district: generated areas side by side, their volunteers, and a month of their work."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from random import Random

from civicvol import _fields
from civicvol.calendar.horizon import Horizon
from civicvol.datasets._areas import Area, draw_areas, units_of
from civicvol.datasets._arguments import days_given, first_day_given, seed_given
from civicvol.datasets._names import Names
from civicvol.datasets._register import draw_ages
from civicvol.datasets._residents import Residents
from civicvol.datasets._services import POSITIONS, SKILLS, Services
from civicvol.people.volunteer import Volunteer
from civicvol.places.travel import Travel
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rules import FairShare, FairShifts, default_rules

_ZONE = "Asia/Shanghai"
_HANDOVER = time(6)
_YOUNGEST, _OLDEST = 14, 80
_RULES = tuple(FairShifts() if isinstance(rule, FairShare) else rule for rule in default_rules())


def district(
    areas: int = 41,
    volunteers: int = 26_700,
    days: int = 30,
    mobile: float = 0.0,
    seed: int = 0,
    first_day: date = date(2026, 3, 1),
) -> RosterProblem:
    """Return a district that never was, with areas of all sizes and strengths and a month of work in each.

    Published, in reports on Baoshan in Shanghai in 2022: 26,700 volunteers, of whom 82 % are 18 to 59; four kinds of
    working life (做一休一, 做五休二, 自由职业, 错峰休息); screening as a second job after work; exams in theory
    and practice before anybody samples, and a squad of samplers that is sent to several communities; supervision of
    waste sorting twice a day; a lecture in the evening by somebody of the trade.

    Drawn with the seed: how large each area is (0.6 to 1.5 times the mean) and how strong (0.25 to 1.75 times the
    mean of volunteers for its work), and of the people names, ages from 14 to 80, homes, working lives, ways to work,
    leave, evenings kept free, skills and until when they count, wishes, own limits, affiliations, and whose neighbours
    they help.

    Chosen: six areas to a street and four grids to an area; the posts with their hours and numbers, in 30 days 365
    shifts or thereabouts and 1,000 places in an area of mean size, so 41 areas have 40,000 or more; a day that begins
    at six, when the guard changes; seven skills, from keeping order, which 30 % have, to nursing, which 2 % have; the
    usual rules, with shifts shared out fairly in place of minutes. The work of an area follows its size and not its
    volunteers, so where these are few, places stay open even in the best roster.

    Args:
        areas: how many, from 1 to 1,000; a single one has the mean size.
        volunteers: how many in all, from 0 to 1,000,000.
        days: how many, from 1 to 366.
        mobile: the share of each area's volunteers, from 0 to 1, who serve one of the areas next to it as well. Nothing
            else changes with it, and whoever is mobile at a share is so at any larger one.
        seed: from 0; the same seed gives the same district.
        first_day: the first day to roster, in the years 2000 to 2100.

    Raises:
        InputError: an argument is of the wrong kind, or out of its range.

    >>> problem = district(areas=3, volunteers=90, days=7)
    >>> len(problem.volunteers), str(problem.units.unit("a02-g1").label)
    (90, 'Area 2, grid 1')
    """
    _fields.require(
        areas=(areas, _fields.whole(1, 1_000)),
        volunteers=(volunteers, _fields.whole(0, 1_000_000)),
        days=(days, days_given),
        mobile=(mobile, _fields.number(0, 1)),
        seed=(seed, seed_given),
        first_day=(first_day, first_day_given),
    )
    horizon = Horizon(
        first_day=first_day, last_day=first_day + timedelta(days=days - 1), zone=_ZONE, day_start=_HANDOVER
    )
    rng = Random(f"district {seed}")
    found = draw_areas(rng, areas, volunteers)
    services = Services(first_day)
    shifts = [shift for area in found for template in services.of_area(area) for shift in template.expand(horizon)]
    return RosterProblem(
        horizon=horizon,
        volunteers=tuple(_draw_people(rng, horizon, found, _draw_served(seed, found, mobile))),
        shifts=sorted(shifts, key=lambda shift: (shift.span.start_minute, shift.id)),
        positions=POSITIONS,
        skills=SKILLS,
        units=units_of(found),
        travel=Travel(within={"grid": 5, "community": 10, "district": 30}),
        rules=_RULES,
    )


def _draw_served(seed: int, areas: Sequence[Area], mobile: float) -> Iterator[frozenset[str]]:
    """Yield for each volunteer the areas served, by chance of its own: whoever moves or not, nothing else changes."""
    rng = Random(f"district {seed} mobile")
    for area in areas:
        count = area.volunteers
        beside = [frozenset({area.id, neighbour}) for neighbour in area.neighbours] or [frozenset({area.id})]
        wide = rng.choices(beside, k=count)
        movers = set(rng.sample(range(count), count)[: round(mobile * count)])
        yield from (wide[place] if place in movers else frozenset({area.id}) for place in range(count))


def _draw_people(
    rng: Random, horizon: Horizon, areas: Sequence[Area], served: Iterator[frozenset[str]]
) -> Iterator[Volunteer]:
    """Yield the volunteers of all areas; 82 of 100 of them all are 18 to 59."""
    residents = Residents(rng, horizon)
    names = {area.id: Names(rng) for area in areas}
    homes = [area for area in areas for _ in range(area.volunteers)]
    ages = draw_ages(rng, len(homes), _YOUNGEST, _OLDEST)
    for area, age, serves in zip(homes, ages, served, strict=True):
        yield residents.draw(area, names[area.id], age, serves)
