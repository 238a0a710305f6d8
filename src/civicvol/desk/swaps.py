"""Swaps and hand-overs: a duty is offered, claimed, accepted, approved where the policy asks for it, and undone again.

An exchange has two sides, and nothing moves before both have agreed: whoever claims a duty agrees by claiming it,
whoever offers it by offering it, or, where they get a duty in return, by accepting that one. Until then both duties are
in one exchange only. Every hard rule is looked at when a claim is made, and again when the exchange is settled.
"""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan, minute_of
from civicvol.desk.event import DeskEvent
from civicvol.desk.partial import can_join, fits, joined, parted
from civicvol.desk.pending import Offer, OfferStatus, Turn, is_other
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.state import DeskState
from civicvol.duties.shift import Shift
from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment

_KNOWN = Label("there is an offer {} already", "转让编号{}已存在")
_UNKNOWN = Label("there is no offer {}", "没有编号为{}的转让")
_STATUS = Label("this offer is {}", "此转让{}")
_OFFERED = Label("{} is offered already", "{}已在转让中")
_BUSY = Label("{} is in another exchange that is not settled", "{}已在另一项未完成的换班中")
_ENDED = Label("{} can be exchanged no more", "{}已过换班期限")
_BEGUN = Label("{} has begun", "{}已经开始")
_SELF = Label("nobody can offer a duty to themselves, nor take their own", "不能转让给自己，也不能认领自己的班次")
_PART = Label(
    "a part lies within {}, is less than all of it, and leaves no piece that begins after the roster's last day",
    "转让的部分须在{}之内且短于全程，拆分后的各段须在班表期内开始",
)
_FOR = Label("this offer is for {}", "此转让只面向{}")
_RETURN = Label("a duty is wanted in return", "须以一个班次交换")
_NO_RETURN = Label("nothing is wanted in return", "此转让不需要交换班次")
_ELSEWHERE = Label("the duties have meanwhile gone elsewhere, or have changed", "相关班次已再次转手或变动")


@attrs.frozen(kw_only=True)
class ExchangeEvent(DeskEvent):
    """Something about an offer of a duty.

    Args:
        offer: id of the offer.
    """

    offer: str = attrs.field(validator=_fields.identifier)

    def found(self, state: DeskState, *statuses: OfferStatus) -> Offer:
        """Return the offer; refuse the event where there is none, or its status is another than these."""
        state.require_published(self)
        offer = next((each for each in state.offers if each.id == self.offer), None)
        if offer is None:
            raise self.refusal(_UNKNOWN.filled(self.offer))
        if offer.status not in statuses:
            raise self.refusal(_STATUS.filled(offer.status.label))
        return offer

    def require_before(self, minutes: int, refused: Label, state: DeskState, *duties: Assignment | None) -> None:
        """Refuse the event from so many minutes before one of the duties begins, where there is any."""
        for shift in (state.problem.shift(duty.shift) for duty in duties if duty is not None):
            if shift.span.start_minute - minutes <= minute_of(self.at):
                raise self.refusal(refused.filled(state.problem.shift_name(shift)))

    def require_not_busy(self, state: DeskState, duty: Assignment) -> None:
        """Refuse the event where a duty is in an exchange that is claimed but not settled."""
        if any(duty in (each.assignment, each.giving) for each in state.offers if each.claimed):
            raise self.refusal(_BUSY.filled(_name(state, duty)))

    def agreed(self, state: DeskState, policy: DeskPolicy, offer: Offer) -> DeskState:
        """Return the state after both sides have agreed: settled, or waiting for approval where the policy asks it."""
        settled = self.settled(state, offer)
        duties = offer.assignment, offer.giving
        positions = [state.problem.shift(duty.shift).position for duty in duties if duty is not None]
        if any(map(policy.asks_approval, positions)):
            return _put(state, attrs.evolve(offer, status=OfferStatus.AGREED))
        return settled

    def settled(self, state: DeskState, offer: Offer) -> DeskState:
        """Return the state after the duties have changed hands; refuse the event where a hard rule is against it."""
        duty, giving, taker = offer.assignment, offer.giving, str(offer.claimant)
        before, after = [duty], [attrs.evolve(duty, volunteer=taker)]
        problem: RosterProblem | None = None
        pieces: tuple[Shift, ...] = ()
        if offer.part is not None:
            shift = state.problem.shift(duty.shift)
            problem, pieces = parted(state.problem, shift, duty.role, offer.part, offer.id)
            owners = [taker if piece.span == offer.part else duty.volunteer for piece in pieces]
            after = [
                Assignment(volunteer=owner, shift=piece.id, role=duty.role)
                for owner, piece in zip(owners, pieces, strict=True)
            ]
        if giving is not None:
            before.append(giving)
            after.append(attrs.evolve(giving, volunteer=duty.volunteer))
        changed = state.changed(self, added=after, removed=before, problem=problem)
        done = attrs.evolve(
            offer,
            status=OfferStatus.SETTLED,
            before=tuple(before),
            after=tuple(after),
            shifts=tuple(state.problem.shift(each.shift) for each in before),
            pieces=pieces,
        )
        return _with_tokens_of(state, _put(changed, done))


@attrs.frozen(kw_only=True)
class Offered(ExchangeEvent):
    """Somebody offers a duty of theirs, or a part of it, to all or to one person: to hand it over, or for another duty.

    Args:
        offer: id of the new offer, which no other had in this book.
        assignment: the duty.
        part: the time that is offered; None for all of it.
        to: id of the one to whom it is offered; None for everybody.
        in_return: whether a duty is wanted in return.
    """

    label: ClassVar = Label("offered a duty", "转让班次")

    assignment: Assignment = attrs.field(validator=_fields.is_a(Assignment, "an Assignment"))
    part: TimeSpan | None = attrs.field(default=None, validator=_fields.optional(_fields.is_a(TimeSpan, "a TimeSpan")))
    to: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    in_return: bool = attrs.field(default=False, validator=_fields.flag)

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the offer open."""
        state.require_published(self)
        duty, owner = self.assignment, self.assignment.volunteer
        self.require_own(owner, state, policy)
        if any(each.id == self.offer for each in state.offers):
            raise self.refusal(_KNOWN.filled(self.offer))
        state.require_on(self, duty)
        self.require_before(policy.exchange_deadline, _ENDED, state, duty)
        self.require_not_busy(state, duty)
        if any(each.assignment == duty for each in state.offers if each.live):
            raise self.refusal(_OFFERED.filled(_name(state, duty)))
        if self.to is not None and state.problem.volunteer(self.to).id == owner:
            raise self.refusal(_SELF)
        shift = state.problem.shift(duty.shift)
        part = None if self.part is None else _on_clock_of(shift, self.part)
        if part is not None and not fits(state.problem, shift, part):
            raise self.refusal(_PART.filled(state.problem.shift_name(shift)))
        new = Offer(id=self.offer, assignment=duty, part=part, to=self.to, in_return=self.in_return)
        return attrs.evolve(state, offers=(*state.offers, new))


@attrs.frozen(kw_only=True)
class Claimed(ExchangeEvent):
    """Somebody claims a duty that is offered, and gives one of theirs where one is wanted in return.

    A plain hand-over is settled by it, unless it needs approval. What a hard rule is against is refused at once.

    Args:
        offer: id of the offer.
        volunteer: id of who claims it.
        giving: the duty that they give in return.

    Raises:
        InputError: a field is wrong, or the duty given is not theirs.
    """

    label: ClassVar = Label("claimed a duty", "认领班次")

    volunteer: str = attrs.field(validator=_fields.identifier)
    giving: Assignment | None = attrs.field(
        default=None, validator=_fields.optional(_fields.is_a(Assignment, "an Assignment"))
    )

    def __attrs_post_init__(self) -> None:
        if self.giving is not None and self.giving.volunteer != self.volunteer:
            raise InputError.of("Claimed.giving", f"must be a duty of {self.volunteer!r}", value=self.giving)

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the offer claimed, or settled."""
        offer = self.found(state, OfferStatus.OPEN)
        self.require_own(self.volunteer, state, policy)
        if state.problem.volunteer(self.volunteer).id == offer.assignment.volunteer:
            raise self.refusal(_SELF)
        if offer.to is not None and offer.to != self.volunteer:
            raise self.refusal(_FOR.filled(str(state.problem.volunteer(offer.to))))
        if offer.in_return != (self.giving is not None):
            raise self.refusal(_RETURN if offer.in_return else _NO_RETURN)
        for duty in (offer.assignment, self.giving):
            if duty is not None:
                state.require_on(self, duty)
                self.require_before(policy.exchange_deadline, _ENDED, state, duty)
                self.require_not_busy(state, duty)
        claimed = attrs.evolve(offer, status=OfferStatus.CLAIMED, claimant=self.volunteer, giving=self.giving)
        agreed = self.agreed(state, policy, claimed)
        return agreed if self.giving is None else _put(state, claimed)


@attrs.frozen(kw_only=True)
class Accepted(ExchangeEvent):
    """Whoever offered a duty agrees to the one that they get in return; a plain hand-over needs no such step.

    The exchange is settled by it, unless it needs approval.
    """

    label: ClassVar = Label("accepted a swap", "同意换班")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the exchange settled, or waiting for approval."""
        offer = self.found(state, OfferStatus.CLAIMED)
        self.require_own(offer.assignment.volunteer, state, policy)
        self.require_before(policy.exchange_deadline, _ENDED, state, offer.assignment, offer.giving)
        return self.agreed(state, policy, offer)


@attrs.frozen(kw_only=True)
class Declined(ExchangeEvent):
    """A claim is turned down by whoever offered the duty or by a manager, or taken back by who made it."""

    label: ClassVar = Label("declined a claim", "谢绝认领")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the offer open again."""
        offer = self.found(state, OfferStatus.CLAIMED, OfferStatus.AGREED)
        if self.by != offer.claimant:
            self.require_own(offer.assignment.volunteer, state, policy)
        return _put(state, offer.reopened())


@attrs.frozen(kw_only=True)
class Approved(ExchangeEvent):
    """A manager approves an exchange to which both sides have agreed, and it is settled."""

    label: ClassVar = Label("approved an exchange", "批准换班")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the exchange settled."""
        self.require_manager(policy)
        offer = self.found(state, OfferStatus.AGREED)
        self.require_before(0, _BEGUN, state, offer.assignment, offer.giving)
        return self.settled(state, offer)


@attrs.frozen(kw_only=True)
class Withdrawn(ExchangeEvent):
    """Whoever offered a duty keeps it after all; they may say so until the exchange is settled."""

    label: ClassVar = Label("withdrew an offer", "撤回转让")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the offer withdrawn."""
        offer = self.found(state, OfferStatus.OPEN, OfferStatus.CLAIMED, OfferStatus.AGREED)
        self.require_own(offer.assignment.volunteer, state, policy)
        return _put(state, attrs.evolve(offer.reopened(), status=OfferStatus.WITHDRAWN))


@attrs.frozen(kw_only=True)
class Undone(ExchangeEvent):
    """An exchange is undone by whoever claimed the duty, or by a manager: everything goes back to whose it was.

    It is refused where a duty has gone elsewhere meanwhile, or has changed; of several exchanges of one duty, the last
    has to be undone first.
    """

    label: ClassVar = Label("undid an exchange", "撤销换班")

    def apply(self, state: DeskState, policy: DeskPolicy) -> DeskState:
        """Return the state with the duties as they were before the exchange."""
        offer = self.found(state, OfferStatus.SETTLED)
        self.require_own(str(offer.claimant), state, policy)
        if not _is_as_settled(state, offer):
            raise self.refusal(_ELSEWHERE)
        self.require_before(policy.exchange_deadline, _ENDED, state, *offer.before)
        problem = joined(state.problem, offer.assignment.shift, offer.pieces) if offer.pieces else None
        changed = state.changed(self, added=offer.before, removed=offer.after, problem=problem)
        return _with_tokens_of(state, _put(changed, attrs.evolve(offer, status=OfferStatus.UNDONE)))


def _on_clock_of(shift: Shift, part: TimeSpan) -> TimeSpan:
    """Return a part in the zone of its shift, as people read it there."""
    zone = shift.span.start.tzinfo
    return TimeSpan(part.start.astimezone(zone), part.end.astimezone(zone))


def _is_as_settled(state: DeskState, offer: Offer) -> bool:
    if any(each not in state.roster for each in offer.after):
        return False
    if any(is_other(was, state.problem.shift_by_id.get(was.id)) for was in offer.shifts):
        return False
    if not offer.pieces:
        return True
    alone = all(len(state.roster.of_shift(piece.id)) == 1 for piece in offer.pieces)
    return alone and can_join(state.problem, offer.assignment.shift, offer.assignment.role, offer.pieces)


def _put(state: DeskState, offer: Offer) -> DeskState:
    """Return the state with an offer in the place of the one with its id."""
    return attrs.evolve(state, offers=tuple(offer if each.id == offer.id else each for each in state.offers))


def _with_tokens_of(before: DeskState, state: DeskState) -> DeskState:
    """Return the state in which tokens stay with those who spent them: a duty that changes hands is not given up."""
    return attrs.evolve(state, sign_ups=Turn(before.problem, state.problem, state.roster).sign_ups(before.sign_ups))


def _name(state: DeskState, duty: Assignment) -> Label:
    return state.problem.shift_name(state.problem.shift(duty.shift))
