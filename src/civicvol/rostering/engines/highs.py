"""The embedded engine: HiGHS, linear first, whole-numbered only where the linear solution is not whole already."""

from threading import Event
from time import monotonic

import attrs
import highspy
import numpy as np

from civicvol.errors import EngineError
from civicvol.rostering.arrays import Bools, Floats, Indices, distinct
from civicvol.rostering.engines._blocks import BASIC, Basis, Relaxed, basis_of_blocks
from civicvol.rostering.engines._rest import completed, no_worse
from civicvol.rostering.engines._solver import TOLERANCE, Tell, loaded, run, tell_nobody
from civicvol.rostering.engines._step import raised, step_of
from civicvol.rostering.engines.engine import OnProgress, Solution, Status, Teller
from civicvol.rostering.program import LinearProgram

_TIE_BREAKING = 500.0
_UNLIKE = 3e-4
_MANY = 12_000
_LARGE = 600_000
_DUAL, _PRIMAL = 1, 4

_STATUSES = {int(status): status for status in highspy.HighsBasisStatus.__members__.values()}


@attrs.frozen
class Highs:
    """Solves with HiGHS in this process.

    The linear relaxation comes first: a community's month is nearly a network flow, whose corners are whole-numbered,
    so its solution is often proven optimal at once. Lazy rows are added when a solution breaks them. So are those on
    what one person may do, where there are many: most people never come near a limit of theirs.

    Where some decisions are fractional, those of the people concerned are decided anew, with all others as they are. It
    costs little, and mostly as much as the relaxation, which proves it. Else what cannot be part of anything better is
    struck out, by its reduced cost, and branch and cut begins with what is known.

    A large program whose blocks share few people begins with the relaxations of its blocks.
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
        so_far = Solution(status=Status.UNKNOWN)
        try:
            known = None if start is None else completed(program, start, self.name)
            so_far = no_worse(so_far, program, known)
            tell(so_far.objective, None)
            search = _Search(program, seed, monotonic() + time_limit, tell)
            if len(program.cost) > _LARGE:
                search.begin_with_blocks()
            relaxed = search.run()
            if relaxed.status is not Status.OPTIMAL or relaxed.values is None:
                return no_worse(relaxed, program, known)
            split = program.integer & (np.abs(relaxed.values - np.round(relaxed.values)) > TOLERANCE)
            if np.any(split):
                so_far = no_worse(attrs.evolve(so_far, bound=relaxed.bound), program, known)
                tell(None, relaxed.bound)
                near = _decided_anew(program, relaxed.values, split, seed, search.until, tell)
                so_far = no_worse(attrs.evolve(so_far, interrupted=near.interrupted), program, near.values)
                tell(so_far.objective, None)
                if so_far.interrupted or so_far.status is Status.OPTIMAL:
                    return so_far
                search.demand_whole(so_far)
                so_far = no_worse(search.rounded(search.run()), program, so_far.values)
            else:
                so_far = search.rounded(relaxed)
            tell(so_far.objective, so_far.bound)
        except KeyboardInterrupt:
            return attrs.evolve(so_far, interrupted=True)
        return so_far


class _Search:
    """A program in a solver, relaxed at first, with those of its rows that have been needed so far."""

    def __init__(self, program: LinearProgram, seed: int, until: float, tell: Tell, halt: Event | None = None) -> None:
        self.until = until
        self._seed = seed
        self._halt = Event() if halt is None else halt
        self._program = program
        self._tell = tell
        self._bound = -np.inf
        self._whole = False
        self._step = step_of(program)
        self._owner = _owner_of_rows(program)
        many = np.count_nonzero(self._owner >= 0) > _MANY
        if not many:
            self._owner[:] = -1
        late = program.lazy | (self._owner >= 0)
        self._left_out = np.flatnonzero(late)
        self.present = np.flatnonzero(~late)
        self._solver = loaded(program, self.present, seed)
        if many:
            # Presolve would find little in the few rows that are left. Costs that are nearly all alike make for many
            # ties, which are got over quickest where they are broken roundly; what was added is taken away at the end.
            self._solver.setOptionValue("presolve", "off")
            self._solver.setOptionValue("dual_simplex_cost_perturbation_multiplier", _TIE_BREAKING)

    def begin_with_blocks(self) -> None:
        """Solve the relaxation from a basis put together from those of its blocks, if it has any.

        For the bases to fit, all must break the same ties in the same way. So costs are made a little unlike first, and
        when all is solved they are what they were.
        """
        program = self._program
        unlike = np.random.default_rng(self._seed).uniform(0.5, 1.5, len(program.cost)) * _UNLIKE
        costs = program.cost + unlike * (1 + np.minimum(np.abs(program.cost), 1))
        basis = basis_of_blocks(attrs.evolve(program, cost=costs), self._relaxed_block)
        if basis is None:
            return
        more = np.setdiff1d(basis.rows, self.present)
        self._left_out = np.setdiff1d(self._left_out, more)
        self._add(more)
        self._charge(costs)
        self._begin_at(basis)
        self._solver.setOptionValue("dual_simplex_cost_perturbation_multiplier", 0.0)
        self.run()
        self._charge(program.cost)
        self._bound = -np.inf
        self._solver.setOptionValue("dual_simplex_cost_perturbation_multiplier", 1.0)
        self._solver.setOptionValue("simplex_strategy", _PRIMAL)
        self._run_once()
        self._solver.setOptionValue("simplex_strategy", _DUAL)

    def relaxed(self) -> Relaxed | None:
        """Return the solution of the relaxation with its prices and basis, None where it was not found."""
        solution = self.run()
        if solution.status is not Status.OPTIMAL or solution.values is None:
            return None
        prices = np.zeros(len(self._program.row_upper))
        prices[self.present] = self._solver.getSolution().row_dual
        ended = self._solver.getBasis()
        basis = Basis(
            columns=np.array([int(status) for status in ended.col_status], dtype=np.intp),
            rows=self.present,
            of_rows=np.array([int(status) for status in ended.row_status], dtype=np.intp),
        )
        return Relaxed(values=solution.values, prices=prices, basis=basis)

    def close(self, columns: Indices) -> None:
        """Hold some columns at 0."""
        zeros = np.zeros(len(columns))
        self._solver.changeColsBounds(len(columns), columns.astype(np.int32), zeros, zeros)

    def _relaxed_block(self, program: LinearProgram, halt: Event) -> "_Search":
        """Return the search of a block, whose costs are unlike already."""
        search = _Search(program, self._seed, self.until, tell_nobody, halt)
        search._solver.setOptionValue("dual_simplex_cost_perturbation_multiplier", 0.0)
        return search

    def _charge(self, costs: Floats) -> None:
        self._solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def _begin_at(self, basis: Basis) -> None:
        """Set the basis to begin with; rows that it does not know are slack."""
        of_rows = np.full(len(self._program.row_upper), BASIC)
        of_rows[basis.rows] = basis.of_rows
        start = highspy.HighsBasis()
        start.col_status = [_STATUSES[status] for status in basis.columns.tolist()]
        start.row_status = [_STATUSES[status] for status in of_rows[self.present].tolist()]
        # Bases put together may have a status too many or too few, which is mended where it is alien.
        start.valid = start.alien = True
        self._solver.setBasis(start)

    def demand_whole(self, known: Solution) -> None:
        """Ask for whole-numbered decisions from now on, and for all rows: what breaks one would be lost at the end.

        Args:
            known: a bound, and a solution to begin with if there is one. Decisions that would cost more than its gap
                stay as they are in the relaxation: no better solution has them otherwise.
        """
        program = self._program
        if known.values is not None and known.objective is not None and known.bound is not None:
            relaxed = self._solver.getSolution()
            values, reduced = np.array(relaxed.col_value), np.array(relaxed.col_dual)
            gap = known.objective - self._solver.getInfo().objective_function_value + TOLERANCE
            closed = np.flatnonzero(program.integer & (np.abs(reduced) > gap)).astype(np.int32)
            settled = np.round(values[closed])
            self._solver.changeColsBounds(len(closed), closed, settled, settled)
        self._add(self._left_out)
        self._left_out = self._left_out[:0]
        # Else the fractional solution at hand would be taken for a start, with a whole time limit to complete it.
        self._solver.clearSolver()
        if self._step:
            self._solver.setOptionValue("mip_abs_gap", self._step * (1 - 1e-4))
        decisions = np.flatnonzero(self._program.integer).astype(np.int32)
        self._solver.changeColsIntegrality(len(decisions), decisions, np.ones(len(decisions), dtype=np.uint8))
        self._solver.setOptionValue("presolve", "choose")
        self._solver.setOptionValue("dual_simplex_cost_perturbation_multiplier", 1.0)
        self._whole = True
        if known.values is not None:
            self._solver.setSolution(len(known.values), np.arange(len(known.values), dtype=np.int32), known.values)

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
        return attrs.evolve(solution, values=values, objective=objective, bound=bound)

    def _run_once(self) -> Solution:
        solver = self._solver
        limit = self.until - monotonic()
        interrupted = run(solver, limit, self._tell_so_far, self._halt, whole=self._whole)
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
        activity = (program.rows @ values)[rows]
        broken = (activity > program.row_upper[rows] + TOLERANCE) | (activity < program.row_lower[rows] - TOLERANCE)
        if not np.any(broken):
            return False
        concerned = distinct(self._owner[rows[broken]])
        broken |= np.isin(self._owner[rows], concerned[concerned >= 0])
        self._left_out = rows[~broken]
        self._add(rows[broken])
        return True

    def _add(self, rows: Indices) -> None:
        """Add some rows of the program to the solver's."""
        program = self._program
        self.present = np.concatenate([self.present, rows])
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


def _owner_of_rows(program: LinearProgram) -> Indices:
    """Return whose decisions alone each row limits from above, -1 for a row on anything else."""
    height = len(program.row_upper)
    if not len(program.owner):
        return np.full(height, -1, dtype=np.intp)
    entries = program.rows.tocoo()
    owner = program.owner[entries.col]
    found = np.full(height, -1, dtype=np.intp)
    found[entries.row] = owner
    mixed = (owner != found[entries.row]) | ~program.integer[entries.col] | (entries.data < 0)
    found[entries.row[mixed]] = -1
    found[np.isfinite(program.row_lower)] = -1
    return found


def _decided_anew(
    program: LinearProgram, values: Floats, split: Bools, seed: int, until: float, tell: Tell
) -> Solution:
    """Return the best solution in which only those decide anew some of whose decisions are fractional.

    What else there is in the program stays as it is in the relaxation, unless it shares a row with these decisions.

    Args:
        program: the program.
        values: the solution of its relaxation.
        split: which decisions are fractional in it.
        seed: for the solver.
        until: when to stop at the latest; half of the time until then is used at the most.
        tell: takes the objectives of solutions.
    """
    free = split.copy()
    if len(program.owner):
        free |= program.integer & (program.owner >= 0) & np.isin(program.owner, distinct(program.owner[split]))
    beside = np.zeros(len(free), dtype=bool)
    beside[program.rows[_rows_with(program, free)].indices] = True
    free |= beside & ~program.integer
    rows = _rows_with(program, free)
    kept = np.where(free, 0.0, np.where(program.integer, np.round(values), values))
    base, columns = program.rows[rows] @ kept, np.flatnonzero(free)
    # What a solver leaves over of whole numbers must not make a row too tight.
    base = np.where(np.abs(base - np.round(base)) <= TOLERANCE, np.round(base), base)
    part = program.part(columns, rows)
    search = _Search(
        attrs.evolve(
            part,
            row_lower=part.row_lower - base,
            row_upper=part.row_upper - base,
            offset=program.objective(kept),
        ),
        seed,
        (monotonic() + until) / 2,
        lambda objective, _: tell(objective, None),
    )
    search.demand_whole(Solution(status=Status.UNKNOWN))
    found = search.rounded(search.run())
    if found.values is None:
        return Solution(status=Status.UNKNOWN, interrupted=found.interrupted)
    kept[columns] = found.values
    return Solution(status=Status.UNKNOWN, values=kept, interrupted=found.interrupted)


def _rows_with(program: LinearProgram, columns: Bools) -> Indices:
    """Return the rows that some of the columns are in."""
    return np.flatnonzero(np.diff(program.rows[:, np.flatnonzero(columns)].indptr))
