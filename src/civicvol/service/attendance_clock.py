"""People come and go: checked in and out, and released."""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import datetime

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.calendar.timespan import minute_of
from civicvol.labels import Label
from civicvol.service.attendance_event import AttendanceEvent, clock_text
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_state import Arrival, AttendanceState, Presence
from civicvol.service.provenance import Provenance

_LEADERS_CLOCK = Label("only a leader checks people in and out here", "此处只由负责人签到签退")
_OTHER_TIME = Label("only a leader may state another time than now", "只有负责人可以填写其他时间")
_CLOSED = Label("check-in is open from {} until {}", "签到时间为{}至{}")
_ALL_RELEASED = Label("everybody was released at {}", "全体已于{}解散")
_UNEXPECTED = Label("{} is not expected, and only a leader may let them in", "{}不在名单上，只有负责人可以准其入场")
_IN_ALREADY = Label("{} is there already, since {}", "{}已于{}签到")
_NOT_AGAIN = Label("{} was there until {} and cannot have come before that", "{}在{}之前一直在场，不能更早签到")
_TOO_OFTEN = Label("{} has checked in {} times that day already", "{}当天已签到{}次")
_NOT_IN = Label("{} has not checked in", "{}尚未签到")
_NO_TIME = Label("{} came at {}, so they cannot have gone by {}", "{}于{}签到，不能在{}签退")
_NOT_BEGUN = Label("the activity has not begun: it is cancelled, not released", "活动尚未开始，应予取消而非解散")
_RELEASED_TWICE = Label("everybody was released already, at {}", "全体已于{}解散，不能重复")


@attrs.frozen(kw_only=True)
class ClockEvent(AttendanceEvent):
    """People are checked in or out, by themselves or by a leader; for several at once, all of them or none.

    Args:
        volunteers: ids of the people.
        time: when it was, where a leader states another time than `at`; None is at `at`. What is stated days
            after, by the policy, is known as made up later.
    """

    volunteers: tuple[str, ...] = attrs.field(
        converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.identifier, unique=str, least=1)
    )
    time: datetime | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_moment), validator=_fields.optional(moment)
    )

    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state with everybody checked in or out."""
        if self.by not in policy.leaders:
            self._require_own_clock(policy)
        time = self.local(self.at if self.time is None else self.time, state, policy)
        reasons = [*self._against(time, state, policy)]
        reasons += [reason for each in self.volunteers for reason in self._against_one(each, time, state, policy)]
        if reasons:
            raise self.refusal(*reasons)
        return state.with_({each: self._one(each, time, state, policy) for each in self.volunteers})

    def _require_own_clock(self, policy: AttendancePolicy) -> None:
        for volunteer in self.volunteers:
            self.require_own(volunteer, policy)
        if not policy.by_themselves:
            raise self.refusal(_LEADERS_CLOCK)
        if self.time is not None and minute_of(self.time) != minute_of(self.at):
            raise self.refusal(_OTHER_TIME)

    def _provenance(self, volunteer: str, state: AttendanceState, policy: AttendancePolicy) -> Provenance:
        if self.time is None or minute_of(self.time) == minute_of(self.at):
            return Provenance.CLOCKED
        return self.stated(volunteer, state, policy)

    def _against(self, time: datetime, state: AttendanceState, policy: AttendancePolicy) -> Iterable[Label]:
        """Yield what stands against the time, whoever it is about."""
        return ()

    @abstractmethod
    def _against_one(
        self, volunteer: str, time: datetime, state: AttendanceState, policy: AttendancePolicy
    ) -> Iterable[Label]:
        """Yield what stands against it for one person."""

    @abstractmethod
    def _one(self, volunteer: str, time: datetime, state: AttendanceState, policy: AttendancePolicy) -> Presence:
        """Return what is known of one person afterwards."""


@attrs.frozen(kw_only=True)
class CheckedIn(ClockEvent):
    """People came. Outside the time of check-in only a leader lets them in, and the audit list says so."""

    def _against(self, time: datetime, state: AttendanceState, policy: AttendancePolicy) -> Iterable[Label]:
        return () if self.by in policy.leaders else _out_of_hours(time, state, policy)

    def _against_one(
        self, volunteer: str, time: datetime, state: AttendanceState, policy: AttendancePolicy
    ) -> Iterable[Label]:
        presence = state.of(volunteer)
        if not (policy.walk_ins or volunteer in state.expected or self.by in policy.leaders):
            yield _UNEXPECTED.filled(volunteer)
        if presence.arrival is not None:
            yield _IN_ALREADY.filled(volunteer, clock_text(presence.arrival.time))
        last = max((stay.span for stay in presence.stays), key=lambda span: span.end_minute, default=None)
        if last is not None and minute_of(time) < last.end_minute:
            yield _NOT_AGAIN.filled(volunteer, clock_text(last.end))
        times = sum(stay.span.start.date() == time.date() for stay in presence.stays)
        if times >= policy.most_pairs:
            yield _TOO_OFTEN.filled(volunteer, times)

    def _one(self, volunteer: str, time: datetime, state: AttendanceState, policy: AttendancePolicy) -> Presence:
        presence = state.of(volunteer)
        return attrs.evolve(
            presence,
            arrival=Arrival(time, self._provenance(volunteer, state, policy)),
            out_of_hours=presence.out_of_hours or bool([*_out_of_hours(time, state, policy)]),
            recorder=self.by,
        )


def _out_of_hours(time: datetime, state: AttendanceState, policy: AttendancePolicy) -> Iterable[Label]:
    """Yield why the check-in is not open at a time."""
    window = policy.check_in(state.activity)
    if not window.contains(time):
        yield _CLOSED.filled(clock_text(window.start), clock_text(window.end))
    if state.released is not None and minute_of(time) >= minute_of(state.released):
        yield _ALL_RELEASED.filled(clock_text(state.released))


@attrs.frozen(kw_only=True)
class CheckedOut(ClockEvent):
    """People went."""

    def _against_one(
        self, volunteer: str, time: datetime, state: AttendanceState, policy: AttendancePolicy
    ) -> Iterable[Label]:
        arrival = state.of(volunteer).arrival
        if arrival is None:
            yield _NOT_IN.filled(volunteer)
        elif minute_of(time) <= minute_of(arrival.time):
            yield _NO_TIME.filled(volunteer, clock_text(arrival.time), clock_text(time))

    def _one(self, volunteer: str, time: datetime, state: AttendanceState, policy: AttendancePolicy) -> Presence:
        return gone(state.of(volunteer), time, self._provenance(volunteer, state, policy), self.by)


@attrs.frozen(kw_only=True)
class Released(AttendanceEvent):
    """A leader lets everybody go who is still there, which checks them out; once, and not to their disadvantage.

    Args:
        time: when it was, where that is another time than `at`; None is at `at`.
    """

    time: datetime | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_moment), validator=_fields.optional(moment)
    )

    def apply(self, state: AttendanceState, policy: AttendancePolicy) -> AttendanceState:
        """Return the state with everybody gone who came before that time."""
        self.require_leader(policy)
        time = self.local(self.at if self.time is None else self.time, state, policy)
        if state.released is not None:
            raise self.refusal(_RELEASED_TWICE.filled(clock_text(state.released)))
        if minute_of(time) < state.activity.span.start_minute:
            raise self.refusal(_NOT_BEGUN)
        now = minute_of(time) == minute_of(self.at)
        let_go = {
            volunteer: gone(
                presence, time, Provenance.CLOCKED if now else self.stated(volunteer, state, policy), self.by
            )
            for volunteer, presence in state.people.items()
            if presence.arrival is not None and minute_of(presence.arrival.time) < minute_of(time)
        }
        return attrs.evolve(state.with_(let_go), released=time)


def gone(presence: Presence, time: datetime, provenance: Provenance, by: str) -> Presence:
    """Return what is known of somebody once they have gone; who is not there keeps the stays they had."""
    arrival = presence.arrival
    stays = presence.stays if arrival is None else (*presence.stays, arrival.until(time, provenance))
    return attrs.evolve(presence, stays=stays, arrival=None, recorder=by)
