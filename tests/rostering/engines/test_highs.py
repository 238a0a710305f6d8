import pytest

from civicvol import datasets, solve
from civicvol.rostering.engines import _relaxation
from civicvol.rostering.engines.highs import Highs
from tests.rostering.programs import program


def solved(given, time_limit=20.0, **arguments):
    return Highs().solve(given, time_limit=time_limit, seed=0, **arguments)


class TestHighs:
    def test_leaves_a_lazy_row_that_nothing_breaks(self):
        assert solved(program([[1, 1], [1, 1]], [1, 2], cost=[-1, -2], lazy=[1])).objective == -2

    @pytest.mark.parametrize("seed", range(4))
    def test_finds_the_same_where_the_rows_and_columns_come_as_they_are_needed(self, seed, monkeypatch):
        problem = datasets.district(areas=1, volunteers=30, days=6, seed=seed)
        at_once = solve(problem)
        monkeypatch.setattr(_relaxation, "_MANY", 0)
        as_needed = solve(problem)
        assert (at_once.status, as_needed.status) == ("optimal", "optimal")
        assert as_needed.objective == pytest.approx(at_once.objective)
