"""The embedded engine: HiGHS, linear first, whole-numbered only where the linear solution is not whole already."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic

import attrs
import highspy
import numpy as np
from numpy.typing import NDArray

from civicvol.errors import EngineError
from civicvol.rostering.engines.engine import OnProgress, Progress, Solution, Status
from civicvol.rostering.program import LinearProgram

_TOLERANCE = 1e-6
_LOOK_EVERY = 0.1

Floats = NDArray[np.float64]
Tell = Callable[[float | None, float | None], None]
"""Takes the objective and the bound that are known so far."""


@attrs.frozen
class Highs:
    """Solves with HiGHS in this process.

    The linear relaxation comes first: a community's month is nearly a network flow, whose corners are whole-numbered,
    so its solution is often proven optimal at once. Branch and cut is used where it is not.
    """

    name: str = "highs"

    def solve(
        self, program: LinearProgram, *, time_limit: float, seed: int, on_progress: OnProgress | None = None
    ) -> Solution:
        """Return the best solution found within so many seconds."""
        began = monotonic()

        def tell(objective: float | None, bound: float | None) -> None:
            if on_progress is not None:
                on_progress(Progress(seconds=monotonic() - began, objective=objective, bound=bound))

        solver = _loaded(program, seed)
        interrupted = _run(solver, time_limit, tell)
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solution(status=Status.INFEASIBLE)
        if status != highspy.HighsModelStatus.kOptimal:
            _require_stopped(self.name, solver)
            return Solution(status=Status.UNKNOWN, interrupted=interrupted)
        values = np.array(solver.getSolution().col_value)
        bound = solver.getInfo().objective_function_value
        if _is_whole(values[program.integer]):
            tell(bound, bound)
            return _solution(program, values, Status.OPTIMAL, bound)
        tell(None, bound)
        return self._branch(program, solver, bound, time_limit - (monotonic() - began), tell)

    def _branch(
        self,
        program: LinearProgram,
        solver: highspy.Highs,
        bound: float,
        time_limit: float,
        tell: Tell,
    ) -> Solution:
        whole = np.flatnonzero(program.integer).astype(np.int32)
        solver.changeColsIntegrality(len(whole), whole, np.ones(len(whole), dtype=np.uint8))
        interrupted = _run(solver, time_limit, tell)
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solution(status=Status.INFEASIBLE)
        if status != highspy.HighsModelStatus.kOptimal:
            _require_stopped(self.name, solver)
        if np.isfinite(info.mip_dual_bound):
            bound = max(bound, info.mip_dual_bound)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Solution(status=Status.UNKNOWN, bound=bound, interrupted=interrupted)
        found = Status.OPTIMAL if status == highspy.HighsModelStatus.kOptimal else Status.FEASIBLE
        values = np.array(solver.getSolution().col_value)
        return attrs.evolve(_solution(program, values, found, bound), interrupted=interrupted)


def _loaded(program: LinearProgram, seed: int) -> highspy.Highs:
    """Return a solver with the relaxation of a program: no decision need be whole yet."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("random_seed", seed)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", _TOLERANCE)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.row_lower)
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_, model.offset_ = program.row_lower, program.row_upper, program.offset
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_col_, model.a_matrix_.num_row_ = model.num_col_, model.num_row_
    model.a_matrix_.start_ = program.rows.indptr.astype(np.int32)
    model.a_matrix_.index_ = program.rows.indices.astype(np.int32)
    model.a_matrix_.value_ = program.rows.data
    solver.passModel(model)
    return solver


def _run(solver: highspy.Highs, time_limit: float, tell: Tell) -> bool:
    """Run, pass on what the solver reports, and return whether Ctrl-C stopped it.

    It runs in a thread of its own, because Ctrl-C reaches Python only between two of Python's own instructions. HiGHS
    counts the time of all runs of one solver together, so the limit is set on top of what it has used.
    """
    reports: SimpleQueue[tuple[float, float]] = SimpleQueue()

    def report(event: highspy.HighsCallbackEvent) -> None:
        reports.put((event.data_out.mip_primal_bound, event.data_out.mip_dual_bound))

    solver.cbMipLogging += report
    solver.HandleUserInterrupt = True
    solver.setOptionValue("time_limit", max(time_limit, 0.0) + solver.getRunTime())
    thread = solver.startSolve()
    interrupted = False
    try:
        while thread.is_alive():
            thread.join(_LOOK_EVERY)
            _pass_on(reports, tell)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        if thread.is_alive():
            solver.cancelSolve()
            thread.join()
        solver.cbMipLogging -= report
    return interrupted


def _pass_on(reports: "SimpleQueue[tuple[float, float]]", tell: Tell) -> None:
    try:
        while True:
            objective, bound = reports.get_nowait()
            tell(objective if abs(objective) < highspy.kHighsInf else None, bound if np.isfinite(bound) else None)
    except Empty:
        return


def _require_stopped(name: str, solver: highspy.Highs) -> None:
    """Raise an EngineError unless the solver stopped because its time was over or a person stopped it."""
    status = solver.getModelStatus()
    if status not in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt):
        raise EngineError(name, f"stopped with the status {solver.modelStatusToString(status)!r}")


def _is_whole(values: Floats) -> bool:
    return bool(np.all(np.abs(values - np.round(values)) <= _TOLERANCE))


def _solution(program: LinearProgram, values: Floats, status: Status, bound: float) -> Solution:
    values[program.integer] = np.round(values[program.integer])
    objective = program.objective(values)
    return Solution(status=status, values=values, objective=objective, bound=min(bound, objective))
