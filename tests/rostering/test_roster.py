import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Assignment, InputError, Roster

LI_GATE = Assignment(volunteer="li", shift="gate")
LI_DOOR = Assignment(volunteer="li", shift="door")
WU_GATE = Assignment(volunteer="wu", shift="gate", role="lead")

assignments = st.lists(
    st.builds(
        Assignment, volunteer=st.sampled_from("abc"), shift=st.sampled_from("xyz"), role=st.sampled_from(("r", "q"))
    ),
    unique_by=lambda each: (each.volunteer, each.shift),
)


class TestAssignment:
    def test_is_for_a_helper_unless_it_says_otherwise(self):
        assert LI_GATE.role == "helper"

    def test_reads_as_a_sentence(self):
        assert str(WU_GATE) == "wu on gate as lead"

    def test_names_everything_that_is_wrong_at_once(self):
        with pytest.raises(InputError) as caught:
            Assignment(volunteer="", shift=3, role=None)
        assert [fault.field for fault in caught.value.faults] == [
            "Assignment.volunteer",
            "Assignment.shift",
            "Assignment.role",
        ]
        assert [fault.value for fault in caught.value.faults] == ["", 3, None]


class TestRoster:
    def test_keeps_its_assignments_in_order(self):
        assert Roster([WU_GATE, LI_GATE, LI_DOOR]).assignments == (LI_DOOR, LI_GATE, WU_GATE)

    def test_is_equal_whatever_order_it_was_made_in(self):
        assert Roster([WU_GATE, LI_GATE]) == Roster({LI_GATE, WU_GATE})
        assert hash(Roster([WU_GATE, LI_GATE])) == hash(Roster([LI_GATE, WU_GATE]))

    def test_can_be_empty(self):
        assert len(Roster()) == 0
        assert list(Roster()) == []

    def test_has_nobody_on_one_shift_twice(self):
        again = Assignment(volunteer="li", shift="gate", role="lead")
        with pytest.raises(InputError, match="of 'li' has the volunteer on one shift twice") as caught:
            Roster([LI_GATE, WU_GATE, again])
        (fault,) = caught.value.faults
        assert (fault.id, fault.value) == ("li", "gate")

    def test_names_everybody_who_is_twice(self):
        with pytest.raises(InputError) as caught:
            Roster([LI_GATE, LI_GATE, WU_GATE, WU_GATE, LI_DOOR])
        assert [fault.id for fault in caught.value.faults] == ["li", "wu"]

    def test_says_what_a_volunteer_and_a_shift_have(self):
        roster = Roster([WU_GATE, LI_GATE, LI_DOOR])
        assert roster.of_volunteer("li") == (LI_DOOR, LI_GATE)
        assert roster.of_shift("gate") == (LI_GATE, WU_GATE)
        assert roster.of_volunteer("xu") == roster.of_shift("lift") == ()

    def test_knows_what_is_on_it(self):
        assert LI_GATE in Roster([LI_GATE])
        assert WU_GATE not in Roster([LI_GATE])
        assert "li" not in Roster([LI_GATE])

    def test_adds_and_takes_away(self):
        roster = Roster([LI_GATE])
        assert roster.with_(LI_GATE, LI_DOOR) == Roster([LI_GATE, LI_DOOR])
        assert roster.without(LI_GATE, WU_GATE) == Roster()
        assert roster == Roster([LI_GATE])

    def test_adds_nobody_in_a_second_role(self):
        with pytest.raises(InputError, match="twice"):
            Roster([LI_GATE]).with_(Assignment(volunteer="li", shift="gate", role="lead"))

    @pytest.mark.parametrize("wrong", [5, "li", {"li": "gate"}, [None], [LI_GATE, "li"], [[LI_GATE]]])
    def test_is_made_of_assignments_only(self, wrong):
        with pytest.raises(InputError, match=r"Roster\.assignments"):
            Roster(wrong)

    @given(assignments, assignments)
    def test_without_undoes_with(self, some, others):
        roster = Roster(some)
        taken = {(each.volunteer, each.shift) for each in some}
        fresh = [each for each in others if (each.volunteer, each.shift) not in taken]
        assert roster.with_(*fresh).without(*fresh) == roster

    @given(assignments)
    def test_every_assignment_is_found_by_its_volunteer_and_by_its_shift(self, some):
        roster = Roster(some)
        assert {each for id in "abc" for each in roster.of_volunteer(id)} == set(some)
        assert {each for id in "xyz" for each in roster.of_shift(id)} == set(some)


class TestShowing:
    def test_shows_its_assignments(self, make):
        shown = make.roster("li:gate wu:gate/lead")._repr_html_()
        assert "Roster of 2 assignments" in shown
        assert "lead" in shown
