import attrs
import pytest

from civicvol import CoverRequirement, InputError, Label, Qualification, RefusedError, SkillTag, Volunteer
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.pieces import details_by_shift, origins
from civicvol.desk.sheet import personal_view, public_view
from civicvol.desk.swaps import Claimed, Offered
from civicvol.desk.versions import Changed
from civicvol.rostering.disruption import CancelledShift, ChangedShift
from civicvol.rostering.rules import Apart, Available, LeaderPresent, MaximumCover, NoOverlap


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
        assert origins(state.problem) == dict.fromkeys(pieces, "gate")

    def test_of_a_piece_are_of_the_whole(self, parted, desk):
        [duty] = parted.state.roster.of_volunteer("li")
        again = parted.record(
            desk.event(Offered, by="li", offer="o2", assignment=duty, part=desk.span("3 09:00-10:00")),
            desk.event(Claimed, by="an", offer="o2", volunteer="an"),
        )
        assert set(origins(again.state.problem).values()) == {"gate"}
        assert len(origins(again.state.problem)) == 4
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
        assert len(details_by_shift(parted.state.problem, parted.state.details)) == 3

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


class TestTeams:
    """Rules on who serves together hold at every time of a shift, also where somebody is there for a part of it."""

    leader = LeaderPresent(skill="lead", from_people=2)
    skills = (SkillTag(id="lead"),)
    people = tuple(
        Volunteer(id=id, name=id.capitalize(), qualifications=[Qualification(skill="lead")] if id == "li" else [])
        for id in ("li", "wu", "an")
    )

    def hand_over(self, desk, who, rules, part="3 09:00-10:00", **fields):
        book = desk.published("li:gate wu:gate", rules=[Available(), NoOverlap(), MaximumCover(), *rules], **fields)
        return book.record(
            desk.event(Offered, by="li", offer="o1", assignment=desk.on("li:gate")[0], part=desk.span(part)),
            desk.event(Claimed, by=who, offer="o1", volunteer=who),
        )

    def test_the_only_leader_cannot_hand_over_a_part(self, desk):
        with pytest.raises(RefusedError) as refused:
            self.hand_over(desk, "an", [self.leader], volunteers=self.people, skills=self.skills)
        assert "gate" in str(refused.value)

    def test_a_leader_can_hand_it_to_another(self, desk):
        both = [attrs.evolve(each, qualifications=[Qualification(skill="lead")]) for each in self.people]
        book = self.hand_over(desk, "an", [self.leader], volunteers=both, skills=self.skills)
        assert len(book.state.roster) == 3

    def test_two_who_are_to_be_apart_do_not_meet_for_an_hour(self, desk):
        with pytest.raises(RefusedError):
            self.hand_over(desk, "an", [Apart(companies=[("an", "wu")], same_shift=True)])
        assert self.hand_over(desk, "an", [Apart(companies=[("an", "li")], same_shift=True)])


class TestAShiftWithPieces:
    def test_is_cancelled_with_them(self, parted, desk):
        book = parted.record(desk.event(Changed, disruptions=[CancelledShift(shift="gate")]))
        assert len(book.state.roster) == 0
        assert [shift.id for shift in book.state.problem.shifts] == ["tent", "gate@4"]

    def test_does_not_move_without_them(self, parted, desk):
        shift = attrs.evolve(parted.state.problem.shift("gate"), span=desk.span("3 10:00-13:00"))
        with pytest.raises(InputError, match="while others cover parts of it"):
            parted.record(desk.event(Changed, disruptions=[ChangedShift(shift=shift)]))

    def test_may_ask_for_more(self, parted, desk):
        (line,) = parted.state.problem.shift("gate").cover
        more = attrs.evolve(parted.state.problem.shift("gate"), cover=[attrs.evolve(line, desired=3, maximum=3)])
        assert parted.record(desk.event(Changed, disruptions=[ChangedShift(shift=more)]))
