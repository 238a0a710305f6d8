import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import CoverRequirement, Roster, Unit, UnitTree
from civicvol.calendar import Period
from civicvol.rostering import AssignmentRule, columns
from civicvol.rostering.columns import find_candidates
from civicvol.rostering.rules import Available, GuardianConsent, MinimumRest, Qualified, ServedUnits, default_rules
from civicvol.testing import roster_problems, rosters

MAP = UnitTree([Unit(id="east", kind="grid", label="East"), Unit(id="west", kind="grid", label="West")])


@pytest.fixture
def found(make):
    lead = [CoverRequirement(), CoverRequirement(role="lead")]
    return find_candidates(
        make.problem(
            make.person("li"),
            make.person("wu"),
            make.shift("a", "24 22:00-06:00", cover=lead, unit="west"),
            make.shift("b", "30 09:00-11:00", position="tent"),
            make.past("20 09:00-10:30", volunteer="wu", unit="east"),
            units=MAP,
        )
    )


class TestColumns:
    def test_are_candidates_then_past_duties(self, found):
        assert len(found) == 7
        assert found.count == 6
        assert found.candidates.tolist() == [0, 1, 2, 3, 4, 5]
        assert found.past.tolist() == [False] * 6 + [True]

    def test_are_in_the_order_of_volunteer_and_line(self, found):
        assert found.volunteer.tolist() == [0, 0, 0, 1, 1, 1, 1]
        assert found.line.tolist() == [0, 1, 2, 0, 1, 2]
        assert found.shift.tolist() == [0, 0, 1, 0, 0, 1, -1]

    def test_say_when_where_and_what(self, found):
        assert found.minutes.tolist() == [480, 480, 120, 480, 480, 120, 90]
        assert found.position.tolist() == [0, 0, 1, 0, 0, 1, -1]
        assert found.unit.tolist() == [1, 1, -1, 1, 1, -1, 0]

    def test_number_periods_alike_where_they_are_one(self, found):
        for per, same in ((Period.DAY, False), (Period.WEEK, False), (Period.MONTH, True), (Period.HORIZON, True)):
            numbers = found.period(per)
            assert (numbers[0] == numbers[2]) == same
            assert numbers[0] == numbers[3]

    def test_spread_a_value_of_each_volunteer(self, found):
        assert found.of_volunteers([1.5, 2]).tolist() == [1.5, 1.5, 1.5, 2, 2, 2, 2]

    def test_turn_values_into_a_roster_and_back(self, found, make):
        roster = found.roster(np.array([0, 1.0, 0, 0, 0, 1.0, 1.0]))
        assert roster == make.roster("li:a/lead wu:b")
        assert found.indices(roster).tolist() == [1, 5]

    def test_are_none_where_there_is_nothing(self, make):
        for problem in (make.problem(), make.problem(make.shift("a", "24 09:00-11:00", cover=[CoverRequirement()]))):
            assert find_candidates(problem).count == len(problem.lines)


class TestFindCandidates:
    def test_strikes_out_what_a_hard_rule_forbids(self, make):
        people = [make.person("li", home="east"), make.person("wu", home="west")]
        shift = make.shift("a", "24 09:00-11:00", unit="west")
        problem = make.problem(*people, shift, rules=[ServedUnits()], units=MAP)
        assert find_candidates(problem).volunteer.tolist() == [1]
        soft = make.problem(*people, shift, rules=[ServedUnits(weight=1.0)], units=MAP)
        assert find_candidates(soft).volunteer.tolist() == [0, 1]

    def test_keeps_what_is_pinned_or_asked_for(self, make):
        people = [make.person("li", home="east"), make.person("wu", home="east")]
        shift = make.shift("a", "24 09:00-11:00", unit="west")
        pinned = [make.assignment("wu:a")]
        problem = make.problem(*people, shift, rules=[ServedUnits()], units=MAP, pinned=pinned)
        assert find_candidates(problem).volunteer.tolist() == [1]
        assert find_candidates(problem, keep=make.roster("li:a wu:a")).volunteer.tolist() == [0, 1]

    @given(st.data())
    def test_leaves_just_those_that_break_nothing(self, data):
        rules = (Qualified(), Available(), GuardianConsent(), ServedUnits(), MinimumRest())
        problem = data.draw(roster_problems(rules=rules))
        keep = data.draw(rosters(problem))
        found = find_candidates(problem, keep)
        kept = {(each.volunteer, each.shift, each.role) for each in (*keep, *problem.pinned)}
        agreed = {(each.volunteer, each.shift) for each in problem.overrides}
        expected = [
            (person, place)
            for person, volunteer in enumerate(problem.volunteers)
            for place, (shift, line) in enumerate(problem.lines)
            if (volunteer.id, shift.id, line.role) in kept
            or (volunteer.id, shift.id) in agreed
            or not any(
                rule.amount(problem, volunteer, shift, line)[0] for rule in rules if isinstance(rule, AssignmentRule)
            )
        ]
        assert list(zip(found.volunteer[: found.count].tolist(), found.line.tolist(), strict=True)) == expected
        assert found.roster(np.isin(np.arange(found.count), found.indices(keep)).astype(float)) == keep

    @given(roster_problems())
    def test_finds_the_same_in_small_blocks(self, problem):
        whole = find_candidates(problem)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(columns, "_BLOCK", 1)
            parts = find_candidates(problem)
        assert parts.volunteer.tolist() == whole.volunteer.tolist()
        assert parts.line.tolist() == whole.line.tolist()

    @given(roster_problems(rules=default_rules(), most_volunteers=0))
    def test_needs_nobody(self, problem):
        assert find_candidates(problem).count == 0
        assert find_candidates(problem).roster(np.zeros(0)) == Roster()
