"""A roster as the rules look at it: everybody's duties in order of time, and who holds which role line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter

import attrs

from civicvol.calendar.timespan import TimeSpan
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster

_IN_ORDER = attrgetter("span.start_minute", "span.end_minute")


@attrs.frozen(kw_only=True)
class Duty:
    """A stretch of work of one volunteer: an assignment of the roster, or a past duty.

    Args:
        span: when.
        day: the day it counts for: the one it begins on, by the horizon's day boundary.
        position: id of the position, None where a past duty does not say.
        unit: id of the unit, likewise.
        shift: the shift; None for a past duty.
    """

    span: TimeSpan
    day: date
    position: str | None
    unit: str | None
    shift: Shift | None

    @property
    def past(self) -> bool:
        """Whether it was done before the horizon: a fact that no roster can change."""
        return self.shift is None

    @property
    def minutes(self) -> int:
        """How long it lasts, in elapsed minutes."""
        return self.span.minutes


def shift_ids(duties: Iterable[Duty]) -> tuple[str, ...]:
    """Return the ids of the shifts among some duties."""
    return tuple(duty.shift.id for duty in duties if duty.shift is not None)


class Schedule:
    """A roster seen through its problem.

    Args:
        problem: the problem.
        roster: a roster whose ids the problem knows.
        volunteers: the volunteers to look at; all where None.
        shifts: the shifts whose cover to look at; all where None.
    """

    def __init__(
        self,
        problem: RosterProblem,
        roster: Roster,
        volunteers: tuple[Volunteer, ...] | None = None,
        shifts: tuple[Shift, ...] | None = None,
    ) -> None:
        self.problem = problem
        self.roster = roster
        self.volunteers = problem.volunteers if volunteers is None else volunteers
        self.shifts = problem.shifts if shifts is None else shifts

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        """The assignments of the volunteers looked at."""
        return tuple(
            assignment for volunteer in self.volunteers for assignment in self.roster.of_volunteer(volunteer.id)
        )

    @cached_property
    def taken(self) -> tuple[tuple[Assignment, Volunteer, Shift, CoverRequirement], ...]:
        """The same, each with its volunteer, its shift and the role line that it fills."""
        shifts = self.problem.shift_by_id
        return tuple(
            (each, volunteer, shifts[each.shift], shifts[each.shift].line(each.role))
            for volunteer in self.volunteers
            for each in self.roster.of_volunteer(volunteer.id)
        )

    @cached_property
    def duties(self) -> Mapping[str, tuple[Duty, ...]]:
        """Past and assigned duties by volunteer id, in order of time, for the volunteers looked at."""
        return {volunteer.id: self._duties_of(volunteer.id) for volunteer in self.volunteers}

    def holders(self, shift: Shift, line: CoverRequirement) -> tuple[str, ...]:
        """Return the ids of those on a role line."""
        return self._holders.get((shift.id, line.role), ())

    @cached_property
    def _holders(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for each in self.roster:
            found[each.shift, each.role].append(each.volunteer)
        return {line: tuple(ids) for line, ids in found.items()}

    def duty_name(self, duty: Duty) -> Label:
        """Return what people call a duty."""
        if duty.shift is not None:
            return self.problem.shift_name(duty.shift)
        return Label(f"past duty, {duty.span}", f"以往服务，{duty.span.text('zh')}")

    def _duties_of(self, volunteer: str) -> tuple[Duty, ...]:
        problem = self.problem
        past = [
            Duty(span=duty.span, day=problem.day_of(duty.span), position=duty.position, unit=duty.unit, shift=None)
            for duty in problem.previous_of.get(volunteer, ())
        ]
        assigned = [self._duty(each.shift) for each in self.roster.of_volunteer(volunteer)]
        return tuple(sorted(past + assigned, key=_IN_ORDER))

    def _duty(self, id: str) -> Duty:
        """Return the duty of whoever is on a shift, given by id; it is the same for all of them."""
        duty = self._duty_of_shift.get(id)
        if duty is None:
            shift = self.problem.shift(id)
            day = self.problem.day_of(shift.span)
            duty = Duty(span=shift.span, day=day, position=shift.position, unit=shift.unit, shift=shift)
            self._duty_of_shift[id] = duty
        return duty

    @cached_property
    def _duty_of_shift(self) -> dict[str, Duty]:
        return {}
