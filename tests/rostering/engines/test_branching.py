"""Decisions of some columns, with the others kept."""

from time import monotonic

import numpy as np
import pytest

from civicvol.rostering.engines import Status
from civicvol.rostering.engines._branching import decided
from tests.rostering.engines.cases import FRACTIONAL, fair_start, hard_program
from tests.rostering.programs import program


def decide(given, kept, free, *, seconds=20.0, **arguments):
    arguments = {"seed": 0, "until": monotonic() + seconds, "tell": lambda _objective, _bound: None} | arguments
    return decided(given, np.array(kept, dtype=float), np.array(free), **arguments)


class TestDecided:
    def test_is_the_best_of_all_where_everything_is_free(self):
        found = decide(program(**FRACTIONAL), [0, 0, 0], [True, True, True])
        assert (found.status, found.objective, found.bound) == (Status.OPTIMAL, -1, -1)

    def test_keeps_what_is_not_free(self):
        found = decide(program(**FRACTIONAL), [0, 0.9999999, 0], [True, False, True])
        assert found.values.tolist() == [0, 1, 0]
        assert (found.objective, found.bound) == (-1, -1)

    def test_is_infeasible_where_what_is_kept_leaves_no_room(self):
        given = program([[1, 1]], [1], needs=[1], cost=[1, 1])
        assert decide(given, [0, 0], [False, True]).values.tolist() == [0, 1]
        assert decide(program([[1, 1]], [2], needs=[2], cost=[1, 1]), [0, 0], [False, True]).status == "infeasible"

    def test_makes_no_row_too_tight_by_what_a_solver_leaves_over(self):
        given = program([[1, 1, 1]], [1], needs=[1], cost=[0, 0, 1], integer=[False, False, True])
        found = decide(given, [0.3 + 1e-9, 0.7 + 1e-9, 0], [False, False, True])
        assert found.values[2] == 0

    def test_begins_with_the_start(self):
        given, seen = hard_program(), []
        start, cost = fair_start(given)
        slack = given.row_upper - given.rows[:, :40] @ start[:40]
        start[40:] = np.concatenate([np.maximum(slack, 0), np.maximum(-slack, 0)])
        found = decide(
            given,
            start,
            np.ones(len(start), dtype=bool),
            seconds=0.5,
            start=start,
            tell=lambda objective, _bound: seen.append(objective),
        )
        assert seen[0] == pytest.approx(cost)
        assert found.status is Status.FEASIBLE
        assert found.objective <= cost + 1e-6

    def test_claims_no_bound_that_it_has_not_found(self):
        given = program(**FRACTIONAL)
        late = decide(given, [0, 0, 0], [True, True, True], seconds=-1.0, start=np.array([0.0, 0.0, 0.0]))
        assert late.bound is None or late.bound <= -1

    def test_knows_nothing_when_there_is_no_time(self):
        given = hard_program()
        found = decide(given, np.zeros(len(given.cost)), np.ones(len(given.cost), dtype=bool), seconds=-1.0)
        assert found.status is Status.UNKNOWN
