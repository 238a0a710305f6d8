"""A roster problem: everything that is known before anybody is assigned."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Hashable, Mapping
from datetime import UTC, date, timedelta
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from civicvol import _fields
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import ShiftPattern
from civicvol.calendar.timespan import TimeSpan
from civicvol.duties.position import Position
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.people.skill import SkillTag, providers
from civicvol.people.volunteer import Volunteer
from civicvol.places.travel import Travel
from civicvol.places.unit import UnitTree
from civicvol.rostering.consistency import inconsistencies, unknown_assignments
from civicvol.rostering.override import Override
from civicvol.rostering.past_duty import PastDuty
from civicvol.rostering.reach import Reach
from civicvol.rostering.request import Request, RequestKind
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Rule
from civicvol.table import Table

T = TypeVar("T")
_START, _END = attrgetter("start_minute"), attrgetter("end_minute")


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
        requests: what people ask for on single days; no two of one person, day, kind and position.
        overrides: assignments that may be although rules on single assignments stand against them, and why.

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
    requests: tuple[Request, ...] = attrs.field(
        default=(),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(
            _fields.is_a(Request, "a Request"), unique=lambda each: (each.volunteer, each.day, each.kind, each.position)
        ),
    )
    overrides: tuple[Override, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_many(Override, "an Override")
    )

    def __attrs_post_init__(self) -> None:
        faults = tuple(inconsistencies(self))
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
            ("requests", len(self.requests)),
            ("overrides", len(self.overrides)),
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

    def dates_of(self, shift: Shift) -> tuple[date, date]:
        """Return the first and the last calendar day that a shift touches in the horizon's zone."""
        hours = shift.span.start_minute, shift.span.end_minute
        dates = self._dates_of_hours.get(hours)
        if dates is None:
            dates = self._dates_of_hours[hours] = shift.dates(self.horizon.zone)
        return dates

    def shift_name(self, shift: Shift) -> Label:
        """Return what people call a shift: its position, when it is, and where."""
        _fields.expect("shift", shift, Shift, "a Shift")
        if shift is self.shift_by_id.get(shift.id):
            return self.remembered(("shift name", shift.id), partial(self._shift_name, shift))
        return self._shift_name(shift)

    def _shift_name(self, shift: Shift) -> Label:
        place = () if shift.unit is None else (self.units.unit(shift.unit).label,)
        parts = (self.position(shift.position).label, shift.span.label, *place)
        english = [part.en for part in parts if part.en]
        chinese = [part.text("zh") for part in parts if part.en or part.zh]
        return Label(", ".join(english), "，".join(chinese))

    def require_known(self, roster: Roster | None) -> Roster:
        """Return a roster that names only what this problem knows.

        Raises:
            InputError: it is no roster, or names an id or role that is not known; all of them at once.
        """
        if not isinstance(roster, Roster):
            raise InputError.of("roster", "must be a Roster", value=roster)
        faults = tuple(unknown_assignments("roster", roster, self.volunteer_by_id, self.shift_by_id))
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

    def known(self, kind: str) -> Container[str]:
        """Return the ids of a kind that this problem knows: of "volunteer", "shift", "position", "skill" or "unit"."""
        return self.units if kind == "unit" else getattr(self, f"{kind}_by_id").keys()

    def override(self, rule: str, volunteer: str, shift: str) -> Override | None:
        """Return the override that sets a rule, given by name, aside for a volunteer on a shift, if there is one."""
        agreed = self._overrides.get((volunteer, shift), ())
        return next((each for each in agreed if each.sets_aside(rule)), None)

    def requests_of(self, kind: RequestKind) -> tuple[Request, ...]:
        """Return the requests of a kind."""
        return tuple(request for request in self.requests if request.kind is kind)

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
            of_pattern = self._unoccupied(volunteer.availability.pattern)
            free = self._free_of_volunteer[volunteer.id] = volunteer.availability.of_free(of_pattern)
        return free

    def free_within(self, volunteer: Volunteer, span: TimeSpan) -> tuple[TimeSpan, ...]:
        """Return when a volunteer is free within a span; quicker than to look at all the time they are free."""
        _fields.expect("volunteer", volunteer, Volunteer, "a Volunteer")
        _fields.expect("span", span, TimeSpan, "a TimeSpan")
        unoccupied = self._unoccupied(volunteer.availability.pattern)
        first = bisect_right(unoccupied, span.start_minute, key=_END)
        last = bisect_left(unoccupied, span.end_minute, key=_START)
        shared = tuple(both for each in unoccupied[first:last] if (both := each.intersection(span)) is not None)
        return volunteer.availability.of_free(shared)

    @cached_property
    def span_of_work(self) -> Horizon:
        """The horizon, longer by the days that its last shifts run on beyond it."""
        last = max((shift.span for shift in self.shifts), key=lambda span: span.end_minute, default=self.horizon.span)
        last_day = self.horizon.day_of(last.end.astimezone(UTC) - timedelta(minutes=1))
        return attrs.evolve(self.horizon, last_day=max(last_day, self.horizon.last_day))

    @cached_property
    def reach(self) -> Reach | None:
        """Who may serve where, by the first hard rule that tells it of kinds of people and places; None for none."""
        hard = (rule for rule in self.rules if isinstance(rule, AssignmentRule) and rule.hard)
        return next((reach for rule in hard if (reach := rule.reach(self)) is not None), None)

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gives, made once for a key; for what rules reckon from the problem alone."""
        if key not in self._remembered:
            self._remembered[key] = make()
        found: T = self._remembered[key]
        return found

    def _unoccupied(self, pattern: ShiftPattern) -> tuple[TimeSpan, ...]:
        """Return what a working life leaves of the time from the first day until the last shift ends."""
        free = self._free_of_pattern.get(pattern)
        if free is None:
            free = self._free_of_pattern[pattern] = pattern.free_spans(self.span_of_work)
        return free

    @cached_property
    def _overrides(self) -> Mapping[tuple[str, str], list[Override]]:
        found: dict[tuple[str, str], list[Override]] = {}
        for override in self.overrides:
            found.setdefault((override.volunteer, override.shift), []).append(override)
        return found

    @cached_property
    def _remembered(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _dates_of_hours(self) -> dict[tuple[int, int], tuple[date, date]]:
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
