"""Whole-numbered decisions by HiGHS's branch and cut, of all columns of a program or of some, with the others kept."""

from threading import Event
from time import monotonic

import attrs
import highspy
import numpy as np

from civicvol.errors import EngineError
from civicvol.rostering.arrays import Bools, Floats
from civicvol.rostering.engines._rest import completed
from civicvol.rostering.engines._solver import TOLERANCE, Tell, loaded, run
from civicvol.rostering.engines._step import raised, step_of
from civicvol.rostering.engines.engine import Solution, Status
from civicvol.rostering.program import LinearProgram


def decided(
    program: LinearProgram,
    kept: Floats,
    free: Bools,
    *,
    seed: int,
    until: float,
    tell: Tell,
    start: Floats | None = None,
) -> Solution:
    """Return the best solution found in which what is not free is kept; its bound and its proof are of such solutions.

    Args:
        program: the program.
        kept: one value a column, of which those of the free ones do not matter.
        free: which columns may change.
        seed: for the solver.
        until: when to stop, by the monotonic clock.
        tell: takes the objectives of solutions.
        start: such a solution.
    """
    columns = np.flatnonzero(free)
    kept = np.where(free, 0.0, np.where(program.integer, np.round(kept), kept))
    rows = np.flatnonzero(np.diff(program.rows[:, columns].indptr))
    base = (program.rows @ kept)[rows]
    # What a solver leaves over of whole numbers must not make a row too tight.
    base = np.where(np.abs(base - np.round(base)) <= TOLERANCE, np.round(base), base)
    part = program.part(columns, rows)
    part = attrs.evolve(
        part,
        row_lower=part.row_lower - base,
        row_upper=part.row_upper - base,
        offset=program.objective(kept),
    )
    found = _solved(part, seed, until, tell, None if start is None else start[columns])
    if found.values is None:
        return found
    values = kept.copy()
    values[columns] = found.values
    return attrs.evolve(found, values=values)


def _solved(program: LinearProgram, seed: int, until: float, tell: Tell, start: Floats | None) -> Solution:
    solver, step = loaded(program, seed), step_of(program)
    if step:
        solver.setOptionValue("mip_abs_gap", step * (1 - 1e-4))
    decisions = np.flatnonzero(program.integer).astype(np.int32)
    solver.changeColsIntegrality(len(decisions), decisions, np.ones(len(decisions), dtype=np.uint8))
    if start is not None:
        # A good solution is known, so none has to be jumped at.
        solver.setOptionValue("mip_heuristic_run_feasibility_jump", False)
        solver.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
    interrupted = run(solver, until - monotonic(), tell, Event(), whole=True)
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solution(status=Status.INFEASIBLE, interrupted=interrupted)
    optimal = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
    if not optimal and status not in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt):
        raise EngineError("highs", f"stopped with the status {solver.modelStatusToString(status)!r}")
    bound = raised(info.mip_dual_bound, step, program.offset) if np.isfinite(info.mip_dual_bound) else None
    found = Solution(status=Status.UNKNOWN, bound=bound, interrupted=interrupted)
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        values = np.array(solver.getSolution().col_value)
        found = attrs.evolve(found, status=Status.OPTIMAL if optimal else Status.FEASIBLE, values=values)
    return rounded(program, found)


def rounded(program: LinearProgram, solution: Solution) -> Solution:
    """Return a solution whose decisions are nearly whole with them exactly whole."""
    if solution.values is None:
        return solution
    values = np.where(program.integer, np.round(solution.values), solution.values)
    if solution.status is not Status.OPTIMAL:
        # Cut short, a solver need not have made what follows from the decisions as cheap as it can be.
        better = completed(program, values, "highs")
        values = values if better is None else better
    objective = program.objective(values)
    bound = None if solution.bound is None else min(solution.bound, objective)
    return attrs.evolve(solution, values=values, objective=objective, bound=bound)
