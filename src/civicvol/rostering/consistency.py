"""What of a problem does not fit together: ids given twice, ids nobody knows, dates out of place."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from civicvol.calendar.horizon import Horizon
from civicvol.duties.position import Position
from civicvol.duties.shift import Shift
from civicvol.errors import Fault
from civicvol.people.skill import SkillTag
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.roster import Assignment
from civicvol.rostering.rule import AssignmentRule

if TYPE_CHECKING:
    from civicvol.rostering.problem import RosterProblem

_LONGEST_SHIFT = 60 * 24 * 60
_LONGEST_HORIZON = 1_000


def inconsistencies(problem: "RosterProblem") -> Iterator[Fault]:
    """Yield everything that does not fit together: ids given twice, ids nobody knows, dates out of place."""
    if len(problem.horizon.days) > _LONGEST_HORIZON:
        yield Fault("horizon", f"must have at most {_LONGEST_HORIZON:,} days", value=problem.horizon)
    yield from _twice("volunteers", problem.volunteers)
    yield from _twice("shifts", problem.shifts)
    yield from _twice("positions", problem.positions)
    yield from _twice("skills", problem.skills)
    skills = problem.skill_by_id.keys()
    positions = problem.position_by_id.keys()
    for tag in problem.skills:
        yield from _unknown("SkillTag.implies", tag.id, tag.implies, skills)
    for position in problem.positions:
        yield from _unknown("Position.needs", position.id, (need.skill for need in position.needs), skills)
    for volunteer in problem.volunteers:
        held = (qualification.skill for qualification in volunteer.qualifications)
        yield from _unknown("Volunteer.qualifications", volunteer.id, held, skills)
        yield from _unknown("Volunteer.preferences", volunteer.id, volunteer.preferences, positions)
        yield from _unknown("Volunteer.units", volunteer.id, volunteer.units, problem.units)
        yield from _unknown("Volunteer.partners", volunteer.id, volunteer.partners, problem.volunteer_by_id)
    for shift in problem.shifts:
        yield from _misplaced(shift, problem.horizon)
        yield from _unknown("Shift.position", shift.id, (shift.position,), positions)
        yield from _unknown("Shift.unit", shift.id, _given(shift.unit), problem.units)
        yield from _unknown("Shift.part_of", shift.id, _given(shift.part_of), problem.shift_by_id)
        asked = (need.skill for line in shift.cover for need in (*line.all_of, *line.any_of))
        yield from _unknown("Shift.cover", shift.id, asked, skills)
    yield from unknown_assignments("pinned", problem.pinned, problem.volunteer_by_id, problem.shift_by_id)
    yield from _pinned_twice(problem.pinned)
    for duty in problem.previous:
        yield from _unknown("PastDuty.volunteer", None, (duty.volunteer,), problem.volunteer_by_id)
        yield from _unknown("PastDuty.position", duty.volunteer, _given(duty.position), positions)
        yield from _unknown("PastDuty.unit", duty.volunteer, _given(duty.unit), problem.units)
        if duty.span.start_minute >= problem.horizon.span.start_minute:
            yield Fault("PastDuty.span", "must begin before the horizon", id=duty.volunteer, value=duty.span)
    yield from _request_faults(problem)
    yield from _override_faults(problem)
    for rule in problem.rules:
        yield from rule.faults(problem)


def _request_faults(problem: "RosterProblem") -> Iterator[Fault]:
    for request in problem.requests:
        yield from _unknown("Request.volunteer", None, (request.volunteer,), problem.volunteer_by_id)
        yield from _unknown("Request.position", request.volunteer, _given(request.position), problem.position_by_id)
        if not problem.horizon.first_day <= request.day <= problem.horizon.last_day:
            message = f"must be a day of the horizon, {problem.horizon}"
            yield Fault("Request.day", message, id=request.volunteer, value=request.day)


def _override_faults(problem: "RosterProblem") -> Iterator[Fault]:
    overridable = {rule.name for rule in problem.rules if isinstance(rule, AssignmentRule)}
    for override in problem.overrides:
        yield from _unknown("Override.volunteer", None, (override.volunteer,), problem.volunteer_by_id)
        yield from _unknown("Override.shift", override.volunteer, (override.shift,), problem.shift_by_id)
        for rule in sorted(override.rules - overridable):
            message = "must be a rule on single assignments of this problem"
            yield Fault("Override.rules", message, id=override.volunteer, value=rule)


def _given(id: str | None) -> tuple[str, ...]:
    return () if id is None else (id,)


def _twice(field: str, members: Iterable[Volunteer | Shift | Position | SkillTag]) -> Iterator[Fault]:
    counts = Counter(member.id for member in members)
    return (Fault(f"{field}.id", "must be unique", value=id) for id, count in counts.items() if count > 1)


def _unknown(field: str, owner: str | None, ids: Iterable[str], known: Container[str]) -> Iterator[Fault]:
    return (Fault(field, "must be an id this problem knows", id=owner, value=id) for id in ids if id not in known)


def _misplaced(shift: Shift, horizon: Horizon) -> Iterator[Fault]:
    if not horizon.span.contains(shift.span.start):
        yield Fault("Shift.span", f"must begin within the horizon, {horizon.span}", id=shift.id, value=shift.span)
    if shift.minutes > _LONGEST_SHIFT:
        yield Fault("Shift.span", "must last 60 days at most", id=shift.id, value=shift.span)


def unknown_assignments(
    field: str, assignments: Iterable[Assignment], volunteers: Container[str], shifts: Mapping[str, Shift]
) -> Iterator[Fault]:
    """Yield the ids and roles in some assignments that are not known."""
    for assignment in assignments:
        shift = shifts.get(assignment.shift)
        # Of the very many assignments of a large roster nearly all are known, and these take no more than this.
        if shift is not None and assignment.volunteer in volunteers and assignment.role in _roles(shift):
            continue
        yield from _unknown(f"{field}.volunteer", assignment.shift, (assignment.volunteer,), volunteers)
        yield from _unknown(f"{field}.shift", assignment.volunteer, (assignment.shift,), shifts)
        if shift is not None and assignment.role not in _roles(shift):
            yield Fault(f"{field}.role", "must be a role of its shift", id=assignment.shift, value=assignment.role)


def _roles(shift: Shift) -> list[str]:
    return [line.role for line in shift.cover]


def _pinned_twice(pinned: Iterable[Assignment]) -> Iterator[Fault]:
    counts = Counter((assignment.volunteer, assignment.shift) for assignment in pinned)
    for (volunteer, shift), count in counts.items():
        if count > 1:
            yield Fault("pinned", "must name a volunteer once for a shift", id=volunteer, value=shift)
