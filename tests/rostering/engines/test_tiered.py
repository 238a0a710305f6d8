from itertools import product

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.rostering import Tier
from civicvol.rostering.engines import Solution, Status, Tiered
from civicvol.rostering.engines.highs import Highs
from civicvol.rostering.program import TierCost
from tests.rostering.programs import program

SOLVER = Tiered(Highs())


def tiered(given, **costs):
    """Return a program whose objective is the sum of the costs of some tiers."""
    tiers = {Tier(name): TierCost(cost=np.array(cost, dtype=float)) for name, cost in costs.items()}
    return attrs.evolve(given, cost=np.sum([tier.cost for tier in tiers.values()], axis=0), tiers=tiers)


@st.composite
def programs(draw):
    count = draw(st.integers(1, 5))
    costs = st.lists(st.integers(-3, 3), min_size=count, max_size=count)
    rows = draw(st.lists(st.lists(st.integers(-1, 2), min_size=count, max_size=count), max_size=3))
    given = program(rows, [draw(st.integers(0, 2)) for _ in rows], cost=[0] * count)
    return tiered(given, cover=draw(costs), people=draw(costs), wishes=draw(costs))


def best_of_all(given):
    """Return what the tiers cost in the lexicographically best solution, found by trying all; None if there is none."""
    found = (np.array(values, dtype=float) for values in product((0, 1), repeat=len(given.cost)))
    fit = (values for values in found if np.all(given.rows @ values <= given.row_upper))
    return min((tuple(tier.value(values) for tier in given.tiers.values()) for values in fit), default=None)


@given(programs())
def test_finds_the_best_tier_by_tier(given):
    solution, expected = SOLVER.solve(given, time_limit=20, seed=0), best_of_all(given)
    if expected is None:
        assert solution.status is Status.INFEASIBLE
    else:
        assert solution.status is Status.OPTIMAL
        values = tuple(tier.value(solution.values) for tier in given.tiers.values())
        assert values == pytest.approx(expected, abs=1e-5)
        assert tuple(solution.tier_bounds.values()) == pytest.approx(expected, abs=1e-5)
        assert solution.objective == pytest.approx(sum(expected), abs=1e-5)
        assert solution.bound is None


def test_is_called_like_what_it_solves_with():
    assert SOLVER.name == "highs"


def test_solves_a_program_without_costs():
    assert SOLVER.solve(program([[1]], [0], cost=[0]), time_limit=20, seed=0).status is Status.OPTIMAL


def test_reports_each_tier():
    reports = []
    given = tiered(program([[1, 1]], [1], cost=[0, 0]), cover=[-1, -1], wishes=[0, -1])
    SOLVER.solve(given, time_limit=20, seed=0, on_progress=reports.append)
    assert [report.objective for report in reports][-1] == -2


class Says:
    """An engine that gives one solution after the other."""

    name = "says"

    def __init__(self, *solutions):
        self.solutions = iter(solutions)
        self.starts = []

    def solve(self, given, *, time_limit, seed, start=None, on_progress=None):
        self.starts.append(start)
        return next(self.solutions)


GIVEN = tiered(program([[1, 1]], [1], cost=[0, 0]), cover=[-1, -1], wishes=[0, -1])
FOUND = np.array([1.0, 0.0])
NOTHING = Solution(status=Status.UNKNOWN, bound=-1.0)


def test_keeps_what_it_has_when_time_is_up():
    engine = Says(Solution(status=Status.OPTIMAL, values=FOUND, bound=-1.0), NOTHING)
    solution = Tiered(engine).solve(GIVEN, time_limit=20, seed=0)
    assert solution.status is Status.FEASIBLE
    assert solution.values is FOUND
    assert solution.tier_bounds == {Tier.COVER: -1.0, Tier.WISHES: -1.0}
    assert engine.starts == [None, FOUND]


def test_has_nothing_where_the_first_tier_has_nothing():
    solution = Tiered(Says(NOTHING)).solve(GIVEN, time_limit=20, seed=0)
    assert (solution.status, solution.values, solution.objective) == (Status.UNKNOWN, None, None)


def test_stops_when_a_person_does():
    engine = Says(Solution(status=Status.OPTIMAL, values=FOUND, interrupted=True))
    solution = Tiered(engine).solve(GIVEN, time_limit=20, seed=0)
    assert solution.interrupted
    assert solution.status is Status.FEASIBLE


def test_hands_on_what_to_start_from():
    engine = Says(Solution(status=Status.OPTIMAL, values=FOUND), Solution(status=Status.OPTIMAL, values=FOUND))
    Tiered(engine).solve(GIVEN, time_limit=20, seed=0, start=FOUND)
    assert engine.starts == [FOUND, FOUND]
