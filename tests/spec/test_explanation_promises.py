"""What the explanations promise."""

from collections import Counter
from math import fsum

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civicvol import Roster, bottlenecks, check, compare, explain_conflict, rules, solve, why_not, why_unfilled
from civicvol.testing import roster_problems, rosters

SOME = roster_problems(rules=rules.default_rules()).filter(lambda problem: problem.volunteers and problem.shifts)
HARD_COVER = rules.MinimumCover(weight=None)


def rise(problem, before, after):
    """Return by how much each hard rule is broken more."""
    worse = Counter()
    for sign, roster in ((1, after), (-1, before)):
        for violation in check(problem, roster).hard:
            worse[violation.rule] += sign * violation.amount
    return worse


class TestWhyNot:
    """Somebody could take a shift exactly if no hard rule is then broken by more, for exactly the cost that is said."""

    @given(st.data())
    def test_says_what_the_check_says(self, data):
        problem = data.draw(SOME)
        roster = data.draw(rosters(problem))
        volunteer, shift = data.draw(st.sampled_from(problem.volunteers)), data.draw(st.sampled_from(problem.shifts))
        answer = why_not(problem, roster, volunteer.id, shift.id)
        if not answer.assigned:
            with_it = roster.with_(answer.assignment)
            assert answer.possible == all(amount <= 0 for amount in rise(problem, roster, with_it).values())
            assert answer.cost == pytest.approx(check(problem, with_it).penalty - check(problem, roster).penalty)
            for causes in answer.causes:
                assert set(causes) <= set(roster)


class TestTheFunnel:
    """Everybody is counted once on the way to an open place; who is said to be movable is, at the cost that is said."""

    @given(st.data())
    def test_loses_nobody(self, data):
        problem = data.draw(SOME)
        roster = data.draw(rosters(problem))
        for gap in why_unfilled(problem, roster):
            there = sum(each.role == gap.role for each in roster.of_shift(gap.shift))
            assert gap.everybody == len(problem.volunteers)
            assert gap.asked == gap.everybody - there
            left = gap.asked
            for _, remaining, lost in gap.funnel:
                left -= sum(count for _, count in lost)
                assert remaining == left
            assert left == len(gap.possible) + len(gap.helpful)
            for volunteer in gap.possible + gap.helpful:
                assert why_not(problem, roster, volunteer, gap.shift).possible

    @given(st.data())
    def test_moves_those_who_can_be_moved(self, data):
        problem = data.draw(SOME)
        roster = data.draw(rosters(problem))
        for gap in why_unfilled(problem, roster):
            for move in gap.moves:
                gone = [each for each in roster.of_volunteer(move.volunteer) if each.shift in move.leaves]
                assert len(gone) == len(move.leaves) > 0
                line = attrs.evolve(gone[0], shift=gap.shift, role=gap.role)
                moved = roster.without(*gone).with_(line)
                assert all(amount <= 0 for amount in rise(problem, roster, moved).values())
                change = check(problem, moved).penalty - check(problem, roster).penalty
                assert move.cost == pytest.approx(change)


class TestAdvice:
    """What a few people more are said to fill and to save, they do when the problem is solved with them."""

    @settings(max_examples=10)
    @given(roster_problems(rules=rules.default_rules()))
    def test_is_true_when_tried(self, problem):
        result = solve(problem)
        if result.roster is None:
            return
        missing = sum(gap.wanted for gap in why_unfilled(problem, result, moves=0))
        for advice in bottlenecks(problem, result, people=2):
            helped = solve(advice.helped(problem))
            left = sum(gap.wanted for gap in why_unfilled(advice.helped(problem), helped, moves=0))
            assert missing - left == advice.places > 0
            assert result.objective - helped.objective == pytest.approx(advice.gain)


class TestConflicts:
    """Pins and rules that are said to contradict each other do, and without any one of them the others could hold."""

    @given(st.data())
    def test_have_nothing_needless(self, data):
        problem = data.draw(roster_problems(rules=[HARD_COVER, *rules.default_rules()[:-3]], pinned=True))
        problem = attrs.evolve(problem, overrides=())

        def holds(some, pins):
            return solve(attrs.evolve(problem, rules=some, pinned=pins)).status != "infeasible"

        conflict = explain_conflict(problem)
        hard = [rule for rule in problem.rules if rule.hard]
        assert (conflict is None) == holds(hard, problem.pinned)
        if conflict is not None:
            named = [rule for rule in hard if rule.name in {demand.rule for demand in conflict.demands}]
            assert not holds(named, conflict.pins)
            for left_out in named:
                assert holds([rule for rule in named if rule is not left_out], conflict.pins)
            for left_out in conflict.pins:
                assert holds(named, [pin for pin in conflict.pins if pin is not left_out])


class TestComparisons:
    """What changes between two rosters costs, change by change and rule by rule, just what the checks differ by."""

    @given(st.data())
    def test_add_up(self, data):
        problem = data.draw(roster_problems())
        a, b = data.draw(rosters(problem)), data.draw(rosters(problem))
        found = compare(problem, a, b)
        assert Roster(set(a) - set(found.removed) | set(found.added)) == b
        change = check(problem, b).penalty - check(problem, a).penalty
        assert found.cost == pytest.approx(change)
        assert fsum(each.cost for each in found.differences) == pytest.approx(change)
        assert fsum(each.cost for each in found.effects) == pytest.approx(change)
        assert {each.volunteer for each in (*found.added, *found.removed)} <= {
            each.volunteer for each in found.differences
        }
