"""Open shifts: people take a free place by themselves, and give it up again in time."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import minute_of
from civicvol.desk.access import access, signed_up
from civicvol.desk.event import DeskEvent, PlaceEvent
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState
from civicvol.desk.waiting_list import free_places, next_in_line, queue
from civicvol.labels import Label

_FULL = Label("there is no free place", "没有空余名额")
_INVITED = Label("a place is kept for {}, to be confirmed", "已为{}保留名额，请确认")
_WAITS = Label("{} waits for a place and comes first", "{}正在候补，优先递补")
_OFF = Label("{} is not on {}", "{}不在{}")
_TOO_LATE = Label("{} can be given up no more", "{}已过退出期限")


@attrs.frozen(kw_only=True)
class Taken(PlaceEvent):
    """Somebody takes a free place, within the time and for the tokens that the policy asks."""

    label: ClassVar = Label("signed up", "报名")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the place taken and the tokens spent."""
        state.require_published(self)
        self.require_own(self.volunteer, state, policy)
        person = self.name(state)
        state.require_off(self, self.volunteer, self.shift)
        against = access(state, policy, self.volunteer, self.shift, self.at)
        if against:
            raise self.refusal(*against)
        at = self.shift, self.role, self.at
        if any(each.volunteer == self.volunteer and each.invited(self.at) for each in queue(state, *at)):
            raise self.refusal(_INVITED.filled(person))
        if not free_places(state, *at):
            raise self.refusal(_FULL)
        first = next_in_line(state, policy, *at)
        if first is not None and first != self.volunteer:
            raise self.refusal(_WAITS.filled(str(state.problem.volunteer(first))))
        return signed_up(state.changed(self, added=[self.place]), policy, self.volunteer, self.shift)


@attrs.frozen(kw_only=True)
class GivenUp(DeskEvent):
    """Somebody gives a duty up before the policy's deadline, and has the tokens back that they spent on it.

    Args:
        volunteer: id of the volunteer.
        shift: id of the shift.
    """

    label: ClassVar = Label("gave a duty up", "退出班次")

    volunteer: str = attrs.field(validator=_fields.identifier)
    shift: str = attrs.field(validator=_fields.identifier)

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with one person less on the shift."""
        state.require_published(self)
        self.require_own(self.volunteer, state, policy)
        shift = state.problem.shift(self.shift)
        name = state.problem.shift_name(shift)
        duty = state.duty(self.volunteer, self.shift)
        if duty is None:
            raise self.refusal(_OFF.filled(str(state.problem.volunteer(self.volunteer)), name))
        if shift.span.start_minute - policy.give_up_deadline <= minute_of(self.at):
            raise self.refusal(_TOO_LATE.filled(name))
        return state.changed(self, removed=[duty])
