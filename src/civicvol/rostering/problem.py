"""A roster problem: everything that is known before anybody is assigned."""

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping
from datetime import UTC, date, timedelta
from functools import cached_property
from typing import Any, TypeVar

import attrs

from civicvol import _fields
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import ShiftPattern
from civicvol.calendar.timespan import TimeSpan
from civicvol.duties.position import Position
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.errors import Fault, InputError
from civicvol.labels import Label
from civicvol.people.skill import SkillTag, providers
from civicvol.people.volunteer import Volunteer
from civicvol.places.travel import Travel
from civicvol.places.unit import UnitTree
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Rule
from civicvol.table import Table

T = TypeVar("T")

_LONGEST_SHIFT = 60 * 24 * 60
_LONGEST_HORIZON = 1_000


@attrs.frozen(kw_only=True)
class PastDuty:
    """Something a volunteer did before the horizon; it counts for rest, for running limits and for a fair share.

    Args:
        volunteer: id of the volunteer.
        span: when it was; it begins before the horizon does.
        position: id of the position, where known.
        unit: id of the unit it was in, where known.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    span: TimeSpan = attrs.field(validator=_fields.is_a(TimeSpan, "a TimeSpan"))
    position: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    unit: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))


def _many(kind: type, name: str) -> _fields.Check:
    return _fields.tuple_of(_fields.is_a(kind, name))


@attrs.frozen(kw_only=True)
class RosterProblem:
    """Volunteers, the shifts of a horizon, and the rules a roster is held to.

    Args:
        horizon: the days to roster.
        volunteers: the people; ids are unique, as they are of shifts, positions and skills.
        shifts: the work; each begins within the horizon.
        positions: the positions the shifts name.
        skills: the skill tags that volunteers and shifts name.
        units: the map, where places matter.
        travel: the minutes to allow on the way between two units.
        rules: what a good roster keeps to, hard or for a price; `civicvol.default_rules()` is a sound start.
        pinned: assignments that are settled beforehand.
        previous: what people did before the horizon.

    Raises:
        InputError: anything is wrong within one field, or between them: `faults` lists every unknown id, duplicate
            and misplaced date at once.
    """

    horizon: Horizon = attrs.field(validator=_fields.is_a(Horizon, "a Horizon"))
    volunteers: tuple[Volunteer, ...] = attrs.field(
        converter=_fields.as_tuple, validator=_many(Volunteer, "a Volunteer")
    )
    shifts: tuple[Shift, ...] = attrs.field(converter=_fields.as_tuple, validator=_many(Shift, "a Shift"))
    positions: tuple[Position, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_many(Position, "a Position")
    )
    skills: tuple[SkillTag, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_many(SkillTag, "a SkillTag")
    )
    units: UnitTree = attrs.field(factory=UnitTree, validator=_fields.is_a(UnitTree, "a UnitTree"))
    travel: Travel = attrs.field(factory=Travel, validator=_fields.is_a(Travel, "a Travel"))
    rules: tuple[Rule, ...] = attrs.field(
        converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Rule, "a Rule"), unique=lambda rule: rule)
    )
    pinned: tuple[Assignment, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_many(Assignment, "an Assignment")
    )
    previous: tuple[PastDuty, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_many(PastDuty, "a PastDuty")
    )

    def __attrs_post_init__(self) -> None:
        faults = tuple(_inconsistencies(self))
        if faults:
            raise InputError(faults)

    def summary(self) -> Table:
        """Return the problem's main figures as a table."""
        rows = (
            ("days", f"{self.horizon.first_day} to {self.horizon.last_day}, {self.horizon.zone.key}"),
            ("volunteers", len(self.volunteers)),
            ("shifts", len(self.shifts)),
            ("places, minimum", sum(line.minimum for _, line in self.lines)),
            ("places, desired", sum(line.desired for _, line in self.lines)),
            ("pinned assignments", len(self.pinned)),
            ("past duties", len(self.previous)),
            ("hard rules", ", ".join(rule.name for rule in self.rules if rule.hard)),
            ("soft rules", ", ".join(f"{rule.name} ({rule.weight:g})" for rule in self.rules if rule.weight)),
        )
        note = "A place is room for one person on one role line."
        return Table(title="Roster problem", columns=("figure", "value"), rows=rows, note=note)

    def __str__(self) -> str:
        return str(self.summary())

    def _repr_html_(self) -> str:
        return self.summary().to_html()

    def volunteer(self, id: str) -> Volunteer:
        """Return the volunteer of an id.

        Raises:
            InputError: there is none.
        """
        return _named(self.volunteer_by_id, "volunteer", id)

    def shift(self, id: str) -> Shift:
        """Return the shift of an id.

        Raises:
            InputError: there is none.
        """
        return _named(self.shift_by_id, "shift", id)

    def skill(self, id: str) -> SkillTag:
        """Return the skill tag of an id.

        Raises:
            InputError: there is none.
        """
        return _named(self.skill_by_id, "skill", id)

    def position(self, id: str) -> Position:
        """Return the position of an id.

        Raises:
            InputError: there is none.
        """
        return _named(self.position_by_id, "position", id)

    def day_of(self, span: TimeSpan) -> date:
        """Return the day a piece of work counts for: the one it begins on, by the horizon's day boundary."""
        _fields.expect("span", span, TimeSpan, "a TimeSpan")
        day = self._day_of_start.get(span.start_minute)
        if day is None:
            day = self._day_of_start[span.start_minute] = self.horizon.day_of(span.start)
        return day

    def shift_name(self, shift: Shift) -> Label:
        """Return what people call a shift: its position, when it is, and where."""
        _fields.expect("shift", shift, Shift, "a Shift")
        position = self.position(shift.position).label
        place = Label("") if shift.unit is None else self.units.unit(shift.unit).label
        english = filter(None, (position.en, shift.span.text(), place.en))
        chinese = filter(None, (position.text("zh"), shift.span.text("zh"), place.text("zh")))
        return Label(", ".join(english), "，".join(chinese))

    def require_known(self, roster: Roster | None) -> Roster:
        """Return a roster that names only what this problem knows.

        Raises:
            InputError: it is no roster, or names an id or role that is not known; all of them at once.
        """
        if not isinstance(roster, Roster):
            raise InputError.of("roster", "must be a Roster", value=roster)
        faults = tuple(_unknown_assignments("roster", roster, self.volunteer_by_id, self.shift_by_id))
        if faults:
            raise InputError(faults)
        return roster

    @cached_property
    def volunteer_by_id(self) -> Mapping[str, Volunteer]:
        """The volunteers by id."""
        return {volunteer.id: volunteer for volunteer in self.volunteers}

    @cached_property
    def shift_by_id(self) -> Mapping[str, Shift]:
        """The shifts by id."""
        return {shift.id: shift for shift in self.shifts}

    @cached_property
    def skill_by_id(self) -> Mapping[str, SkillTag]:
        """The skill tags by id."""
        return {tag.id: tag for tag in self.skills}

    @cached_property
    def position_by_id(self) -> Mapping[str, Position]:
        """The positions by id."""
        return {position.id: position for position in self.positions}

    @cached_property
    def lines(self) -> tuple[tuple[Shift, CoverRequirement], ...]:
        """Every role line with its shift, in the order of the shifts."""
        return tuple((shift, line) for shift in self.shifts for line in shift.cover)

    @cached_property
    def providers(self) -> Mapping[str, frozenset[str]]:
        """For every skill, the skills that provide it."""
        return providers(self.skills)

    @cached_property
    def previous_of(self) -> Mapping[str, tuple[PastDuty, ...]]:
        """What each volunteer did before, by volunteer id, for those who did something."""
        found: dict[str, list[PastDuty]] = {}
        for duty in self.previous:
            found.setdefault(duty.volunteer, []).append(duty)
        return {volunteer: tuple(duties) for volunteer, duties in found.items()}

    def free_spans(self, volunteer: Volunteer) -> tuple[TimeSpan, ...]:
        """Return when a volunteer is free, from the first day until the last shift ends."""
        _fields.expect("volunteer", volunteer, Volunteer, "a Volunteer")
        free = self._free_of_volunteer.get(volunteer.id)
        if free is None:
            pattern = volunteer.availability.pattern
            if pattern not in self._free_of_pattern:
                self._free_of_pattern[pattern] = pattern.free_spans(self.reach)
            free = volunteer.availability.of_free(self._free_of_pattern[pattern])
            self._free_of_volunteer[volunteer.id] = free
        return free

    @cached_property
    def reach(self) -> Horizon:
        """The horizon, longer by the days that its last shifts run on beyond it."""
        ends = (shift.span.end.astimezone(UTC) - timedelta(minutes=1) for shift in self.shifts)
        last_day = max(map(self.horizon.day_of, ends), default=self.horizon.last_day)
        return attrs.evolve(self.horizon, last_day=max(last_day, self.horizon.last_day))

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gives, made once for a key; for what rules reckon from the problem alone."""
        if key not in self._remembered:
            self._remembered[key] = make()
        found: T = self._remembered[key]
        return found

    @cached_property
    def _remembered(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _day_of_start(self) -> dict[int, date]:
        return {}

    @cached_property
    def _free_of_volunteer(self) -> dict[str, tuple[TimeSpan, ...]]:
        return {}

    @cached_property
    def _free_of_pattern(self) -> dict[ShiftPattern, tuple[TimeSpan, ...]]:
        return {}


def require_known(problem: RosterProblem, roster: Roster | None) -> Roster:
    """Return a roster that names only what its problem knows.

    Raises:
        InputError: one is no problem, the other no roster, or it names what the problem does not know.
    """
    _fields.require(problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")))
    return problem.require_known(roster)


def _named(known: Mapping[str, T], field: str, id: str) -> T:
    found = known.get(id) if isinstance(id, str) else None
    if found is None:
        raise InputError.of(field, f"must be the id of a {field} of this problem", value=id)
    return found


def _inconsistencies(problem: RosterProblem) -> Iterator[Fault]:
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
    for shift in problem.shifts:
        yield from _misplaced(shift, problem.horizon)
        yield from _unknown("Shift.position", shift.id, (shift.position,), positions)
        yield from _unknown("Shift.unit", shift.id, _given(shift.unit), problem.units)
        asked = (need.skill for line in shift.cover for need in (*line.all_of, *line.any_of))
        yield from _unknown("Shift.cover", shift.id, asked, skills)
    yield from _unknown_assignments("pinned", problem.pinned, problem.volunteer_by_id, problem.shift_by_id)
    yield from _pinned_twice(problem.pinned)
    for duty in problem.previous:
        yield from _unknown("PastDuty.volunteer", None, (duty.volunteer,), problem.volunteer_by_id)
        yield from _unknown("PastDuty.position", duty.volunteer, _given(duty.position), positions)
        yield from _unknown("PastDuty.unit", duty.volunteer, _given(duty.unit), problem.units)
        if duty.span.start_minute >= problem.horizon.span.start_minute:
            yield Fault("PastDuty.span", "must begin before the horizon", id=duty.volunteer, value=duty.span)


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


def _unknown_assignments(
    field: str, assignments: Iterable[Assignment], volunteers: Container[str], shifts: Mapping[str, Shift]
) -> Iterator[Fault]:
    for assignment in assignments:
        yield from _unknown(f"{field}.volunteer", assignment.shift, (assignment.volunteer,), volunteers)
        yield from _unknown(f"{field}.shift", assignment.volunteer, (assignment.shift,), shifts)
        shift = shifts.get(assignment.shift)
        if shift is not None and all(line.role != assignment.role for line in shift.cover):
            yield Fault(f"{field}.role", "must be a role of its shift", id=assignment.shift, value=assignment.role)


def _pinned_twice(pinned: Iterable[Assignment]) -> Iterator[Fault]:
    counts = Counter((assignment.volunteer, assignment.shift) for assignment in pinned)
    for (volunteer, shift), count in counts.items():
        if count > 1:
            yield Fault("pinned", "must name a volunteer once for a shift", id=volunteer, value=shift)
