"""The master program of column generation: which line each owner follows, so that what couples them is met best."""

import attrs
import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, hstack, identity, vstack

from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.engines._block import Decomposed
from civicvol.rostering.program import LinearProgram


@attrs.frozen(eq=False)
class Line:
    """All that one owner does.

    Args:
        owner: number of the owner's block.
        columns: the program's columns of the decisions taken.
        cost: what it costs by itself.
    """

    owner: int
    columns: Indices
    cost: float


@attrs.frozen(kw_only=True, eq=False)
class Relaxed:
    """The best mixture of the lines so far.

    Args:
        objective: what it costs.
        prices: float, one for each coupling row: what one more of its sum is worth.
        shares: float, one for each line: how much of it is taken.
        excess: float, one for each line: how much more the mixture costs, at least, with one more of it.
    """

    objective: float
    prices: Floats
    shares: Floats
    excess: Floats


class Master:
    """Lines of all owners in a linear program, of which each owner follows one in all.

    Args:
        program: the program.
        parts: the program by owner.
        seed: for the solver.
    """

    def __init__(self, program: LinearProgram, parts: Decomposed, seed: int) -> None:
        self._program = program
        self._owners = len(parts.blocks)
        rows = program.rows[parts.coupling]
        self._of_column = csc_array(rows)
        self.lower, self.upper = program.row_lower[parts.coupling], program.row_upper[parts.coupling]
        self.free = parts.free
        self.free_rows = csr_array(rows[:, parts.free])
        self._lowest, self._highest = self._price_limits()
        self.lines: list[Line] = []
        self._known: dict[tuple[int, bytes], int] = {}
        self._solver = self._loaded(seed)

    def add(self, line: Line) -> bool:
        """Add a line; return whether it is new."""
        key = line.owner, line.columns.tobytes()
        if key in self._known:
            return False
        self._known[key] = len(self.lines)
        self.lines.append(line)
        rows, factors = self._entries(line)
        self._solver.addCol(line.cost, 0.0, highspy.kHighsInf, len(rows), rows.astype(np.int32), factors)
        return True

    def relaxed(self) -> Relaxed:
        """Return the best mixture of the lines so far."""
        self._solver.run()
        solution = self._solver.getSolution()
        prices = np.clip(np.array(solution.row_dual)[: len(self.lower)], self._lowest, self._highest)
        return Relaxed(
            objective=self._solver.getInfo().objective_function_value,
            prices=prices,
            shares=np.array(solution.col_value)[self._first :],
            excess=np.array(solution.col_dual)[self._first :],
        )

    def hold(self, lines: Indices) -> None:
        """Make some lines, by number, the ones that are followed; all others of all owners are free again."""
        count = len(self.lines)
        lower = np.zeros(count)
        lower[lines] = 1.0
        columns = np.arange(self._first, self._first + count, dtype=np.int32)
        self._solver.changeColsBounds(count, columns, lower, np.full(count, highspy.kHighsInf))

    def number(self, line: Line) -> int:
        """Return the number of a line that has been added."""
        return self._known[line.owner, line.columns.tobytes()]

    def whole(self, lines: Indices) -> LinearProgram:
        """Return the program in which each owner follows exactly one of some lines: free columns, then these lines."""
        program, height, count = self._program, len(self.lower), len(lines)
        chosen = [self.lines[number] for number in lines.tolist()]
        entries = [self._entries(line) for line in chosen]
        rows = np.concatenate([np.zeros(0, dtype=np.intp), *(rows for rows, _ in entries)])
        factors = np.concatenate([np.zeros(0), *(factors for _, factors in entries)])
        column = np.repeat(np.arange(count), [len(rows) for rows, _ in entries])
        of_lines = csr_array((factors, (rows, column)), shape=(height + self._owners, count))
        of_free = vstack([self.free_rows, csr_array((self._owners, len(self.free)))])
        return LinearProgram(
            cost=np.concatenate([program.cost[self.free], [line.cost for line in chosen]]),
            lower=np.concatenate([program.lower[self.free], np.zeros(count)]),
            upper=np.concatenate([program.upper[self.free], np.ones(count)]),
            integer=np.arange(len(self.free) + count) >= len(self.free),
            rows=csr_array(hstack([of_free, of_lines])),
            row_lower=np.concatenate([self.lower, np.ones(self._owners)]),
            row_upper=np.concatenate([self.upper, np.ones(self._owners)]),
            lazy=np.zeros(height + self._owners, dtype=bool),
            offset=program.offset,
        )

    def priced(self, prices: Floats) -> Floats:
        """Return what each column of the program costs less what it is worth at some prices."""
        priced: Floats = self._program.cost - self._of_column.T @ prices
        return priced

    def _price_limits(self) -> tuple[Floats, Floats]:
        """Return between which prices a row's sum, and each free column of it alone, cannot be worth any amount."""
        lowest = np.where(np.isfinite(self.upper), -np.inf, 0.0)
        highest = np.where(np.isfinite(self.lower), np.inf, 0.0)
        entries = self.free_rows.tocoo()
        alone = np.bincount(entries.col, minlength=len(self.free))[entries.col] == 1
        endless = alone & np.isinf(self._program.upper[self.free])[entries.col]
        row, factor = entries.row[endless], entries.data[endless]
        worth = self._program.cost[self.free][entries.col[endless]] / factor
        np.minimum.at(highest, row[factor > 0], worth[factor > 0])
        np.maximum.at(lowest, row[factor < 0], worth[factor < 0])
        return lowest, highest

    def _entries(self, line: Line) -> tuple[Indices, Floats]:
        """Return the rows that a line is in, and its factors there."""
        found = self._of_column[:, line.columns].sum(axis=1)
        rows = np.flatnonzero(found)
        return np.append(rows, len(self.lower) + line.owner), np.append(found[rows], 1.0)

    def _loaded(self, seed: int) -> highspy.Highs:
        """Return a solver with the free columns, and with dear ones by which every row can be met."""
        program, height = self._program, len(self.lower)
        dear = 100.0 * (1.0 + float(np.max(np.abs(program.cost), initial=0.0)))
        all_rows = height + self._owners
        of_free = vstack([self.free_rows, csr_array((self._owners, len(self.free)))])
        rows = csr_array(hstack([of_free, identity(all_rows), -identity(all_rows)]))
        cost = np.concatenate([program.cost[self.free], np.full(2 * all_rows, dear)])
        self._first = len(cost)
        solver = highspy.Highs()
        solver.silent()
        solver.setOptionValue("random_seed", seed)
        solver.setOptionValue("threads", 1)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(cost), rows.shape[0]
        model.col_cost_ = cost
        model.col_lower_ = np.concatenate([program.lower[self.free], np.zeros(2 * all_rows)])
        model.col_upper_ = np.concatenate([program.upper[self.free], np.full(2 * all_rows, highspy.kHighsInf)])
        model.row_lower_ = np.concatenate([self.lower, np.ones(self._owners)])
        model.row_upper_ = np.concatenate([self.upper, np.ones(self._owners)])
        model.offset_ = program.offset
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.num_col_, model.a_matrix_.num_row_ = model.num_col_, model.num_row_
        model.a_matrix_.start_ = rows.indptr.astype(np.int32)
        model.a_matrix_.index_ = rows.indices.astype(np.int32)
        model.a_matrix_.value_ = rows.data
        solver.passModel(model)
        return solver
