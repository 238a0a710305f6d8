"""What every engine promises, tried on all there are."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import EngineError
from civicvol.rostering.engines import ENGINES, Status, engine_named
from tests.rostering.engines.cases import FRACTIONAL, exact_least, fair_start, hard_program
from tests.rostering.programs import INF, any_programs, least_cost, program, without_lazy_marks

ROOT = Path(__file__).parents[3]
NUMBERS = [0, 0, 0, 1, 1, -1, 2, 0.5, 1 / 3, 120, 1 / 120, np.pi]


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(request):
    return engine_named(request.param)


@pytest.fixture(scope="module")
def solved(engine):
    def solve(given, time_limit=20.0, **arguments):
        return engine.solve(given, time_limit=time_limit, seed=0, **arguments)

    return solve


@st.composite
def odd_programs(draw):
    """Draw programs with numbers of all kinds, some of them no fractions of anything."""
    decisions, others, height = draw(st.integers(1, 4)), draw(st.integers(0, 3)), draw(st.integers(0, 4))
    count = decisions + others
    lists = st.lists(st.sampled_from(NUMBERS), min_size=count, max_size=count)
    limits = draw(st.lists(st.sampled_from([0, 1, 2, 4.5, 1 / 3, INF, np.e]), min_size=height, max_size=height))
    needs = [min(limit, draw(st.sampled_from([-INF, -INF, 0, 0.3, 1, -2]))) for limit in limits]
    return program(
        draw(st.lists(lists, min_size=height, max_size=height)),
        limits,
        cost=draw(
            st.lists(
                st.sampled_from([0, 1, -1, 2.5, 1 / 3, -0.1, np.e, 1e-4, 1000, 123456.789]),
                min_size=count,
                max_size=count,
            )
        ),
        lower=[draw(st.sampled_from([0, 0, 1, -2])) for _ in range(decisions)]
        + [draw(st.sampled_from([0, 0, -1, 0.25])) for _ in range(others)],
        upper=[draw(st.sampled_from([1, 1, 3])) for _ in range(decisions)]
        + [draw(st.sampled_from([1, 1.5, 1 / 3, 4])) for _ in range(others)],
        integer=[True] * decisions + [False] * others,
        needs=needs,
    )


def assert_honest(solution, given):
    """Assert that a solution claims nothing that is not so."""
    least = exact_least(given)
    if least is None:
        assert solution.status in {Status.INFEASIBLE, Status.UNKNOWN}
        return
    # A solver keeps a row to a millionth, and what has no whole values may be cheaper by as much.
    loose = np.max(np.abs(given.cost[~given.integer]), initial=0.0)
    slack = 1.1e-6 * max(1.0, abs(least), loose)
    assert solution.status is not Status.INFEASIBLE
    assert solution.bound is None or solution.bound <= least + slack
    if solution.values is not None:
        assert solution.objective == pytest.approx(given.objective(solution.values))
        assert solution.objective >= least - slack
    if solution.status is Status.OPTIMAL:
        assert solution.objective <= least + slack


class TestASolution:
    def test_is_the_best_there_is(self, solved):
        solution = solved(program([[1, 1]], [1], cost=[-1, -2]))
        assert (solution.status, solution.objective, solution.bound) == (Status.OPTIMAL, -2, -2)
        assert solution.values.tolist() == [0, 1]

    def test_is_whole_where_the_relaxation_is_not(self, solved):
        solution = solved(program(**FRACTIONAL))
        assert (solution.status, solution.objective, solution.bound) == (Status.OPTIMAL, -1, -1)

    @pytest.mark.parametrize(
        "given",
        [
            program([[1, 1]], [INF], needs=[3], cost=[0, 0]),
            program([[2, 2]], [1], needs=[1], cost=[0, 0]),
            program([], [], cost=[0], lower=[1], upper=[0]),
            program([[0]], [INF], needs=[1], cost=[0]),
        ],
        ids=["too much asked", "no whole numbers", "bounds that cross", "an empty row"],
    )
    def test_is_not_there_where_none_is_possible(self, solved, given):
        solution = solved(given)
        assert (solution.status, solution.values, solution.objective) == (Status.INFEASIBLE, None, None)

    def test_includes_the_offset(self, solved):
        given = attrs.evolve(program([[1, 1]], [1], cost=[-1, -2]), offset=10.25)
        solution = solved(given)
        assert (solution.objective, solution.bound) == (8.25, 8.25)

    @pytest.mark.parametrize("given", [program([], [], cost=[]), program([], [], cost=[-1, 1])], ids=["0", "2"])
    def test_needs_no_rows(self, solved, given):
        solution = solved(given)
        assert (solution.status, solution.objective) == (Status.OPTIMAL, least_cost(given))

    def test_keeps_lazy_rows(self, solved):
        solution = solved(program([[1, 1], [1, 1]], [2, 1], cost=[-1, -2], lazy=[1]))
        assert (solution.status, solution.objective) == (Status.OPTIMAL, -2)

    def test_keeps_lazy_rows_that_only_whole_numbers_break(self, solved):
        rows, limits = [*FRACTIONAL["rows"], [1, 0, 0]], [*FRACTIONAL["limits"], 0.5]
        given = program(rows, limits, cost=[-3, -2, -2], lazy=[3])
        assert solved(given).objective == least_cost(without_lazy_marks(given)) == -2

    def test_is_the_same_for_the_same_seed(self, solved):
        first, second = (solved(program(**FRACTIONAL)) for _ in range(2))
        assert first.values.tolist() == second.values.tolist()

    @pytest.mark.parametrize("cost", [[-1], [-1e-3]])
    def test_must_exist_where_costs_fall_without_end(self, solved, cost):
        with pytest.raises(EngineError):
            solved(program([[-1.0]], [0], cost=cost, upper=[INF], integer=False))

    @given(given=any_programs())
    def test_claims_nothing_that_is_not_so(self, solved, given):
        assert_honest(solved(given), given)

    @given(given=odd_programs())
    def test_claims_nothing_that_is_not_so_with_odd_numbers(self, solved, given):
        assert_honest(solved(given), given)


class TestTheTimeLimit:
    def test_leaves_the_best_so_far_and_a_bound(self, solved):
        given = hard_program()
        solution = solved(given, time_limit=1.0)
        assert solution.status is Status.FEASIBLE
        assert 0 <= solution.bound < solution.objective
        assert solution.objective == pytest.approx(given.objective(solution.values))
        assert not solution.interrupted

    def test_leaves_nothing_where_there_was_none(self, solved):
        solution = solved(hard_program(), time_limit=0.0)
        assert (solution.status, solution.values) == (Status.UNKNOWN, None)


class TestProgress:
    def test_is_told_in_the_thread_of_the_caller(self, solved):
        seen = []
        solved(hard_program(), time_limit=1.5, on_progress=lambda each: seen.append((threading.get_ident(), each)))
        assert {thread for thread, _ in seen} == {threading.get_ident()}
        assert any(each.objective is not None and each.bound is not None for _, each in seen)

    def test_only_gets_better(self, solved):
        seen = []
        solution = solved(hard_program(), time_limit=1.5, on_progress=seen.append)
        objectives = [each.objective for each in seen if each.objective is not None]
        bounds = [each.bound for each in seen if each.bound is not None]
        assert objectives == sorted(objectives, reverse=True)
        assert bounds == sorted(bounds)
        assert all(bound <= solution.objective for bound in bounds)

    def test_lets_an_error_of_the_callback_through(self, solved):
        def fail(_progress):
            raise RuntimeError("enough")

        with pytest.raises(RuntimeError, match="enough"):
            solved(hard_program(), on_progress=fail)


class TestAStart:
    def test_is_the_least_that_comes_back(self, solved):
        given = hard_program()
        start, cost = fair_start(given)
        assert solved(given, time_limit=0.5, start=start).objective <= cost

    def test_comes_back_completed_where_there_is_no_time(self, solved):
        given = hard_program()
        start, cost = fair_start(given)
        seen = []
        solution = solved(given, time_limit=0.0, start=start, on_progress=seen.append)
        assert (solution.status, solution.objective) == (Status.FEASIBLE, pytest.approx(cost))
        assert solution.values[given.integer].tolist() == start[given.integer].tolist()
        assert seen[0].objective == pytest.approx(cost)

    @pytest.mark.parametrize(
        "start",
        [[1, 1, 1], [0, 0, 0], [0, 1, 0], [np.nan, 1, np.nan], [np.nan] * 3, [7, -7, 0.5]],
        ids=["that breaks rows", "that is poor", "that is best", "in part", "with nothing", "of nonsense"],
    )
    def test_does_not_change_what_is_best(self, solved, start):
        given = program(FRACTIONAL["rows"], FRACTIONAL["limits"], cost=[-2, -3, -2])
        solution = solved(given, start=np.array(start, dtype=float))
        assert (solution.status, solution.objective, solution.bound) == (Status.OPTIMAL, -3, -3)

    @pytest.mark.parametrize("time_limit", [0.0, 20.0])
    def test_does_not_break_a_lazy_row(self, solved, time_limit):
        given = program([*FRACTIONAL["rows"], [1, 1, 1]], [2, 2, 2, 1], cost=[-1, -1, -1], lazy=[3])
        solution = solved(given, time_limit=time_limit, start=np.array([1.0, 1.0, 0.0]))
        assert solution.values is None or solution.objective == -1

    @given(given=any_programs(), data=st.data())
    def test_may_be_anything(self, solved, given, data):
        count = len(given.cost)
        guesses = st.lists(st.sampled_from([0, 1, np.nan]), min_size=count, max_size=count)
        solution = solved(given, start=np.array(data.draw(guesses), dtype=float))
        assert_honest(solution, given)


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_ctrl_c_returns_what_there_is(name):
    script = textwrap.dedent(f"""
        import os
        from civicvol.rostering.engines import engine_named
        from tests.rostering.engines.cases import hard_program
        tell = lambda each: print(each.objective, flush=True)
        solution = engine_named({name!r}).solve(hard_program(), time_limit=60.0, seed=0, on_progress=tell)
        print(solution.status, solution.interrupted, solution.objective is not None, solution.bound is not None)
        try:
            print(os.waitpid(-1, os.WNOHANG))
        except ChildProcessError:
            print("nobody is left")
    """)
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True) as process:
        while process.stdout.readline().strip() in ("", "None"):
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        rest = process.communicate(timeout=30)[0]
    assert rest.splitlines()[-2:] == ["feasible True True True", "nobody is left"]
