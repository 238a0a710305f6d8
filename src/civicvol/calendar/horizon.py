"""The days that a roster is made for, and where one day ends and the next begins."""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from operator import attrgetter
from zoneinfo import ZoneInfo

import attrs

from civicvol import _fields
from civicvol.calendar._checks import FIRST_YEAR, LAST_YEAR
from civicvol.calendar.timespan import TimeSpan, minute_of
from civicvol.errors import InputError

LONGEST = 1_100
_DAY = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Horizon:
    """The days from `first_day` to `last_day`, both included, in one time zone.

    A day begins at `day_start`, so with a day that starts at 05:00 a duty at 02:00 belongs to the evening before.

    Args:
        first_day: the first day.
        last_day: the last day; at most 1,100 days in all.
        zone: the zone of the community's clocks, or its name.
        day_start: the time of day at which a new day begins.

    Raises:
        InputError: a field is of the wrong kind, the days are in the wrong order, too many, or outside the years 1901
            to 2998.

    >>> march = Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), zone="Europe/Berlin", day_start=time(5))
    >>> len(march.days), march.span.minutes // 60
    (31, 743)
    >>> march.day_of(datetime(2026, 3, 8, 2, tzinfo=march.zone))
    datetime.date(2026, 3, 7)
    """

    first_day: date = attrs.field(validator=_fields.day)
    last_day: date = attrs.field(validator=_fields.day)
    zone: ZoneInfo = attrs.field(converter=_fields.as_zone, validator=_fields.zone, eq=attrgetter("key"))
    day_start: time = attrs.field(default=time(0), validator=_fields.wall_time)

    def __attrs_post_init__(self) -> None:
        if self.last_day < self.first_day:
            message = f"must not be before the first day, {self.first_day}"
            raise InputError.of("Horizon.last_day", message, value=self.last_day)
        if (self.last_day - self.first_day).days >= LONGEST:
            message = f"must be at most {LONGEST:,} days from the first day, {self.first_day}"
            raise InputError.of("Horizon.last_day", message, value=self.last_day)
        for name in ("first_day", "last_day"):
            day: date = getattr(self, name)
            if not FIRST_YEAR < day.year < LAST_YEAR:
                message = f"must be in the years {FIRST_YEAR + 1} to {LAST_YEAR - 1}"
                raise InputError.of(f"Horizon.{name}", message, value=day)

    @cached_property
    def span(self) -> TimeSpan:
        """All of it, from the start of the first day to the start of the day after the last."""
        return TimeSpan(self.day_span(self.first_day).start, self.day_span(self.last_day).end)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day, in order."""
        count = (self.last_day - self.first_day).days + 1
        return tuple(self.first_day + number * _DAY for number in range(count))

    def day_span(self, day: date) -> TimeSpan:
        """Return a day as a span, also for a day outside the horizon; over a clock change it is 23 or 25 hours.

        Raises:
            InputError: `day` is no date, or the zone left that day out.
        """
        return TimeSpan.on(day, self.day_start, self.day_start, self.zone)

    def day_of(self, instant: datetime) -> date:
        """Return the day that an instant belongs to, also outside the horizon.

        Args:
            instant: any aware datetime.

        Raises:
            InputError: it is naive, or outside the years 1900 to 2999.
        """
        minute = minute_of(instant)
        day = instant.astimezone(self.zone).date() + _DAY
        # By instants, because a day start that falls into a clock change is not where the wall clock puts it.
        while minute_of(datetime.combine(day, self.day_start, self.zone)) > minute:
            day -= _DAY
        return day
