"""What is pending on the desk: offers of duties, waiting lists, people who stand by, and tokens spent on sign-ups."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import attrs

from civicvol.calendar.timespan import TimeSpan, minute_of
from civicvol.duties.shift import Shift
from civicvol.labels import Choice
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster


class OfferStatus(Choice):
    """How far an exchange of duties has come."""

    OPEN = "open", "待认领"
    CLAIMED = "claimed", "已有人认领，待发起人同意", "claimed, and waits for whoever offered it"
    AGREED = "agreed", "双方已同意，待批准", "agreed, and waits for approval"
    SETTLED = "settled", "已完成"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "已失效：班次已变动", "void: whoever offered the duty is on it no more, or it has changed"
    UNDONE = "undone", "已撤销"


@attrs.frozen(kw_only=True)
class Offer:
    """A duty that somebody offers to others, and what has become of it.

    Args:
        id: the app's own id.
        assignment: the duty, and whose it is.
        part: the time that is offered; None for all of it.
        to: id of whom it is offered to; None for everybody.
        in_return: whether a duty is wanted in return.
        status: how far it has come.
        claimant: id of who claims it.
        giving: the duty that they give in return.
        before: the assignments that the exchange took away, once it is settled.
        after: those that it made instead.
        shifts: the shifts of those that it took away, as they were then.
        pieces: the shifts that it made of one, where a part was exchanged.
    """

    id: str
    assignment: Assignment
    part: TimeSpan | None = None
    to: str | None = None
    in_return: bool = False
    status: OfferStatus = OfferStatus.OPEN
    claimant: str | None = None
    giving: Assignment | None = None
    before: tuple[Assignment, ...] = ()
    after: tuple[Assignment, ...] = ()
    shifts: tuple[Shift, ...] = ()
    pieces: tuple[Shift, ...] = ()

    @property
    def claimed(self) -> bool:
        """Whether somebody claims it, and it is not settled yet."""
        return self.status in {OfferStatus.CLAIMED, OfferStatus.AGREED}

    @property
    def live(self) -> bool:
        """Whether anything may still come of it."""
        return self.claimed or self.status is OfferStatus.OPEN

    def reopened(self) -> "Offer":
        """Return the offer with nobody claiming it."""
        return attrs.evolve(self, status=OfferStatus.OPEN, claimant=None, giving=None)


@attrs.frozen(kw_only=True)
class Waiting:
    """Somebody who waits for a place.

    Args:
        volunteer: id of the volunteer.
        shift: id of the shift.
        role: the role line.
        until: when their invitation lapses, and with it their place in the queue; None where they have none.
    """

    volunteer: str
    shift: str
    role: str
    until: datetime | None = None

    def invited(self, at: datetime) -> bool:
        """Return whether an invitation is out at a moment."""
        return self.until is not None and not self.lapsed(at)

    def lapsed(self, at: datetime) -> bool:
        """Return whether their invitation has lapsed by a moment."""
        return self.until is not None and minute_of(self.until) <= minute_of(at)


@attrs.frozen(kw_only=True)
class StandBy:
    """Somebody who comes, or stays, if nobody else does.

    Args:
        volunteer: id of the volunteer.
        shift: id of the shift.
        role: the role line.
    """

    volunteer: str
    shift: str
    role: str


@attrs.frozen(kw_only=True)
class SignUp:
    """Tokens that somebody has spent on a shift.

    Args:
        volunteer: id of the volunteer.
        shift: id of the shift.
        tokens: how many.
    """

    volunteer: str
    shift: str
    tokens: int


P = TypeVar("P", Waiting, StandBy)


def is_other(was: Shift | None, now: Shift | None) -> bool:
    """Return whether a shift is at another time, place or position than it was; None where there is none."""
    before, after = (None if each is None else (each.span, each.unit, each.position) for each in (was, now))
    return before != after


@attrs.frozen
class Turn:
    """A change of the problem and its roster, and what remains pending after it.

    What people offered, claimed or stood by for holds for the time and place that the shift had then. Who waits is
    asked once more before anything comes of it, and keeps their place in the queue.

    Args:
        before: the problem before.
        after: the problem after.
        roster: the roster after.
    """

    before: RosterProblem
    after: RosterProblem
    roster: Roster

    def offers(self, offers: Iterable[Offer]) -> tuple[Offer, ...]:
        """Return the offers; void where their duty is gone, and open again where the duty given in return is."""
        return tuple(map(self._offer, offers))

    def waiting(self, waiting: Iterable[Waiting]) -> tuple[Waiting, ...]:
        """Return who still waits: not for lines that are no more, nor for a shift that they are on by now."""
        return self._open(waiting)

    def stand_bys(self, stand_bys: Iterable[StandBy]) -> tuple[StandBy, ...]:
        """Return who still stands by: as with those who wait, and not for shifts at another time or place."""
        return self._open(each for each in stand_bys if not self._is_other(each.shift))

    def sign_ups(self, sign_ups: Iterable[SignUp], removed: Iterable[Assignment] = ()) -> tuple[SignUp, ...]:
        """Return which tokens are still spent: none on shifts that are no more, nor on assignments taken away."""
        gone = {(each.volunteer, each.shift) for each in removed}
        known = self.after.shift_by_id
        return tuple(each for each in sign_ups if each.shift in known and (each.volunteer, each.shift) not in gone)

    def _offer(self, offer: Offer) -> Offer:
        if not offer.live:
            return offer
        if not self._stands(offer.assignment):
            return attrs.evolve(offer, status=OfferStatus.LAPSED)
        return offer if offer.giving is None or self._stands(offer.giving) else offer.reopened()

    def _stands(self, assignment: Assignment) -> bool:
        return assignment in self.roster and not self._is_other(assignment.shift)

    def _is_other(self, shift: str) -> bool:
        """Return whether a shift is gone, or at another time, place or position than before."""
        if self.after is self.before:
            return False
        was, now = (problem.shift_by_id.get(shift) for problem in (self.before, self.after))
        return is_other(was, now)

    def _open(self, pending: Iterable[P]) -> tuple[P, ...]:
        return tuple(each for each in pending if self._has_line(each) and not self._is_on(each))

    def _has_line(self, each: Waiting | StandBy) -> bool:
        shift = self.after.shift_by_id.get(each.shift)
        return shift is not None and any(line.role == each.role for line in shift.cover)

    def _is_on(self, each: Waiting | StandBy) -> bool:
        return any(duty.shift == each.shift for duty in self.roster.of_volunteer(each.volunteer))
