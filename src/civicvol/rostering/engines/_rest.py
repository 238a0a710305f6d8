"""Linear programs without whole numbers: the best that goes with some decisions, and what no decisions can better."""

import attrs
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from civicvol.errors import EngineError
from civicvol.rostering.arrays import Floats
from civicvol.rostering.engines.engine import Solution, Status
from civicvol.rostering.program import LinearProgram

_TOLERANCE = 1e-6
_SOLVED, _IMPOSSIBLE, _ENDLESS = 0, 2, 3


def completed(program: LinearProgram, decisions: Floats, engine: str) -> Floats | None:
    """Return the best solution with some decisions, None where they have none.

    Args:
        program: the program.
        decisions: one a column, of which only the whole-numbered are read; nan for one that is not taken.
        engine: name of who asks.

    Raises:
        EngineError: for any solution there is a better one.
    """
    values = np.where(program.integer, np.round(decisions), 0.0)
    if not np.all(np.isfinite(values)):
        return None
    rest = np.flatnonzero(~program.integer)
    if len(rest):
        base = program.rows @ values
        answer = _minimum(
            program.cost[rest],
            program.rows[:, rest],
            (program.row_lower - base, program.row_upper - base),
            (program.lower[rest], program.upper[rest]),
        )
        if answer.status == _ENDLESS:
            raise EngineError(engine, "for any solution there is a better one")
        if answer.status != _SOLVED:
            return None
        values[rest] = answer.x
    return values if _is_solution(program, values) else None


def least_relaxed(program: LinearProgram) -> float:
    """Return what no solution can cost less than, whole-numbered or not; infinity where there is no solution."""
    limits, bounds = (program.row_lower, program.row_upper), (program.lower, program.upper)
    answer = _minimum(program.cost, program.rows, limits, bounds)
    if answer.status == _SOLVED:
        return float(answer.fun) + program.offset
    return np.inf if answer.status == _IMPOSSIBLE else -np.inf


def no_worse(solution: Solution, program: LinearProgram, start: Floats | None) -> Solution:
    """Return the solution that an engine found, or the one that it started from where that is better.

    A solution at hand refutes an engine that says there is none.
    """
    if start is None:
        return solution
    objective = program.objective(start)
    if solution.objective is None or objective < solution.objective:
        solution = attrs.evolve(solution, status=Status.FEASIBLE, values=start, objective=objective)
    else:
        objective = solution.objective
    if solution.bound is not None and objective - solution.bound <= _TOLERANCE * max(1.0, abs(objective)):
        solution = attrs.evolve(solution, status=Status.OPTIMAL, bound=min(solution.bound, objective))
    return solution


def _minimum(
    cost: Floats, rows: csr_array, limits: tuple[Floats, Floats], bounds: tuple[Floats, Floats]
) -> OptimizeResult:
    return milp(cost, constraints=LinearConstraint(rows, *limits), bounds=Bounds(*bounds))


def _is_solution(program: LinearProgram, values: Floats) -> bool:
    activity = program.rows @ values
    return bool(
        np.all(values >= program.lower - _TOLERANCE)
        and np.all(values <= program.upper + _TOLERANCE)
        and np.all(activity >= program.row_lower - _TOLERANCE)
        and np.all(activity <= program.row_upper + _TOLERANCE)
    )
