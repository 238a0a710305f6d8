"""How a community takes attendance: who may, when, and which of the time counts."""

from datetime import UTC, datetime, timedelta

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan, minute_of
from civicvol.service.activity import Activity

_DAY = 24 * 60

_minutes = _fields.whole(0, _DAY)
_per_cent = _fields.whole(0, 100)


@attrs.frozen(kw_only=True)
class AttendancePolicy:
    """How a community takes attendance. Minutes are whole, and counted on a real clock; shares are in per cent.

    A grace of ten minutes is little of a day and much of a quarter of an hour, so it has a greatest share, too. At
    `least_percent=60`, who serves less than 60 % of an activity has nothing of it, as at several Chinese platforms;
    they also know three pairs of clock times a day. Six hours after the end, a forgotten check-out becomes nobody's
    night: what US conventions have asked of their systems.

    Args:
        leaders: ids of those who take attendance; they may act for others.
        by_themselves: whether people may check themselves in and out; otherwise only leaders do.
        walk_ins: whether people who are not expected may check themselves in; a leader may let them in anyway.
        opens: minutes before the planned start from which people may check themselves in.
        closes: minutes after the planned start from which they no longer may, at least 1; None is at the planned end.
        notice: minutes before the planned start until which people may excuse themselves; later, leaders do it.
        grace: minutes after the planned start within which nobody is late; their time counts from the start.
        grace_percent: the greatest share of the planned time that the grace can have.
        counts_early: whether time before the planned start counts, from the opening of the check-in.
        overtime: minutes after the planned end that count where people stay longer.
        stays_open: minutes after the planned end at which the sheet closes: who has not checked out forgot it.
        made_up_after: minutes after the planned end from which a time that somebody states is made up later.
        forgotten_counts: whether they are taken to have stayed until the planned end; otherwise such a stay counts
            when a leader has settled it.
        credits_release: whether those who are released early have the time until the planned end.
        least_percent: the share of the planned time below which nothing counts.
        counts_planned: whether all those expected who reach that share have the planned time, no more and no less.
        most_pairs: how many times a day, by the calendar, somebody can check in at the activity.

    Raises:
        InputError: a field is of the wrong kind, or minutes are over a day, but for `notice` and `made_up_after`.
    """

    leaders: frozenset[str] = attrs.field(
        default=frozenset(), converter=_fields.as_frozenset, validator=_fields.set_of(_fields.identifier)
    )
    by_themselves: bool = attrs.field(default=True, validator=_fields.flag)
    walk_ins: bool = attrs.field(default=True, validator=_fields.flag)
    opens: int = attrs.field(default=30, validator=_minutes)
    closes: int | None = attrs.field(default=None, validator=_fields.optional(_fields.whole(1, _DAY)))
    notice: int = attrs.field(default=0, validator=_fields.whole())
    grace: int = attrs.field(default=10, validator=_minutes)
    grace_percent: int = attrs.field(default=10, validator=_per_cent)
    counts_early: bool = attrs.field(default=False, validator=_fields.flag)
    overtime: int = attrs.field(default=60, validator=_minutes)
    stays_open: int = attrs.field(default=360, validator=_minutes)
    made_up_after: int = attrs.field(default=3 * _DAY, validator=_fields.whole())
    forgotten_counts: bool = attrs.field(default=False, validator=_fields.flag)
    credits_release: bool = attrs.field(default=True, validator=_fields.flag)
    least_percent: int = attrs.field(default=0, validator=_per_cent)
    counts_planned: bool = attrs.field(default=False, validator=_fields.flag)
    most_pairs: int = attrs.field(default=3, validator=_fields.whole(1, 100))

    def check_in(self, activity: Activity) -> TimeSpan:
        """Return when people may check themselves in at an activity, up to and without the end of the span."""
        planned = _planned(activity)
        opened = planned.extended(before=self.opens)
        if self.closes is None or self.closes >= planned.minutes:
            return opened
        closed = planned.start.astimezone(UTC) + timedelta(minutes=self.closes)
        return TimeSpan(opened.start, closed.astimezone(opened.start.tzinfo))

    def sheet(self, activity: Activity) -> TimeSpan:
        """Return the time that an attendance sheet takes: from a day before the activity until the sheet closes.

        A time outside it is surely a slip of the pen, such as a wrong date.
        """
        return _planned(activity).extended(before=_DAY, after=self.stays_open)

    def closed(self, activity: Activity, at: datetime) -> bool:
        """Return whether the attendance sheet has closed at a moment."""
        return minute_of(at) >= self.sheet(activity).end_minute

    def late(self, activity: Activity, at: datetime) -> bool:
        """Return whether a time that is stated at a moment is made up later."""
        return minute_of(at) >= _planned(activity).end_minute + self.made_up_after

    def countable(self, activity: Activity) -> TimeSpan:
        """Return the time that can count."""
        return _planned(activity).extended(before=self.opens if self.counts_early else 0, after=self.overtime)

    def grace_minutes(self, activity: Activity) -> int:
        """Return how many minutes after the planned start of an activity nobody is late.

        >>> from datetime import date, time
        >>> at = lambda end: Activity(id="a", span=TimeSpan.on(date(2026, 3, 1), time(18), end, "Asia/Shanghai"))
        >>> [AttendancePolicy().grace_minutes(at(end)) for end in (time(18, 15), time(19), time(21))]
        [1, 6, 10]
        """
        return min(self.grace, _planned(activity).minutes * self.grace_percent // 100)


def _planned(activity: Activity) -> TimeSpan:
    _fields.expect("activity", activity, Activity, "an Activity")
    return activity.span
