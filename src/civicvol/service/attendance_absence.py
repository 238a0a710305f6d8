"""People do not come: excused, marked absent, and what they say against that."""

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import minute_of
from civicvol.labels import Label
from civicvol.service.attendance import Outcome
from civicvol.service.attendance_event import AttendanceEvent, clock_text
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_state import Appeal, AttendanceState

_UNEXPECTED = Label("{} was not expected", "{}不在名单上")
_CAME = Label("{} was there", "{}已到场")
_EXCUSED_ALREADY = Label("{} is excused already", "{}已请假")
_ABSENT_ALREADY = Label("{} is marked absent already", "{}已记为缺席")
_TOO_LATE = Label(
    "{} could excuse themselves until {}; now only a leader may", "{}本人请假截至{}，现只有负责人可以办理"
)
_NOT_BEGUN = Label("the activity has not begun", "活动尚未开始")
_NO_NO_SHOW = Label("{} has no no-show to appeal against", "{}没有可申诉的缺席记录")
_APPEALED_ALREADY = Label("{} has appealed already", "{}已提出申诉")
_NO_APPEAL = Label("{} has no appeal that waits", "{}没有待处理的申诉")
_OWN_APPEAL = Label("nobody decides on their own appeal", "不能裁定本人的申诉")
_APPEAL = Label("appealed by {}", "由{}提出申诉")
_EXCUSE = Label("excused by {}", "由{}准假")
_ABSENCE = Label("marked absent by {}", "由{}记为缺席")
_GRANTED = Label("the appeal was granted by {}", "申诉由{}核准")
_REJECTED = Label("the appeal was rejected by {}", "申诉由{}驳回")


@attrs.frozen(kw_only=True)
class AbsenceEvent(AttendanceEvent):
    """Something that is said of somebody who is expected and does not come.

    Args:
        volunteer: id of the volunteer.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)

    def require_not_there(self, state: AttendanceState) -> None:
        """Refuse the event unless the volunteer was expected and did not come."""
        if self.volunteer not in state.expected:
            raise self.refusal(_UNEXPECTED.filled(self.volunteer))
        if state.of(self.volunteer).came:
            raise self.refusal(_CAME.filled(self.volunteer))

    def noted(
        self, state: AttendanceState, note: Label, *, word: Outcome | None = None, appeal: Appeal | None = None
    ) -> AttendanceState:
        """Return the state with a word or an appeal of the volunteer, and a note; None is as it was."""
        presence = state.of(self.volunteer)
        changed = attrs.evolve(
            presence,
            word=word or presence.word,
            appeal=appeal or presence.appeal,
            notes=(*presence.notes, self.said(note)),
        )
        return state.with_({self.volunteer: changed})


@attrs.frozen(kw_only=True)
class Excused(AbsenceEvent):
    """Somebody cannot come, and said so: themselves in time, or a leader for them, also afterwards.

    Those who cannot come tell so in time: Regulations on Volunteer Service (China, 2017), article 22.
    """

    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state with the volunteer excused."""
        self.require_own(self.volunteer, policy)
        self.require_not_there(state)
        if state.of(self.volunteer).word is Outcome.EXCUSED:
            raise self.refusal(_EXCUSED_ALREADY.filled(self.volunteer))
        last = state.activity.span.extended(before=policy.notice)
        if self.by not in policy.leaders and minute_of(self.at) > last.start_minute:
            raise self.refusal(_TOO_LATE.filled(self.volunteer, clock_text(last.start)))
        return self.noted(state, _EXCUSE, word=Outcome.EXCUSED)


@attrs.frozen(kw_only=True)
class MarkedAbsent(AbsenceEvent):
    """A leader states that somebody did not come; once the activity is over, that goes without saying."""

    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state with the volunteer absent."""
        self.require_leader(policy)
        self.require_not_there(state)
        if state.outcome(self.volunteer, policy, self.at) is Outcome.EXCUSED:
            raise self.refusal(_EXCUSED_ALREADY.filled(self.volunteer))
        if state.of(self.volunteer).word is Outcome.NO_SHOW:
            raise self.refusal(_ABSENT_ALREADY.filled(self.volunteer))
        if minute_of(self.at) < state.activity.span.start_minute:
            raise self.refusal(_NOT_BEGUN)
        return self.noted(state, _ABSENCE, word=Outcome.NO_SHOW)


@attrs.frozen(kw_only=True)
class Appealed(AbsenceEvent):
    """Somebody says that a no-show of theirs is none; once. Until it is granted, the no-show stands."""

    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state with the appeal."""
        self.require_own(self.volunteer, policy)
        if state.outcome(self.volunteer, policy, self.at) is not Outcome.NO_SHOW:
            raise self.refusal(_NO_NO_SHOW.filled(self.volunteer))
        if state.of(self.volunteer).appeal is not None:
            raise self.refusal(_APPEALED_ALREADY.filled(self.volunteer))
        return self.noted(state, _APPEAL, appeal=Appeal.PENDING)


@attrs.frozen(kw_only=True)
class AppealDecision(AbsenceEvent):
    """A leader decides on an appeal, and not on their own."""

    def require_pending(self, state: AttendanceState, policy: AttendancePolicy) -> None:
        """Refuse the decision unless it is by a leader, about an appeal of somebody else that waits."""
        self.require_leader(policy)
        if self.by == self.volunteer:
            raise self.refusal(_OWN_APPEAL)
        pending = state.of(self.volunteer).appeal is Appeal.PENDING
        if not pending or state.outcome(self.volunteer, policy, self.at) is not Outcome.NO_SHOW:
            raise self.refusal(_NO_APPEAL.filled(self.volunteer))


@attrs.frozen(kw_only=True)
class AppealGranted(AppealDecision):
    """An appeal is granted: the no-show is an excused absence. Where somebody was there after all, settle it."""

    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state with the volunteer excused."""
        self.require_pending(state, policy)
        return self.noted(state, _GRANTED, word=Outcome.EXCUSED, appeal=Appeal.DECIDED)


@attrs.frozen(kw_only=True)
class AppealRejected(AppealDecision):
    """An appeal is rejected: the no-show stands."""

    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state with the appeal decided."""
        self.require_pending(state, policy)
        return self.noted(state, _REJECTED, appeal=Appeal.DECIDED)
