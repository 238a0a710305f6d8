import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from civicvol.errors import EngineError
from civicvol.rostering.engines import Solution, Status, highs
from civicvol.rostering.engines.highs import Highs
from tests.rostering.programs import INF, least_cost, program, without_lazy_marks

FRACTIONAL = {"rows": [[1, 1, 0], [0, 1, 1], [1, 0, 1]], "limits": [1, 1, 1], "cost": [-1, -1, -1]}
"""Three decisions that exclude each other in pairs: the relaxation takes half of each."""


def solved(given, time_limit=20.0, **arguments):
    return Highs().solve(given, time_limit=time_limit, seed=0, **arguments)


def hard_program(rows=5, columns=40):
    """Return a market-split program, which no solver finishes in a few seconds: meet several odd sums at once."""
    rng = np.random.default_rng(0)
    table = rng.integers(1, 100, (rows, columns)).astype(float)
    target = table.sum(axis=1) // 2
    slacks = np.hstack([np.eye(rows), -np.eye(rows)])
    return program(
        np.hstack([table, slacks]),
        target,
        needs=target,
        cost=[0.0] * columns + [1.0] * 2 * rows,
        upper=[1.0] * columns + [INF] * 2 * rows,
        integer=[True] * columns + [False] * 2 * rows,
    )


class TestHighs:
    def test_proves_a_whole_relaxation_at_once(self):
        solution = solved(program([[1, 1]], [1], cost=[-1, -2]))
        assert (solution.status, solution.objective, solution.bound) == (Status.OPTIMAL, -2, -2)
        assert solution.values.tolist() == [0, 1]

    def test_branches_where_the_relaxation_is_not_whole(self):
        solution = solved(program(**FRACTIONAL))
        assert (solution.status, solution.objective, solution.bound) == (Status.OPTIMAL, -1, -1)

    def test_says_that_nothing_is_possible(self):
        assert solved(program([[1, 1]], [INF], needs=[3], cost=[0, 0])).status is Status.INFEASIBLE

    def test_says_so_when_only_whole_numbers_are_impossible(self):
        given = program([[2, 2]], [1], needs=[1], cost=[0, 0])
        assert solved(given).status is Status.INFEASIBLE

    def test_adds_the_offset(self):
        given = program([[1, 1]], [1], cost=[-1, -2])
        assert solved(without_lazy_marks(given)).objective == least_cost(given)

    def test_adds_a_lazy_row_that_is_broken(self):
        solution = solved(program([[1, 1], [1, 1]], [2, 1], cost=[-1, -2], lazy=[1]))
        assert (solution.status, solution.objective) == (Status.OPTIMAL, -2)

    def test_adds_a_lazy_row_that_whole_numbers_break(self):
        rows, limits = [*FRACTIONAL["rows"], [1, 0, 0]], [*FRACTIONAL["limits"], 0.5]
        given = program(rows, limits, cost=[-3, -2, -2], lazy=[3])
        assert solved(given).objective == least_cost(given) == -2

    def test_returns_no_solution_that_breaks_a_lazy_row_when_time_is_up(self, monkeypatch):
        found = Solution(status=Status.FEASIBLE, values=np.array([1.0, 1.0]), objective=-3.0, bound=-3.0)
        monkeypatch.setattr(highs._Search, "_run_once", lambda _search: found)
        solution = solved(program([[1, 1], [1, 1]], [2, 1], cost=[-1, -2], lazy=[1]))
        assert (solution.status, solution.values, solution.objective, solution.bound) == ("unknown", None, None, -3)

    def test_leaves_a_lazy_row_that_nothing_breaks(self):
        assert solved(program([[1, 1], [1, 1]], [1, 2], cost=[-1, -2], lazy=[1])).objective == -2

    def test_returns_the_best_and_a_bound_when_time_is_up(self):
        solution = solved(hard_program(), time_limit=1.0)
        assert solution.status is Status.FEASIBLE
        assert 0 <= solution.bound < solution.objective
        assert not solution.interrupted

    def test_returns_nothing_when_there_was_no_time(self):
        solution = solved(hard_program(), time_limit=0.0)
        assert solution.status is Status.UNKNOWN
        assert solution.values is None

    def test_gives_the_same_for_the_same_seed(self):
        first, second = (solved(program(**FRACTIONAL)) for _ in range(2))
        assert first.values.tolist() == second.values.tolist()

    def test_reports_progress_in_the_thread_of_the_caller(self):
        seen = []
        solved(hard_program(), time_limit=1.5, on_progress=lambda each: seen.append((threading.get_ident(), each)))
        assert {thread for thread, _ in seen} == {threading.get_ident()}
        assert any(each.objective is not None and each.bound is not None for _, each in seen)

    def test_never_reports_a_bound_above_a_solution(self):
        seen = []
        solution = solved(hard_program(), time_limit=2.0, on_progress=seen.append)
        objectives = [each.objective for each in seen if each.objective is not None]
        assert objectives == sorted(objectives, reverse=True)
        assert all(each.bound <= solution.objective for each in seen if each.bound is not None)

    def test_lets_an_error_of_the_callback_through(self):
        def fail(_progress):
            raise RuntimeError("enough")

        with pytest.raises(RuntimeError, match="enough"):
            solved(hard_program(), on_progress=fail)

    def test_refuses_a_program_without_a_best_solution(self):
        with pytest.raises(EngineError, match="highs"):
            solved(program([[-1.0]], [0], cost=[-1], upper=[INF], integer=False))

    def test_returns_what_it_has_on_ctrl_c(self):
        script = textwrap.dedent("""
            from tests.rostering.engines.test_highs import hard_program, solved
            solution = solved(hard_program(), 60.0, on_progress=lambda each: print(each.objective, flush=True))
            print(solution.status, solution.interrupted, solution.objective is not None, solution.bound is not None)
        """)
        root = Path(__file__).parents[3]
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=root) as process:
            while process.stdout.readline().strip() in ("", "None"):
                time.sleep(0.01)
            os.kill(process.pid, signal.SIGINT)
            rest = process.communicate(timeout=30)[0]
        assert rest.splitlines()[-1] == "feasible True True True"
