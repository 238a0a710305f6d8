import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import EngineError
from civicvol.rostering.engines import Solution, Status
from civicvol.rostering.engines._rest import completed, least_relaxed, no_worse
from tests.rostering.programs import INF, any_programs, least_cost, program

SHORT = program([[1, 1, 1]], [INF], needs=[2], cost=[1, 1, 5], upper=[1, 1, INF], integer=[True, True, False])
"""Two decisions, and a slack for what they leave open."""


def values(*each):
    return np.array(each, dtype=float)


class TestCompleted:
    def test_chooses_the_rest_as_cheap_as_can_be(self):
        assert completed(SHORT, values(1, 0, 77), "x").tolist() == [1, 0, 1]

    def test_rounds_decisions(self):
        assert completed(SHORT, values(0.9999999, 1e-9, np.nan), "x").tolist() == [1, 0, 1]

    @pytest.mark.parametrize(
        ("given", "decisions"),
        [
            (SHORT, (np.nan, 1, 1)),
            (SHORT, (2, 0, 0)),
            (program([[1, 1]], [1], cost=[1, 1]), (1, 1)),
            (program([[1, 1]], [1], cost=[1, 1], needs=[1]), (0, 0)),
            (program([[1, 1]], [INF], needs=[2], cost=[1, 1], integer=[True, False]), (0, 0)),
        ],
        ids=["not decided", "over a bound", "over a row", "under a row", "nothing goes with it"],
    )
    def test_finds_nothing_where_there_is_nothing(self, given, decisions):
        assert completed(given, values(*decisions), "x") is None

    def test_refuses_costs_that_fall_without_end(self):
        endless = program([[1, -1]], [0], cost=[0, -1], upper=[1, INF], integer=[True, False])
        with pytest.raises(EngineError, match="'x': for any solution there is a better one"):
            completed(endless, values(0, 0), "x")

    @given(any_programs(), st.data())
    def test_is_the_best_with_these_decisions(self, given, data):
        count = int(given.integer.sum())
        decisions = data.draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))
        found = completed(given, values(*decisions, *[0] * (len(given.cost) - count)), "x")
        least = least_cost(given, decisions)
        assert (found is None) == (least is None)
        if found is not None:
            assert given.objective(found) == pytest.approx(least)


class TestLeastRelaxed:
    def test_is_what_halves_cost(self):
        assert least_relaxed(program([[2, 2]], [INF], needs=[1], cost=[1, 1])) == pytest.approx(0.5)

    def test_is_infinite_where_nothing_is_possible(self):
        assert least_relaxed(program([[1]], [INF], needs=[2], cost=[1])) == INF

    def test_is_minus_infinity_where_costs_fall_without_end(self):
        assert least_relaxed(program([[-1]], [0], cost=[-1], upper=[INF])) == -INF


class TestNoWorse:
    @pytest.mark.parametrize(
        ("found", "status", "objective", "bound"),
        [
            (Solution(status=Status.UNKNOWN, bound=3.0), Status.FEASIBLE, 6, 3),
            (Solution(status=Status.UNKNOWN), Status.FEASIBLE, 6, None),
            (Solution(status=Status.FEASIBLE, values=values(0, 0, 2), objective=10, bound=6.0), Status.OPTIMAL, 6, 6),
            (Solution(status=Status.OPTIMAL, values=values(1, 1, 0), objective=2, bound=2.0), Status.OPTIMAL, 2, 2),
            (Solution(status=Status.INFEASIBLE), Status.FEASIBLE, 6, None),
        ],
        ids=["nothing", "nothing at all", "worse", "better", "refuted"],
    )
    def test_is_the_better_of_the_two(self, found, status, objective, bound):
        solution = no_worse(found, SHORT, values(1, 0, 1))
        assert (solution.status, solution.objective, solution.bound) == (status, objective, bound)

    def test_is_what_was_found_where_there_was_no_start(self):
        found = Solution(status=Status.UNKNOWN)
        assert no_worse(found, SHORT, None) is found
