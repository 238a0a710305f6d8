"""Each relaxation, with its rows and columns as they are needed, is that of the whole program."""

from threading import Event
from time import monotonic

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import EngineError, datasets
from civicvol.rostering.compile import compile_problem
from civicvol.rostering.engines import Status, _relaxation, _solver
from civicvol.rostering.engines._relaxation import ABSENT, BASIC, Basis, Relaxation
from civicvol.rostering.engines._rest import least_relaxed
from tests.rostering.programs import any_programs, program


@pytest.fixture(autouse=True)
def as_needed(monkeypatch):
    """Leave out rows and columns even of small programs."""
    monkeypatch.setattr(_relaxation, "_MANY", -1)
    monkeypatch.setattr(_relaxation, "_DECISIONS", 1)
    monkeypatch.setattr(_relaxation, "_OTHERS", 1)


def relaxation(given, **arguments):
    return Relaxation(given, 0, monotonic() + 20.0, **arguments)


def owned(given, people):
    """Return a program whose decisions are those of some people, in turn."""
    owner = np.where(given.integer, np.arange(len(given.cost)) % people, -1)
    return attrs.evolve(given, owner=owner, time=np.zeros(len(owner), dtype=np.int64))


@pytest.fixture
def district():
    return compile_problem(datasets.district(areas=1, volunteers=150, days=7)).program


class TestRelaxation:
    @given(drawn=any_programs(), people=st.integers(1, 3))
    def test_costs_what_the_whole_relaxation_costs(self, drawn, people):
        given = owned(drawn, people)
        found = relaxation(given).solve()
        least = least_relaxed(given)
        if found.status is Status.INFEASIBLE:
            assert least == np.inf
        else:
            assert found.status is Status.OPTIMAL
            assert found.objective == pytest.approx(least, abs=1e-6)
            assert found.bound >= least - 1e-6

    def test_needs_few_rows_and_columns_of_a_district(self, monkeypatch):
        monkeypatch.setattr(_relaxation, "_DECISIONS", 15)
        district = compile_problem(datasets.district(areas=1, volunteers=300, days=7)).program
        search = relaxation(district)
        assert search.solve().objective == pytest.approx(least_relaxed(district))
        basis = search.basis()
        assert np.count_nonzero(basis.columns != ABSENT) < 0.5 * len(district.cost)
        assert np.count_nonzero(basis.rows != ABSENT) < 0.5 * len(district.row_upper)
        basic = np.count_nonzero(basis.columns == BASIC) + np.count_nonzero(basis.rows == BASIC)
        assert basic == np.count_nonzero(basis.rows != ABSENT)

    def test_no_reduced_cost_says_that_there_is_anything_better(self, district):
        search = relaxation(district)
        values = search.solve().values
        assert np.all(search.reduced[values < district.upper - 1e-6] >= -1e-6)
        assert np.all(search.reduced[values > district.lower + 1e-6] <= 1e-6)
        assert search.reduced == pytest.approx(district.cost - district.rows.T @ search.prices)

    def test_finds_a_column_without_which_there_is_no_solution(self):
        # Person 0 has two decisions, of which one is there at first; the row needs both.
        given = owned(program([[1, 1]], [2], needs=[2], cost=[1, 1]), 1)
        assert relaxation(given).solve().objective == 2

    def test_says_that_there_is_no_solution_when_no_column_is_left(self):
        given = owned(program([[1, 1]], [3], needs=[3], cost=[1, 1]), 1)
        assert relaxation(given).solve().status is Status.INFEASIBLE

    def test_begins_where_another_ended(self, district):
        first = relaxation(district)
        whole = first.solve()
        again = relaxation(district, begin=first.basis())
        assert again.solve().objective == pytest.approx(whole.objective)
        assert again._solver.getInfo().simplex_iteration_count == 0

    def test_holds_closed_columns_at_0(self, district):
        search = relaxation(district)
        values = search.solve().values
        taken = np.flatnonzero(district.integer & (values > 0.5) & (district.lower == 0))[:5]
        search.close(taken)
        upper = district.upper.copy()
        upper[taken] = 0
        again = search.solve()
        assert not np.any(again.values[taken])
        assert again.objective == pytest.approx(least_relaxed(attrs.evolve(district, upper=upper)))

    def test_knows_no_bound_before_all_columns_are_priced(self, district):
        late = Relaxation(district, 0, monotonic() - 1.0)
        assert (late.solve().status, late.solve().bound) == (Status.UNKNOWN, None)

    def test_stops_when_it_is_told(self, district):
        halt = Event()
        halt.set()
        assert relaxation(district, halt=halt).solve().status is Status.UNKNOWN

    def test_is_infeasible_where_there_is_no_column_and_a_row_asks_for_something(self):
        assert relaxation(owned(program(np.zeros((1, 0)), [2], needs=[1], cost=[]), 1)).solve().status == "infeasible"
        given = owned(program([[1]], [1], needs=[1], cost=[2.5]), 1)
        nothing = Basis(columns=np.array([ABSENT]), rows=np.array([ABSENT]))
        assert relaxation(given, begin=nothing).solve().objective == 2.5

    def test_is_not_endless_because_of_a_row_that_is_left_out(self):
        given = owned(program([[1, 1]], [3], cost=[-1, -1], upper=[np.inf, np.inf], lazy=[0]), 1)
        assert relaxation(given).solve().objective == pytest.approx(-3)
        endless = owned(program([[1, 1]], [3], cost=[-1, -1], upper=[np.inf, np.inf], needs=[1]), 1)
        without_limit = attrs.evolve(endless, row_upper=np.array([np.inf]))
        with pytest.raises(EngineError, match="Unbounded"):
            relaxation(without_limit).solve()

    def test_begins_anew_where_its_beginning_leads_astray(self, district, monkeypatch):
        least = relaxation(district).solve().objective
        search, runs = relaxation(district), []

        def astray(solver, *given, **named):
            runs.append(solver)
            if len(runs) > 1:
                return _solver.run(solver, *given, **named)
            return False  # not run at all, its status is not known yet

        monkeypatch.setattr(_relaxation, "run", astray)
        monkeypatch.setattr(_relaxation._Status, "kUnknown", _relaxation._Status.kNotset, raising=False)
        assert search.solve().objective == pytest.approx(least)

    def test_forgets_no_ctrl_c_when_the_solver_ends_by_itself(self, district, monkeypatch):
        def interrupted(solver, *given, **named):
            _solver.run(solver, *given, **named)
            return True

        monkeypatch.setattr(_relaxation, "run", interrupted)
        found = relaxation(district).solve()
        assert (found.status, found.values, found.interrupted) == (Status.UNKNOWN, None, True)
