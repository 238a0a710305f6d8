"""Sanhua: a generated neighbourhood, its volunteers and a month of its work."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from civicvol import _fields
from civicvol.calendar.horizon import Horizon
from civicvol.datasets._arguments import days_given, first_day_given, seed_given
from civicvol.datasets._posts import POSITIONS, SKILLS, recurring_work
from civicvol.datasets._register import draw_register
from civicvol.duties.shift import ShiftTemplate
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.places.travel import Travel
from civicvol.places.unit import Unit, UnitTree
from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule
from civicvol.rostering.rules import MostMinutes, default_rules

ENTRANCES = 16
HOUSEHOLDS_EACH = 25
RESIDENTS = 1_250

_ZONE = "Asia/Shanghai"
_COMMUNITY = "sanhua"
_GRIDS = ("g1", "g2", "g3", "g4")
_DAY = timedelta(days=1)
_EIGHT_HOURS_A_WEEK = MostMinutes(minutes=480)
_RULES = tuple(_EIGHT_HOURS_A_WEEK if isinstance(rule, MostMinutes) else rule for rule in default_rules())


def sanhua(seed: int = 0, first_day: date = date(2026, 3, 1), days: int = 31, volunteers: int = 60) -> RosterProblem:
    """Return a neighbourhood that never was, with a month of work like one that did.

    Published, in reports on neighbourhoods of Baoshan in Shanghai in 2022: 16 entrances with 1,250 residents; a
    building head for about 25 households, and posts of that kind that stand vacant; a register of four kinds of
    working life (做一休一, 做五休二, 自由职业, 错峰休息); sampling, registration, order-keeping, door-to-door sampling,
    publicity, persuasion, and supervision of waste sorting twice a day; screening as a second job after work, with
    more lines, and a late one, against the heat; exams in theory and practice before anybody samples; 82 of 100
    volunteers aged 18 to 59.

    Drawn with the seed: names, ages within those bands, homes, how many have which working life, ways to work, leave,
    evenings kept free, skills and until when they count, wishes, own limits, affiliations, and who served in the three
    days before. Chosen: four grids, the hours and numbers of the posts, shifts of two hours throughout (which is also
    the piece that fair share counts in), and the usual rules with eight hours a week at the most.

    Screening is on the third day and every third day from there. Few may sample, and fewer know first aid, so on some
    evenings a place may stay open.

    Args:
        seed: from 0; the same seed gives the same neighbourhood.
        first_day: the first day to roster, in the years 2000 to 2100.
        days: how many, from 1 to 366.
        volunteers: how many are on the register, from 0 to 5,000; the work does not grow with them.

    Raises:
        InputError: an argument is of the wrong kind, or out of its range.

    >>> problem = sanhua()
    >>> len(problem.volunteers), problem.units.residents_in("sanhua")
    (60, 1250)
    """
    _fields.require(
        seed=(seed, seed_given),
        first_day=(first_day, first_day_given),
        days=(days, days_given),
        volunteers=(volunteers, _fields.whole(0, 5_000)),
    )
    rng = Random(f"sanhua {seed}")
    month = Horizon(first_day=first_day, last_day=first_day + (days - 1) * _DAY, zone=_ZONE)
    before = Horizon(first_day=first_day - 3 * _DAY, last_day=first_day - _DAY, zone=_ZONE)
    people = draw_register(rng, volunteers, month, _units())
    work = tuple(recurring_work(_COMMUNITY, _GRIDS, before.first_day))
    previous = tuple(_draw_previous(rng, _problem(before, people, work)))
    return _problem(month, people, work, previous)


def _problem(
    horizon: Horizon,
    people: tuple[Volunteer, ...],
    work: tuple[ShiftTemplate, ...],
    previous: tuple[PastDuty, ...] = (),
) -> RosterProblem:
    shifts = [shift for template in work for shift in template.expand(horizon)]
    return RosterProblem(
        horizon=horizon,
        volunteers=people,
        shifts=sorted(shifts, key=lambda shift: (shift.span, shift.id)),
        positions=POSITIONS,
        skills=SKILLS,
        units=_units(people),
        travel=Travel(within={"grid": 5, "community": 10}, elsewhere=10),
        rules=_RULES,
        previous=previous,
    )


def _units(people: tuple[Volunteer, ...] = ()) -> UnitTree:
    """Return the map; an entrance is headed by somebody retired or of the party branch, or by nobody."""
    heads = {each.home: each.id for each in reversed(people) if each.affiliations & {"party-branch", "retired"}}
    grids = [
        Unit(id=grid, kind="grid", label=Label(f"Grid {number}", f"第{number}网格"), parent=_COMMUNITY)
        for number, grid in enumerate(_GRIDS, start=1)
    ]
    entrances = [
        Unit(
            id=f"e{number + 1:02}",
            kind="building",
            label=Label(f"Entrance {number + 1}", f"{number + 1}号门"),
            parent=_GRIDS[number * len(_GRIDS) // ENTRANCES],
            households=HOUSEHOLDS_EACH,
            residents=(number + 1) * RESIDENTS // ENTRANCES - number * RESIDENTS // ENTRANCES,
            steward=heads.get(f"e{number + 1:02}"),
        )
        for number in range(ENTRANCES)
    ]
    return UnitTree(
        [
            Unit(id="baoshan", kind="district", label=Label("Baoshan", "宝山区")),
            Unit(id=_COMMUNITY, kind="community", label=Label("Sanhua", "三华社区"), parent="baoshan"),
            *grids,
            *entrances,
        ]
    )


def _draw_previous(rng: Random, past: RosterProblem) -> Iterator[PastDuty]:
    """Yield who did what: for each place anybody whom no rule kept from it and who had not served that day."""
    rules = [rule for rule in past.rules if isinstance(rule, AssignmentRule) and rule.hard]
    served = set()
    for shift, line in past.lines:
        day = past.day_of(shift.span)
        asked = rng.sample(past.volunteers, len(past.volunteers))
        willing = (
            each
            for each in asked
            if (each.id, day) not in served and not any(rule.amount(past, each, shift, line)[0] for rule in rules)
        )
        for each in islice(willing, line.minimum):
            served.add((each.id, day))
            yield PastDuty(volunteer=each.id, span=shift.span, position=shift.position, unit=shift.unit)
