import numpy as np
import pytest
from numpy.testing import assert_array_equal

from civicvol.rostering.program import Program

INFINITE = np.inf


def program(*given):
    return Program(np.array(given, dtype=bool))


def index(*numbers):
    return np.array(numbers, dtype=np.intp)


def test_decisions_are_0_or_1_and_facts_are_1():
    written = program(False, True).finish()
    assert_array_equal(written.lower, [0, 1])
    assert_array_equal(written.upper, [1, 1])
    assert_array_equal(written.integer, [True, True])
    assert_array_equal(written.cost, [0, 0])
    assert written.rows.shape == (0, 2)


def test_a_charge_costs_weight_times_amount():
    writing = program(False, False, False)
    writing.charge(index(0, 2), 2.0, np.array([3.0, 0.5]))
    writing.charge(index(0), 1.0, np.array([1.0]))
    assert_array_equal(writing.finish().cost, [7, 0, 1])


def test_a_charge_without_weight_forbids():
    writing = program(False, False)
    writing.charge(index(0, 1), None, np.array([3.0, 0.0]))
    assert_array_equal(writing.finish().upper, [0, 1])


def test_what_is_required_is_taken():
    writing = program(False, False)
    writing.require(index(1), None)
    assert_array_equal(writing.finish().lower, [0, 1])


def test_what_is_required_for_a_price_costs_where_it_is_not_taken():
    writing = program(False, False)
    writing.require(index(1), 5.0)
    written = writing.finish()
    assert written.objective(np.array([0.0, 0.0])) == 5.0
    assert written.objective(np.array([1.0, 1.0])) == 0.0


def test_further_columns_are_continuous():
    writing = program(False)
    assert_array_equal(writing.add_columns([1.0, 2.0], 4.0), [1, 2])
    assert_array_equal(writing.add_columns(np.zeros(1), [INFINITE]), [3])
    written = writing.finish()
    assert_array_equal(written.cost, [0, 1, 2, 0])
    assert_array_equal(written.lower, [0, 0, 0, 0])
    assert_array_equal(written.upper, [1, 4, 4, INFINITE])
    assert_array_equal(written.integer, [True, False, False, False])


class TestAtMost:
    def test_writes_one_row_for_each_limit(self):
        writing = program(False, False, False)
        writing.at_most(index(0, 0, 1, 1), index(0, 1, 1, 2), [1, 2, 3, 4], [2, 5])
        written = writing.finish()
        assert_array_equal(written.rows.toarray(), [[1, 2, 0], [0, 3, 4]])
        assert_array_equal(written.row_upper, [2, 5])
        assert_array_equal(written.row_lower, [-INFINITE, -INFINITE])

    def test_leaves_out_rows_that_never_reach_their_limit(self):
        writing = program(False, False)
        writing.at_most(index(0, 1), index(0, 1), [3, 3], [3, 2])
        written = writing.finish()
        assert_array_equal(written.rows.toarray(), [[0, 3]])
        assert_array_equal(written.row_upper, [2])

    def test_does_not_count_what_is_forbidden_already(self):
        writing = program(False, False)
        writing.charge(index(0), None, np.ones(1))
        writing.at_most(index(0, 0), index(0, 1), 1.0, [1])
        assert writing.finish().rows.shape[0] == 0

    def test_raises_a_limit_to_what_the_facts_come_to(self):
        writing = program(True, True, False)
        writing.at_most(index(0, 0, 0), index(0, 1, 2), 1.0, [1])
        assert_array_equal(writing.finish().row_upper, [2])

    def test_takes_a_price_for_each_unit_over_the_limit(self):
        writing = program(False, False)
        writing.at_most(index(0, 0), index(0, 1), 1.0, [1], 7.0)
        written = writing.finish()
        assert_array_equal(written.rows.toarray(), [[1, 1, -1]])
        assert_array_equal(written.cost, [0, 0, 7])
        assert_array_equal(written.upper, [1, 1, INFINITE])

    def test_takes_nothing(self):
        writing = program(False)
        writing.at_most(index(), index(), 1.0, [], 1.0)
        assert writing.finish().rows.shape == (0, 1)


class TestAtLeast:
    def test_writes_one_row_for_each_need(self):
        writing = program(False, False)
        writing.at_least(index(0, 1), index(0, 1), 1.0, [1, 2])
        written = writing.finish()
        assert_array_equal(written.rows.toarray(), [[1, 0], [0, 1]])
        assert_array_equal(written.row_lower, [1, 2])
        assert_array_equal(written.row_upper, [INFINITE, INFINITE])

    def test_leaves_out_rows_that_need_nothing(self):
        writing = program(False, False)
        writing.at_least(index(0, 1), index(0, 1), 1.0, [0, 1])
        assert_array_equal(writing.finish().rows.toarray(), [[0, 1]])

    def test_keeps_a_need_that_nobody_can_meet(self):
        writing = program(False)
        writing.at_least(index(), index(), 1.0, [2])
        written = writing.finish()
        assert_array_equal(written.rows.toarray(), [[0]])
        assert_array_equal(written.row_lower, [2])

    def test_takes_a_price_for_each_unit_that_is_missing(self):
        writing = program(False)
        writing.at_least(index(0), index(0), 1.0, [2], 100.0)
        written = writing.finish()
        assert_array_equal(written.rows.toarray(), [[1, 1]])
        assert_array_equal(written.cost, [0, 100])


def test_rows_follow_each_other():
    writing = program(False, False)
    writing.at_most(index(0, 0), index(0, 1), 1.0, [1])
    writing.at_least(index(0), index(1), 1.0, [1], 3.0)
    writing.at_most(index(0, 0), index(0, 1), 2.0, [1], 4.0)
    written = writing.finish()
    assert_array_equal(written.rows.toarray(), [[1, 1, 0, 0], [0, 1, 1, 0], [2, 2, 0, -1]])
    assert written.objective(np.array([1.0, 1.0, 0.0, 3.0])) == pytest.approx(12)
