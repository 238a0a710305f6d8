"""Hours policies: how time that was served becomes time that is credited."""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cached_property
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

import attrs

from civicvol import _fields
from civicvol._fields import Check
from civicvol.calendar.horizon import Horizon
from civicvol.errors import Fault, InputError
from civicvol.labels import Choice, Label, as_label
from civicvol.service.provenance import Provenance, as_provenance
from civicvol.service.purpose import Purpose, as_purpose, purpose_check

_ANY_DAY = date(2000, 1, 1)
_UNIT = Label("in units of {} minutes, {}", "以{}分钟为单位，{}")
_MINUTES = Label("in minutes", "以分钟计")
_TRAVEL = Label("up to {} minutes of travel for each activity count", "每次活动最多计{}分钟路途时间")
_NO_TRAVEL = Label("travel does not count", "路途时间不计")
_LEAST = Label("less than {} minutes at an activity do not count", "一次活动不足{}分钟不计")
_LEAST_PERCENT = Label("less than {} % of an activity does not count", "不足活动时长的{}%不计")
_PER_ACTIVITY = Label("at most {} minutes for an activity", "每次活动最多{}分钟")
_PER_DAY = Label("at most {} minutes a day", "每天最多{}分钟")
_ONLY = Label("for {} only time that is {}", "用于{}时只计{}")
_ALSO = Label("{}; {}", "{}；{}")
_OR = Label("{} or {}", "{}或{}")
_NOTHING = Label("of no provenance", "无")
_NAMED = Label("{} ({})", "{}（{}）")


_unit = Check(lambda value: None if type(value) is int and value in (1, 15, 30, 60) else "must be 1, 15, 30 or 60")


class Rounding(Choice):
    """How time becomes whole units: down, to the nearest (half a unit goes up), or up."""

    DOWN = "down", "向下取整", "rounded down"
    NEAREST = "nearest", "四舍五入", "rounded to the nearest"
    UP = "up", "向上取整", "rounded up"

    def of(self, minutes: int, unit: int) -> int:
        """Return minutes in whole units.

        >>> [each.of(68, 15) for each in Rounding]
        [60, 75, 75]
        """
        halves = {Rounding.DOWN: 0, Rounding.NEAREST: unit, Rounding.UP: 2 * unit - 1}[self]
        return (2 * minutes + halves) // (2 * unit) * unit


def _as_rounding(value: Any) -> Any:
    return next((each for each in Rounding if each == value), value)


def _as_provenances(value: Any) -> Any:
    members = _fields.as_frozenset(value)
    return frozenset(map(as_provenance, members)) if isinstance(members, frozenset) else members


@attrs.frozen(kw_only=True)
class Acceptance:
    """The provenances that count for a purpose.

    Args:
        purpose: what is counted for.
        provenances: those that count; all others do not.
    """

    purpose: Purpose = attrs.field(converter=as_purpose, validator=purpose_check)
    provenances: frozenset[Provenance] = attrs.field(
        converter=_as_provenances, validator=_fields.set_of(_fields.is_a(Provenance, "a provenance, like 'clocked'"))
    )


@attrs.frozen(kw_only=True)
class HoursPolicy:
    """How time that was served becomes time that is credited.

    For each person, in the order of time: presence of too short a time, or at too small a part of an activity, earns
    nothing; a minute in two entries counts once; travel is added; the sum at an activity is rounded to whole units
    and capped, and so is the sum of a day. `credit` does the reckoning, and nothing else does.

    Args:
        name: what people call the policy.
        zone: the zone of the community's clocks, or its name.
        day_start: the time of day at which a new day begins; time belongs to the day it begins on, whole.
        unit: the minutes that are credited at a time: 1, 15, 30 or 60.
        rounding: how the time at an activity becomes whole units.
        least_minutes: shorter presence at an activity earns nothing.
        least_percent: presence at a smaller part of the planned activity earns nothing.
        most_travel: how many minutes on the way count at most for an activity; 0 where travel does not count.
        most_per_activity: what one person is credited at most for an activity, in minutes; None where all is.
        most_per_day: what one person is credited at most a day, in minutes; None where all is.
        acceptances: which provenances count for a purpose; all do where nothing is said.

    Raises:
        InputError: a field is wrong, or a cap is not a whole number of units.

    >>> policy = HoursPolicy(zone="Asia/Shanghai", unit=60, most_per_day=480)
    >>> print(policy.definition())
    in units of 60 minutes, rounded down; travel does not count; at most 480 minutes a day
    """

    name: Label = attrs.field(factory=lambda: Label(""), converter=as_label, validator=_fields.is_a(Label, "a label"))
    zone: ZoneInfo = attrs.field(converter=_fields.as_zone, validator=_fields.zone, eq=attrgetter("key"))
    day_start: time = attrs.field(default=time(0), validator=_fields.wall_time)
    unit: int = attrs.field(default=1, validator=_unit)
    rounding: Rounding = attrs.field(
        default=Rounding.DOWN,
        converter=_as_rounding,
        validator=_fields.is_a(Rounding, "a rounding: 'down', 'nearest' or 'up'"),
    )
    least_minutes: int = attrs.field(default=0, validator=_fields.whole())
    least_percent: int = attrs.field(default=0, validator=_fields.whole(0, 100))
    most_travel: int = attrs.field(default=0, validator=_fields.whole())
    most_per_activity: int | None = attrs.field(default=None, validator=_fields.optional(_fields.whole()))
    most_per_day: int | None = attrs.field(default=None, validator=_fields.optional(_fields.whole()))
    acceptances: tuple[Acceptance, ...] = attrs.field(
        default=(),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(_fields.is_a(Acceptance, "an Acceptance"), unique=lambda each: str(each.purpose)),
    )

    def __attrs_post_init__(self) -> None:
        message = f"must be a whole number of units of {self.unit} minutes"
        caps = {"most_per_activity": self.most_per_activity, "most_per_day": self.most_per_day}
        faults = [
            Fault(f"HoursPolicy.{name}", message, value=cap)
            for name, cap in caps.items()
            if cap is not None and cap % self.unit
        ]
        if faults:
            raise InputError(faults)

    @cached_property
    def _horizon(self) -> Horizon:
        """A horizon of any day: it knows what day an instant belongs to, also outside it."""
        return Horizon(first_day=_ANY_DAY, last_day=_ANY_DAY, zone=self.zone, day_start=self.day_start)

    def day_of(self, instant: datetime) -> date:
        """Return the day that an instant belongs to.

        Raises:
            InputError: it is naive, or outside the years 1900 to 2999.
        """
        return self._horizon.day_of(instant)

    def accepts(self, provenance: Provenance, purpose: Purpose | None) -> bool:
        """Return whether time of a provenance counts for a purpose; for none in particular all does."""
        return all(provenance in each.provenances for each in self.acceptances if each.purpose == purpose)

    def definition(self, purpose: Purpose | None = None) -> Label:
        """Return what the policy credits, as a sentence without a full stop."""
        rules = _joined(self._rules(purpose), _ALSO)
        return _NAMED.filled(self.name, rules) if self.name.en else rules

    def _rules(self, purpose: Purpose | None) -> Iterable[Label]:
        yield _MINUTES if self.unit == 1 else _UNIT.filled(self.unit, self.rounding.label)
        yield _TRAVEL.filled(self.most_travel) if self.most_travel else _NO_TRAVEL
        if self.least_minutes:
            yield _LEAST.filled(self.least_minutes)
        if self.least_percent:
            yield _LEAST_PERCENT.filled(self.least_percent)
        if self.most_per_activity is not None:
            yield _PER_ACTIVITY.filled(self.most_per_activity)
        if self.most_per_day is not None:
            yield _PER_DAY.filled(self.most_per_day)
        for each in self.acceptances:
            if each.purpose == purpose:
                counting = [kind.label for kind in Provenance if kind in each.provenances]
                yield _ONLY.filled(each.purpose.label, _joined(counting, _OR) if counting else _NOTHING)


def _joined(labels: Iterable[Label], two: Label) -> Label:
    first, *rest = labels
    for each in rest:
        first = two.filled(first, each)
    return first
