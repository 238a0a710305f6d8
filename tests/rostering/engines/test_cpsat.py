import os
import subprocess
import sys
import textwrap
from concurrent.futures import ProcessPoolExecutor
from time import monotonic

import numpy as np
import pytest

from civicvol.errors import EngineError, MissingExtraError
from civicvol.rostering.engines import Status, cpsat
from civicvol.rostering.engines._process import SolverProcess
from civicvol.rostering.engines.cpsat import Cpsat
from tests.rostering.engines.cases import FRACTIONAL, fair_start, hard_program
from tests.rostering.programs import INF, program


@pytest.fixture
def processes(monkeypatch):
    """List the processes that are started."""
    started = []

    def start(*arguments):
        started.append(SolverProcess(*arguments))
        return started[-1]

    monkeypatch.setattr(cpsat, "SolverProcess", start)
    return started


@pytest.fixture(scope="module")
def engine():
    return Cpsat()


def solved(given, engine=None, time_limit=20.0, **arguments):
    return (engine or Cpsat()).solve(given, time_limit=time_limit, seed=0, **arguments)


def solve_fractional(seed):
    return Cpsat().solve(program(**FRACTIONAL), time_limit=20.0, seed=seed).objective


class TestTheProcess:
    def test_serves_one_program_after_the_other(self, processes):
        engine = Cpsat()
        assert [solved(program(**FRACTIONAL), engine).objective for _ in range(3)] == [-1, -1, -1]
        assert len(processes) == 1

    def test_is_not_kept_after_a_search_that_was_broken_off(self, processes):
        engine = Cpsat()
        with pytest.raises(ZeroDivisionError):
            solved(hard_program(), engine, on_progress=lambda _each: 1 / 0)
        assert solved(program(**FRACTIONAL), engine).objective == -1
        assert len(processes) == 2
        assert processes[0]._process.poll() is not None

    def test_ends_with_the_engine(self, processes):
        engine = Cpsat()
        solved(program(**FRACTIONAL), engine)
        process = processes.pop()._process
        assert process.poll() is None
        del engine
        assert process.poll() is not None

    def test_that_dies_is_an_error_with_its_words(self, monkeypatch):
        monkeypatch.setattr(cpsat, "_WORKER", "_nowhere")
        with pytest.raises(EngineError, match=r"^engine 'cpsat': its process ended with 1: (?s:.*)_nowhere"):
            solved(program(**FRACTIONAL))

    def test_that_is_killed_is_an_error(self, processes):
        with pytest.raises(EngineError, match="its process ended with -9"):
            solved(hard_program(), on_progress=lambda _each: processes[0]._process.kill())

    def test_that_does_not_begin_is_an_error(self, monkeypatch):
        monkeypatch.setattr(cpsat, "_LONGEST_START", 0.0)
        with pytest.raises(EngineError, match="did not start within 0 seconds"):
            solved(program(**FRACTIONAL))

    def test_that_does_not_heed_the_time_is_ended_and_its_best_returned(self, monkeypatch, processes):
        monkeypatch.setattr(cpsat, "_GRACE", -4.0)
        began = monotonic()
        solution = solved(hard_program(), time_limit=20.0)
        assert monotonic() - began < 19
        assert (solution.status, solution.interrupted) == (Status.FEASIBLE, False)
        assert solution.bound is not None
        assert processes[0]._process.poll() is not None

    def test_may_be_started_in_the_processes_of_an_executor(self):
        with ProcessPoolExecutor(2) as executor:
            assert list(executor.map(solve_fractional, range(2))) == [-1, -1]

    def test_needs_no_guard_in_the_script_and_no_folder(self, tmp_path):
        folder = tmp_path / "gone"
        folder.mkdir()
        script = tmp_path / "script.py"
        script.write_text(
            textwrap.dedent("""
                import os
                import civicvol.rostering.engines.cpsat as cpsat
                from tests.rostering.programs import program
                print("once")
                os.rmdir(os.getcwd())
                print(cpsat.Cpsat().solve(program([[1, 1]], [1], cost=[-1, -2]), time_limit=20.0, seed=0).status)
            """),
            encoding="utf-8",
        )
        places = os.pathsep.join(each for each in sys.path if each)
        answer = subprocess.run(
            [sys.executable, script],
            capture_output=True,
            text=True,
            check=True,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": places},
        )
        assert answer.stdout.split() == ["once", "optimal"]


class TestCpsat:
    def test_says_which_extra_is_missing(self, engine, monkeypatch):
        monkeypatch.setitem(sys.modules, "ortools", None)
        with pytest.raises(MissingExtraError, match=r"ortools is not installed.*civicvol\[cpsat\]"):
            solved(program(**FRACTIONAL), engine)

    def test_leaves_ortools_out_of_this_process(self, engine):
        solved(program(**FRACTIONAL), engine)
        assert "ortools" not in sys.modules

    def test_begins_from_the_start(self, engine, monkeypatch):
        given, seen = hard_program(), []
        start, cost = fair_start(given)
        take = cpsat._Search._take

        def spy(search, **reply):
            seen.append(reply.get("objective"))
            take(search, **reply)

        monkeypatch.setattr(cpsat._Search, "_take", spy)
        solved(given, engine, time_limit=1.0, start=start)
        assert next(objective for objective in seen if objective is not None) <= cost

    def test_gives_the_same_for_the_same_seed(self, engine):
        rng = np.random.default_rng(3)
        given = program(rng.integers(0, 2, (20, 30)), [3] * 20, cost=-rng.integers(1, 3, 30))
        first, second = (solved(given, engine) for _ in range(2))
        assert first.status is Status.OPTIMAL
        assert first.values.tolist() == second.values.tolist()

    def test_gives_the_other_columns_exactly(self, engine):
        given = program([[0.1, 0.7, -np.pi]], [0], cost=[-1, -1, 2], upper=[1, 1, INF], integer=[True, True, False])
        solution = solved(given, engine)
        assert solution.values == pytest.approx([1, 1, 0.8 / np.pi], abs=1e-9)
        assert solution.bound <= solution.objective == pytest.approx(-2 + 1.6 / np.pi)

    @pytest.mark.parametrize(("limit", "status"), [(0.3, Status.UNKNOWN), (-0.3, Status.INFEASIBLE)])
    def test_proves_nothing_where_the_program_is_only_near(self, engine, limit, status):
        rows = [[0.0001, -1, 1], [0, 1, 1], [0, 1, -1]]
        upper, whole = [1, 0.7, 0.7], [True, False, False]
        given = program(
            rows, [0, limit, 0.00005], needs=[0, limit, 0.00005], cost=[1, 1, 1], upper=upper, integer=whole
        )
        assert solved(given, engine).status is status

    def test_refuses_numbers_that_are_too_large(self, engine):
        given = program([[3] + [1e18] * 20], [1e18], cost=[-1] * 21)
        with pytest.raises(EngineError, match="too large"):
            solved(given, engine)
