import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.rostering.engines._integers import _common_units, in_whole_numbers
from tests.rostering.programs import INF, any_programs, least_cost, program

MIXED = [True, True, False]


def whole(*arguments, **named):
    return in_whole_numbers(program(*arguments, **named))


class TestCommonUnits:
    @pytest.mark.parametrize(
        ("values", "unit"),
        [
            ([], 0),
            ([0, 0], 0),
            ([480, -720], 240),
            ([0.5, 2, 0.75], 0.25),
            ([1 / 3, 0.5], 1 / 6),
            ([1 / 120, 90 / 120], 1 / 120),
            ([1 - 119 / 120], 1 / 120),
            ([1, np.pi], np.nan),
            ([1, INF], np.nan),
            ([1, np.nan], np.nan),
        ],
    )
    def test_divide_all_values(self, values, unit):
        found = _common_units(np.zeros(len(values), dtype=np.intp), np.array(values, dtype=float), 1)
        assert found == pytest.approx([unit], nan_ok=True)

    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(-50, 50), st.sampled_from([1, 2, 3, 7, 60]))))
    def test_belong_to_their_groups(self, entries):
        group = np.array([number for number, _, _ in entries], dtype=np.intp)
        values = np.array([above / below for _, above, below in entries])
        found = _common_units(group, values, 4)
        times = values / np.where(found == 0, 1, found)[group]
        assert times == pytest.approx(np.round(times))
        assert np.all((found > 0) == np.array([np.any(values[group == number]) for number in range(4)]))


class TestInWholeNumbers:
    def test_writes_rows_in_their_own_unit(self):
        found = whole([[480, 720]], [1000], cost=[1, 1])
        assert found.rows.toarray().tolist() == [[2, 3]]
        assert found.row_upper.tolist() == [4]
        assert found.exact

    def test_scales_costs_to_whole_numbers(self):
        found = whole([], [], cost=[0.25, -1 / 3])
        assert (found.cost.tolist(), found.scale) == ([3, -4], 12)
        assert found.slip == pytest.approx(0, abs=1e-12)

    def test_says_how_wrong_rounded_costs_may_be(self):
        given = program([], [], cost=[np.pi * 1e9, 1e-3])
        found = in_whole_numbers(given)
        assert found.exact
        assert 0 < found.slip < 1e-3
        assert np.sum(found.cost) / found.scale == pytest.approx(np.sum(given.cost), abs=found.slip + 1e-6)

    def test_settles_a_slack_by_its_row(self):
        found = whole([[90, 30, -1]], [60], cost=[-1, -1, 5], upper=[1, 1, INF], integer=MIXED)
        assert (found.exact, found.unit[2], found.upper[2]) == (True, 30, 2)

    def test_settles_what_earns_by_the_row_above_it(self):
        found = whole([[-1, -1, 2]], [3], cost=[0, 0, -1], upper=[1, 1, INF], integer=MIXED)
        assert (found.exact, found.unit[2], found.upper[2]) == (True, 0.5, 5)

    def test_settles_an_indicator_before_what_depends_on_it(self):
        found = whole(
            [[1, -1, 0], [0, 1, -2]], [0, 0], cost=[-9, 0, 1], upper=[1, INF, INF], integer=[True, False, False]
        )
        assert (found.exact, found.unit.tolist(), found.upper.tolist()) == (True, [1, 1, 0.5], [1, 1, 1])

    def test_settles_what_an_equation_leaves(self):
        found = whole(
            [[1, 1, -1, 0], [0, 0, 1, -1], [0, 0, -1, -1]],
            [0.5, 0, -1],
            needs=[0.5, -INF, -INF],
            cost=[-9, -9, -2, 1],
            lower=[0, 0, -INF, 0],
            upper=[1, 1, INF, INF],
            integer=[True, True, False, False],
        )
        assert (found.exact, found.unit.tolist()) == (True, [1, 1, 0.5, 0.5])
        assert (found.lower[2], found.upper[2]) == (-1, 3)

    def test_settles_pieces_that_share_a_row(self):
        found = whole(
            [[90 / 120, 240 / 120, -1, -1]],
            [0],
            cost=[-9, -9, 1, 2],
            upper=[1, 1, 0.5, INF],
            integer=[True, True, False, False],
        )
        assert (found.exact, found.unit.tolist()) == (True, [1, 1, 0.25, 0.25])
        assert found.upper[3] * 0.25 >= 2.75

    def test_settles_pieces_that_another_row_limits(self):
        rows = [[0.75, 2, -1, -1, 0, 0], [0.5, 1, 0, 0, -1, -1], [0, 0, 1, 2, 1, 2]]
        upper = [1, 1, 0.5, INF, 0.5, INF]
        whole_ones = [True, True, False, False, False, False]
        found = whole(rows, [0, 0, np.e], cost=[-1, -2, 0, 0, 0, 0], upper=upper, integer=whole_ones)
        assert (found.exact, found.unit.tolist()) == (True, [1, 1, 0.25, 0.25, 0.5, 0.5])

    def test_leaves_pieces_open_that_two_rows_hold_on_both_sides(self):
        rows = [[1, 1, -1, -1], [0, 0, 1, 2]]
        given = program(
            rows, [0, 3], needs=[-1, 1], cost=[-1, -2, 0, 0], upper=[1, 1, 0.3, 9], integer=[True, True, False, False]
        )
        assert not in_whole_numbers(given).exact

    def test_widens_rows_with_odd_factors_by_next_to_nothing(self):
        found = whole([[np.pi, np.e]], [np.e], needs=[np.e], cost=[-1, -1])
        assert found.exact
        factors, lower, upper = found.rows.toarray()[0], found.row_lower[0], found.row_upper[0]
        assert lower <= factors[1] <= upper < factors[0]
        assert (upper - lower) / factors[1] < 1e-8

    def test_keeps_a_column_that_is_fixed(self):
        found = whole([[1, 1, 1]], [2.5], cost=[-1, -1, 0], lower=[0, 0, 0.5], upper=[1, 1, 0.5], integer=MIXED)
        assert (found.exact, (found.lower * found.unit).tolist()) == (True, [0, 0, 0.5])

    def test_bounds_a_whole_column_that_has_no_bound(self):
        found = whole([[2.5, -1]], [0], cost=[-9, 1], upper=[1, INF])
        assert (found.exact, found.upper.tolist()) == (True, [1, 3])

    @pytest.mark.parametrize(
        "given",
        [
            program([[1, 1, -2]], [np.e], cost=[-1, -1, 1], upper=[1, 1, INF], integer=MIXED),
            program([[1, -1, -1], [0, 1, -1]], [0, 0], cost=[-1, 1, 1], upper=[1, 2, 2], integer=[True, False, False]),
            program([], [], cost=[-1], upper=[INF]),
        ],
        ids=["an odd limit", "columns that hold each other", "no bound at all"],
    )
    def test_says_where_it_is_only_near(self, given):
        assert not in_whole_numbers(given).exact

    def test_leaves_out_entries_of_zero(self):
        given = program([[1, 1, 0]], [1], cost=[-1, -1, 1], upper=[1, 1, INF], integer=MIXED)
        rows = given.rows.tolil()
        found = in_whole_numbers(attrs.evolve(given, rows=rows.tocsr() * 1.0))
        assert found.exact

    @given(any_programs())
    def test_has_the_same_best_where_it_is_exact(self, given):
        found = in_whole_numbers(given)
        if not found.exact or np.any(found.lower > found.upper):
            return
        again = program(
            found.rows.toarray(),
            found.row_upper.astype(float),
            needs=found.row_lower.astype(float),
            cost=found.cost / found.scale,
            lower=found.lower,
            upper=found.upper,
        )
        assert (
            least_cost(again) == pytest.approx(least_cost(given))
            if least_cost(given) is not None
            else least_cost(again) is None
        )
