from hypothesis import given

from civicvol import CoverRequirement, Roster, check, rules
from civicvol.rostering.columns import find_candidates
from civicvol.rostering.greedy import fill_greedily
from civicvol.testing import roster_problems


class TestFillGreedily:
    def test_fills_scarce_places_first_and_spreads_the_work(self, make):
        people = [make.person("an", preferences=["post"]), make.person("bo")]
        shifts = [make.shift(f"s{day}", f"{day} 09:00-11:00") for day in (24, 25, 26, 27)]
        problem = make.problem(*people, *shifts, rules=rules.default_rules())
        roster = fill_greedily(find_candidates(problem), Roster())
        assert len(roster) == 4
        assert len(roster.of_volunteer("an")) == 2

    def test_fills_minimums_before_wishes(self, make):
        line = CoverRequirement(minimum=1, desired=2)
        shifts = [make.shift("a", "24 09:00-11:00", cover=[line]), make.shift("b", "24 09:00-11:00", cover=[line])]
        problem = make.problem(make.person("an"), make.person("bo"), *shifts, rules=rules.default_rules())
        roster = fill_greedily(find_candidates(problem), Roster())
        assert [len(roster.of_shift(shift)) for shift in "ab"] == [1, 1]

    def test_keeps_what_is_settled(self, make):
        shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00")]
        problem = make.problem(*shifts, rules=rules.default_rules())
        assert fill_greedily(find_candidates(problem), make.roster("li:b")) == make.roster("li:b")

    @given(roster_problems(rules=rules.default_rules(), pinned=False))
    def test_breaks_no_hard_rule(self, problem):
        assert check(problem, fill_greedily(find_candidates(problem), Roster())).feasible
