"""Hypothesis strategies: small problems full of awkward cases, and rosters that mostly break the rules."""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from civicvol._fields import Check
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import ShiftPattern
from civicvol.calendar.period import Period
from civicvol.calendar.timespan import TimeSpan
from civicvol.duties.position import Position
from civicvol.duties.shift import Shift
from civicvol.people.availability import Availability
from civicvol.people.skill import SkillTag
from civicvol.people.volunteer import Volunteer
from civicvol.places.unit import UnitTree
from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Rule
from civicvol.rostering.rules import default_rules
from civicvol.testing import _draws

_PARAMETERS: dict[str, SearchStrategy[Any]] = {
    "group": st.sampled_from((None, *_draws.AFFILIATIONS)),
    "positions": st.sampled_from((frozenset(), frozenset({"post"}), frozenset({"post", "tent"}))),
    "weight": st.sampled_from((None, 1.0, 0.25, 30.0)),
    "minutes": st.sampled_from((240, 60, 600, 100, 30, 0, 1500, 9000)),
    "shifts": st.integers(0, 3),
    "days": st.integers(1, 4),
    "per": st.sampled_from(Period),
    "if_any": st.booleans(),
    "same_day": st.booleans(),
    "under": st.sampled_from((18, 16, 65)),
    "from_age": st.sampled_from((65, 60, 17, 0)),
    "break_minutes": st.sampled_from((30, 1, 240)),
    "piece": st.sampled_from((240, 60, 77, 1000)),
    "steps": st.integers(1, 4),
    "whole_unit": st.booleans(),
    "by_offer": st.booleans(),
    "night_start": st.sampled_from(_draws.TIMES),
    "night_end": st.sampled_from(_draws.TIMES),
    "minutes_at_night": st.sampled_from((180, 1, 60, 420)),
    "dates": st.sampled_from((frozenset(), frozenset(day for _, day in _draws.AWKWARD_DAYS))),
    "after": st.sampled_from((1, 1, 2)),
    "weekends": st.sampled_from((1, 2, 0)),
    "nights": st.integers(1, 2),
    "open_edges": st.booleans(),
    "weekend": st.sampled_from((("SA", "SU"), ("FR", "SA", "SU"), ("SU", "MO", "TU", "WE"), ("TH",))),
    "weekday": st.sampled_from((None, "SU", "FR")),
    "first_day": st.sampled_from([day for _, day in _draws.AWKWARD_DAYS]),
    "first": st.sampled_from((frozenset({"post"}), frozenset({"tent"}), frozenset({"post", "tent"}))),
    "then": st.sampled_from((frozenset({"tent"}), frozenset({"post"}), frozenset({"post", "tent"}))),
    "pattern": st.sampled_from(
        (
            (frozenset(), None),
            (None, frozenset({"post"})),
            (frozenset({"post"}), frozenset(), None),
            (frozenset(), None, frozenset({"tent"})),
            (frozenset({"post", "tent"}), frozenset({"tent"})),
        )
    ),
    "split": st.integers(0, 3),
    "whole": st.booleans(),
    "skill": st.sampled_from([tag.id for tag in _draws.SKILLS[::-1]]),
    "level": st.sampled_from((1, 3)),
    "least": st.integers(1, 2),
    "most": st.integers(0, 2),
    "always": st.booleans(),
    "at_position": st.booleans(),
    "same_shift": st.booleans(),
    "from_people": st.integers(1, 3),
    "attendees": st.sampled_from((100, 30, 150, 1000)),
    "roles": st.sampled_from((("helper", "lead"), ("other", "lead", "helper"))),
    "people": st.sampled_from((frozenset({"v0"}), frozenset({"v0", "v1"}), frozenset({"v2", "v3"}))),
    "published": st.lists(
        st.builds(
            Assignment,
            volunteer=st.sampled_from(("v0", "v1", "v2")),
            shift=st.sampled_from(("s0", "s1", "s2", "s3")),
            role=st.sampled_from(("helper", "lead")),
        ),
        max_size=5,
        unique_by=lambda each: (each.volunteer, each.shift),
    ).map(Roster),
    "known_at": st.sampled_from(
        (None, *(datetime.combine(day, time(8), ZoneInfo(zone)) for zone, day in _draws.AWKWARD_DAYS))
    ),
    "by_notice": st.sampled_from((((1_440, 8.0), (4_320, 4.0)), (), ((600, 2.5),))),
    "companies": st.sampled_from(((("v0", "v1"),), (("v1", "v0", "v2"),), (("v0", "v1"), ("v2", "v1"), ("v3", "v0")))),
}
"""Tight values for the parameters of the library's rules, by field."""


@st.composite
def horizons(draw: DrawFn, *, most_days: int = 8) -> Horizon:
    """Draw horizons of a few days around a clock change, a month's or year's end, or a leap day.

    Args:
        draw: given by Hypothesis.
        most_days: the longest horizon.
    """
    return _draws.horizon(draw, most_days)


@st.composite
def time_spans(draw: DrawFn, horizon: Horizon | None = None, *, near: Sequence[TimeSpan] = ()) -> TimeSpan:
    """Draw spans that begin within a horizon, from a minute to more than a day long.

    Args:
        draw: given by Hypothesis.
        horizon: the horizon; any where None.
        near: spans that the drawn one often equals, touches, or follows after too short a rest.
    """
    return _draws.span(draw, horizon or _draws.horizon(draw), near)


@st.composite
def patterns(draw: DrawFn, horizon: Horizon | None = None) -> ShiftPattern:
    """Draw working lives of every class, with nights, commutes, leave and extra days in a horizon; any where None."""
    return _draws.pattern(draw, horizon or _draws.horizon(draw))


@st.composite
def availabilities(draw: DrawFn, horizon: Horizon | None = None, *, near: Sequence[TimeSpan] = ()) -> Availability:
    """Draw availabilities: a pattern of working life, leave, and hours offered, each of them often left out.

    Args:
        draw: given by Hypothesis.
        horizon: the horizon; any where None.
        near: spans, of shifts perhaps, that leave and offers often equal or touch.
    """
    return _draws.availability(draw, horizon or _draws.horizon(draw), near)


@st.composite
def birth_dates(draw: DrawFn, horizon: Horizon | None = None) -> date | None:
    """Draw birthdays in or before a horizon, at ages where rules change, also on leap days; or None."""
    return _draws.birth_date(draw, horizon or _draws.horizon(draw))


@st.composite
def volunteers(
    draw: DrawFn,
    horizon: Horizon | None = None,
    *,
    id: str = "volunteer",
    near: Sequence[TimeSpan] = (),
    positions: Iterable[Position] = (),
    skills: Iterable[SkillTag] = (),
    units: UnitTree = UnitTree(),  # noqa: B008
    others: Sequence[str] = (),
) -> Volunteer:
    """Draw volunteers: minors and seniors with a birthday in the horizon, expired qualifications, limits, leave.

    Args:
        draw: given by Hypothesis.
        horizon: the horizon; any where None.
        id: the volunteer's id.
        near: spans, of shifts perhaps, that their leave and offers often equal or touch.
        positions: positions they may prefer.
        skills: skills they may have.
        units: units they may live in and serve.
        others: ids of volunteers with whom they may like to serve.
    """
    return _draws.volunteer(draw, horizon or _draws.horizon(draw), id, near, positions, skills, units, others)


@st.composite
def shifts(
    draw: DrawFn,
    horizon: Horizon | None = None,
    *,
    id: str = "shift",
    near: Sequence[TimeSpan] = (),
    positions: Sequence[Position] = (Position(id="post"),),
    skills: Iterable[SkillTag] = (),
    units: UnitTree = UnitTree(),  # noqa: B008
) -> Shift:
    """Draw shifts: nights, day boundaries, clock changes, one or two role lines, wants from nobody to several people.

    Args:
        draw: given by Hypothesis.
        horizon: the horizon in which they begin; any where None.
        id: the shift's id.
        near: spans of other shifts, that this one often equals, touches or follows.
        positions: positions it may staff.
        skills: skills its lines may ask for.
        units: units it may take place in.
    """
    return _draws.shift(draw, horizon or _draws.horizon(draw), id, near, positions, skills, units)


@st.composite
def past_duties(
    draw: DrawFn,
    horizon: Horizon,
    volunteer: str = "volunteer",
    *,
    positions: Iterable[Position] = (),
    units: UnitTree = UnitTree(),  # noqa: B008
) -> PastDuty:
    """Draw past duties: right before the horizon, on the days before it, or still going on when it begins.

    Args:
        draw: given by Hypothesis.
        horizon: the horizon before which they begin.
        volunteer: id of the volunteer.
        positions: positions they may have been at.
        units: units they may have been in.
    """
    return _draws.past_duty(draw, horizon, volunteer, positions, units)


@st.composite
def roster_problems(
    draw: DrawFn,
    rules: Iterable[Rule] | None = None,
    *,
    most_volunteers: int = 4,
    most_shifts: int = 6,
    pinned: bool = True,
    overridden: bool = True,
) -> RosterProblem:
    """Draw small roster problems in which every rule of the library has something to find.

    Args:
        draw: given by Hypothesis.
        rules: the problem's rules; `civicvol.default_rules()` where None.
        most_volunteers: how many volunteers there may be; sometimes there are none.
        most_shifts: how many shifts there may be; sometimes there are none.
        pinned: whether assignments may be pinned, also against other rules.
        overridden: whether rules may be set aside for some assignments.
    """
    horizon = _draws.horizon(draw, *_draws.pick(draw, ((8, 1), (8, 1), (8, 1), (22, 15))))
    positions = tuple(_draws.position(draw, id) for id in ("post", "tent"))
    spans: list[TimeSpan] = []
    work = []
    for number in range(_draws.pick(draw, _sizes(most_shifts))):
        work.append(_draws.shift(draw, horizon, f"s{number}", spans, positions, _draws.SKILLS, _draws.UNITS))
        spans.append(work[-1].span)
    names = [f"v{number}" for number in range(_draws.pick(draw, _sizes(most_volunteers)))]
    people = [
        _draws.volunteer(draw, horizon, name, spans, positions, _draws.SKILLS, _draws.UNITS, names) for name in names
    ]
    past = [
        _draws.past_duty(draw, horizon, person.id, positions, _draws.UNITS)
        for person in people
        for _ in range(_draws.pick(draw, (0, 1, 3)))
    ]
    return RosterProblem(
        horizon=horizon,
        volunteers=people,
        shifts=work,
        positions=positions,
        skills=_draws.SKILLS,
        units=_draws.UNITS,
        travel=_draws.pick(draw, _draws.TRAVELS),
        rules=default_rules() if rules is None else rules,
        pinned=_draws.pins(draw, people, work) if pinned else (),
        previous=past,
        requests=_draws.requests(draw, horizon, people, work),
        overrides=_draws.overrides(draw, people, work) if overridden else (),
    )


@st.composite
def rosters(draw: DrawFn, problem: RosterProblem) -> Roster:
    """Draw any rosters of a problem, most of which break its rules."""
    return Roster(_draws.assignments(draw, problem.volunteers, problem.shifts))


def example_rules(
    rule_class: type[Rule], *, problem: RosterProblem | None = None, **fields: SearchStrategy[Any]
) -> SearchStrategy[Rule]:
    """Return a strategy for rules of a class, hard and soft, with tight parameters.

    Fields that share a name with a parameter of the library's own rules are drawn, the others keep their default.

    Args:
        rule_class: the class of the rule.
        problem: the problem they are for, as `roster_problems` draws it: they name only what is in it. Where None, they
            may name volunteers that a problem does not have.
        **fields: strategies for further fields, or instead of those known.
    """
    drawn = {}
    for field in attrs.fields(rule_class):
        values = fields.get(field.name, _PARAMETERS.get(field.name))
        if values is not None:
            if problem is not None and "ids of" in field.metadata:
                values = values.map(partial(_known_to, problem.known(field.metadata["ids of"])))
            drawn[field.name] = values.filter(_accepted_by(field.validator))
    return st.builds(rule_class, **drawn)


def _known_to(known: Container[str], value: Any) -> Any:
    """Keep of a set of ids, or of groups of ids, those that are known."""
    if not isinstance(value, tuple | frozenset):
        return value
    groups = ((each, (each,) if isinstance(each, str) else each or ()) for each in value)
    return type(value)(each for each, ids in groups if all(id in known for id in ids))


def _accepted_by(validator: Any) -> Callable[[Any], bool]:
    return lambda value: not isinstance(validator, Check) or validator.wrong(value) is None


def _sizes(most: int) -> tuple[int, ...]:
    """Return the numbers up to `most`, in which nothing is as rare as it is interesting."""
    return (min(most, 2), 0, *range(most + 1), *range(1, most + 1), *range(1, most + 1))
