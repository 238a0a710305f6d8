"""Disruptions: what comes to be known after a roster was made, and the problem that they make of the old one."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan
from civicvol.duties.shift import Shift
from civicvol.errors import Fault, InputError
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.problem import RosterProblem


@attrs.frozen(kw_only=True)
class Disruption(ABC):
    """Something that comes to be known after a roster was made."""

    @abstractmethod
    def faults(self, problem: RosterProblem) -> Iterable[Fault]:
        """Return what of it does not fit a problem."""

    @abstractmethod
    def fields(self, problem: RosterProblem) -> dict[str, Any]:
        """Return the fields of the problem that it changes, as they are afterwards."""


@attrs.frozen(kw_only=True)
class Absence(Disruption):
    """Somebody cannot come: ill, away, or simply not there.

    Args:
        volunteer: id of the volunteer.
        span: for how long.
        why: the reason, in their own words.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    span: TimeSpan = attrs.field(validator=_fields.is_a(TimeSpan, "a TimeSpan"))
    why: str = attrs.field(default="", validator=_fields.text)

    def faults(self, problem: RosterProblem) -> Iterable[Fault]:
        """Return a fault where the volunteer is not known."""
        return _unknown("Absence.volunteer", self.volunteer, "volunteer", problem)

    def fields(self, problem: RosterProblem) -> dict[str, Any]:
        """Return the volunteers, one with more leave, and what was settled and agreed about duties at other times."""
        return {
            "volunteers": tuple(map(self._away, problem.volunteers)),
            "pinned": tuple(each for each in problem.pinned if not self.concerns(each.volunteer, each.shift, problem)),
            "overrides": tuple(
                each for each in problem.overrides if not self.concerns(each.volunteer, each.shift, problem)
            ),
        }

    def concerns(self, volunteer: str, shift: str, problem: RosterProblem) -> bool:
        """Return whether a volunteer is away during a shift, both given by id."""
        return volunteer == self.volunteer and problem.shift(shift).span.overlaps(self.span)

    def _away(self, volunteer: Volunteer) -> Volunteer:
        if volunteer.id != self.volunteer:
            return volunteer
        away = attrs.evolve(volunteer.availability, leave=(*volunteer.availability.leave, self.span))
        return attrs.evolve(volunteer, availability=away)


@attrs.frozen(kw_only=True)
class Joined(Disruption):
    """Somebody new can be asked.

    Args:
        volunteer: the volunteer.
    """

    volunteer: Volunteer = attrs.field(validator=_fields.is_a(Volunteer, "a Volunteer"))

    def faults(self, problem: RosterProblem) -> Iterable[Fault]:
        """Return a fault where there is somebody of that id."""
        return _taken("Joined.volunteer", self.volunteer.id, "volunteer", problem)

    def fields(self, problem: RosterProblem) -> dict[str, Any]:
        """Return the volunteers, one more."""
        return {"volunteers": (*problem.volunteers, self.volunteer)}


@attrs.frozen(kw_only=True)
class AddedShift(Disruption):
    """There is more to do.

    Args:
        shift: the new shift, within the horizon.
    """

    shift: Shift = attrs.field(validator=_fields.is_a(Shift, "a Shift"))

    def faults(self, problem: RosterProblem) -> Iterable[Fault]:
        """Return a fault where there is a shift of that id."""
        return _taken("AddedShift.shift", self.shift.id, "shift", problem)

    def fields(self, problem: RosterProblem) -> dict[str, Any]:
        """Return the shifts, one more, in order of time."""
        return {"shifts": tuple(sorted((*problem.shifts, self.shift), key=lambda shift: (shift.span, shift.id)))}


@attrs.frozen(kw_only=True)
class ChangedShift(Disruption):
    """A shift is at another time or place, or needs other people or more or fewer of them.

    Args:
        shift: the shift as it is from now on, with the id that it had.
    """

    shift: Shift = attrs.field(validator=_fields.is_a(Shift, "a Shift"))

    def faults(self, problem: RosterProblem) -> Iterable[Fault]:
        """Return a fault where there is no such shift, or where parts of it would stay behind as it moves."""
        yield from _unknown("ChangedShift.shift", self.shift.id, "shift", problem)
        known = problem.shift_by_id.get(self.shift.id, self.shift)
        moved = (known.span, known.unit, known.position) != (self.shift.span, self.shift.unit, self.shift.position)
        if moved and len(with_parts(problem, self.shift.id)) > 1:
            message = "must stay where and when it is while others cover parts of it: cancel it, and add another"
            yield Fault("ChangedShift.shift", message, value=self.shift.id)

    def fields(self, problem: RosterProblem) -> dict[str, Any]:
        """Return the shifts with the changed one in its place, and what was settled and agreed and still fits it.

        Nobody agreed to another time.
        """
        same_time = problem.shift(self.shift.id).span == self.shift.span
        roles = {line.role for line in self.shift.cover} if same_time else set()
        return {
            "shifts": tuple(self.shift if each.id == self.shift.id else each for each in problem.shifts),
            "pinned": tuple(each for each in problem.pinned if each.shift != self.shift.id or each.role in roles),
            "overrides": tuple(each for each in problem.overrides if each.shift != self.shift.id or same_time),
        }


@attrs.frozen(kw_only=True)
class CancelledShift(Disruption):
    """A shift does not take place, nor do the parts of it that others cover.

    Args:
        shift: id of the shift.
    """

    shift: str = attrs.field(validator=_fields.identifier)

    def faults(self, problem: RosterProblem) -> Iterable[Fault]:
        """Return a fault where there is no such shift."""
        return _unknown("CancelledShift.shift", self.shift, "shift", problem)

    def fields(self, problem: RosterProblem) -> dict[str, Any]:
        """Return the shifts, one fewer, and what was settled and agreed about the others."""
        gone = with_parts(problem, self.shift)
        return {
            "shifts": tuple(each for each in problem.shifts if each.id not in gone),
            "pinned": tuple(each for each in problem.pinned if each.shift not in gone),
            "overrides": tuple(each for each in problem.overrides if each.shift not in gone),
        }


DISRUPTIONS: tuple[type[Disruption], ...] = (Absence, Joined, AddedShift, ChangedShift, CancelledShift)
"""All kinds of them."""


def disrupted(problem: RosterProblem, disruptions: Iterable[Disruption]) -> RosterProblem:
    """Return the problem as it is after some disruptions, in their order.

    Args:
        problem: what was known before.
        disruptions: what came to be known.

    Raises:
        InputError: one is no disruption, or does not fit the problem as it is by then; all that do not are named.
    """
    given = _fields.as_tuple(disruptions)
    _fields.require(
        problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")),
        disruptions=(given, _fields.tuple_of(_fields.is_a(Disruption, "a disruption, like an Absence"))),
    )
    found: list[Fault] = []
    for each in given:
        faults = tuple(each.faults(problem))
        found += faults
        if not faults:
            try:
                problem = attrs.evolve(problem, **each.fields(problem))
            except InputError as error:
                found += error.faults
    if found:
        raise InputError(found)
    return problem


def with_parts(problem: RosterProblem, shift: str) -> frozenset[str]:
    """Return the id of a shift and those of its parts."""
    return frozenset([shift, *(each.id for each in problem.shifts if each.part_of == shift)])


def _unknown(field: str, id: str, kind: str, problem: RosterProblem) -> Iterable[Fault]:
    if id not in problem.known(kind):
        yield Fault(field, f"must be the id of a {kind} of this problem", value=id)


def _taken(field: str, id: str, kind: str, problem: RosterProblem) -> Iterable[Fault]:
    if id in problem.known(kind):
        yield Fault(field, f"must have an id that no {kind} of this problem has", value=id)
