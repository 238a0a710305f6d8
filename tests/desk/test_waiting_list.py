import pytest

from civicvol import CoverRequirement
from civicvol.desk.access import tokens_left
from civicvol.desk.open_shifts import GivenUp, Taken
from civicvol.desk.versions import Changed
from civicvol.desk.waiting_list import Confirmed, Invited, Left, Passed, Queued, free_places, next_in_line, queue
from civicvol.errors import InputError
from civicvol.rostering.disruption import CancelledShift, ChangedShift
from civicvol.rostering.rules import NoOverlap
from tests.desk.desks import on_leave, published, refused, roster


class Words:
    """Says the events of a queue for the gate briefly."""

    def __init__(self, desk):
        self.desk = desk

    def of(self, kind, who, when="2 12:00", by=None, **fields):
        known = {"volunteer": who, "shift": "gate"} | fields
        return self.desk.event(kind, when, by or who, **known)

    def invite(self, who, when="2 12:00", until="2 18:00", by="office"):
        return self.of(Invited, who, when, by, until=self.desk.at(until))

    def change(self, added="", removed="", **fields):
        return self.desk.event(Changed, "2 12:00", added=self.desk.on(added), removed=self.desk.on(removed), **fields)


@pytest.fixture(scope="module")
def say(desk):
    return Words(desk)


def single(desk, when="3 09:00-12:00", **fields):
    """Return a gate with one place."""
    return desk.shift("gate", when, cover=[CoverRequirement(**fields)])


@pytest.fixture(scope="module")
def shifts(desk):
    return single(desk), desk.shift("tent", "3 11:00-14:00")


@pytest.fixture(scope="module")
def full(desk, shifts):
    return published(desk, "li:gate", *shifts)


@pytest.fixture(scope="module")
def waiting(full, say):
    """A book in which Wu, then An, then Bo wait for the gate."""
    return full.record(*(say.of(Queued, who) for who in ("wu", "an", "bo")))


@pytest.fixture(scope="module")
def free(waiting, say):
    """The same, after Li has given the place up."""
    return waiting.record(say.of(GivenUp, "li"))


def line(book, desk, when="2 12:00"):
    return [each.volunteer for each in queue(book.state, "gate", "helper", desk.at(when))]


def first(book, desk, when="2 12:00"):
    return next_in_line(book.state, book.policy, "gate", "helper", desk.at(when))


class TestJoining:
    def test_keeps_the_order(self, waiting, desk, say):
        assert line(waiting, desk) == ["wu", "an", "bo"]
        assert waiting.state.version == 1
        back = waiting.record(say.of(Left, "wu"), say.of(Queued, "wu", by="office"))
        assert line(back, desk) == ["an", "bo", "wu"]

    def test_is_refused_where_a_place_can_be_taken(self, desk, say, free):
        assert refused(published(desk), say.of(Queued, "wu")) == ["there is a free place: take it"]
        assert line(free.record(say.of(Queued, "li")), desk) == ["wu", "an", "bo", "li"]

    def test_is_refused_where_a_place_can_be_taken_because_nobody_who_waits_may(self, desk, say, free):
        busy = free.record(say.change("wu:tent an:tent"), say.of(Left, "bo"))
        assert refused(busy, say.of(Queued, "bo")) == ["there is a free place: take it"]

    def test_is_once_only_and_not_for_who_is_there(self, waiting, say):
        assert refused(waiting, say.of(Queued, "wu")) == ["Wu is on the waiting list already"]
        assert refused(waiting, say.of(Queued, "li")) == ["Li is on this shift already"]

    def test_is_for_oneself(self, full, say):
        assert refused(full, say.of(Queued, "wu", by="an")) == ["only Wu or those who run the desk may do this"]

    def test_is_refused_to_whoever_could_never_come(self, desk, say, shifts):
        away = on_leave(desk, "wu")
        book = published(desk, "li:gate", *shifts, volunteers=away)
        (reason,) = refused(book, say.of(Queued, "wu"))
        assert reason.startswith("Wu is not free")

    def test_is_open_to_who_is_busy_as_yet(self, full, desk, say):
        assert line(full.record(say.change("wu:tent"), say.of(Queued, "wu")), desk) == ["wu"]

    def test_keeps_the_policy(self, desk, say, shifts):
        early = published(desk, "li:gate", *shifts, policy={"sign_up_opens": 60})
        assert refused(early, say.of(Queued, "wu", "3 07:59"))
        assert line(early.record(say.of(Queued, "wu", "3 08:00")), desk) == ["wu"]
        assert refused(early, say.of(Queued, "wu", "3 09:00"))

    @pytest.mark.parametrize("longest", [0, 1])
    def test_is_refused_where_too_many_wait(self, desk, say, shifts, longest):
        book = published(desk, "li:gate", *shifts, policy={"longest_queue": longest})
        book = book.record(*(say.of(Queued, who) for who in ("wu", "an")[:longest]))
        assert refused(book, say.of(Queued, "bo")) == [f"the waiting list is full, with {longest}"]

    def test_is_for_what_is_known(self, full, say):
        for fields in ({"shift": "x"}, {"role": "x"}, {"volunteer": "x", "by": "office"}):
            with pytest.raises(InputError):
                full.record(say.of(Queued, "wu", **fields))

    def test_is_for_each_role_by_itself(self, desk, say):
        lines = [CoverRequirement(), CoverRequirement(role="lead")]
        both = published(desk, "li:gate an:gate/lead", desk.shift("gate", "3 09:00-12:00", cover=lines)).record(
            say.of(Queued, "wu"), say.of(Queued, "wu", role="lead"), say.change(removed="li:gate")
        )
        assert line(both, desk) == ["wu"]
        taken = both.record(say.of(Taken, "wu"))
        assert taken.state.waiting == ()


class TestLeaving:
    def test_is_for_who_waits(self, waiting, full, desk, say):
        assert line(waiting.record(say.of(Left, "an")), desk) == ["wu", "bo"]
        assert refused(full, say.of(Left, "wu")) == ["Wu is not on the waiting list"]
        assert refused(waiting, say.of(Left, "wu", by="an")) == ["only Wu or those who run the desk may do this"]


class TestWhoIsNext:
    def test_is_the_first(self, waiting, free, desk):
        assert first(waiting, desk) is None
        assert first(free, desk) == "wu"

    def test_is_not_somebody_a_rule_is_against_now(self, free, desk, say):
        busy = free.record(say.change("wu:tent"))
        assert first(busy, desk) == "an"
        assert line(busy, desk) == ["wu", "an", "bo"]
        assert first(busy.record(say.change(removed="wu:tent")), desk) == "wu"

    def test_is_not_somebody_without_tokens(self, desk, say, shifts):
        book = published(desk, "li:gate", *shifts, policy={"tokens": 1}, rules=[NoOverlap()]).record(
            say.of(Queued, "wu"),
            say.of(Queued, "an"),
            say.of(Taken, "wu", shift="tent"),
            say.of(GivenUp, "li"),
        )
        assert first(book, desk) == "an"

    def test_is_nobody_once_sign_up_has_ended(self, free, desk):
        assert first(free, desk, "3 08:59") == "wu"
        assert first(free, desk, "3 09:00") is None

    def test_counts_the_invitations_that_are_out(self, free, desk, say):
        invited = free.record(say.invite("wu"))
        assert first(invited, desk) is None
        assert free_places(invited.state, "gate", "helper", desk.at("2 17:59")) == 0
        assert free_places(invited.state, "gate", "helper", desk.at("2 18:00")) == 1
        assert first(invited, desk, "2 18:00") == "an"
        assert line(invited, desk, "2 18:00") == ["an", "bo"]

    def test_is_asked_about_what_is_known(self, free, desk):
        with pytest.raises(InputError):
            next_in_line(free.state, free.policy, "x", "helper", desk.at("2 12:00"))
        state, policy, place, at = free.state, free.policy, ("gate", "helper"), desk.at("2 12:00")
        for ask in (
            lambda: next_in_line(free, policy, *place, at),
            lambda: next_in_line(state, free, *place, at),
            lambda: next_in_line(state, policy, *place, "noon"),
            lambda: queue(free, *place, at),
            lambda: queue(state, "x", "helper", None),
        ):
            with pytest.raises(InputError, match="must be a"):
                ask()


class TestInviting:
    def test_goes_in_order(self, free, say):
        assert refused(free, say.invite("an")) == ["Wu comes first"]
        assert free.record(say.invite("wu"))

    def test_passes_over_only_those_who_cannot(self, free, say):
        busy = free.record(say.change("wu:tent"))
        (reason,) = refused(busy, say.invite("wu"))
        assert reason.startswith("Wu cannot do both")
        assert busy.record(say.invite("an"))

    def test_needs_a_free_place(self, waiting, free, say):
        assert refused(waiting, say.invite("wu")) == ["there is no free place"]
        assert refused(free, say.invite("wu"), say.invite("an")) == ["there is no free place"]

    def test_is_for_who_waits_and_once_only(self, free, say):
        assert refused(free, say.invite("li")) == ["Li is not on the waiting list"]
        assert refused(free, say.invite("wu"), say.invite("wu")) == ["Wu is invited already"]

    def test_is_for_managers(self, free, say):
        assert refused(free, say.invite("wu", by="wu")) == ["only those who run the desk may do this"]

    def test_ends_later_than_it_begins(self, say):
        assert say.invite("wu", until="2 12:01")
        with pytest.raises(InputError, match=r"Invited.until must be later than at"):
            say.invite("wu", until="2 12:00")


class TestConfirming:
    def test_takes_the_place(self, free, desk, say):
        confirmed = free.record(say.invite("wu"), say.of(Confirmed, "wu", "2 17:59"))
        assert roster(confirmed) == "wu:gate"
        assert line(confirmed, desk) == ["an", "bo"]

    def test_is_too_late_when_the_invitation_has_lapsed(self, free, desk, say):
        lapsed = free.record(say.invite("wu"))
        assert refused(lapsed, say.of(Confirmed, "wu", "2 18:00")) == ["Wu has no invitation that is still good"]
        next_one = lapsed.record(say.invite("an", "2 18:00", "2 20:00"))
        assert roster(next_one.record(say.of(Confirmed, "an", "2 18:01"))) == "an:gate"
        again = next_one.record(say.of(Queued, "wu", "2 18:00"))
        assert line(again, desk, "2 18:00") == ["an", "bo", "wu"]

    def test_needs_an_invitation(self, free, say):
        assert refused(free, say.of(Confirmed, "wu")) == ["Wu has no invitation that is still good"]
        assert refused(free, say.of(Confirmed, "li")) == ["Li has no invitation that is still good"]

    def test_keeps_the_rules(self, free, say):
        (reason,) = refused(free, say.invite("wu"), say.change("wu:tent"), say.of(Confirmed, "wu"))
        assert reason.startswith("Wu cannot do both")

    def test_is_refused_where_a_manager_has_given_the_place_to_another(self, free, say):
        assert refused(free, say.invite("wu"), say.change("li:gate"), say.of(Confirmed, "wu")) == [
            "there is no free place"
        ]

    def test_is_refused_once_sign_up_has_ended(self, free, say):
        (reason,) = refused(free, say.invite("wu", until="3 10:00"), say.of(Confirmed, "wu", "3 09:00"))
        assert "ended on" in reason

    def test_is_for_oneself(self, free, say):
        assert roster(free.record(say.invite("wu"), say.of(Confirmed, "wu", by="office"))) == "wu:gate"
        assert refused(free, say.invite("wu"), say.of(Confirmed, "wu", by="an"))

    def test_costs_tokens(self, desk, say, shifts):
        book = published(desk, "li:gate", *shifts, policy={"tokens": 1}).record(
            say.of(Queued, "wu"), say.of(GivenUp, "li"), say.invite("wu"), say.of(Confirmed, "wu")
        )
        assert tokens_left(book.state, book.policy, "wu") == 0


class TestPassing:
    def test_leaves_the_place_to_the_next(self, free, desk, say):
        passed = free.record(say.invite("wu"), say.of(Passed, "wu"))
        assert line(passed, desk) == ["an", "bo"]
        assert first(passed, desk) == "an"

    def test_is_of_an_invitation(self, free, say):
        assert refused(free, say.of(Passed, "wu")) == ["Wu has no invitation that is still good"]


class TestAChangeOfTheRoster:
    def test_ends_the_wait_of_who_is_on_the_shift(self, waiting, desk, say):
        assigned = waiting.record(say.change("wu:gate", "li:gate"))
        assert line(assigned, desk) == ["an", "bo"]

    def test_ends_the_wait_for_what_is_no_more(self, waiting, desk, say):
        assert waiting.record(say.change(disruptions=[CancelledShift(shift="gate")])).state.waiting == ()
        led = ChangedShift(shift=single(desk, role="lead"))
        assert waiting.record(say.change(removed="li:gate", disruptions=[led])).state.waiting == ()

    def test_keeps_the_queue_of_a_shift_at_another_time(self, waiting, desk, say):
        moved = waiting.record(say.change(disruptions=[ChangedShift(shift=single(desk, "3 14:00-17:00"))]))
        assert line(moved, desk) == ["wu", "an", "bo"]
