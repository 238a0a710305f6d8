"""The rhythm of a person's own working life; free time is what it leaves."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import attrs

from civicvol import _fields
from civicvol.calendar import _checks
from civicvol.calendar.cadence import Cadence
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.timespan import TimeSpan, difference, intersection
from civicvol.errors import Fault, InputError
from civicvol.labels import Label

LONGEST_COMMUTE = 12 * 60
_DAY = timedelta(days=1)
# A whole day of work with the longest commute reaches two days past the day it begins on.
_REACH = 2 * _DAY

_days = _fields.set_of(_fields.day)
_weekdays = _fields.set_of(_checks.weekday)


@attrs.frozen
class WorkHours:
    """The hours of a working day on the wall clock; an end at or before the start is on the next day.

    Args:
        start: when work begins.
        end: when it ends; equal to `start` for a whole day and night.

    Raises:
        InputError: a time has a zone or seconds.
    """

    start: time = attrs.field(validator=_fields.wall_time)
    end: time = attrs.field(validator=_fields.wall_time)

    def span_on(self, day: date, zone: ZoneInfo) -> TimeSpan | None:
        """Return the hours that begin on a day, None where a clock change leaves nothing of them."""
        try:
            return TimeSpan.on(day, self.start, self.end, zone)
        except InputError as error:
            if error.faults[0].field == "TimeSpan.end":
                return None
            raise


@lru_cache(maxsize=10_000)
def _worked(hours: WorkHours, commute: int, day: date, zone: ZoneInfo) -> tuple[TimeSpan, ...]:
    """Return the hours that begin on a day, with the commute."""
    span = hours.span_on(day, zone)
    return () if span is None else (span.extended(commute, commute),)


@attrs.frozen(kw_only=True)
class ShiftPattern(ABC):
    """When a person works for a living: a rhythm of days, the hours on them, leave and extra days.

    A night belongs to the day it begins on, also for leave. A pattern says nothing about what the person would like.

    Args:
        hours: the hours of a working day, several for a broken day; the pattern's `usual_hours` where not given.
        commute: minutes on the way, kept free of duties before and after work.
        days_off: days that are not worked although the rhythm says so.
        extra_days: days that are worked although the rhythm does not say so.

    Raises:
        InputError: a field is of the wrong kind, a day is both off and extra, or there is work without hours.
    """

    label: ClassVar[Label]
    usual_hours: ClassVar[tuple[WorkHours, ...]] = (WorkHours(time(9), time(18)),)

    hours: tuple[WorkHours, ...] = attrs.field(
        default=attrs.Factory(lambda self: self.usual_hours, takes_self=True),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(_fields.is_a(WorkHours, "a WorkHours")),
    )
    commute: int = attrs.field(default=0, validator=_fields.whole(0, LONGEST_COMMUTE))
    days_off: frozenset[date] = attrs.field(default=frozenset(), converter=_fields.as_frozenset, validator=_days)
    extra_days: frozenset[date] = attrs.field(default=frozenset(), converter=_fields.as_frozenset, validator=_days)

    def __attrs_post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise InputError(faults)

    @abstractmethod
    def works_on(self, day: date) -> bool:
        """Return whether the rhythm says that work begins on a day; leave and extra days do not matter."""

    def rhythm(self, first: date, last: date) -> Iterable[date]:
        """Return the days from `first` to `last`, both included, that the rhythm says are worked."""
        return filter(self.works_on, (first + number * _DAY for number in range((last - first).days + 1)))

    def working_days(self, first: date, last: date) -> tuple[date, ...]:
        """Return the days from `first` to `last`, both included, on which work begins, leave and extra days counted.

        Raises:
            InputError: an argument is no date.
        """
        _fields.require(first=(first, _fields.day), last=(last, _fields.day))
        extra = {day for day in self.extra_days if first <= day <= last}
        return tuple(sorted(extra.union(self.rhythm(first, last)) - self.days_off))

    def working_spans(self, horizon: Horizon) -> tuple[TimeSpan, ...]:
        """Return the working hours within a horizon, sorted and merged; a night begun the day before is part of it."""
        return self._spans(horizon, 0)

    def busy_spans(self, horizon: Horizon) -> tuple[TimeSpan, ...]:
        """Return the working hours with the commute on both sides, within a horizon, sorted and merged."""
        return self._spans(horizon, self.commute)

    def free_spans(self, horizon: Horizon) -> tuple[TimeSpan, ...]:
        """Return what work and commute leave of a horizon, sorted and merged."""
        busy = self.busy_spans(horizon)
        return difference((horizon.span,), busy)

    def _spans(self, horizon: Horizon, commute: int) -> tuple[TimeSpan, ...]:
        _fields.expect("horizon", horizon, Horizon, "a Horizon")
        days = self.working_days(horizon.first_day - _REACH, horizon.last_day + _REACH)
        worked = chain.from_iterable(_worked(each, commute, day, horizon.zone) for day in days for each in self.hours)
        return intersection(worked, (horizon.span,))

    def _faults(self) -> Iterable[Fault]:
        both = self.days_off & self.extra_days
        if both:
            yield Fault(f"{type(self).__name__}.extra_days", "must not be in days_off too", value=str(min(both)))
        if not self.hours:
            yield Fault(f"{type(self).__name__}.hours", "must have at least 1 member", value=self.hours)


@attrs.frozen(kw_only=True)
class Free(ShiftPattern):
    """A free occupation (自由职业): no fixed working hours; only `extra_days` are worked, and they need `hours`.

    >>> Free().busy_spans(Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), zone="Asia/Shanghai"))
    ()
    """

    label: ClassVar[Label] = Label("free occupation", "自由职业")
    usual_hours: ClassVar[tuple[WorkHours, ...]] = ()

    def works_on(self, day: date) -> bool:
        """Return False: the rhythm has no work."""
        _fields.expect("day", day, date, "a date")
        return False

    def _faults(self) -> Iterable[Fault]:
        return (fault for fault in super()._faults() if self.extra_days or not fault.field.endswith(".hours"))


@attrs.frozen(kw_only=True)
class Weekly(ShiftPattern):
    """The same weekdays every week; from Monday to Friday it is five days on, two off (做五休二).

    Args:
        days: the codes of the weekdays that are worked, from MO to SU.

    >>> Weekly().works_on(date(2026, 3, 1))  # a Sunday
    False
    """

    label: ClassVar[Label] = Label("fixed weekdays, such as five on, two off", "固定工作日，如做五休二")

    days: frozenset[str] = attrs.field(
        default=frozenset(_checks.WEEKDAYS[:5]), converter=_fields.as_frozenset, validator=_weekdays
    )

    def works_on(self, day: date) -> bool:
        """Return whether the day is one of the weekdays."""
        _fields.expect("day", day, date, "a date")
        return _checks.WEEKDAYS[day.weekday()] in self.days


@attrs.frozen(kw_only=True)
class Rotation(ShiftPattern):
    """So many days on, so many off, whatever the weekday; by default one on, one off (做一休一), a day and night each.

    Args:
        on: days of work in a row.
        off: free days after them.
        anchor: any day that is the first of a row of working days; it counts backwards too.

    >>> guard = Rotation(anchor=date(2026, 3, 2))
    >>> [guard.works_on(date(2026, 2, day)) for day in (26, 27, 28)]
    [True, False, True]
    """

    label: ClassVar[Label] = Label("days on and off in turn, such as one on, one off", "轮班，如做一休一")
    usual_hours: ClassVar[tuple[WorkHours, ...]] = (WorkHours(time(8), time(8)),)

    on: int = attrs.field(default=1, validator=_fields.whole(1, 366))
    off: int = attrs.field(default=1, validator=_fields.whole(1, 366))
    anchor: date = attrs.field(validator=_fields.day)

    def works_on(self, day: date) -> bool:
        """Return whether the day is one of the days on."""
        _fields.expect("day", day, date, "a date")
        return (day - self.anchor).days % (self.on + self.off) < self.on


def _as_sets(value: Any) -> Any:
    sets = _fields.as_tuple(value)
    return tuple(map(_fields.as_frozenset, sets)) if isinstance(sets, tuple) else sets


@attrs.frozen(kw_only=True)
class StaggeredRest(ShiftPattern):
    """Rest days other than everybody's weekend (错峰休息): the same every week, or changing week by week.

    Args:
        rest_days: one set of weekday codes for a person's own fixed rest days; several to take turns, a set a week.
        anchor: with several sets, any day of a week (from Monday) that has the first of them.

    Raises:
        InputError: several sets without an anchor.

    >>> turns = StaggeredRest(rest_days=[{"MO", "TU"}, {"TH", "FR"}], anchor=date(2026, 3, 2))
    >>> [day.day for day in turns.working_days(date(2026, 3, 2), date(2026, 3, 15))]
    [4, 5, 6, 7, 8, 9, 10, 11, 14, 15]
    """

    label: ClassVar[Label] = Label("staggered rest days", "错峰休息")

    rest_days: tuple[frozenset[str], ...] = attrs.field(
        converter=_as_sets, validator=_fields.tuple_of(_weekdays, least=1)
    )
    anchor: date | None = attrs.field(default=None, validator=_fields.optional(_fields.day))

    def works_on(self, day: date) -> bool:
        """Return whether the day is no rest day of its week."""
        _fields.expect("day", day, date, "a date")
        weeks = 0 if self.anchor is None else _week(day) - _week(self.anchor)
        return _checks.WEEKDAYS[day.weekday()] not in self.rest_days[weeks % len(self.rest_days)]

    def _faults(self) -> Iterable[Fault]:
        yield from super()._faults()
        if len(self.rest_days) > 1 and self.anchor is None:
            yield Fault("StaggeredRest.anchor", "must be a date when there are several sets of rest days", value=None)


@attrs.frozen(kw_only=True)
class Recurring(ShiftPattern):
    """Work on the days of any cadence.

    Args:
        cadence: the days on which work begins.
    """

    label: ClassVar[Label] = Label("recurring days", "按周期重复")

    cadence: Cadence = attrs.field(validator=_fields.is_a(Cadence, "a Cadence"))

    def works_on(self, day: date) -> bool:
        """Return whether the day is a day of the cadence."""
        _fields.expect("day", day, date, "a date")
        return bool(self.cadence.dates(day, day))

    def rhythm(self, first: date, last: date) -> Iterable[date]:
        """Return the days of the cadence from `first` to `last`, both included."""
        return self.cadence.dates(first, last)


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7
