"""Shifts, the people they need, and the templates they recur by."""

from datetime import UTC, date, time, timedelta
from zoneinfo import ZoneInfo

import attrs

from civicvol import _fields
from civicvol.calendar.cadence import Cadence
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import WorkHours
from civicvol.calendar.timespan import TimeSpan
from civicvol.errors import InputError
from civicvol.labels import Label, as_label
from civicvol.people.skill import SkillNeed, as_needs, needs

_head_count = _fields.whole(0, 100_000)
_attendance = _fields.whole(0, 10_000_000)


@attrs.frozen(kw_only=True)
class CoverRequirement:
    """A role line of a shift: which skills it asks for and how many people.

    Args:
        role: the line's id, unique within its shift.
        label: what people call the role.
        all_of: skills that each person on the line must have.
        any_of: skills of which each person must have at least one; none asked for where empty.
        minimum: fewest people, without whom the line is short.
        desired: how many there should be; the minimum where not given.
        maximum: most people; the desired number where not given.
        importance: how much one person missing or too many counts beside those of other lines, from 0.001 to a
            million; where people are short, the more important lines are filled first.

    Raises:
        InputError: a field is wrong, or not minimum ≤ desired ≤ maximum.
    """

    role: str = attrs.field(default="helper", validator=_fields.identifier)
    label: Label = attrs.field(
        default=attrs.Factory(lambda self: as_label(self.role), takes_self=True),
        converter=as_label,
        validator=_fields.is_a(Label, "a label"),
    )
    all_of: tuple[SkillNeed, ...] = attrs.field(default=(), converter=as_needs, validator=needs)
    any_of: tuple[SkillNeed, ...] = attrs.field(default=(), converter=as_needs, validator=needs)
    minimum: int = attrs.field(default=1, validator=_head_count)
    desired: int = attrs.field(default=attrs.Factory(lambda self: self.minimum, takes_self=True), validator=_head_count)
    maximum: int = attrs.field(default=attrs.Factory(lambda self: self.desired, takes_self=True), validator=_head_count)
    importance: float = attrs.field(default=1.0, validator=_fields.importance)

    def __attrs_post_init__(self) -> None:
        if self.desired < self.minimum:
            message = f"must be at least the minimum, {self.minimum}"
            raise InputError.of("CoverRequirement.desired", message, id=self.role, value=self.desired)
        if self.maximum < self.desired:
            message = f"must be at least the desired number, {self.desired}"
            raise InputError.of("CoverRequirement.maximum", message, id=self.role, value=self.maximum)


_cover = _fields.tuple_of(_fields.is_a(CoverRequirement, "a CoverRequirement"), unique=lambda line: line.role, least=1)


@attrs.frozen(kw_only=True)
class Shift:
    """One dated piece of work to staff, from the start up to the end.

    Args:
        id: the app's own id.
        position: id of the position it staffs.
        span: when it is.
        cover: its role lines, at least one.
        unit: id of the unit it takes place in; None where place does not matter.
        attendance: how many people are expected to come to it, for rules that ask for staff by their number.
        part_of: id of the shift of which this is a place for some of its time, where somebody covers only a part; None
            for a shift of its own.
    """

    id: str = attrs.field(validator=_fields.identifier)
    position: str = attrs.field(validator=_fields.identifier)
    span: TimeSpan = attrs.field(validator=_fields.is_a(TimeSpan, "a TimeSpan"))
    cover: tuple[CoverRequirement, ...] = attrs.field(
        default=(CoverRequirement(),), converter=_fields.as_tuple, validator=_cover
    )
    unit: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    attendance: int = attrs.field(default=0, validator=_attendance)
    part_of: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))

    @property
    def minutes(self) -> int:
        """How long it lasts, in elapsed minutes."""
        return self.span.minutes

    def line(self, role: str) -> CoverRequirement:
        """Return the role line of that name.

        Raises:
            InputError: the shift has no such role.
        """
        for line in self.cover:
            if line.role == role:
                return line
        raise InputError.of("role", "is not a role of this shift", id=self.id, value=role)

    def dates(self, zone: ZoneInfo) -> tuple[date, date]:
        """Return the first and the last calendar day it touches in a zone."""
        _fields.expect("zone", zone, ZoneInfo, "a ZoneInfo")
        last_minute = self.span.end.astimezone(UTC) - timedelta(minutes=1)
        return self.span.start.astimezone(zone).date(), last_minute.astimezone(zone).date()


@attrs.frozen(kw_only=True)
class ShiftTemplate:
    """A piece of work that recurs: a cadence of days, the hours on each, and whom it needs.

    Args:
        id: the template's id; shift ids are made from it and the day.
        position: id of the position.
        cadence: the days.
        start: when it begins, wall clock.
        end: when it ends, wall clock; not after the start means the next day.
        cover: its role lines.
        unit: id of the unit it takes place in.
        attendance: how many people are expected to come to each.
    """

    id: str = attrs.field(validator=_fields.identifier)
    position: str = attrs.field(validator=_fields.identifier)
    cadence: Cadence = attrs.field(validator=_fields.is_a(Cadence, "a Cadence"))
    start: time = attrs.field(validator=_fields.wall_time)
    end: time = attrs.field(validator=_fields.wall_time)
    cover: tuple[CoverRequirement, ...] = attrs.field(
        default=(CoverRequirement(),), converter=_fields.as_tuple, validator=_cover
    )
    unit: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    attendance: int = attrs.field(default=0, validator=_attendance)

    def expand(self, horizon: Horizon) -> tuple[Shift, ...]:
        """Return the template's shifts that begin within a horizon, one for each day of the cadence.

        Ids are the template's id, an at sign and the day, so expanding twice gives the same shifts. A day on which a
        clock change leaves no time between start and end has none.

        Raises:
            InputError: `horizon` is no Horizon.
        """
        _fields.require(horizon=(horizon, _fields.is_a(Horizon, "a Horizon")))
        window = horizon.span
        hours = WorkHours(self.start, self.end)
        days = self.cadence.dates(window.start.date(), window.end.date())
        spans = ((day, hours.span_on(day, horizon.zone)) for day in days)
        return tuple(
            Shift(
                id=f"{self.id}@{day}",
                position=self.position,
                span=span,
                cover=self.cover,
                unit=self.unit,
                attendance=self.attendance,
            )
            for day, span in spans
            if span is not None and window.contains(span.start)
        )
