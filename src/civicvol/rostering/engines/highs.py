"""The embedded engine: HiGHS, linear first, whole-numbered only where the linear solution is not whole already."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic

import attrs
import highspy
import numpy as np

from civicvol.errors import EngineError
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.engines._rest import completed, no_worse
from civicvol.rostering.engines._step import raised, step_of
from civicvol.rostering.engines.engine import OnProgress, Solution, Status, Teller
from civicvol.rostering.program import LinearProgram

_TOLERANCE = 1e-6
_LOOK_EVERY = 0.1

Tell = Callable[[float | None, float | None], None]
"""Takes the objective and the bound that are known so far."""


@attrs.frozen
class Highs:
    """Solves with HiGHS in this process.

    The linear relaxation comes first: a community's month is nearly a network flow, whose corners are whole-numbered,
    so its solution is often proven optimal at once. Branch and cut is used where it is not. Lazy rows are added when a
    solution breaks them. A guess to start from is used when branching begins.
    """

    name: str = "highs"

    def solve(
        self,
        program: LinearProgram,
        *,
        time_limit: float,
        seed: int,
        start: Floats | None = None,
        on_progress: OnProgress | None = None,
    ) -> Solution:
        """Return the best solution found within so many seconds."""
        tell = Teller(on_progress)
        search = _Search(program, seed, monotonic() + time_limit, tell)
        known = None if start is None else completed(program, start, self.name)
        if known is not None:
            tell(program.objective(known), None)
        relaxed = search.run()
        if relaxed.status is not Status.OPTIMAL or relaxed.values is None:
            return no_worse(relaxed, program, known)
        if np.all(np.abs(relaxed.values - np.round(relaxed.values))[program.integer] <= _TOLERANCE):
            return search.rounded(relaxed)
        tell(None, relaxed.bound)
        search.demand_whole()
        if known is not None:
            search.start_from(known)
        return no_worse(search.rounded(search.run()), program, known)


class _Search:
    """A program in a solver, relaxed at first, with those of its rows that have been needed so far."""

    def __init__(self, program: LinearProgram, seed: int, until: float, tell: Tell) -> None:
        self._program = program
        self._until = until
        self._tell = tell
        self._bound = -np.inf
        self._whole = False
        self._step = step_of(program)
        self._left_out = np.flatnonzero(program.lazy)
        self._solver = _loaded(program, np.flatnonzero(~program.lazy), seed)

    def demand_whole(self) -> None:
        """Ask for whole-numbered decisions from now on, and for all rows: what breaks one would be lost at the end."""
        self._add(self._left_out)
        self._left_out = self._left_out[:0]
        # Else the fractional solution at hand would be taken for a start, with a whole time limit to complete it.
        self._solver.clearSolver()
        if self._step:
            self._solver.setOptionValue("mip_abs_gap", self._step * (1 - 1e-4))
        decisions = np.flatnonzero(self._program.integer).astype(np.int32)
        self._solver.changeColsIntegrality(len(decisions), decisions, np.ones(len(decisions), dtype=np.uint8))
        self._whole = True

    def start_from(self, values: Floats) -> None:
        """Begin with a solution."""
        self._solver.setSolution(len(values), np.arange(len(values), dtype=np.int32), values)

    def run(self) -> Solution:
        """Solve, and again with the rows left out that the solution breaks, until it breaks none."""
        while True:
            solution = self._run_once()
            if solution.values is None or not self._add_broken(solution.values):
                return solution
            if solution.status is not Status.OPTIMAL:
                return attrs.evolve(solution, status=Status.UNKNOWN, values=None, objective=None)

    def rounded(self, solution: Solution) -> Solution:
        """Return a solution with its decisions exactly whole."""
        if solution.values is None:
            return solution
        values = np.where(self._program.integer, np.round(solution.values), solution.values)
        if solution.status is not Status.OPTIMAL:
            # Cut short, a solver need not have made what follows from the decisions as cheap as it can be.
            better = completed(self._program, values, "highs")
            values = values if better is None else better
        objective = self._program.objective(values)
        bound = objective if solution.bound is None else min(solution.bound, objective)
        if solution.status is Status.OPTIMAL:
            self._tell(objective, bound)
        return attrs.evolve(solution, values=values, objective=objective, bound=bound)

    def _run_once(self) -> Solution:
        solver = self._solver
        interrupted = _run(solver, self._until - monotonic(), self._tell_so_far, whole=self._whole)
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solution(status=Status.INFEASIBLE)
        optimal = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        if not optimal and status not in (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt):
            raise EngineError("highs", f"stopped with the status {solver.modelStatusToString(status)!r}")
        if self._whole and np.isfinite(info.mip_dual_bound):
            self._bound = max(self._bound, raised(info.mip_dual_bound, self._step, self._program.offset))
        elif optimal:
            self._bound = raised(info.objective_function_value, self._step, self._program.offset)
        bound = self._bound if np.isfinite(self._bound) else None
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not optimal and not (self._whole and feasible):
            return Solution(status=Status.UNKNOWN, bound=bound, interrupted=interrupted)
        values = np.array(solver.getSolution().col_value)
        return Solution(
            status=Status.OPTIMAL if optimal else Status.FEASIBLE,
            values=values,
            objective=self._program.objective(values),
            bound=bound,
            interrupted=interrupted,
        )

    def _tell_so_far(self, objective: float | None, bound: float | None) -> None:
        """Pass on a report; what breaks a row that is left out is no solution yet."""
        self._tell(None if len(self._left_out) else objective, bound)

    def _add_broken(self, values: Floats) -> bool:
        """Add the rows left out that a solution breaks; return whether there were any."""
        program, rows = self._program, self._left_out
        activity = program.rows[rows] @ values
        broken = (activity > program.row_upper[rows] + _TOLERANCE) | (activity < program.row_lower[rows] - _TOLERANCE)
        if not np.any(broken):
            return False
        self._left_out = rows[~broken]
        self._add(rows[broken])
        return True

    def _add(self, rows: Indices) -> None:
        """Add some rows of the program to the solver's."""
        program = self._program
        entries = program.rows[rows]
        self._solver.addRows(
            entries.shape[0],
            program.row_lower[rows],
            program.row_upper[rows],
            entries.nnz,
            entries.indptr[:-1].astype(np.int32),
            entries.indices.astype(np.int32),
            entries.data,
        )


def _loaded(program: LinearProgram, rows: Indices, seed: int) -> highspy.Highs:
    """Return a solver with some rows of a program, and with no column asked to be whole."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("random_seed", seed)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", _TOLERANCE)
    entries = program.rows[rows]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_, model.offset_ = program.row_lower[rows], program.row_upper[rows], program.offset
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.num_col_, model.a_matrix_.num_row_ = model.num_col_, model.num_row_
    model.a_matrix_.start_ = entries.indptr.astype(np.int32)
    model.a_matrix_.index_ = entries.indices.astype(np.int32)
    model.a_matrix_.value_ = entries.data
    solver.passModel(model)
    return solver


def _run(solver: highspy.Highs, time_limit: float, tell: Tell, *, whole: bool) -> bool:
    """Run, pass on what the solver reports, and return whether Ctrl-C stopped it.

    It runs in a thread of its own, because Ctrl-C reaches Python only between two of Python's own instructions. HiGHS
    counts the time of all linear runs of one solver together, so their limit is set on top of what it has used; a
    whole-numbered run counts its own.
    """
    done, stop = Event(), Event()
    reports: SimpleQueue[float] = SimpleQueue()

    def look(event: highspy.HighsCallbackEvent) -> None:
        if stop.is_set():
            event.interrupt()

    def report(event: highspy.HighsCallbackEvent) -> None:
        reports.put(event.data_out.mip_primal_bound)

    def work() -> None:
        try:
            solver.run()
        finally:
            done.set()

    # Only the objectives of improving solutions are reported. HiGHS solves smaller programs in between, and the bounds
    # that its callbacks know may be theirs.
    watched = (solver.cbSimplexInterrupt, look), (solver.cbMipInterrupt, look), (solver.cbMipImprovingSolution, report)
    for callback, listener in watched:
        callback.subscribe(listener)
    used = 0.0 if whole else solver.getRunTime()
    solver.setOptionValue("time_limit", max(time_limit, 0.0) + used)
    Thread(target=work, daemon=True).start()
    try:
        while not done.wait(_LOOK_EVERY):
            _pass_on(reports, tell)
    except KeyboardInterrupt:
        return True
    finally:
        stop.set()
        done.wait()
        for callback, listener in watched:
            callback.unsubscribe(listener)
    return False


def _pass_on(reports: "SimpleQueue[float]", tell: Tell) -> None:
    try:
        while True:
            tell(reports.get_nowait(), None)
    except Empty:
        return
