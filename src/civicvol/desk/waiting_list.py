"""Waiting lists: people wait in order for a place on a role line, are invited, and confirm."""

from datetime import datetime
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, instant, moment
from civicvol.calendar.timespan import minute_of
from civicvol.desk.access import access, signed_up
from civicvol.desk.event import PlaceEvent
from civicvol.desk.pending import Waiting
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState
from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.rostering.roster import Assignment

_FREE = Label("there is a free place: take it", "有空余名额，可直接报名")
_FULL = Label("there is no free place", "没有空余名额")
_TOO_MANY = Label("the waiting list is full, with {}", "候补名单已满（{}人）")
_WAITS = Label("{} is on the waiting list already", "{}已在候补名单上")
_DOES_NOT_WAIT = Label("{} is not on the waiting list", "{}不在候补名单上")
_INVITED = Label("{} is invited already", "{}已收到递补邀请")
_NOT_INVITED = Label("{} has no invitation that is still good", "{}没有有效的递补邀请")
_FIRST = Label("{} comes first", "应先邀请{}")


def queue(state: DeskState, shift: str, role: str, at: datetime) -> tuple[Waiting, ...]:
    """Return who waits for a role line of a shift, given by id, at a moment, the first in line first.

    Whoever let an invitation lapse waits no more.

    Raises:
        InputError: an argument is of the wrong kind.
    """
    _fields.expect("state", state, DeskState, "a DeskState")
    _fields.require(at=(at, instant))
    line = (each for each in state.waiting if (each.shift, each.role) == (shift, role))
    return tuple(each for each in line if not each.lapsed(at))


def free_places(state: DeskState, shift: str, role: str, at: datetime) -> int:
    """Return how many places of a role line are free at a moment: up to its maximum, invitations that are out counted.

    Raises:
        InputError: the shift or the role is not known.
    """
    invited = sum(each.invited(at) for each in queue(state, shift, role, at))
    line = state.problem.shift(shift).line(role)
    return max(line.maximum - state.filled(shift, role) - invited, 0)


def next_in_line(state: DeskState, policy: DeskPolicy, shift: str, role: str, at: datetime) -> str | None:
    """Return the id of whom to invite to a place on a role line: the first who waits for it and may take it now.

    Whoever a hard rule stands against now, and whoever may not sign up, is passed over, and stays in the queue.

    Args:
        state: where things stand.
        policy: what people may do by themselves.
        shift: id of the shift.
        role: the role line.
        at: when.

    Returns:
        The volunteer's id; None where no place is free, or nobody can be invited.

    Raises:
        InputError: an argument is of the wrong kind, or the shift or the role is not known.
    """
    _fields.expect("policy", policy, DeskPolicy, "a DeskPolicy")
    if not free_places(state, shift, role, at):
        return None
    waiting = (each.volunteer for each in queue(state, shift, role, at) if each.until is None)
    return next((one for one in waiting if not _obstacles(state, policy, one, shift, role, at)), None)


def _obstacles(
    state: DeskState, policy: DeskPolicy, volunteer: str, shift: str, role: str, at: datetime
) -> tuple[Label, ...]:
    place = Assignment(volunteer=volunteer, shift=shift, role=role)
    return access(state, policy, volunteer, shift, at) or tuple(state.against([place]))


@attrs.frozen(kw_only=True)
class WaitingEvent(PlaceEvent):
    """Something about somebody's place in a queue."""

    def entry(self, state: DeskState) -> Waiting | None:
        """Return their place in the queue, if they wait."""
        line = queue(state, self.shift, self.role, self.at)
        return next((each for each in line if each.volunteer == self.volunteer), None)

    def required(self, state: DeskState) -> Waiting:
        """Return their place in the queue; refuse the event where they do not wait."""
        entry = self.entry(state)
        if entry is None:
            raise self.refusal(_DOES_NOT_WAIT.filled(self.name(state)))
        return entry

    def invitation(self, state: DeskState) -> Waiting:
        """Return their place in the queue; refuse the event where no invitation to them is out."""
        entry = self.entry(state)
        if entry is None or entry.until is None:
            raise self.refusal(_NOT_INVITED.filled(self.name(state)))
        return entry


@attrs.frozen(kw_only=True)
class Queued(WaitingEvent):
    """Somebody joins the queue for a place on a role line; where a place can be taken, they are told to take it."""

    label: ClassVar = Label("joined the waiting list", "加入候补")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with one more at the end of the queue."""
        state.require_published(self)
        self.require_own(self.volunteer, state, policy)
        name = self.name(state)
        state.require_off(self, self.volunteer, self.shift)
        if self.entry(state) is not None:
            raise self.refusal(_WAITS.filled(name))
        against = (*access(state, policy, self.volunteer, self.shift, self.at), *state.unfit(self.place))
        if against:
            raise self.refusal(*against)
        at = self.shift, self.role, self.at
        if free_places(state, *at) and next_in_line(state, policy, *at) is None:
            raise self.refusal(_FREE)
        length = len(queue(state, *at))
        if policy.longest_queue is not None and length >= policy.longest_queue:
            raise self.refusal(_TOO_MANY.filled(length))
        new = Waiting(volunteer=self.volunteer, shift=self.shift, role=self.role)
        others = (each for each in state.waiting if attrs.evolve(each, until=None) != new)
        return attrs.evolve(state, waiting=(*others, new))


@attrs.frozen(kw_only=True)
class Left(WaitingEvent):
    """Somebody leaves the queue."""

    label: ClassVar = Label("left the waiting list", "退出候补")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state without their place in the queue."""
        state.require_published(self)
        self.require_own(self.volunteer, state, policy)
        return _without(state, self.required(state))


@attrs.frozen(kw_only=True)
class Invited(WaitingEvent):
    """Whoever is next in line is invited to a place that is free, and has until a moment to confirm.

    Args:
        until: when the invitation lapses; later than `at`.

    Raises:
        InputError: a field is wrong, or `until` is not later than `at`.
    """

    label: ClassVar = Label("invited from the waiting list", "邀请候补递补")

    until: datetime = attrs.field(converter=as_moment, validator=moment)

    def __attrs_post_init__(self) -> None:
        if minute_of(self.until) <= minute_of(self.at):
            message = f"must be later than at, {self.at.isoformat()}"
            raise InputError.of("Invited.until", message, value=self.until)

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the place kept for them."""
        self.require_manager(policy)
        state.require_published(self)
        name, entry = self.name(state), self.required(state)
        if entry.until is not None:
            raise self.refusal(_INVITED.filled(name))
        at = self.shift, self.role, self.at
        if not free_places(state, *at):
            raise self.refusal(_FULL)
        against = _obstacles(state, policy, self.volunteer, *at)
        if against:
            raise self.refusal(*against)
        first = next_in_line(state, policy, *at)
        if first is not None and first != self.volunteer:
            raise self.refusal(_FIRST.filled(str(state.problem.volunteer(first))))
        invited = attrs.evolve(entry, until=self.until)
        return attrs.evolve(state, waiting=tuple(invited if each is entry else each for each in state.waiting))


@attrs.frozen(kw_only=True)
class Confirmed(WaitingEvent):
    """Somebody who was invited takes the place that is kept for them."""

    label: ClassVar = Label("confirmed an invitation", "确认递补")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with one more on the shift, and one fewer who waits."""
        state.require_published(self)
        self.require_own(self.volunteer, state, policy)
        rest = _without(state, self.invitation(state))
        against = access(state, policy, self.volunteer, self.shift, self.at)
        if against:
            raise self.refusal(*against)
        if not free_places(rest, self.shift, self.role, self.at):
            raise self.refusal(_FULL)
        return signed_up(rest.changed(self, added=[self.place]), policy, self.volunteer, self.shift)


@attrs.frozen(kw_only=True)
class Passed(WaitingEvent):
    """Somebody who was invited does not want the place; they wait no more, and the next in line can be invited."""

    label: ClassVar = Label("declined an invitation", "谢绝递补")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state without their place in the queue."""
        state.require_published(self)
        self.require_own(self.volunteer, state, policy)
        return _without(state, self.invitation(state))


def _without(state: DeskState, entry: Waiting) -> DeskState:
    return attrs.evolve(state, waiting=tuple(each for each in state.waiting if each is not entry))
