"""Which of the time that somebody was there counts, and why, in steps that each say what they add or take."""

from collections.abc import Callable
from datetime import datetime

import attrs

from civicvol.calendar.timespan import TimeSpan, difference, intersection, minute_of, total_minutes, union
from civicvol.labels import Label
from civicvol.service.activity import Activity
from civicvol.service.attendance_policy import AttendancePolicy

Spans = tuple[TimeSpan, ...]


@attrs.frozen(kw_only=True)
class Case:
    """What decides which time of one person counts.

    Args:
        activity: what they were at.
        policy: the community's policy.
        expected: whether they were expected; a walk-in is never late, and has no planned time.
        released: when everybody was released, if they were.
        as_of: the moment up to which time is known.
    """

    activity: Activity
    policy: AttendancePolicy
    expected: bool
    released: datetime | None
    as_of: datetime

    def late_minutes(self, arrival: datetime) -> int:
        """Return how late they came; 0 within the grace."""
        late = self._minutes_after_start(arrival)
        return late if late > self.policy.grace_minutes(self.activity) else 0

    def _minutes_after_start(self, arrival: datetime) -> int:
        return max(0, minute_of(arrival) - self.activity.span.start_minute) if self.expected else 0

    def let_go(self, spans: Spans) -> Spans:
        """Add the planned time after an early release, for those who were there until then."""
        planned, released = self.activity.span, self.released
        if released is None or not self.policy.credits_release:
            return spans
        minute = minute_of(released)
        there = any(span.start_minute <= minute <= span.end_minute for span in spans)
        return union((TimeSpan(released, planned.end), *spans)) if there and minute < planned.end_minute else spans

    def forgiven(self, spans: Spans) -> Spans:
        """Add the minutes between the planned start and an arrival within the grace."""
        first = spans[0].start
        if not self._minutes_after_start(first) or self.late_minutes(first):
            return spans
        return union((TimeSpan(self.activity.span.start, first), *spans))

    def not_early(self, spans: Spans) -> Spans:
        """Take the time before any counts."""
        return intersection(spans, (TimeSpan(self.policy.countable(self.activity).start, self._sheet.end),))

    def not_over(self, spans: Spans) -> Spans:
        """Take the time after which none counts."""
        return intersection(spans, (TimeSpan(self._sheet.start, self.policy.countable(self.activity).end),))

    def enough(self, spans: Spans) -> Spans:
        """Take everything where it is too small a share of the activity."""
        least = self.policy.least_percent * self.activity.span.minutes
        return spans if 100 * total_minutes(spans) >= least else ()

    def as_planned(self, spans: Spans) -> Spans:
        """Put the planned time in place of the real one, where that is the policy."""
        return (self.activity.span,) if self.policy.counts_planned and self.expected else spans

    def by_now(self, spans: Spans) -> Spans:
        """Take the time that lies ahead."""
        now = self.as_of.astimezone(self.activity.span.start.tzinfo)
        return intersection(spans, (TimeSpan(self._sheet.start, now),))

    @property
    def _sheet(self) -> TimeSpan:
        return self.policy.sheet(self.activity)


_STEPS: tuple[tuple[Callable[[Case, Spans], Spans], Label], ...] = (
    (Case.let_go, Label("{} min: released early, by the leader", "{}分钟：负责人提前解散")),
    (Case.forgiven, Label("{} min: who comes within {grace} min is on time", "{}分钟：{grace}分钟内到场视为准时")),
    (Case.not_early, Label("{} min: too early to count", "{}分钟：过早到场的时间不计")),
    (
        Case.not_over,
        Label(
            "{} min: later than {overtime} min after the planned end", "{}分钟：超出计划结束后{overtime}分钟的时间不计"
        ),
    ),
    (
        Case.enough,
        Label(
            "{} min: less than {percent} % of the {planned} planned min counts nothing",
            "{}分钟：不足计划{planned}分钟的{percent}%，不计",
        ),
    ),
    (Case.as_planned, Label("{} min: the planned {planned} min count", "{}分钟：按计划的{planned}分钟计")),
    (Case.by_now, Label("{} min: still to come", "{}分钟：尚未到时")),
)


def count(spans: Spans, case: Case) -> tuple[Spans, tuple[Label, ...]]:
    """Return which time counts of the time somebody was there, and a line for each step that made a difference.

    The minutes there and those of the lines add up to the minutes that count.

    Args:
        spans: when they were there, sorted and merged.
        case: what decides.
    """
    lines = []
    for step, sentence in _STEPS:
        if not spans:
            break
        after = step(case, spans)
        if difference(after, spans) or difference(spans, after):
            change = total_minutes(after) - total_minutes(spans)
            lines.append(sentence.filled(f"{change:+d}", **_figures(case)))
        spans = after
    return spans, tuple(lines)


def _figures(case: Case) -> dict[str, int]:
    return {
        "grace": case.policy.grace_minutes(case.activity),
        "overtime": case.policy.overtime,
        "percent": case.policy.least_percent,
        "planned": case.activity.span.minutes,
    }
