"""Programs that every engine is tried on."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.rostering.programs import INF, program

FRACTIONAL = {"rows": [[1, 1, 0], [0, 1, 1], [1, 0, 1]], "limits": [1, 1, 1], "cost": [-1, -1, -1]}
"""Three decisions that exclude each other in pairs: the relaxation takes half of each."""


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


def fair_start(given, tries=20_000):
    """Return decisions of the hard program that are better than most, and what they cost."""
    rng = np.random.default_rng(1)
    decisions = int(given.integer.sum())
    guesses = rng.integers(0, 2, (tries, decisions)).astype(float)
    costs = np.abs(guesses @ given.rows[:, :decisions].toarray().T - given.row_lower).sum(axis=1)
    best = int(np.argmin(costs))
    return np.concatenate([guesses[best], np.full(len(given.cost) - decisions, np.nan)]), float(costs[best])


def exact_least(given):
    """Return the least objective of a program, with no gap allowed; None where there is no solution."""
    rows = LinearConstraint(given.rows, given.row_lower, given.row_upper) if given.rows.shape[0] else ()
    bounds, whole = Bounds(given.lower, given.upper), given.integer.astype(int)
    answer = milp(given.cost, constraints=rows, bounds=bounds, integrality=whole, options={"mip_rel_gap": 0.0})
    return None if answer.fun is None else answer.fun + given.offset
