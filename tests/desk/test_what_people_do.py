"""Whatever people do with a published roster, one step after another, on random problems."""

from datetime import UTC, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Assignment, CoverRequirement, TimeSpan, check
from civicvol.desk.access import tokens_left
from civicvol.desk.book import RosterBook
from civicvol.desk.open_shifts import GivenUp, Taken
from civicvol.desk.pending import OfferStatus
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.stand_by import CalledIn, StoodBy, StoodDown
from civicvol.desk.swaps import Accepted, Approved, Claimed, Declined, Offered, Undone, Withdrawn
from civicvol.desk.versions import Changed, Published
from civicvol.desk.waiting_list import Confirmed, Invited, Left, Passed, Queued, next_in_line, queue
from civicvol.errors import RefusedError
from civicvol.rostering.rules import Available, MaximumCover, NoOverlap, Qualified, default_rules
from civicvol.testing import roster_problems
from tests.desk.desks import published
from tests.desk.test_partial import at_each_minute

SETS_OF_RULES = (
    (NoOverlap(), MaximumCover()),
    (MaximumCover(),),
    (Available(), Qualified(), NoOverlap(), MaximumCover()),
    default_rules(),
)
OF_PLACES = (Taken, Queued, StoodBy)
OF_STATUS = {
    Accepted: OfferStatus.CLAIMED,
    Declined: OfferStatus.CLAIMED,
    Approved: OfferStatus.AGREED,
    Withdrawn: OfferStatus.OPEN,
    Undone: OfferStatus.SETTLED,
}
KINDS = (
    Offered,
    Claimed,
    *OF_STATUS,
    *OF_PLACES,
    Left,
    Invited,
    Confirmed,
    Passed,
    StoodDown,
    CalledIn,
    GivenUp,
    Changed,
)

OFTEN = (
    Claimed,
    Claimed,
    Claimed,
    Claimed,
    Claimed,
    Accepted,
    Queued,
    Queued,
    Invited,
    Invited,
    Invited,
    Confirmed,
    Confirmed,
    Passed,
)


def later(moment, minutes):
    """Return a moment some minutes later by a real clock."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


class Events:
    """Makes events that might happen next, mostly about what is there; most of them could be refused all the same."""

    def __init__(self, book, at, chance):
        self.state, self.policy, self.at, self.chance = book.state, book.policy, at, chance

    def any(self):
        """Return an event, or None where there is nothing of the kind that was hit upon."""
        chance, state = self.chance, self.state
        kind = chance.choice((*KINDS, *OFTEN))
        if kind in OF_STATUS:
            return self.make(kind, [{"offer": each.id} for each in state.offers if self.fits(each, OF_STATUS[kind])])
        if kind in OF_PLACES:
            return self.make(kind, [self.place()])
        return self.make(kind, list(getattr(self, kind.__name__.lower())()))

    def make(self, kind, fields):
        if not fields:
            return None
        chosen = self.chance.choice(fields)
        own = chosen.get("volunteer", "office")
        return kind(at=self.at, by=self.chance.choice(("office", "office", own, "v0")), **chosen)

    def fits(self, offer, status):
        return offer.status is status or self.chance.random() < 0.1

    def place(self):
        shift, line = self.chance.choice(self.state.problem.lines)
        person = self.chance.choice(self.state.problem.volunteers)
        return {"volunteer": person.id, "shift": shift.id, "role": line.role}

    def offered(self):
        for duty in self.state.roster:
            part = None
            if self.chance.random() < 0.4:
                part = self.part(self.state.problem.shift(duty.shift).span)
            new, wants = f"o{len(self.state.offers)}", self.chance.random() < 0.5
            yield {"offer": new, "assignment": duty, "part": part, "in_return": wants}

    def part(self, span):
        first = self.chance.randrange(span.minutes)
        last = self.chance.randint(first + 1, span.minutes)
        return TimeSpan(later(span.start, first), later(span.start, last))

    def claimed(self):
        for offer in self.state.offers:
            if self.fits(offer, OfferStatus.OPEN):
                for person in self.state.problem.volunteers:
                    own = self.state.roster.of_volunteer(person.id) or (None,)
                    giving = self.chance.choice(own) if offer.in_return else None
                    yield {"offer": offer.id, "volunteer": person.id, "giving": giving}

    def left(self):
        return [{"volunteer": each.volunteer, "shift": each.shift, "role": each.role} for each in self.state.waiting]

    def confirmed(self):
        invited = [each for each in self.state.waiting if each.invited(self.at)]
        return [{"volunteer": each.volunteer, "shift": each.shift, "role": each.role} for each in invited]

    passed = confirmed

    def invited(self):
        until = {"until": later(self.at, self.chance.choice((5, 600, 6000)))}
        for shift, line in self.state.problem.lines:
            first = next_in_line(self.state, self.policy, shift.id, line.role, self.at)
            if first is not None:
                yield {"volunteer": first, "shift": shift.id, "role": line.role} | until
        yield self.place() | until

    def stooddown(self):
        return [{"volunteer": each.volunteer, "shift": each.shift, "role": each.role} for each in self.state.stand_bys]

    calledin = stooddown

    def givenup(self):
        return [{"volunteer": duty.volunteer, "shift": duty.shift} for duty in self.state.roster]

    def changed(self):
        duties = self.state.roster.assignments
        yield {"added": (Assignment(**self.place()),)}
        yield {"removed": (self.chance.choice(duties),)} if duties else {}


@st.composite
def policies(draw):
    return DeskPolicy(
        managers={"office"},
        approval=draw(st.booleans()),
        exchange_deadline=draw(st.sampled_from((0, 90))),
        give_up_deadline=draw(st.sampled_from((0, 90))),
        sign_up_opens=draw(st.sampled_from((None, 3 * 24 * 60))),
        late_share=draw(st.sampled_from((None, 0.5))),
        tokens=draw(st.sampled_from((None, 1, 3))),
        longest_queue=draw(st.sampled_from((None, 1))),
    )


@st.composite
def books(draw):
    """Draw published books whose rosters keep all hard rules, and on which people then do this and that."""
    rules = draw(st.sampled_from(SETS_OF_RULES))
    problem = draw(roster_problems(rules, pinned=False).filter(lambda each: each.shifts and len(each.volunteers) > 1))
    at = problem.horizon.span.start - timedelta(days=2)
    book = RosterBook(problem=problem, policy=draw(policies()))
    chance = Random(draw(st.integers(0, 2**32)))
    for _ in range(8):
        place = Assignment(**Events(book, at, chance).place())
        book = tried(book, Changed(at=at, by="office", added=(place,)))
    return book.record(Published(at=at, by="office")), chance


def tried(book, event):
    """Return the book with an event that may be refused, which then changes nothing and says why."""
    before = book.events, book.state
    try:
        return book.record(event)
    except RefusedError as refusal:
        reasons = refusal.reasons
    assert (book.events, book.state) == before
    assert reasons
    assert all(reason.en and reason.zh for reason in reasons)
    return book


def lived(book, chance, steps):
    """Yield the book after each of some steps, with its time."""
    at = book.events[-1].at
    for _ in range(steps):
        at = later(at, chance.choice((0, 0, 0, 0, 0, 0, 5, 60)))
        event = Events(book, at, chance).any()
        if event is not None:
            book = tried(book, event)
            yield book, at


@given(books(), st.integers(5, 100))
def test_keeps_all_hard_rules_and_is_the_same_when_played_again(begun, steps):
    live(*begun, steps)


@pytest.mark.parametrize("approval", [False, True])
def test_is_so_on_a_busy_desk_with_steps_of_every_kind(desk, approval):
    gate = desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement()])
    tent, later_gate = desk.shift("tent", "3 13:00-14:00"), desk.shift("gate@4", "4 09:00-12:00")
    policy = {"approval": approval, "tokens": 1, "longest_queue": 2}
    begun = published(desk, "li:gate wu:tent an:tent", gate, tent, later_gate, policy=policy)
    seen = set().union(*(live(begun, Random(seed), 150) for seed in range(20)))
    assert {*KINDS, "part"} - seen == (set() if approval else {Approved})


def live(book, chance, steps):
    """Let people do this and that, hold the book against what it promises after each step; return what they did."""
    asked = at_each_minute(book.state.problem)
    for now, at in lived(book, chance, steps):
        state = now.state
        assert check(state.problem, state.roster).hard == ()
        assert at_each_minute(state.problem) == asked
        assert_offers_stand(state)
        assert_queues_are_fair(state, now.policy, at)
        book = now
    again = RosterBook(problem=book.problem, draft=book.draft, policy=book.policy, events=book.events)
    assert again.state == book.state
    return {type(event) for event in book.events} | {"part" for offer in book.state.offers if offer.pieces}


def assert_offers_stand(state):
    for offer in state.offers:
        assert not offer.live or offer.assignment in state.roster
        assert offer.claimed <= (offer.claimant is not None)
        assert offer.claimed <= (offer.in_return == (offer.giving is not None))
        assert not offer.claimed or offer.giving is None or offer.giving in state.roster
    busy = [duty for offer in state.offers if offer.claimed for duty in (offer.assignment, offer.giving) if duty]
    assert len(busy) == len(set(busy))


def assert_queues_are_fair(state, policy, at):
    for pending in (*state.waiting, *state.stand_bys):
        assert state.duty(pending.volunteer, pending.shift) is None
    for person in state.problem.volunteers:
        left = tokens_left(state, policy, person.id)
        assert left is None or left >= 0
    for shift, line in state.problem.lines:
        waiting = [each.volunteer for each in queue(state, shift.id, line.role, at)]
        assert len(waiting) == len(set(waiting))
        assert policy.longest_queue is None or len(waiting) <= policy.longest_queue
        assert next_in_line(state, policy, shift.id, line.role, at) in (None, *waiting)
