import pytest

from civicvol import CoverRequirement
from civicvol.desk.stand_by import CalledIn, StoodBy, StoodDown
from civicvol.desk.versions import Changed
from civicvol.errors import InputError
from civicvol.rostering.disruption import CancelledShift, ChangedShift
from tests.desk.desks import on_leave, published, refused, roster

ENOUGH = ["gate, Tue 3 Mar 2026 09:00–12:00, North has 2 of 2 people for helper: nobody else is needed"]


@pytest.fixture(scope="module")
def of(desk):
    def event(kind, who="bo", when="2 12:00", by=None, **fields):
        known = {"volunteer": who, "shift": "gate"} | fields
        return desk.event(kind, when, by or ("office" if kind is CalledIn else who), **known)

    return event


@pytest.fixture(scope="module")
def standing(desk, of):
    """A book in which Bo stands by for the gate, where Li and Wu are."""
    return published(desk, "li:gate wu:gate").record(of(StoodBy))


def change(desk, added="", removed="", **fields):
    return desk.event(Changed, "2 12:00", added=desk.on(added), removed=desk.on(removed), **fields)


class TestStandingBy:
    def test_changes_nothing_on_the_roster(self, standing):
        assert roster(standing) == "li:gate wu:gate"
        assert [each.volunteer for each in standing.state.stand_bys] == ["bo"]

    def test_is_once_only_and_not_for_who_is_there(self, standing, of):
        assert refused(standing, of(StoodBy)) == ["Bo stands by for it already"]
        assert refused(standing, of(StoodBy, "li")) == ["Li is on this shift already"]

    def test_is_for_oneself(self, standing, of):
        assert refused(standing, of(StoodBy, "an", by="bo")) == ["only An or those who run the desk may do this"]
        assert len(standing.record(of(StoodBy, "an", by="office")).state.stand_bys) == 2

    def test_is_refused_to_whoever_could_never_come(self, desk, of):
        (reason,) = refused(published(desk, volunteers=on_leave(desk, "bo")), of(StoodBy))
        assert reason.startswith("Bo is not free")

    def test_is_possible_until_the_shift_is_over(self, desk, of):
        book = published(desk)
        assert book.record(of(StoodBy, when="3 11:59")).state.stand_bys
        assert refused(book, of(StoodBy, when="3 12:00")) == ["gate, Tue 3 Mar 2026 09:00–12:00, North is over"]

    def test_is_for_what_is_known(self, desk, of):
        for fields in ({"shift": "x"}, {"role": "x"}, {"volunteer": "x", "by": "office"}):
            with pytest.raises(InputError):
                published(desk).record(of(StoodBy, **fields))

    def test_ends_when_they_say_so(self, standing, of):
        down = standing.record(of(StoodDown))
        assert down.state.stand_bys == ()
        assert refused(down, of(StoodDown)) == ["Bo does not stand by for it"]
        assert refused(standing, of(StoodDown, by="an")) == ["only Bo or those who run the desk may do this"]

    def test_is_for_a_published_roster(self, desk, of):
        for kind in (StoodBy, StoodDown, CalledIn):
            assert refused(desk.draft(), of(kind, "an", by="office")) == ["the roster is still a draft"]


class TestCallingIn:
    def test_is_refused_while_there_are_enough(self, standing, desk, of):
        assert refused(standing, of(CalledIn)) == ENOUGH
        called = standing.record(change(desk, removed="li:gate"), of(CalledIn))
        assert roster(called) == "bo:gate wu:gate"
        assert called.state.stand_bys == ()

    def test_is_of_who_stands_by(self, standing, desk, of):
        assert refused(standing, change(desk, removed="li:gate"), of(CalledIn, "an")) == ["An does not stand by for it"]

    def test_is_for_managers(self, standing, of):
        assert refused(standing, of(CalledIn, by="bo")) == ["only those who run the desk may do this"]

    def test_is_possible_once_the_shift_has_begun_and_until_it_is_over(self, standing, desk, of):
        short = standing.record(change(desk, removed="li:gate"))
        assert roster(short.record(of(CalledIn, when="3 11:59"))) == "bo:gate wu:gate"
        assert refused(short, of(CalledIn, when="3 12:00")) == ["gate, Tue 3 Mar 2026 09:00–12:00, North is over"]

    def test_keeps_the_rules(self, standing, desk, of):
        short = standing.record(change(desk, "bo:tent", "li:gate"))
        (reason,) = refused(short, of(CalledIn))
        assert reason.startswith("Bo cannot do both")

    def test_counts_each_role_for_itself(self, desk, of):
        lines = [CoverRequirement(), CoverRequirement(role="lead", minimum=0)]
        book = published(desk, "li:gate", desk.shift("gate", "3 09:00-12:00", cover=lines))
        assert refused(book, of(StoodBy, role="lead"), of(CalledIn, role="lead")) == [
            "gate, Tue 3 Mar 2026 09:00–12:00, North has 0 of 0 people for lead: nobody else is needed"
        ]


class TestAChangeOfTheRoster:
    def test_ends_it_for_who_is_on_the_shift(self, standing, desk):
        assert standing.record(change(desk, "bo:gate", "li:gate")).state.stand_bys == ()

    def test_ends_it_with_the_shift(self, standing, desk):
        assert standing.record(change(desk, disruptions=[CancelledShift(shift="gate")])).state.stand_bys == ()

    def test_ends_it_where_the_shift_is_at_another_time(self, standing, desk):
        moved = ChangedShift(shift=desk.shift("gate", "3 14:00-17:00"))
        assert standing.record(change(desk, disruptions=[moved])).state.stand_bys == ()

    def test_keeps_it_where_the_shift_only_needs_more(self, standing, desk):
        more = ChangedShift(shift=desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(minimum=3)]))
        assert standing.record(change(desk, "an:tent", disruptions=[more])).state.stand_bys
