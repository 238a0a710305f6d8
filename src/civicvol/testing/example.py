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
from civicvol.places.unit import Unit, UnitTree
from civicvol.rostering.check import check
from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Rule

_ZONE = "Asia/Shanghai"
_HORIZON = Horizon(first_day=date(2026, 3, 2), last_day=date(2026, 3, 29), zone=_ZONE)


@attrs.frozen
class _Written:
    """A duty as it was written."""

    who: str
    day: date
    span: TimeSpan
    position: str
    role: str
    unit: str | None

    @property
    def shift(self) -> str:
        """The id of its shift."""
        place = "" if self.unit is None else f"@{self.unit}"
        return f"{self.position}@{self.day.day}-{self.span.start:%H}-{self.span.end:%H}{place}"


def try_rule(
    rule: Rule,
    duties: str,
    *,
    people: Iterable[Volunteer] = (),
    shifts: Iterable[Shift] = (),
    cover: Iterable[CoverRequirement] = (),
    **fields: Any,
) -> list[str]:
    """Return what a rule says of a few duties, as sentences.

    The horizon is the four weeks from Monday 2 March to Sunday 29 March 2026. Duties are written as who, the day of
    March and the hours, with the position after them where it matters, a role after a slash and a unit after an at
    sign. Those of 1 March, 0 March and so on are past ones. Duties of equal days, hours, positions and units are on
    one shift.

    Args:
        rule: the rule.
        duties: the duties; `li 7 09-12, wu 7 09-12 gate/lead@north`.
        people: volunteers of whom more is to be said than their name.
        shifts: shifts of which more is to be said; the ids of others are like `post@7-09-12`.
        cover: the role lines of the other shifts; where not given, one line for one person for each role.
        **fields: further fields of the `RosterProblem`.

    Raises:
        InputError: the duties cannot be read, or do not fit together.

    >>> from civicvol.rostering.rules import MostShifts
    >>> try_rule(MostShifts(shifts=1), "li 3 09-12, li 3 18-22")
    ['li takes 2 shifts on 2026-03-03, 1 over 1']
    """
    people, shifts = _fields.as_tuple(people), _fields.as_tuple(shifts)
    _fields.require(
        rule=(rule, _fields.is_a(Rule, "a Rule")),
        duties=(duties, _fields.text),
        people=(people, _fields.tuple_of(_fields.is_a(Volunteer, "a Volunteer"))),
        shifts=(shifts, _fields.tuple_of(_fields.is_a(Shift, "a Shift"))),
    )
    written = [_read(text) for text in filter(None, map(str.strip, duties.split(",")))]
    past = [duty for duty in written if duty.day < _HORIZON.first_day]
    new = [duty for duty in written if duty.day >= _HORIZON.first_day]
    volunteers = {volunteer.id: volunteer for volunteer in people}
    for duty in written:
        volunteers.setdefault(duty.who, Volunteer(id=duty.who))
    known = {shift.id: shift for shift in shifts}
    for duty in new:
        line = CoverRequirement(role=duty.role)
        made = Shift(
            id=duty.shift, position=duty.position, span=duty.span, cover=tuple(cover) or [line], unit=duty.unit
        )
        shift = known.setdefault(duty.shift, made)
        if all(each.role != duty.role for each in shift.cover):
            known[duty.shift] = attrs.evolve(shift, cover=[*shift.cover, line])
    places: list[Shift | _Written] = [*known.values(), *past]
    positions = {place.position for place in places}.union(*(each.preferences for each in volunteers.values()))
    units = {place.unit for place in places if place.unit}.union(*(each.units for each in volunteers.values()))
    fields.setdefault("positions", [Position(id=id) for id in sorted(positions)])
    fields.setdefault("units", UnitTree(Unit(id=id, kind="community", label=id) for id in sorted(units)))
    problem = RosterProblem(
        horizon=_HORIZON,
        volunteers=list(volunteers.values()),
        shifts=list(known.values()),
        rules=[rule],
        previous=[
            PastDuty(volunteer=duty.who, span=duty.span, position=duty.position, unit=duty.unit) for duty in past
        ],
        **fields,
    )
    roster = Roster(Assignment(volunteer=duty.who, shift=duty.shift, role=duty.role) for duty in new)
    return [str(violation) for violation in check(problem, roster).violations]


def _read(text: str) -> _Written:
    try:
        who, number, hours, *rest = text.split()
        day = date.fromordinal(date(2026, 2, 28).toordinal() + int(number))
        start, _, end = hours.partition("-")
        [place] = rest or ["post"]
        post, _, unit = place.partition("@")
        position, _, role = post.partition("/")
        span = TimeSpan.on(day, time(int(start)), time(int(end)), _ZONE)
    except (OverflowError, ValueError) as error:
        raise InputError.of("duties", "must be like 'li 7 09-12' or 'li 7 09-12 gate/lead'", value=text) from error
    return _Written(who, day, span, position or "post", role or "helper", unit or None)
