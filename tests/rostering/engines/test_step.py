import numpy as np
import pytest
from hypothesis import given

from civicvol.rostering.engines._step import raised, step_of
from tests.rostering.programs import any_programs, least_cost, program

INF = np.inf


def mixed(rows, limits, *, cost, whole, **fields):
    marks = np.arange(len(cost)) < whole
    return program(rows, limits, cost=cost, integer=marks, **fields)


@pytest.mark.parametrize(
    ("given", "step"),
    [
        (program([[1, 1]], [1], cost=[4, 6]), 2),
        (program([[1, 1]], [1], cost=[0.5, 0.75]), 0.25),
        (program([[1, 1]], [1], cost=[0, 0]), 0),
        (program([[1, 1]], [1], cost=[1, 2**0.5]), 0),
        (mixed([[1, -1]], [0], cost=[0, 3], whole=1, upper=[1, INF]), 3),
        (mixed([[1, -2]], [0], cost=[0, 3], whole=1, upper=[1, INF]), 0),
        (mixed([[0.5, -1]], [0], cost=[0, 3], whole=1, upper=[1, INF]), 0),
        (mixed([[1, -1]], [0.5], cost=[0, 3], whole=1, upper=[1, INF]), 0),
        (mixed([[1, -1, 1]], [0], cost=[0, 3, 0], whole=1, upper=[1, INF, 1]), 3),
        (mixed([[1, -1, -1]], [0], cost=[0, 3, 6], whole=1, upper=[1, 1, INF]), 3),
        (mixed([[1, -1, -1], [0, 1, 0]], [0, 1], cost=[0, 3, 6], whole=1, upper=[1, 1, INF]), 0),
        (mixed([[1, -1]], [0], cost=[0, 3], whole=1, upper=[1, 1.5]), 0),
        (mixed([], [], cost=[2, 3], whole=1, lower=[0, 0.5], upper=[1, 0.5]), 0),
        (mixed([], [], cost=[2, 4], whole=1, lower=[0, 3], upper=[1, 3]), 2),
        (mixed([[1, -1], [1, 0.5]], [0, 1], cost=[1, 0], whole=1, upper=[1, 1]), 1),
    ],
)
def test_is_what_costs_have_in_common(given, step):
    assert step_of(given) == step


def test_raises_a_bound_to_the_next_step():
    assert raised(3.2, 2.0, 0.0) == 4
    assert raised(4.0000001, 2.0, 0.0) == 4
    assert raised(3.2, 2.0, 1.0) == 5
    assert 3.19999999 < raised(3.2, 0.0, 0.0) < 3.2
    assert raised(-INF, 2.0, 0.0) == -INF


@given(any_programs())
def test_holds_for_the_best_solution(given):
    step, least = step_of(given), least_cost(given)
    if step and least is not None:
        steps = (least - given.offset) / step
        assert steps == pytest.approx(round(steps), abs=1e-6)


def test_takes_no_step_that_cannot_be_told_from_rounding():
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
    assert step_of(program([], [], cost=[1 / prime for prime in primes])) == 0
    assert raised(10_000.0000000002, 0.001, 0.0) == pytest.approx(10_000, abs=1e-9)
    assert raised(1e9 + 0.5, 0.001, 0.0) == pytest.approx(1e9 - 0.5)
