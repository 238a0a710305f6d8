"""The attendance sheet of one activity: who was expected, what was entered, and what came of it."""

from datetime import datetime
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import minute_of, union
from civicvol.event import Log
from civicvol.labels import Label, Language
from civicvol.service.activity import Activity
from civicvol.service.attendance import Attendance, Outcome
from civicvol.service.attendance_audit import Finding, audit_table, find
from civicvol.service.attendance_count import Case, count
from civicvol.service.attendance_event import AttendanceEvent, clock_text
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_state import AttendanceState, Presence, Stay, weakest
from civicvol.table import Table

_LATE = Label("came {} min late", "迟到{}分钟")
_STILL_THERE = Label("there since {}; counts once checked out", "{}起在场，签退后计入")
_ASSUMED = Label(
    "came at {} and never checked out: taken to have stayed until the planned end", "{}签到后未签退，按计划结束时间计"
)
_UNSETTLED = Label("came at {} and never checked out: counts once it is settled", "{}签到后未签退，待更正后计入")
_NOT_NEEDED = Label("everybody was released before they had to be there", "应到之前全体已解散")


@attrs.frozen(kw_only=True)
class AttendanceSheet(Log[AttendanceEvent, AttendanceState]):
    """The attendance sheet of one activity; a log, whose events are kept and whose results are read at a moment.

    Args:
        activity: what it is of.
        expected: ids of those on the roster.
        policy: how attendance is taken.
        events: what was entered, the earliest first.

    Raises:
        InputError: a field is wrong, or an event cannot be.

    >>> from datetime import date, time
    >>> from zoneinfo import ZoneInfo
    >>> from civicvol.calendar import TimeSpan
    >>> from civicvol.service.attendance_clock import CheckedIn, CheckedOut
    >>> evening = TimeSpan.on(date(2026, 3, 1), time(18), time(21), "Asia/Shanghai")
    >>> at = lambda hour, minute: datetime(2026, 3, 1, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))
    >>> sheet = AttendanceSheet(activity=Activity(id="watch", span=evening), expected=("li", "wang"))
    >>> sheet = sheet.record(
    ...     CheckedIn(volunteers=("li",), at=at(18, 6), by="li"), CheckedOut(volunteers=("li",), at=at(20, 30), by="li")
    ... )
    >>> for attendance in sheet.attendances(at(21, 0)):
    ...     print(attendance.text())
    li: present
    there: Sun 1 Mar 2026 18:06–20:30 (144 min)
    +6 min: who comes within 10 min is on time
    counts: Sun 1 Mar 2026 18:00–20:30 (150 min)
    wang: no-show
    """

    kind: ClassVar = AttendanceEvent

    activity: Activity = attrs.field(validator=_fields.is_a(Activity, "an Activity"))
    expected: tuple[str, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.identifier, unique=str)
    )
    policy: AttendancePolicy = attrs.field(
        factory=AttendancePolicy, validator=_fields.is_a(AttendancePolicy, "an AttendancePolicy")
    )
    events: tuple[AttendanceEvent, ...] = attrs.field(
        default=(),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(_fields.is_a(AttendanceEvent, "an AttendanceEvent")),
    )

    def attendances(self, as_of: datetime) -> tuple[Attendance, ...]:
        """Return what came of everybody who was expected or seen, by what was entered until a moment.

        Args:
            as_of: the moment, in a named zone and whole minutes; what lies after it is not known.

        Returns:
            One for each person: those expected in their order, then those who came without, in the order they did.

        Raises:
            InputError: `as_of` is no such moment.
        """
        state = self.as_of(as_of).state
        people = dict.fromkeys((*self.expected, *state.people))
        found = ((each, state.outcome(each, self.policy, as_of)) for each in people)
        return tuple(self._attendance(each, outcome, state, as_of) for each, outcome in found if outcome is not None)

    def findings(self, as_of: datetime) -> tuple[Finding, ...]:
        """Return what somebody must look at, by what was entered until a moment.

        Raises:
            InputError: `as_of` is no moment in a named zone and whole minutes.
        """
        state = self.as_of(as_of).state
        return tuple(
            finding
            for attendance in self.attendances(as_of)
            for finding in find(attendance, state.of(attendance.volunteer))
        )

    def audit(self, as_of: datetime, *, language: Language = "en") -> Table:
        """Return what somebody must look at as a table, with who entered it.

        Raises:
            InputError: `as_of` is no moment in a named zone and whole minutes, or the language is not known.
        """
        return audit_table(self.activity, self.findings(as_of), as_of, language)

    def _begin(self) -> AttendanceState:
        return AttendanceState(activity=self.activity, expected=frozenset(self.expected))

    def _after(self, state: AttendanceState, event: AttendanceEvent) -> AttendanceState:
        return event.apply(state, self.policy)

    def _attendance(self, volunteer: str, outcome: Outcome, state: AttendanceState, as_of: datetime) -> Attendance:
        presence, planned = state.of(volunteer), self.activity.span
        closed = self.policy.closed(self.activity, as_of)
        stays = [*presence.stays, *self._assumed(presence, closed)]
        spans = union(stay.span for stay in stays)
        case = Case(
            activity=self.activity,
            policy=self.policy,
            expected=volunteer in state.expected,
            released=state.released,
            as_of=as_of,
        )
        counted, lines = count(spans, case)
        arrivals = [*(span.start for span in spans), *([presence.arrival.time] if presence.arrival else [])]
        late = case.late_minutes(arrivals[0]) if arrivals else 0
        over = minute_of(as_of) >= planned.end_minute
        return Attendance(
            volunteer=volunteer,
            activity=self.activity,
            outcome=outcome,
            spans=spans,
            counted=counted,
            provenance=weakest(stay.provenance for stay in stays),
            since=presence.arrival.time if presence.arrival else None,
            late_minutes=late,
            final=over and (closed or presence.arrival is None),
            remarks=(
                *presence.notes,
                *([_LATE.filled(late)] if late else []),
                *self._about_arrival(presence, closed),
                *([_NOT_NEEDED] if outcome is Outcome.EXCUSED and presence.word is not Outcome.EXCUSED else []),
                *lines,
            ),
        )

    def _assumed(self, presence: Presence, closed: bool) -> tuple[Stay, ...]:
        """Return the stay that a forgotten check-out is taken to have ended, where that is the policy."""
        arrival, end = presence.arrival, self.activity.span.end
        if (
            arrival is None
            or not (closed and self.policy.forgotten_counts)
            or minute_of(arrival.time) >= minute_of(end)
        ):
            return ()
        return (arrival.until(end, arrival.provenance),)

    def _about_arrival(self, presence: Presence, closed: bool) -> tuple[Label, ...]:
        """Return what is to be said of somebody who has not checked out."""
        if presence.arrival is None:
            return ()
        if not closed:
            return (_STILL_THERE.filled(clock_text(presence.arrival.time)),)
        sentence = _ASSUMED if self._assumed(presence, closed) else _UNSETTLED
        return (sentence.filled(clock_text(presence.arrival.time)),)
