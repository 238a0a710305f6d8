import pytest

from civicvol import CoverRequirement
from civicvol.desk.access import tokens_left
from civicvol.desk.open_shifts import GivenUp, Taken
from civicvol.desk.swaps import Claimed, Offered, Undone
from civicvol.desk.versions import Changed
from civicvol.desk.waiting_list import Invited, Queued
from civicvol.errors import InputError
from civicvol.rostering.disruption import CancelledShift
from civicvol.rostering.rules import MinimumCover, NoOverlap
from tests.desk.desks import published, refused, roster


@pytest.fixture(scope="module")
def take(desk):
    def event(who="li", shift="gate", when="2 12:00", by=None, **fields):
        return desk.event(Taken, when, by or who, volunteer=who, shift=shift, **fields)

    return event


@pytest.fixture(scope="module")
def give_up(desk):
    def event(who="li", shift="gate", when="2 12:00", by=None):
        return desk.event(GivenUp, when, by or who, volunteer=who, shift=shift)

    return event


class TestTaking:
    def test_fills_a_place_up_to_the_maximum(self, desk, take):
        one_left = published(desk, "wu:gate")
        assert roster(one_left.record(take())) == "li:gate wu:gate"
        assert refused(one_left, take(), take("an")) == ["there is no free place"]

    def test_counts_each_role_for_itself(self, desk, take):
        lines = [CoverRequirement(), CoverRequirement(role="lead", minimum=0, desired=0, maximum=1)]
        book = published(desk, "wu:gate", desk.shift("gate", "3 09:00-12:00", cover=lines))
        assert refused(book, take()) == ["there is no free place"]
        assert roster(book.record(take(role="lead"))) == "li:gate/lead wu:gate"

    def test_is_for_oneself_or_by_a_manager(self, desk, take):
        assert roster(published(desk).record(take(by="office"))) == "li:gate"
        assert refused(published(desk), take(by="wu")) == ["only Li or those who run the desk may do this"]

    def test_is_once_only(self, desk, take):
        assert refused(published(desk), take(), take()) == ["Li is on this shift already"]

    def test_keeps_the_rules(self, desk, take):
        (reason,) = refused(published(desk, "li:tent"), take())
        assert reason.startswith("Li cannot do both")

    def test_keeps_the_policy(self, desk, take):
        (reason,) = refused(published(desk), take(when="3 09:00"))
        assert "ended on" in reason
        late = published(desk, policy={"late_minutes": 10})
        assert roster(late.record(take(when="3 09:09"))) == "li:gate"

    def test_is_for_a_published_roster(self, desk, take):
        assert refused(desk.draft(), take()) == ["the roster is still a draft"]

    @pytest.mark.parametrize("fields", [{"who": "x", "by": "office"}, {"shift": "x"}, {"role": "x"}])
    def test_of_what_nobody_knows_is_bad_input(self, desk, take, fields):
        with pytest.raises(InputError):
            published(desk).record(take(**fields))

    def test_comes_after_those_who_wait(self, desk, take):
        book = published(desk, "wu:gate an:gate").record(
            desk.event(Queued, "2 12:00", "bo", volunteer="bo", shift="gate"),
            desk.event(Changed, "2 12:00", removed=desk.on("wu:gate")),
        )
        assert refused(book, take()) == ["Bo waits for a place and comes first"]
        assert roster(book.record(take("bo"))) == "an:gate bo:gate"
        busy = book.record(desk.event(Changed, "2 12:00", added=desk.on("bo:tent")))
        assert roster(busy.record(take())) == "an:gate bo:tent li:gate"

    def test_leaves_the_places_of_those_who_are_invited(self, desk, take):
        invited = published(desk, "wu:gate an:gate").record(
            desk.event(Queued, "2 12:00", "bo", volunteer="bo", shift="gate"),
            desk.event(Changed, "2 12:00", removed=desk.on("wu:gate")),
            desk.event(Invited, "2 12:00", volunteer="bo", shift="gate", until=desk.at("2 18:00")),
        )
        assert refused(invited, take()) == ["there is no free place"]
        assert refused(invited, take("bo")) == ["a place is kept for Bo, to be confirmed"]
        assert roster(invited.record(take(when="2 18:00"))) == "an:gate li:gate"


class TestGivingUp:
    @pytest.mark.parametrize(("minutes", "last", "too_late"), [(0, "3 08:59", "3 09:00"), (180, "3 05:59", "3 06:00")])
    def test_is_possible_until_the_deadline(self, desk, give_up, minutes, last, too_late):
        book = published(desk, "li:gate", policy={"give_up_deadline": minutes})
        for by in ("li", "office"):
            assert roster(book.record(give_up(when=last, by=by))) == ""
            assert refused(book, give_up(when=too_late, by=by)) == [
                "gate, Tue 3 Mar 2026 09:00–12:00, North can be given up no more"
            ]

    def test_is_of_what_one_has(self, desk, give_up):
        assert refused(published(desk), give_up()) == ["Li is not on gate, Tue 3 Mar 2026 09:00–12:00, North"]
        assert refused(published(desk, "li:gate"), give_up(by="wu")) == [
            "only Li or those who run the desk may do this"
        ]

    def test_keeps_the_rules(self, desk, give_up):
        book = published(desk, "li:gate", desk.shift("gate", "3 09:00-12:00"), rules=[MinimumCover(weight=None)])
        (reason,) = refused(book, give_up())
        assert reason.endswith("has 0 of at least 1 for helper: 1 missing")

    def test_is_of_nothing_unknown(self, desk, give_up):
        with pytest.raises(InputError):
            published(desk).record(give_up(shift="x"))


class TestTokens:
    POLICY = {"tokens": 3, "token_costs": {"gate": 2}}  # noqa: RUF012

    @pytest.fixture
    def book(self, desk):
        return published(desk, "", policy=self.POLICY, rules=[NoOverlap()])

    def left(self, book, who="li"):
        return tokens_left(book.state, book.policy, who)

    def test_are_spent_on_signing_up(self, book, take):
        taken = book.record(take())
        assert self.left(taken) == 1
        (reason,) = refused(taken, take(shift="gate@4"))
        assert reason == "gate, Wed 4 Mar 2026 09:00–12:00, North costs 2 in tokens, and Li has 1 left"

    def test_to_the_last(self, desk, take):
        spent = published(desk, policy={"tokens": 4, "token_costs": {"gate": 2}}).record(take(), take(shift="gate@4"))
        assert self.left(spent) == 0

    def test_are_given_back_when_given_up(self, book, take, give_up):
        back = book.record(take(), give_up())
        assert self.left(back) == 3
        assert self.left(back.record(take())) == 1

    def test_are_not_asked_of_whom_a_manager_assigns(self, book, desk, give_up):
        assigned = book.record(desk.event(Changed, "2 12:00", added=desk.on("li:gate")))
        assert self.left(assigned) == 3
        assert self.left(assigned.record(give_up())) == 3

    def test_are_given_back_when_a_manager_takes_the_duty_away(self, book, desk, take):
        for fields in ({"removed": desk.on("li:gate")}, {"disruptions": [CancelledShift(shift="gate")]}):
            assert self.left(book.record(take(), desk.event(Changed, "2 12:00", **fields))) == 3

    def test_stay_with_who_spent_them_when_duties_change_hands(self, book, desk, take, give_up):
        (duty,) = desk.on("li:gate")
        offer = desk.event(Offered, "2 12:00", "li", offer="o1", assignment=duty)
        claim = desk.event(Claimed, "2 12:00", "wu", offer="o1", volunteer="wu")
        settled = book.record(take(), offer, claim)
        assert (self.left(settled), self.left(settled, "wu")) == (1, 3)
        undone = settled.record(desk.event(Undone, "2 12:00", "wu", offer="o1"))
        assert self.left(undone) == 1
        assert self.left(undone.record(give_up())) == 3
        again = settled.record(give_up("wu"), take())
        assert self.left(again) == 1
