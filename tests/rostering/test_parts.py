import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.rostering import Tier, parts
from civicvol.rostering.engines import Solution, Status
from civicvol.rostering.engines.highs import Highs
from civicvol.rostering.parts import solve_parts, split
from civicvol.rostering.program import TierCost
from tests.rostering.programs import INF, least_cost, program

TWO = {"rows": [[1, 1, 0, 0], [0, 0, 1, 1]], "limits": [1, 1], "cost": [-1, -2, -3, -5]}


@pytest.fixture
def apart(monkeypatch):
    """Keep even the smallest parts apart."""
    monkeypatch.setattr(parts, "_SMALL", 1)


def solved(whole, **arguments):
    return solve_parts(whole, **{"engine": Highs(), "time_limit": 20.0, "seed": 0} | arguments)


@st.composite
def programs(draw):
    """Draw small programs with positive and negative rows, fixed columns and idle ones."""
    count, height = draw(st.integers(1, 7)), draw(st.integers(0, 4))
    rows = draw(
        st.lists(st.lists(st.integers(-1, 2), min_size=count, max_size=count), min_size=height, max_size=height)
    )
    lower = draw(st.lists(st.integers(0, 1), min_size=count, max_size=count))
    upper = [
        max(low, high) for low, high in zip(lower, draw(st.lists(st.integers(0, 1), min_size=count)), strict=False)
    ]
    return program(
        rows,
        draw(st.lists(st.integers(-1, 3), min_size=height, max_size=height)),
        cost=draw(st.lists(st.integers(-3, 3), min_size=count, max_size=count)),
        lower=lower,
        upper=upper + lower[len(upper) :],
    )


@pytest.mark.usefixtures("apart")
class TestSplit:
    def test_finds_the_parts_that_share_no_row(self):
        whole = split(program(**TWO))
        assert sorted(part.columns.tolist() for part in whole.parts) == [[0, 1], [2, 3]]

    def test_keeps_together_what_shares_a_row(self):
        whole = split(program([[1, 1, 0], [0, 1, 1]], [1, 1], cost=[-1] * 3))
        assert [part.columns.tolist() for part in whole.parts] == [[0, 1, 2]]

    def test_settles_columns_in_no_row_by_their_cost(self):
        whole = split(program([], [], cost=[-1, 0, 1]))
        assert whole.parts == ()
        assert whole.settled.tolist() == [1, 0, 0]

    def test_cuts_the_program_at_fixed_columns(self):
        whole = split(program([[1, 1, 1]], [2], cost=[-1] * 3, lower=[0, 1, 0]))
        assert whole.parts[0].columns.tolist() == [0, 2]
        assert whole.parts[0].program.row_upper.tolist() == [1]

    @pytest.mark.parametrize(
        "given",
        [
            program([[1]], [INF], needs=[2], cost=[0], lower=[1]),
            program([[1]], [0], cost=[0], lower=[1]),
            program([], [], cost=[0], lower=[1], upper=[0]),
        ],
    )
    def test_sees_a_contradiction(self, given):
        assert split(given).contradiction
        assert solved(split(given)).status is Status.INFEASIBLE

    @given(programs())
    def test_solves_to_the_same_as_the_whole(self, given):
        solution, expected = solved(split(given)), least_cost(given)
        if expected is None:
            assert solution.status is Status.INFEASIBLE
        else:
            assert solution.status is Status.OPTIMAL
            assert solution.objective == pytest.approx(expected)
            assert solution.bound == pytest.approx(expected)
            assert given.objective(solution.values) == pytest.approx(expected)


class TestSmallParts:
    def test_are_solved_together(self):
        assert len(split(program(**TWO)).parts) == 1


class Unsure:
    """An engine that finds something only for parts whose first cost is in `known`."""

    def __init__(self, *known, interrupted=False):
        self.known = known
        self.interrupted = interrupted

    def solve(self, given, *, time_limit, seed, start=None, on_progress=None):
        if given.cost[0] in self.known:
            values = np.array([0.0, 1.0])
            objective = given.objective(values)
            return Solution(status=Status.OPTIMAL, values=values, objective=objective, bound=objective)
        return Solution(status=Status.UNKNOWN, interrupted=self.interrupted)


@pytest.mark.usefixtures("apart")
class TestSolveParts:
    def test_keeps_the_parts_that_were_solved(self):
        solution = solved(split(program(**TWO)), engine=Unsure(-1))
        assert solution.status is Status.UNKNOWN
        assert solution.values.tolist() == [0, 1, 0, 0]
        assert solution.objective is None
        assert solution.bound == -2 - 3 - 5

    def test_stops_when_a_person_does(self):
        reports = []
        assert solved(split(program(**TWO)), engine=Unsure(interrupted=True), on_progress=reports.append).interrupted
        assert reports[-1].done == 1

    def test_reports_where_the_whole_stands(self):
        reports = []
        solved(split(program(**TWO)), on_progress=reports.append)
        assert [each.parts for each in reports] == [2] * len(reports)
        assert (reports[-1].done, reports[-1].objective, reports[-1].bound) == (2, -7, -7)
        assert reports[0].objective is None
        assert reports[0].bound <= -7


def test_leaves_no_part_short_beside_a_large_one(monkeypatch):
    monkeypatch.setattr(parts, "_SMALL", 1)
    limits = {}

    class Watch:
        name = "watch"

        def solve(self, given, *, time_limit, seed, start=None, on_progress=None):
            limits[len(given.cost)] = time_limit
            return Solution(status=Status.FEASIBLE, values=given.lower, objective=0.0, bound=-1.0)

    large = 200
    rows = [[1, 1] + [0] * large, [0, 0] + [1] * large]
    solved(split(program(rows, [1, 1], cost=[-1] * (large + 2))), engine=Watch(), time_limit=30.0)
    assert list(limits) == [2, large]
    assert limits[2] > 10
    assert limits[large] > 15


class Shrugs:
    """An engine that finds something in each tier, and proves it only in some parts."""

    name = "shrugs"

    def __init__(self, *proven):
        self.proven = proven

    def solve(self, given, *, time_limit, seed, start=None, on_progress=None):
        proven = given.cost[0] in self.proven
        values = np.array([0.0, 1.0])
        bounds = {tier: cost.value(values) for tier, cost in given.tiers.items() if proven or tier is Tier.COVER}
        status = Status.OPTIMAL if proven else Status.FEASIBLE
        return Solution(status=status, values=values, objective=given.objective(values), tier_bounds=bounds)


@pytest.mark.usefixtures("apart")
class TestTierBounds:
    @pytest.mark.parametrize(("proven", "wishes"), [((-1, -3), 8), ((-1,), 0), ((), 0)])
    def test_hold_for_a_later_tier_only_where_the_earlier_is_proven(self, proven, wishes):
        given = program(**TWO)
        cover, later = TierCost(cost=given.cost), TierCost(cost=np.array([0.0, 4.0, 0.0, 4.0]))
        tiered = attrs.evolve(given, cost=given.cost, tiers={Tier.COVER: cover, Tier.WISHES: later})
        solution = solved(split(tiered), engine=Shrugs(*proven))
        assert solution.tier_bounds[Tier.WISHES] == wishes
