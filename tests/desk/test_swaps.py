import attrs
import pytest

from civicvol import CoverRequirement
from civicvol.desk.pending import OfferStatus
from civicvol.desk.swaps import Accepted, Approved, Claimed, Declined, Offered, Undone, Withdrawn
from civicvol.desk.versions import Changed
from civicvol.errors import InputError
from civicvol.rostering.disruption import CancelledShift, ChangedShift
from tests.desk.desks import published, refused, roster

ROSTER = "li:gate wu:tent an:gate@4"


@pytest.fixture(scope="module")
def book(desk):
    return published(desk, ROSTER)


@pytest.fixture(scope="module")
def strict(desk):
    """A book in which every exchange needs approval."""
    return published(desk, ROSTER, policy={"approval": True})


class Words:
    """Says the events of exchanges briefly: whose duty, by whom, when."""

    def __init__(self, desk):
        self.desk = desk

    def offer(self, duty="li:gate", id="o1", when="2 12:00", by=None, **fields):
        (assignment,) = self.desk.on(duty)
        return self.desk.event(Offered, when, by or assignment.volunteer, offer=id, assignment=assignment, **fields)

    def claim(self, who="bo", id="o1", when="2 12:00", by=None, giving=None):
        given = None if giving is None else self.desk.on(giving)[0]
        return self.desk.event(Claimed, when, by or who, offer=id, volunteer=who, giving=given)

    def step(self, kind, by, id="o1", when="2 12:00"):
        return self.desk.event(kind, when, by, offer=id)

    def change(self, added="", removed="", **fields):
        return self.desk.event(Changed, "2 12:00", added=self.desk.on(added), removed=self.desk.on(removed), **fields)


@pytest.fixture(scope="module")
def say(desk):
    return Words(desk)


def status(book, id="o1"):
    return next(offer.status for offer in book.state.offers if offer.id == id)


class TestAHandOver:
    def test_is_settled_by_the_claim(self, book, say):
        offered = book.record(say.offer())
        assert (status(offered), roster(offered), offered.state.version) == (OfferStatus.OPEN, roster(book), 1)
        claimed = offered.record(say.claim())
        assert roster(claimed) == "an:gate@4 bo:gate wu:tent"
        assert (status(claimed), claimed.state.version) == (OfferStatus.SETTLED, 2)

    def test_may_be_for_one_person(self, book, say):
        offered = book.record(say.offer(to="bo"))
        assert refused(offered, say.claim("an")) == ["this offer is for Bo"]
        assert roster(offered.record(say.claim("bo"))) == "an:gate@4 bo:gate wu:tent"

    def test_may_be_made_and_claimed_by_a_manager_for_others(self, book, say):
        assert "bo:gate" in roster(book.record(say.offer(by="office"), say.claim(by="office")))

    def test_is_refused_to_strangers(self, book, say):
        only = ["only Li or those who run the desk may do this"]
        assert refused(book, say.offer(by="bo")) == only
        assert refused(book, say.offer(), say.claim(by="an")) == ["only Bo or those who run the desk may do this"]

    def test_is_refused_at_once_where_a_rule_is_against_it(self, book, say):
        (reason,) = refused(book, say.offer(), say.claim("wu"))
        assert reason.startswith("Wu cannot do both gate, Tue 3 Mar 2026 09:00–12:00, North and tent")

    def test_of_what_is_nobodys_or_somebody_elses_is_refused(self, book, say, desk):
        assert refused(book, say.offer("li:tent")) == [
            "Li as helper on tent, Tue 3 Mar 2026 11:00–14:00, North is not on the roster"
        ]
        assert refused(desk.draft(ROSTER), say.offer()) == ["the roster is still a draft"]

    def test_to_or_by_oneself_is_refused(self, book, say):
        self_only = ["nobody can offer a duty to themselves, nor take their own"]
        assert refused(book, say.offer(to="li")) == self_only
        assert refused(book, say.offer(), say.claim("li")) == self_only

    def test_wants_nothing_in_return(self, book, say):
        assert refused(book, say.offer(), say.claim("wu", giving="wu:tent")) == ["nothing is wanted in return"]
        assert refused(book, say.offer(), say.step(Accepted, "li")) == ["this offer is open"]

    def test_has_an_id_of_its_own(self, book, say):
        assert refused(book, say.offer(), say.offer("wu:tent")) == ["there is an offer o1 already"]
        assert refused(book, say.claim(id="o9")) == ["there is no offer o9"]

    def test_is_offered_once_at_a_time(self, book, say):
        again = say.offer(id="o2")
        assert refused(book, say.offer(), again) == ["gate, Tue 3 Mar 2026 09:00–12:00, North is offered already"]
        withdrawn = book.record(say.offer(), say.step(Withdrawn, "li"), again)
        assert [offer.status for offer in withdrawn.state.offers] == [OfferStatus.WITHDRAWN, OfferStatus.OPEN]

    def test_to_nobody_known_is_bad_input(self, book, say):
        with pytest.raises(InputError, match="must be the id of a volunteer"):
            book.record(say.offer(to="nobody"))
        with pytest.raises(InputError, match="must be the id of a volunteer"):
            book.record(say.offer(), say.claim("nobody", by="office"))


class TestASwap:
    def test_moves_nothing_before_it_is_accepted(self, book, say):
        claimed = book.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"))
        assert (status(claimed), roster(claimed)) == (OfferStatus.CLAIMED, roster(book))
        accepted = claimed.record(say.step(Accepted, "li"))
        assert (status(accepted), roster(accepted)) == (OfferStatus.SETTLED, "an:gate li:gate@4 wu:tent")

    def test_lets_people_change_places_who_could_not_do_both(self, book, say):
        swapped = book.record(
            say.offer(in_return=True), say.claim("wu", giving="wu:tent"), say.step(Accepted, "office")
        )
        assert roster(swapped) == "an:gate@4 li:tent wu:gate"

    def test_may_be_of_roles_on_one_shift(self, desk, say):
        lines = [CoverRequirement(role="helper"), CoverRequirement(role="lead")]
        book = published(desk, "li:gate wu:gate/lead", desk.shift("gate", "3 09:00-12:00", cover=lines))
        swapped = book.record(
            say.offer(in_return=True), say.claim("wu", giving="wu:gate/lead"), say.step(Accepted, "li")
        )
        assert roster(swapped) == "li:gate/lead wu:gate"

    def test_wants_a_duty_that_is_theirs(self, book, say):
        offer = say.offer(in_return=True)
        assert refused(book, offer, say.claim("an")) == ["a duty is wanted in return"]
        assert refused(book, offer, say.claim("bo", giving="bo:gate@4")) == [
            "Bo as helper on gate, Wed 4 Mar 2026 09:00–12:00, North is not on the roster"
        ]
        with pytest.raises(InputError, match=r"Claimed.giving must be a duty of 'bo', not Assignment\(volunteer='an'"):
            say.claim("bo", giving="an:gate@4")

    def test_is_refused_at_once_where_a_rule_is_against_the_duty_in_return(self, book, say):
        book = book.record(say.change("li:gate@4"))
        (reason,) = refused(book, say.offer(in_return=True), say.claim("an", giving="an:gate@4"))
        assert reason == "Li is on this shift already"

    def test_is_accepted_by_whoever_offered(self, book, say):
        claimed = book.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"))
        assert refused(claimed, say.step(Accepted, "an")) == ["only Li or those who run the desk may do this"]

    def test_is_open_again_once_declined(self, book, say):
        claimed = book.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"))
        for by in ("li", "an", "office"):
            declined = claimed.record(say.step(Declined, by))
            (offer,) = declined.state.offers
            assert (offer.status, offer.claimant, offer.giving) == (OfferStatus.OPEN, None, None)
        assert refused(claimed, say.step(Declined, "bo")) == ["only Li or those who run the desk may do this"]
        assert refused(declined, say.step(Declined, "li")) == ["this offer is open"]

    def test_is_looked_at_again_when_it_is_accepted(self, book, say):
        claimed = book.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"), say.change("an:tent"))
        (reason,) = refused(claimed, say.step(Accepted, "li"))
        assert reason.startswith("An cannot do both gate")

    def test_keeps_both_duties_busy(self, book, say):
        claimed = book.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"))
        busy = ["{}, North is in another exchange that is not settled"]
        fourth, third = (busy[0].format(f"gate, {day} Mar 2026 09:00–12:00") for day in ("Wed 4", "Tue 3"))
        assert refused(claimed, say.claim("bo")) == ["this offer is claimed, and waits for whoever offered it"]
        assert refused(claimed, say.offer("an:gate@4", "o2")) == [fourth]
        assert refused(claimed, say.offer("li:gate", "o2")) == [third]
        other = say.offer("wu:tent", "o2", in_return=True)
        assert refused(claimed, other, say.claim("an", "o2", giving="an:gate@4")) == [fourth]

    def test_may_give_what_one_has_offered_oneself(self, book, say):
        swapped = book.record(
            say.offer("an:gate@4", "o2"),
            say.offer(in_return=True),
            say.claim("an", giving="an:gate@4"),
        )
        assert refused(swapped, say.claim("bo", "o2")) == [
            "gate, Wed 4 Mar 2026 09:00–12:00, North is in another exchange that is not settled"
        ]
        swapped = swapped.record(say.step(Accepted, "li"))
        assert (status(swapped, "o1"), status(swapped, "o2")) == (OfferStatus.SETTLED, OfferStatus.LAPSED)


class TestApproval:
    def test_is_waited_for_by_a_hand_over(self, strict, say):
        agreed = strict.record(say.offer(), say.claim())
        assert (status(agreed), roster(agreed)) == (OfferStatus.AGREED, roster(strict))
        assert refused(agreed, say.step(Approved, "li")) == ["only those who run the desk may do this"]
        approved = agreed.record(say.step(Approved, "office"))
        assert (status(approved), roster(approved)) == (OfferStatus.SETTLED, "an:gate@4 bo:gate wu:tent")

    def test_is_waited_for_by_a_swap_that_is_accepted(self, strict, say):
        claimed = strict.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"))
        assert refused(claimed, say.step(Approved, "office")) == [
            "this offer is claimed, and waits for whoever offered it"
        ]
        agreed = claimed.record(say.step(Accepted, "li"))
        assert (status(agreed), roster(agreed)) == (OfferStatus.AGREED, roster(strict))
        assert roster(agreed.record(say.step(Approved, "office"))) == "an:gate li:gate@4 wu:tent"

    @pytest.mark.parametrize(("duty", "expected"), [("li:gate", OfferStatus.SETTLED), ("wu:tent", OfferStatus.AGREED)])
    def test_may_be_asked_for_some_positions(self, desk, say, duty, expected):
        book = published(desk, ROSTER, policy={"approval_positions": {"tent"}})
        assert status(book.record(say.offer(duty), say.claim())) is expected

    def test_is_asked_for_the_duty_in_return_too(self, desk, say):
        book = published(desk, ROSTER, policy={"approval_positions": {"tent"}})
        swap = say.offer(in_return=True), say.claim("wu", giving="wu:tent"), say.step(Accepted, "li")
        assert status(book.record(*swap)) is OfferStatus.AGREED

    def test_does_not_make_a_hopeless_claim_wait(self, strict, say):
        (reason,) = refused(strict, say.offer(), say.claim("wu"))
        assert reason.startswith("Wu cannot do both")

    def test_is_refused_where_a_rule_has_come_to_be_against_it(self, strict, say):
        agreed = strict.record(say.offer(), say.claim(), say.change("bo:tent"))
        (reason,) = refused(agreed, say.step(Approved, "office"))
        assert reason.startswith("Bo cannot do both")
        assert status(agreed.record(say.step(Declined, "office"))) is OfferStatus.OPEN

    def test_is_not_needed_where_nothing_asks_for_it(self, book, say):
        assert refused(book, say.offer(), say.step(Approved, "office")) == ["this offer is open"]

    def test_may_come_after_the_deadline_until_the_duty_begins(self, desk, say):
        book = published(desk, ROSTER, policy={"approval": True, "exchange_deadline": 60}).record(
            say.offer(), say.claim()
        )
        assert "bo:gate" in roster(book.record(say.step(Approved, "office", when="3 08:59")))
        assert refused(book, say.step(Approved, "office", when="3 09:00")) == [
            "gate, Tue 3 Mar 2026 09:00–12:00, North has begun"
        ]


class TestWithdrawing:
    @pytest.mark.parametrize("by", ["li", "office"])
    def test_is_for_whoever_offered(self, strict, say, by):
        for events in ([say.offer()], [say.offer(), say.claim()]):
            withdrawn = strict.record(*events, say.step(Withdrawn, by))
            assert (status(withdrawn), withdrawn.state.offers[0].claimant) == (OfferStatus.WITHDRAWN, None)
            assert refused(withdrawn, say.claim()) == ["this offer is withdrawn"]

    def test_is_for_nobody_else(self, strict, say):
        only = ["only Li or those who run the desk may do this"]
        assert refused(strict, say.offer(), say.claim(), say.step(Withdrawn, "bo")) == only

    def test_is_too_late_once_it_is_settled(self, book, say):
        assert refused(book, say.offer(), say.claim(), say.step(Withdrawn, "li")) == ["this offer is settled"]


class TestDeadlines:
    @pytest.mark.parametrize(("minutes", "last", "too_late"), [(0, "08:59", "09:00"), (60, "07:59", "08:00")])
    def test_are_counted_from_the_start_of_the_duty(self, desk, say, minutes, last, too_late):
        book = published(desk, ROSTER, policy={"exchange_deadline": minutes})
        ended = ["gate, Tue 3 Mar 2026 09:00–12:00, North can be exchanged no more"]
        on_time, late = f"3 {last}", f"3 {too_late}"
        swap = say.offer(in_return=True), say.claim("wu", giving="wu:tent")
        for first, make in (
            ((), lambda when: say.offer(when=when)),
            ((say.offer(),), lambda when: say.claim(when=when)),
            (swap, lambda when: say.step(Accepted, "li", when=when)),
            ((say.offer(), say.claim()), lambda when: say.step(Undone, "bo", when=when)),
        ):
            assert book.record(*first, make(on_time))
            assert refused(book, *first, make(late)) == ended

    def test_hold_for_the_duty_in_return(self, desk, say):
        book = published(desk, ROSTER, policy={"exchange_deadline": 24 * 60})
        offer = say.offer("an:gate@4", in_return=True, when="2 08:00")
        assert book.record(offer, say.claim("li", giving="li:gate", when="2 08:59"))
        assert refused(book, offer, say.claim("li", giving="li:gate", when="2 09:00")) == [
            "gate, Tue 3 Mar 2026 09:00–12:00, North can be exchanged no more"
        ]


class TestUndoing:
    def test_gives_everything_back(self, book, say):
        settled = book.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"), say.step(Accepted, "li"))
        for by in ("an", "office"):
            undone = settled.record(say.step(Undone, by))
            assert (roster(undone), status(undone)) == (roster(book), OfferStatus.UNDONE)
            assert undone.state.version == 3
        assert refused(undone, say.step(Undone, "an")) == ["this offer is undone"]

    def test_is_not_for_whoever_offered(self, book, say):
        only = ["only Bo or those who run the desk may do this"]
        assert refused(book, say.offer(), say.claim(), say.step(Undone, "li")) == only

    def test_is_refused_where_a_rule_is_against_it(self, book, say):
        settled = book.record(say.offer(), say.claim(), say.change("li:tent"))
        (reason,) = refused(settled, say.step(Undone, "bo"))
        assert reason.startswith("Li cannot do both")

    def test_of_several_exchanges_begins_with_the_last(self, book, say):
        first = book.record(say.offer(), say.claim("bo"))
        second = first.record(say.offer("bo:gate", "o2"), say.claim("an", "o2"))
        assert roster(second) == "an:gate an:gate@4 wu:tent"
        assert refused(second, say.step(Undone, "bo")) == ["the duties have meanwhile gone elsewhere, or have changed"]
        back = second.record(say.step(Undone, "an", "o2"))
        assert roster(back) == roster(first)
        assert roster(back.record(say.step(Undone, "bo"))) == roster(book)

    def test_is_refused_where_a_duty_has_moved_meanwhile(self, book, say):
        swap = say.offer("wu:tent", in_return=True), say.claim("li", giving="li:gate"), say.step(Accepted, "wu")
        gate, undo = book.state.problem.shift("gate"), say.step(Undone, "li")

        def changed(**fields):
            return say.change(disruptions=[ChangedShift(shift=attrs.evolve(gate, **fields))])

        more = changed(cover=[CoverRequirement(maximum=5)])
        assert roster(book.record(*swap, more, undo)) == roster(book)
        elsewhere = changed(unit=None)
        assert refused(book, *swap, elsewhere, undo) == ["the duties have meanwhile gone elsewhere, or have changed"]

    def test_ends_an_offer_of_what_goes_back(self, book, say):
        undone = book.record(say.offer(), say.claim(), say.offer("bo:gate", "o2"), say.step(Undone, "bo"))
        assert status(undone, "o2") is OfferStatus.LAPSED


VOID = ["this offer is void: whoever offered the duty is on it no more, or it has changed"]


class TestAnOfferLapses:
    def test_with_the_duty(self, strict, say):
        for events in ([say.offer()], [say.offer(), say.claim()]):
            gone = strict.record(*events, say.change(removed="li:gate"))
            assert status(gone) is OfferStatus.LAPSED
            assert refused(gone, say.claim()) == VOID
            again = gone.record(say.change("li:gate"))
            assert refused(again, say.claim()) == VOID
            assert status(again.record(say.offer(id="o2")), "o2") is OfferStatus.OPEN

    def test_with_the_shift(self, book, say):
        gone = book.record(say.offer(), say.change(disruptions=[CancelledShift(shift="gate")]))
        assert status(gone) is OfferStatus.LAPSED

    def test_where_the_shift_is_at_another_time(self, book, say, desk):
        later = ChangedShift(shift=desk.shift("gate", "3 14:00-17:00"))
        assert status(book.record(say.offer(), say.change(disruptions=[later]))) is OfferStatus.LAPSED

    def test_not_where_the_shift_needs_more_people(self, book, say, desk):
        more = ChangedShift(shift=desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(minimum=3)]))
        assert status(book.record(say.offer(), say.change(disruptions=[more]))) is OfferStatus.OPEN

    def test_but_is_only_open_again_where_the_duty_in_return_is_gone(self, book, say):
        claimed = book.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"))
        gone = claimed.record(say.change(removed="an:gate@4"))
        (offer,) = gone.state.offers
        assert (offer.status, offer.claimant, offer.giving) == (OfferStatus.OPEN, None, None)

    def test_not_where_something_else_changes(self, book, say):
        claimed = book.record(say.offer(in_return=True), say.claim("an", giving="an:gate@4"), say.change("bo:gate@4"))
        assert status(claimed) is OfferStatus.CLAIMED


@pytest.mark.parametrize("status", OfferStatus)
def test_a_status_is_said_in_both_languages(status):
    assert status.label.en
    assert status.label.zh
