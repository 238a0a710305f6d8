from time import monotonic

import numpy as np
import pytest

from civicvol import datasets, solve
from civicvol.rostering.engines import Solution, Status, highs
from civicvol.rostering.engines._rest import completed
from civicvol.rostering.engines.highs import Highs
from tests.rostering.engines.cases import fair_start, hard_program
from tests.rostering.programs import program


def solved(given, time_limit=20.0, **arguments):
    return Highs().solve(given, time_limit=time_limit, seed=0, **arguments)


class TestHighs:
    def test_returns_no_solution_that_breaks_a_lazy_row_when_time_is_up(self, monkeypatch):
        found = Solution(status=Status.FEASIBLE, values=np.array([1.0, 1.0]), objective=-3.0, bound=-3.0)
        monkeypatch.setattr(highs._Search, "_run_once", lambda _search: found)
        solution = solved(program([[1, 1], [1, 1]], [2, 1], cost=[-1, -2], lazy=[1]))
        assert (solution.status, solution.values, solution.objective, solution.bound) == ("unknown", None, None, -3)

    def test_leaves_a_lazy_row_that_nothing_breaks(self):
        assert solved(program([[1, 1], [1, 1]], [1, 2], cost=[-1, -2], lazy=[1])).objective == -2

    def test_begins_to_branch_from_the_start(self):
        given, seen = hard_program(), []
        start, cost = fair_start(given)
        start = completed(given, start, "highs")
        search = highs._Search(given, 0, monotonic() + 0.5, lambda objective, _bound: seen.append(objective))
        search.demand_whole(Solution(status=Status.FEASIBLE, values=start))
        search.run()
        assert seen[0] <= cost

    @pytest.mark.parametrize("seed", range(4))
    def test_finds_the_same_where_the_rows_on_people_come_as_they_are_broken(self, seed, monkeypatch):
        problem = datasets.district(areas=1, volunteers=30, days=6, seed=seed)
        at_once = solve(problem)
        monkeypatch.setattr(highs, "_MANY", 0)
        as_broken = solve(problem)
        assert (at_once.status, as_broken.status) == ("optimal", "optimal")
        assert as_broken.objective == pytest.approx(at_once.objective)
