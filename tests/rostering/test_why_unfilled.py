from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import (
    Availability,
    CoverRequirement,
    InputError,
    Qualification,
    Result,
    Roster,
    SkillTag,
    Status,
    check,
    rules,
    solve,
    why_not,
    why_unfilled,
)
from civicvol.testing import roster_problems, rosters


@pytest.fixture
def problem(make):
    cook = CoverRequirement(role="cook", all_of=["cooking"], minimum=2, desired=3)
    people = [
        make.person("an"),
        make.person("bo", qualifications=[Qualification(skill="cooking")]),
        make.person("cy", qualifications=[Qualification(skill="cooking")],
                    availability=Availability(leave=[make.span("24 00:00-23:00")])),
        make.person("di", qualifications=[Qualification(skill="cooking")]),
    ]  # fmt: skip
    shifts = [make.shift("lunch", "24 11:00-13:00", cover=[cook]), make.shift("gate", "24 12:00-14:00")]
    return make.problem(*people, *shifts, rules=rules.default_rules(), skills=[SkillTag(id="cooking")])


class TestWhyNot:
    def test_names_every_rule_with_its_sentence(self, problem, make):
        answer = why_not(problem, make.roster("an:gate"), "an", "lunch")
        assert not answer.possible
        assert [violation.rule for violation in answer.against] == ["Qualified", "NoOverlap", "MostShifts"]
        assert str(answer).startswith("an as cook on post, Tue 24 Mar 2026 11:00–13:00: no, because\n- an is not qual")
        assert answer.text("zh").startswith("an（cook），post，2026年3月24日周二 11:00–13:00：不行，因为\n- an不具备")

    def test_says_what_it_would_cost(self, problem, make):
        answer = why_not(problem, make.roster("an:gate"), "bo", "lunch")
        assert answer.possible
        assert answer.cost == -11_000
        assert "-11,000.00" in str(answer)

    def test_says_that_somebody_is_on_it(self, problem, make):
        answer = why_not(problem, make.roster("bo:lunch/cook"), "bo", "lunch")
        assert answer.assigned
        assert "is on the roster" in str(answer)

    def test_looks_at_the_role_that_fits_best(self, problem, make):
        hall = make.shift("hall", "26 11:00-13:00", cover=[CoverRequirement(role="cook", all_of=["cooking"]),
                                                           CoverRequirement(role="waiter")])  # fmt: skip
        wider = attrs.evolve(problem, shifts=(*problem.shifts, hall))
        assert why_not(wider, Roster(), "an", "hall").assignment.role == "waiter"

    def test_does_not_blame_it_for_what_was_broken_before(self, problem, make):
        answer = why_not(problem, make.roster("an:lunch/cook"), "an", "gate")
        assert "Qualified" not in {violation.rule for violation in answer.against}

    def test_knows_the_places_that_others_have_taken(self, problem, make):
        answer = why_not(problem, make.roster("an:gate"), "bo", "gate")
        assert [violation.rule for violation in answer.against] == ["MaximumCover"]

    @pytest.mark.parametrize(("volunteer", "shift", "field"), [("xi", "gate", "volunteer"), ("an", "moon", "shift")])
    def test_refuses_ids_it_does_not_know(self, problem, volunteer, shift, field):
        with pytest.raises(InputError) as caught:
            why_not(problem, Roster(), volunteer, shift)
        assert caught.value.faults[0].field == field

    def test_calls_no_improvement_an_obstacle(self, problem, make):
        hard = attrs.evolve(problem, rules=(rules.MinimumCover(weight=None), rules.Qualified()))
        assert why_not(hard, Roster(), "bo", "lunch").possible
        assert [each.rule for each in why_not(hard, Roster(), "an", "lunch").against] == ["Qualified"]

    @given(st.data())
    def test_says_that_it_is_possible_exactly_when_the_check_does(self, data):
        problem = data.draw(
            roster_problems(rules=rules.default_rules()).filter(lambda each: each.volunteers and each.shifts)
        )
        roster = data.draw(rosters(problem))
        volunteer, shift = data.draw(st.sampled_from(problem.volunteers)), data.draw(st.sampled_from(problem.shifts))
        answer = why_not(problem, roster, volunteer.id, shift.id)
        if not answer.assigned:
            before, after = check(problem, roster), check(problem, roster.with_(answer.assignment))
            worse = Counter()
            for sign, report in ((1, after), (-1, before)):
                for violation in report.hard:
                    worse[violation.rule] += sign * violation.amount
            assert answer.possible == all(amount <= 0 for amount in worse.values())
            assert answer.cost == pytest.approx(after.penalty - before.penalty)


class TestWhyUnfilled:
    def test_counts_everybody_once_under_the_first_rule(self, problem, make):
        roster = make.roster("bo:lunch/cook di:gate")
        (gap,) = why_unfilled(problem, roster)
        assert (gap.shift, gap.role, gap.missing, gap.wanted) == ("lunch", "cook", 1, 2)
        assert {reason.en: count for reason, count in gap.reasons} == {
            "not qualified": 1,
            "not free then": 1,
            "on another duty then": 1,
        }
        assert gap.possible == ()
        assert str(gap).startswith("post, Tue 24 Mar 2026 11:00–13:00, cook: 1 short: 1 not qualified")
        assert "还缺1人" in gap.text("zh")

    def test_names_those_who_could(self, problem, make):
        lunch, gate = why_unfilled(problem, make.roster("bo:lunch/cook"))
        assert lunch.helpful == ("di",)
        assert gate.helpful == ("an", "di")
        assert "1 could, and it would help" in str(lunch)
        assert "1人可以来，且有帮助" in lunch.text("zh")

    def test_tells_those_apart_who_would_cost_more_than_they_gain(self, problem, make):
        dear = attrs.evolve(problem, rules=(rules.MinimumCover(), rules.OwnShifts(), rules.MostShifts(weight=1e5)))
        gate = why_unfilled(dear, make.roster("an:lunch/cook bo:lunch/cook"))[-1]
        assert (gate.possible, gate.helpful) == (("an", "bo"), ("cy", "di"))
        assert "2 could, but would cost more than it gains" in str(gate)

    def test_explains_the_nearest_roster_where_there_is_no_other(self, problem):
        hard = (rules.MinimumCover(weight=None), rules.MostShifts(shifts=0))
        result = solve(attrs.evolve(problem, rules=hard))
        assert result.status == "infeasible"
        assert [gap.reasons[0][0].en for gap in why_unfilled(problem, result)] != []

    def test_tells_wishes_from_needs(self, problem, make):
        roster = make.roster("bo:lunch/cook di:lunch/cook an:gate")
        (gap,) = why_unfilled(problem, roster)
        assert (gap.missing, gap.wanted) == (0, 1)
        assert "1 fewer than wanted" in str(gap)

    def test_says_that_there_is_nobody(self, problem):
        gaps = why_unfilled(attrs.evolve(problem, volunteers=()), Roster())
        assert str(gaps[0]).partition("\n")[0].endswith("there is nobody else")

    def test_counts_those_in_another_role(self, make):
        two = [CoverRequirement(role="cook"), CoverRequirement(role="waiter")]
        problem = make.problem(make.shift("hall", "26 11:00-13:00", cover=two), rules=rules.default_rules())
        (gap,) = why_unfilled(problem, make.roster("li:hall/waiter"))
        assert [(reason.en, count) for reason, count in gap.reasons] == [("on it in another role", 1)]

    def test_takes_a_result(self, problem):
        result = solve(problem)
        assert why_unfilled(problem, result) == why_unfilled(problem, result.roster)

    def test_takes_a_result_with_nobody_on_it(self, problem):
        nobody = attrs.evolve(problem, volunteers=())
        assert len(why_unfilled(nobody, solve(nobody))) == 2

    def test_calls_it_a_help_to_break_a_hard_rule_less(self, problem, make):
        hard = attrs.evolve(problem, rules=(rules.MinimumCover(weight=None),))
        (lunch,) = why_unfilled(hard, make.roster("an:gate"))
        assert lunch.helpful == ("an", "bo", "cy", "di")

    def test_refuses_a_result_without_a_roster(self, problem):
        with pytest.raises(InputError, match="must be a Roster"):
            why_unfilled(problem, Result(status=Status.INFEASIBLE))

    def test_finds_nothing_where_all_is_filled(self, problem, make):
        full = attrs.evolve(problem, shifts=problem.shifts[1:])
        assert why_unfilled(full, make.roster("an:gate")) == ()

    @given(st.data())
    def test_agrees_with_why_not(self, data):
        problem = data.draw(
            roster_problems(rules=rules.default_rules()).filter(lambda each: each.volunteers and each.shifts)
        )
        roster = data.draw(rosters(problem))
        for gap in why_unfilled(problem, roster):
            there = [each for each in roster.of_shift(gap.shift) if each.role == gap.role]
            assert sum(count for _, count in gap.reasons) + len(gap.possible + gap.helpful) == len(
                problem.volunteers
            ) - len(there)
            for volunteer in gap.possible + gap.helpful:
                assert why_not(problem, roster, volunteer, gap.shift).possible
