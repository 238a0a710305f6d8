"""What the solver promises, whichever engine it uses."""

from itertools import product
from math import fsum

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Assignment, Period, Roster, Tier, check, rules, solve
from civicvol.testing import roster_problems, rosters

PATTERNS = (
    rules.MostShifts(shifts=1, per=Period.DAY),
    rules.LeastConsecutiveDays(days=2),
    rules.LeastConsecutiveDaysOff(days=2),
    rules.MostWeekends(weekends=1),
    rules.MinimumRest(weight=3.0),
    rules.Available(),
    rules.MinimumCover(),
    rules.FairShare(piece=77),
    rules.PositionPreference(),
)
SOFT_REST = (*(rule for rule in rules.default_rules() if rule.name != "MinimumRest"), rules.MinimumRest(weight=3.0))


def every_roster(problem):
    """Yield every roster that keeps the hard rules, with its check."""
    places = [(person.id, shift) for person in problem.volunteers for shift in problem.shifts]
    for roles in product(*([None, *(line.role for line in shift.cover)] for _, shift in places)):
        taken = zip(places, roles, strict=True)
        roster = Roster(
            Assignment(volunteer=person, shift=shift.id, role=role) for (person, shift), role in taken if role
        )
        report = check(problem, roster)
        if report.feasible:
            yield roster, report


def tier_costs(problem, report):
    tiers = {rule.name: rule.family.tier for rule in problem.rules}
    present = {tiers[rule.name] for rule in problem.rules if not rule.hard}
    return tuple(
        fsum(each.penalty for each in report.soft if tiers[each.rule] is tier) for tier in Tier if tier in present
    )


@pytest.mark.parametrize("engine", ["highs", "columns", "auto"])
@pytest.mark.parametrize("seconds", [0, 0.02, 20])
class TestTheBound:
    """No roster costs less than the bound, however early the search is cut short; what is called proven is so."""

    @given(problem=roster_problems(rules=PATTERNS, most_volunteers=2, most_shifts=3))
    def test_is_never_above_the_best_of_all_rosters(self, problem, engine, seconds):
        least = min((report.penalty for _, report in every_roster(problem)), default=None)
        result = solve(problem, engine=engine, time_limit=seconds)
        assert (result.status == "infeasible") <= (least is None)
        if least is not None:
            slack = 1e-6 * max(1.0, least)
            assert result.bound is None or result.bound <= least + slack
            assert result.objective is None or result.objective >= least - slack
            assert result.status != "optimal" or result.objective <= least + slack
        assert seconds < 1 or result.status in {"optimal", "infeasible"}


class TestTiers:
    """No gain in a later tier is paid for in an earlier one."""

    @given(roster_problems(rules=SOFT_REST, most_volunteers=2, most_shifts=2))
    def test_are_the_best_in_turn(self, problem):
        costs = [tier_costs(problem, report) for _, report in every_roster(problem)]
        result = solve(problem, objective="lexicographic")
        if not costs:
            assert result.status == "infeasible"
        else:
            assert result.status == "optimal"
            assert [tier.tier for tier in result.tiers] == ["cover", "people", "fairness", "wishes"]
            assert tuple(tier.value for tier in result.tiers) == pytest.approx(min(costs), rel=1e-5, abs=1e-5)
            assert tuple(tier.bound for tier in result.tiers) == pytest.approx(min(costs), rel=1e-5, abs=1e-5)
            assert (result.bound, result.gap) == (None, None)


class TestTheStart:
    """A search that starts from a sound roster never ends with a worse one, and proves the same."""

    @given(st.data())
    def test_is_never_made_worse(self, data):
        problem = data.draw(roster_problems(rules=rules.default_rules()))
        start = data.draw(rosters(problem))
        report = check(problem, start)
        hurried = solve(problem, start=start, time_limit=0)
        assert not report.feasible or hurried.objective <= report.penalty + 1e-6
        result, started = solve(problem), solve(problem, start=start)
        assert result.status == started.status
        assert started.objective == pytest.approx(result.objective)

    @given(st.data())
    def test_may_be_of_another_problem(self, data):
        problem, other = (data.draw(roster_problems(rules=rules.default_rules())) for _ in range(2))
        assert solve(problem, start=data.draw(rosters(other))).status == solve(problem).status


class TestPinsAndOverrides:
    """What is pinned is on every roster there is, whatever it costs; what was agreed is possible, and still named."""

    @given(roster_problems(rules=rules.default_rules(), pinned=True))
    def test_pins_are_kept_or_named(self, problem):
        result = solve(problem)
        if result.status == "optimal":
            assert set(problem.pinned) <= set(result.roster)
            agreed = {(each.volunteer, each.shift) for each in problem.overrides}
            for violation in result.report.overridden:
                assert (violation.volunteers[0], violation.shifts[0]) in agreed
        else:
            assert result.status == "infeasible"
            assert result.conflict
            assert solve(attrs.evolve(problem, pinned=())).status == "optimal"
