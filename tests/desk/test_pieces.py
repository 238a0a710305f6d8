import pytest

from civicvol import CoverRequirement, Label
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.pieces import details_by_shift, origins
from civicvol.desk.sheet import personal_view, public_view
from civicvol.desk.swaps import Claimed, Offered


@pytest.fixture
def parted(desk):
    """Li hands the last hour at the gate over to An; Wu stays all the time."""
    duty = desk.on("li:gate")[0]
    return desk.published("li:gate wu:gate").record(
        desk.event(DetailsGiven, shift="gate", public="water", private="4711"),
        desk.event(Offered, by="li", offer="o1", assignment=duty, part=desk.span("3 11:00-12:00")),
        desk.event(Claimed, by="an", offer="o1", volunteer="an"),
    )


class TestPieces:
    def test_are_known_by_their_whole(self, parted):
        state = parted.state
        pieces = {each.shift for who in ("li", "an") for each in state.roster.of_volunteer(who)}
        assert origins(state) == dict.fromkeys(pieces, "gate")

    def test_of_a_piece_are_of_the_whole(self, parted, desk):
        [duty] = parted.state.roster.of_volunteer("li")
        again = parted.record(
            desk.event(Offered, by="li", offer="o2", assignment=duty, part=desk.span("3 09:00-10:00")),
            desk.event(Claimed, by="an", offer="o2", volunteer="an"),
        )
        assert set(origins(again.state).values()) == {"gate"}
        assert len(origins(again.state)) == 4
        assert [duty.private for duty in personal_view(again, "an").duties] == [Label("4711")] * 2

    def test_have_the_details_of_their_whole(self, parted):
        for who in ("li", "an", "wu"):
            [duty] = personal_view(parted, who).duties
            assert (duty.shift.public, duty.private) == (Label("water"), Label("4711"))

    def test_have_their_own_details_where_there_are_some(self, parted, desk):
        [duty] = parted.state.roster.of_volunteer("an")
        own = desk.event(DetailsGiven, shift=duty.shift, public="hat")
        [duty] = personal_view(parted.record(own), "an").duties
        assert (duty.shift.public, duty.private) == (Label("hat"), Label(""))
        assert len(details_by_shift(parted.state)) == 3

    def test_are_shared_with_those_there_meanwhile(self, parted):
        met = {who: [str(each) for duty in personal_view(parted, who).duties for each in duty.colleagues]
               for who in ("li", "an", "wu")}  # fmt: skip
        assert met == {"li": ["Wu"], "an": ["Wu"], "wu": ["An", "Li"]}

    def test_leave_no_shift_that_asks_for_nobody(self, desk):
        book = desk.published("li:gate", desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement()]))
        parted = book.record(
            desk.event(Offered, by="li", offer="o1", assignment=desk.on("li:gate")[0], part=desk.span("3 11:00-12:00")),
            desk.event(Claimed, by="an", offer="o1", volunteer="an"),
        )
        assert [str(line.shift.span)[15:] for line in public_view(parted).places] == ["09:00–11:00", "11:00–12:00"]
