import pickle
import sys

import attrs
import numpy as np
import pytest

from civicvol import Tier, check, rules
from civicvol.rostering.engines import Solution, Status
from civicvol.rostering.search import Found, search

MODULE = sys.modules[search.__module__]
HARD_COVER = rules.MinimumCover(weight=None), rules.NoOverlap()


@pytest.fixture
def problem(make):
    """Return three shifts for one person, two of them at the same time."""
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00"), make.shift("c", "25 10:00-12:00")]
    return make.problem(*shifts, rules=rules.default_rules())


def searched(problem, seconds=20.0, **arguments):
    return search(problem, seconds, **{"engine": "highs", "tiered": False, "seed": 0} | arguments)


@pytest.fixture
def says(monkeypatch):
    """Return what makes the engine's side say something: a status, and for each shift whether it is taken."""

    def set_to(status, *taken, **facts):
        def solve_parts(whole, **_arguments):
            values = whole.settled.copy()
            values[: len(taken)] = taken
            return Solution(status=status, values=values, **facts)

        monkeypatch.setattr(MODULE, "solve_parts", solve_parts)

    return set_to


class TestSearch:
    def test_finds_the_best(self, problem):
        found = searched(problem)
        assert found.status is Status.OPTIMAL
        assert len(found.roster) == 2
        assert found.cost == found.bound == check(problem, found.roster).penalty == 10_001
        assert (found.nearest, found.interrupted, found.started) == (None, False, 0)

    def test_tells_how_large_it_was_and_how_long_it_took(self, problem):
        found = searched(problem)
        assert found.sizes["candidates"] == 3
        assert set(found.sizes) == {"candidates", "columns", "rows", "parts"}
        assert found.compile_seconds > 0
        assert 0 < found.search_seconds < 20

    def test_says_what_is_nearest_where_nothing_keeps_the_hard_rules(self, problem):
        problem = attrs.evolve(problem, rules=HARD_COVER)
        found = searched(problem)
        assert (found.status, found.roster, found.bound) == (Status.INFEASIBLE, None, None)
        assert len(check(problem, found.nearest).hard) == 1

    def test_fills_what_it_can_when_there_is_no_time(self, problem):
        found = searched(problem, 0)
        assert (found.status, len(found.roster)) == (Status.FEASIBLE, 2)
        assert found.cost == check(problem, found.roster).penalty

    def test_has_nothing_where_filling_what_it_can_breaks_a_hard_rule(self, problem, says):
        says(Status.UNKNOWN, bound=7.0)
        found = searched(attrs.evolve(problem, rules=HARD_COVER))
        assert (found.status, found.roster, found.bound) == (Status.UNKNOWN, None, 7.0)

    def test_leaves_what_an_engine_claims_to_the_check_of_the_whole(self, problem, says):
        says(Status.FEASIBLE, 1, 1, 1, objective=3.0, bound=2.0)
        found = searched(problem)
        assert (found.status, len(found.roster), found.cost) == (Status.FEASIBLE, 3, 3.0)
        says(Status.OPTIMAL, 1, 1, 1, objective=3.0, bound=3.0)
        found = searched(problem)
        assert (found.status, len(found.roster), found.cost) == (Status.OPTIMAL, 3, 3.0)

    def test_passes_on_whether_a_person_stopped_it(self, problem, says):
        says(Status.UNKNOWN, interrupted=True)
        assert searched(problem).interrupted

    def test_reports_progress(self, problem):
        reports = []
        searched(problem, on_progress=reports.append)
        assert (reports[-1].objective, reports[-1].bound) == (10_001, 10_001)
        assert reports[-1].done == reports[-1].parts

    def test_can_be_sent_to_another_process(self, problem):
        found = searched(pickle.loads(pickle.dumps(problem)))  # noqa: S301
        again = pickle.loads(pickle.dumps(found))  # noqa: S301
        assert (again.roster, again.cost, again.status) == (found.roster, found.cost, Status.OPTIMAL)


class TestTiers:
    def test_have_their_bounds(self, problem):
        found = searched(problem, tiered=True)
        assert found.status is Status.OPTIMAL
        assert found.tier_bounds == {Tier.COVER: pytest.approx(10_000), Tier.FAIRNESS: pytest.approx(1)}

    def test_are_solved_in_turn(self, make):
        cheap = rules.MinimumCover(weight=1.0), rules.PositionPreference(weight=1000.0)
        problem = make.problem(make.person(preferences=["tent"]), make.shift("a", "24 09:00-11:00"), rules=cheap)
        assert [len(searched(problem, tiered=tiered).roster) for tiered in (False, True)] == [0, 1]


class TestStart:
    @pytest.fixture
    def pays(self, make):
        """Return a problem in which it is dearer to take the only shift than to leave it, but not in tiers."""
        cheap = rules.MinimumCover(weight=1.0), rules.PositionPreference(weight=1000.0)
        return make.problem(make.person(preferences=["tent"]), make.shift("a", "24 09:00-11:00"), rules=cheap)

    def test_counts_what_of_it_can_be(self, problem, make):
        found = searched(problem, start=make.roster("li:a li:b li:gone wu:c li:c/cook"))
        assert found.started == 2
        assert found.status is Status.OPTIMAL

    def test_is_a_guess_for_the_engine_for_decisions_only(self, problem, make, monkeypatch):
        given = []

        def solve_parts(whole, *, start, **_arguments):
            given.append(start)
            return Solution(status=Status.UNKNOWN, values=whole.settled)

        monkeypatch.setattr(MODULE, "solve_parts", solve_parts)
        searched(problem, start=make.roster("li:b"))
        searched(problem)
        assert given[0][:3].tolist() == [0, 1, 0]
        assert np.isnan(given[0][3:]).all()
        assert given[1] is None

    def test_is_kept_where_what_is_found_is_dearer(self, problem, make, says):
        says(Status.FEASIBLE, 0, 0, 0, objective=30_000.0, bound=1.0, tier_bounds={Tier.COVER: 1.0})
        found = searched(problem, start=make.roster("li:a"))
        assert (found.status, found.roster, found.bound) == (Status.FEASIBLE, make.roster("li:a"), 1.0)
        assert found.cost == check(problem, found.roster).penalty
        assert found.tier_bounds == {}

    def test_gives_way_to_what_costs_the_same(self, problem, make, says):
        says(Status.FEASIBLE, 0, 1, 0, objective=20_000.0, tier_bounds={Tier.COVER: 1.0})
        found = searched(problem, start=make.roster("li:a"))
        assert found.roster == make.roster("li:b")
        assert found.tier_bounds == {Tier.COVER: 1.0}

    def test_is_kept_where_what_is_found_breaks_a_hard_rule(self, problem, make, says):
        says(Status.FEASIBLE, 1, 1, 1, objective=0.0)
        assert searched(problem, start=make.roster("li:a")).roster == make.roster("li:a")

    def test_is_left_aside_where_it_breaks_one_itself(self, problem, make, says):
        says(Status.FEASIBLE, 0, 0, 1, objective=20_000.0)
        assert searched(problem, start=make.roster("li:a li:b")).roster == make.roster("li:c")

    def test_is_compared_tier_by_tier_where_they_are_solved_in_turn(self, pays, make, says):
        says(Status.FEASIBLE, 0, objective=1.0)
        assert len(searched(pays, start=make.roster("li:a")).roster) == 0
        assert len(searched(pays, start=make.roster("li:a"), tiered=True).roster) == 1


class TestFound:
    def test_is_nothing_until_more_is_known(self):
        nothing = Found(status=Status.UNKNOWN)
        assert (nothing.roster, nothing.cost, nothing.bound, nothing.started) == (None, 0.0, None, 0)
        assert nothing.tier_bounds == nothing.sizes == {}
