"""The linear relaxation of a program in HiGHS, of which only what is needed is there: some columns, and some rows."""

from threading import Event
from time import monotonic

import attrs
import highspy
import numpy as np
from scipy.sparse import csc_array

from civicvol.errors import EngineError
from civicvol.rostering.arrays import Bools, Floats, Indices, distinct, ranks
from civicvol.rostering.engines._solver import TOLERANCE, loaded, run, tell_nobody
from civicvol.rostering.engines._step import raised, step_of
from civicvol.rostering.engines.engine import Solution, Status
from civicvol.rostering.program import LinearProgram

ABSENT, LOWER, BASIC = -1, 0, 1

_MANY = 12_000
_DECISIONS, _OTHERS = 15, 4
_ROUNDLY = 500.0
_NOTHING = 1e-7
_DUAL, _PRIMAL = 1, 4

_Status = highspy.HighsModelStatus
_STATUSES = {int(status): status for status in highspy.HighsBasisStatus.__members__.values()}


@attrs.frozen(kw_only=True, eq=False)
class Basis:
    """Where a simplex method ends, and where it can begin.

    Args:
        columns: the status of each column as HiGHS numbers them; ABSENT for one that is not needed.
        rows: likewise of each row.
    """

    columns: Indices
    rows: Indices


class Relaxation:
    """The relaxation of a program, with those of its rows and columns that have been needed so far.

    Lazy rows are added when a solution breaks them. Where there are many rows on what one person may do, these are
    too: most people never come near any limit of theirs. So are the columns then, as most people could serve in many
    more places than they will: each comes when the prices say that it would make the solution better. When they say so
    of none, and no row is broken, the solution is that of the whole relaxation.

    Args:
        program: the program.
        seed: for the solver, and for which columns come first.
        until: when to stop, by the monotonic clock.
        halt: stops it from another thread.
        begin: where to begin.
    """

    def __init__(
        self,
        program: LinearProgram,
        seed: int,
        until: float,
        halt: Event | None = None,
        begin: Basis | None = None,
    ) -> None:
        self.prices, self.reduced = np.zeros(len(program.row_upper)), np.zeros(len(program.cost))
        self._program = program
        self._until = until
        self._halt = Event() if halt is None else halt
        self._bound = -np.inf
        self._step = step_of(program)
        self._by_column = program.rows.tocsc()
        self._open = program.upper > 0
        self._owner = _owner_of_rows(program)
        many = np.count_nonzero(self._owner >= 0) > _MANY
        if not many:
            self._owner[:] = -1
        rows = ~program.lazy & (self._owner < 0)
        columns = _first_columns(program, self._by_column, seed) if many else np.ones(len(program.cost), dtype=bool)
        if begin is not None:
            rows |= begin.rows != ABSENT
            columns = (begin.columns != ABSENT) | (program.lower != 0)
        self._rows, self._columns = np.flatnonzero(rows), np.flatnonzero(columns)
        self._solver = loaded(attrs.evolve(program.part(self._columns, self._rows), offset=program.offset), seed)
        if many:
            # Presolve would find little in the few rows that are left. Costs that are nearly all alike make for many
            # ties, which are got over quickest where they are broken roundly; what was added is taken away at the end.
            self._solver.setOptionValue("presolve", "off")
            self._solver.setOptionValue("dual_simplex_cost_perturbation_multiplier", _ROUNDLY)
        if begin is not None:
            self._begin_at(begin)

    def solve(self) -> Solution:
        """Return the solution of the whole relaxation, or what is known of it when time is up."""
        lost = False
        while True:
            limit = self._until - monotonic()
            interrupted = run(self._solver, limit, tell_nobody, self._halt, whole=False)
            status = self._solver.getModelStatus()
            if interrupted or status in (_Status.kTimeLimit, _Status.kInterrupt):
                bound = self._bound if np.isfinite(self._bound) else None
                return Solution(status=Status.UNKNOWN, bound=bound, interrupted=interrupted)
            if status == _Status.kInfeasible or (status == _Status.kModelEmpty and self._asks_for_something()):
                if not self._add_columns(self._absent()):
                    return Solution(status=Status.INFEASIBLE)
            elif status in (_Status.kOptimal, _Status.kModelEmpty):
                solution = self._solution()
                if solution is not None:
                    return solution
            elif status == _Status.kUnknown and not lost:
                # Where it began has led the solver astray, so it begins anew.
                lost = True
                self._solver.clearSolver()
            elif status != _Status.kUnbounded or not self._add_rows(self._missing()):
                name = self._solver.modelStatusToString(status)
                raise EngineError("highs", f"stopped with the status {name!r}")

    def basis(self) -> Basis:
        """Return where the solution was found."""
        ended = self._solver.getBasis()
        columns, rows = (np.full(len(each), ABSENT) for each in (self.reduced, self.prices))
        columns[self._columns] = [int(status) for status in ended.col_status]
        rows[self._rows] = [int(status) for status in ended.row_status]
        return Basis(columns=columns, rows=rows)

    def close(self, columns: Indices) -> None:
        """Hold some columns at 0."""
        closed = np.zeros(len(self._open), dtype=bool)
        closed[columns] = True
        self._open &= ~closed
        there = np.flatnonzero(closed[self._columns]).astype(np.int32)
        self._solver.changeColsBounds(len(there), there, np.zeros(len(there)), np.zeros(len(there)))

    def _solution(self) -> Solution | None:
        """Return the solution at hand if it is that of the whole relaxation; else add what is missing."""
        program, found = self._program, self._solver.getSolution()
        self.prices[self._rows] = found.row_dual
        self.reduced = program.cost - self._by_column.T @ self.prices
        absent = self._absent()
        worth = absent[self.reduced[absent] < -_NOTHING]
        if self._add_columns(worth):
            self._solver.setOptionValue("simplex_strategy", _PRIMAL)
            return None
        objective = self._solver.getInfo().objective_function_value
        self._bound = max(self._bound, raised(objective, self._step, program.offset))
        values = np.zeros(len(program.cost))
        values[self._columns] = found.col_value
        if self._add_rows(self._broken(values)):
            self._solver.setOptionValue("simplex_strategy", _DUAL)
            return None
        return Solution(status=Status.OPTIMAL, values=values, objective=program.objective(values), bound=self._bound)

    def _asks_for_something(self) -> bool:
        """Return whether some row that is there is not met by nothing at all."""
        program, rows = self._program, self._rows
        return bool(np.any((program.row_lower[rows] > TOLERANCE) | (program.row_upper[rows] < -TOLERANCE)))

    def _missing(self) -> Indices:
        """Return the rows that are not there yet."""
        missing = np.ones(len(self.prices), dtype=bool)
        missing[self._rows] = False
        return np.flatnonzero(missing)

    def _absent(self) -> Indices:
        """Return the columns that are not there yet."""
        absent = self._open.copy()
        absent[self._columns] = False
        return np.flatnonzero(absent)

    def _broken(self, values: Floats) -> Indices:
        """Return the rows that are not there yet which a solution breaks, and all others on the people concerned."""
        program, missing = self._program, self._missing()
        activity = (program.rows @ values)[missing]
        broken = activity > program.row_upper[missing] + TOLERANCE
        broken |= activity < program.row_lower[missing] - TOLERANCE
        concerned = distinct(self._owner[missing[broken]])
        return missing[broken | np.isin(self._owner[missing], concerned[concerned >= 0])]

    def _add_rows(self, rows: Indices) -> bool:
        """Add some rows of the program to the solver's; return whether there were any."""
        program = self._program
        self._rows = np.concatenate([self._rows, rows])
        entries = program.rows[rows][:, self._columns]
        self._solver.addRows(
            len(rows),
            program.row_lower[rows],
            program.row_upper[rows],
            entries.nnz,
            entries.indptr[:-1].astype(np.int32),
            entries.indices.astype(np.int32),
            entries.data,
        )
        return len(rows) > 0

    def _add_columns(self, columns: Indices) -> bool:
        """Likewise add some columns."""
        program = self._program
        self._columns = np.concatenate([self._columns, columns])
        entries = self._by_column[:, columns][self._rows].tocsc()
        self._solver.addCols(
            len(columns),
            program.cost[columns],
            program.lower[columns],
            program.upper[columns],
            entries.nnz,
            entries.indptr[:-1].astype(np.int32),
            entries.indices.astype(np.int32),
            entries.data,
        )
        return len(columns) > 0

    def _begin_at(self, basis: Basis) -> None:
        """Set the basis to begin with; rows that it does not know are slack."""
        of_rows = basis.rows[self._rows]
        start = highspy.HighsBasis()
        start.col_status = [_STATUSES[max(status, LOWER)] for status in basis.columns[self._columns].tolist()]
        start.row_status = [_STATUSES[status] for status in np.where(of_rows == ABSENT, BASIC, of_rows).tolist()]
        # Bases put together may have a status too many or too few, which is mended where it is alien.
        start.valid = start.alien = True
        self._solver.setBasis(start)
        self._solver.setOptionValue("simplex_strategy", _PRIMAL)


def _first_columns(program: LinearProgram, by_column: csc_array, seed: int) -> Bools:
    """Return the columns to begin with: some decisions of each person, and of each row the cheapest that only it has.

    All are among them that may not be 0, or that have no limit.
    """
    first: Bools = (program.lower != 0) | ~np.isfinite(program.upper)
    drawn = np.random.default_rng(seed).random(len(first))
    decisions = np.flatnonzero(program.integer)
    first[decisions[ranks(program.owner[decisions], drawn[decisions]) < _DECISIONS]] = True
    alone = np.diff(by_column.indptr) == 1
    first |= ~program.integer & ~alone
    others = np.flatnonzero(~program.integer & alone)
    row = by_column.indices[by_column.indptr[others]]
    first[others[ranks(row, program.cost[others]) < _OTHERS]] = True
    return first


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
