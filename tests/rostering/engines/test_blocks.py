from threading import Event

import numpy as np
import pytest

from civicvol import check, datasets, solve
from civicvol.rostering.compile import compile_problem
from civicvol.rostering.engines import Solution, Status, _blocks, _relaxation, highs
from civicvol.rostering.engines._blocks import basis_of_blocks
from civicvol.rostering.engines._relaxation import ABSENT, BASIC, Relaxation
from civicvol.rostering.engines.highs import Highs
from civicvol.rostering.parts import split


@pytest.fixture
def district():
    """A small district in which a few people serve next door too."""
    return datasets.district(areas=3, volunteers=90, days=4, mobile=0.2)


@pytest.fixture
def program(district):
    """The largest part of its program."""
    parts = split(compile_problem(district).program).parts
    return max((part.program for part in parts), key=lambda each: len(each.cost))


@pytest.fixture
def large(monkeypatch):
    """Take even small programs for large ones."""
    monkeypatch.setattr(highs, "_LARGE", 0)
    monkeypatch.setattr(_relaxation, "_MANY", 0)


def relax(program, halt):
    return Relaxation(program, 0, float("inf"), halt)


class TestBasisOfBlocks:
    def test_knows_every_row_on_several_people(self, program):
        basis = basis_of_blocks(program, relax)
        assert len(basis.columns) == len(program.cost)
        assert len(basis.rows) == len(program.row_upper)
        decided = np.diff(program.rows[:, np.flatnonzero(program.integer)].indptr) > 0
        on_several = decided & (_blocks._sole_owner(program) < 0) & ~program.lazy
        assert set(np.flatnonzero(on_several).tolist()) <= set(np.flatnonzero(basis.rows != ABSENT).tolist())

    def test_has_about_as_many_basic_as_there_are_rows(self, program):
        basis = basis_of_blocks(program, relax)
        basic = np.count_nonzero(basis.columns == BASIC) + np.count_nonzero(basis.rows == BASIC)
        height = np.count_nonzero(basis.rows != ABSENT)
        assert abs(basic - height) <= 0.1 * height

    def test_is_none_for_one_block(self):
        parts = split(compile_problem(datasets.district(areas=1, volunteers=40, days=3)).program).parts
        assert basis_of_blocks(parts[0].program, relax) is None

    def test_is_none_where_blocks_are_not_known(self, program):
        object.__setattr__(program, "block", np.zeros(0, dtype=np.intp))
        assert basis_of_blocks(program, relax) is None

    def test_is_none_where_most_people_serve_in_several(self, program, monkeypatch):
        monkeypatch.setattr(_blocks, "_MOST_SHARED", 0.01)
        assert basis_of_blocks(program, relax) is None

    @pytest.mark.parametrize("calls", [0, 3])
    def test_is_none_where_time_was_too_short_for_a_block(self, program, calls):
        made = []

        class Late:
            def __init__(self, program, halt):
                self.whole = relax(program, halt)

            def solve(self):
                made.append(self)
                self.prices = self.whole.prices
                return Solution(status=Status.UNKNOWN) if len(made) > calls else self.whole.solve()

            def close(self, columns):
                self.whole.close(columns)

        assert basis_of_blocks(program, Late) is None

    def test_stops_all_blocks_on_ctrl_c(self, program):
        halts = []

        class Stopped:
            def __init__(self, _program, halt):
                halts.append(halt)

            def solve(self):
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            basis_of_blocks(program, Stopped)
        assert all(halt.is_set() for halt in halts)


@pytest.mark.usefixtures("large")
class TestHighsWithBlocks:
    @pytest.mark.parametrize("seed", range(3))
    def test_finds_nearly_the_best_and_a_bound_that_holds(self, seed, monkeypatch):
        problem = datasets.district(areas=3, volunteers=75, days=4, mobile=0.2, seed=seed)
        result = solve(problem)
        monkeypatch.setattr(highs, "_LARGE", 10**9)
        least = solve(problem).objective
        assert result.bound <= least + 1e-6
        assert least - 1e-6 <= result.objective <= least + 3
        assert check(problem, result.roster).feasible

    def test_leaves_a_program_that_stays_large_at_its_gap(self, program, monkeypatch):
        decided = highs.decided
        monkeypatch.setattr(highs, "decided", lambda *given, **named: asked.append(given) or decided(*given, **named))
        asked = []
        found = Highs().solve(program, time_limit=60.0, seed=0)
        assert len(asked) == 1
        assert found.too_large is (found.status is Status.FEASIBLE)
        assert found.bound <= found.objective

    def test_claims_no_bound_that_does_not_hold(self, program):
        whole = Highs().solve(program, time_limit=60.0, seed=0)
        cut_short = Highs().solve(program, time_limit=0.0, seed=0)
        assert cut_short.status is Status.UNKNOWN
        assert cut_short.bound is None or cut_short.bound <= whole.objective

    def test_a_block_stops_when_it_is_told(self, program):
        halt = Event()
        halt.set()
        solution = relax(program, halt).solve()
        assert solution.status is Status.UNKNOWN
        assert solution.bound is None
