"""What is entered into an attendance sheet: every event knows what it makes of the state before it."""

from abc import abstractmethod
from datetime import UTC, datetime

import attrs

from civicvol.calendar.timespan import minute_of
from civicvol.event import Event
from civicvol.labels import Label
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_state import AttendanceState
from civicvol.service.provenance import Provenance

_LEADERS_ONLY = Label("only a leader may do this", "只有负责人可以这样做")
_NOT_YOURS = Label("only {} or a leader may do this", "只有{}本人或负责人可以这样做")
_AHEAD = Label("{} is later than it is recorded", "{}晚于记录时间")
_FAR = Label("{} is too far from the activity: the sheet takes {}", "{}离活动太远：考勤表只记录{}")
_LONGEST_REASON = 200


def clock_text(time: datetime) -> str:
    """Return a moment as sentences about attendance write it, in either language."""
    return f"{time:%Y-%m-%d %H:%M}"


@attrs.frozen(kw_only=True)
class AttendanceEvent(Event):
    """Something that is entered into an attendance sheet."""

    @abstractmethod
    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state after the event.

        Raises:
            RefusedError: it cannot be, as the state and the policy are.
        """

    def require_leader(self, policy: AttendancePolicy) -> None:
        """Refuse the event unless it is by a leader."""
        if self.by not in policy.leaders:
            raise self.refusal(_LEADERS_ONLY)

    def require_own(self, volunteer: str, policy: AttendancePolicy) -> None:
        """Refuse the event unless it is by a volunteer, given by id, themselves, or by a leader."""
        if self.by != volunteer and self.by not in policy.leaders:
            raise self.refusal(_NOT_YOURS.filled(volunteer))

    def local(self, time: datetime, state: AttendanceState, policy: AttendancePolicy) -> datetime:
        """Return a stated time on the clock of the activity, unless it is ahead of the event or far from the activity.

        Raises:
            RefusedError: it is.
        """
        found = time.astimezone(UTC).astimezone(state.activity.span.start.tzinfo)
        if minute_of(time) > minute_of(self.at):
            raise self.refusal(_AHEAD.filled(clock_text(found)))
        sheet = policy.sheet(state.activity)
        if not sheet.start_minute <= minute_of(time) <= sheet.end_minute:
            raise self.refusal(_FAR.filled(clock_text(found), sheet.label))
        return found

    def stated(self, volunteer: str, state: AttendanceState, policy: AttendancePolicy) -> Provenance:
        """Return the provenance of a time that the event states of a volunteer, who may be who entered it."""
        if policy.late(state.activity, self.at):
            return Provenance.LATE
        return Provenance.SELF if self.by == volunteer else Provenance.LEADER

    def said(self, sentence: Label) -> Label:
        """Return a sentence about whoever entered the event, with the reason they gave, cut where it is very long."""
        known = sentence.filled(self.by)
        why = self.why if len(self.why) <= _LONGEST_REASON else f"{self.why[: _LONGEST_REASON - 1]}…"
        return Label(f"{known.en}: {why}", f"{known.zh}：{why}") if why else known
