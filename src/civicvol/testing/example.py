"""Rules tried on a roster of one line, for examples and for finding out what a rule says."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

import attrs

from civicvol import _fields
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.timespan import TimeSpan
from civicvol.duties.position import Position
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.errors import InputError
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.check import check
from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Rule

_ZONE = "Asia/Shanghai"
_HORIZON = Horizon(first_day=date(2026, 3, 2), last_day=date(2026, 3, 29), zone=_ZONE)


def try_rule(
    rule: Rule,
    duties: str,
    *,
    people: Iterable[Volunteer] = (),
    shifts: Iterable[Shift] = (),
    **fields: Any,
) -> list[str]:
    """Return what a rule says of a few duties, as sentences.

    The horizon is the four weeks from Monday 2 March to Sunday 29 March 2026. Duties are written as who, the day of
    March and the hours, with the position after them where it matters, and a role after a slash. Those of 1 March, 0
    March and so on are past ones. Duties of equal days, hours and positions are on one shift.

    Args:
        rule: the rule.
        duties: the duties; `li 7 09-12, wu 7 09-12 gate/lead`.
        people: volunteers of whom more is to be said than their name.
        shifts: shifts of which more is to be said; the ids of others are like `post@7-09-12`.
        **fields: further fields of the `RosterProblem`.

    Raises:
        InputError: the duties cannot be read, or do not fit together.

    >>> from civicvol.rostering.rules import MostShifts
    >>> try_rule(MostShifts(shifts=1), "li 3 09-12, li 3 18-22")
    ['li takes 2 shifts on 2026-03-03, 1 over 1']
    """
    _fields.require(rule=(rule, _fields.is_a(Rule, "a Rule")), duties=(duties, _fields.text))
    found = {shift.id: shift for shift in shifts}
    known = {volunteer.id: volunteer for volunteer in people}
    assignments, past = [], []
    for text in filter(None, map(str.strip, duties.split(","))):
        who, day, span, position, role = _read(text)
        known.setdefault(who, Volunteer(id=who))
        if day < _HORIZON.first_day:
            past.append(PastDuty(volunteer=who, span=span, position=position))
            continue
        id = f"{position}@{day.day}-{span.start:%H}-{span.end:%H}"
        shift = found.setdefault(id, Shift(id=id, position=position, span=span, cover=[CoverRequirement(role=role)]))
        if all(line.role != role for line in shift.cover):
            found[id] = attrs.evolve(shift, cover=[*shift.cover, CoverRequirement(role=role)])
        assignments.append(Assignment(volunteer=who, shift=id, role=role))
    positions = sorted({shift.position for shift in found.values()}.union(duty.position or "" for duty in past))
    fields.setdefault("positions", [Position(id=id) for id in positions])
    problem = RosterProblem(
        horizon=_HORIZON,
        volunteers=list(known.values()),
        shifts=list(found.values()),
        rules=[rule],
        previous=past,
        **fields,
    )
    return [str(violation) for violation in check(problem, Roster(assignments)).violations]


def _read(text: str) -> tuple[str, date, TimeSpan, str, str]:
    try:
        who, number, hours, *rest = text.split()
        day = date.fromordinal(date(2026, 2, 28).toordinal() + int(number))
        start, _, end = hours.partition("-")
        position, _, role = (rest or ["post"])[0].partition("/")
        span = TimeSpan.on(day, time(int(start)), time(int(end)), _ZONE)
    except ValueError as error:
        raise InputError.of("duties", "must be like 'li 7 09-12' or 'li 7 09-12 gate/lead'", value=text) from error
    return who, day, span, position, role or "helper"
