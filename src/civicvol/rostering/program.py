"""A linear program: costs, bounds and sparse rows, written by the rules and taken by an engine."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from civicvol.rostering.arrays import Bools, Floats, Indices, sums


@attrs.frozen(kw_only=True, eq=False)
class LinearProgram:
    """Minimise `cost @ x + offset` where `row_lower <= rows @ x <= row_upper` and `lower <= x <= upper`.

    Args:
        cost: float, one a column.
        lower: float, one a column.
        upper: float, one a column; may be infinite.
        integer: bool, one a column: whether its value must be whole.
        rows: sparse matrix, rows by columns.
        row_lower: float, one a row; may be minus infinity.
        row_upper: float, one a row; may be infinity.
        lazy: bool, one a row: whether it hardly ever binds, so that an engine may leave it out until a solution
            breaks it.
        offset: a constant part of the objective.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    integer: Bools
    rows: csr_array
    row_lower: Floats
    row_upper: Floats
    lazy: Bools
    offset: float = 0.0

    def objective(self, values: Floats) -> float:
        """Return the objective of a solution."""
        return float(self.cost @ values) + self.offset


class Program:
    """A linear program while the rules write it.

    Its first columns are decisions, 0 or 1. Some of them may be `given`: facts that cannot be decided any more, whose
    value is one; a limit that they exceed by themselves is raised to what they come to, so the past never makes a
    problem infeasible.

    Args:
        given: bool, one for each of the first columns.
    """

    def __init__(self, given: Bools) -> None:
        count = len(given)
        self._given = given
        self._cost = [np.zeros(count)]
        self._lower = [given.astype(np.float64)]
        self._upper = [np.ones(count)]
        self._integer = [np.ones(count, dtype=bool)]
        self._columns = count
        self._rows = 0
        self._entries: list[tuple[Indices, Indices, Floats]] = []
        self._row_lower: list[Floats] = []
        self._row_upper: list[Floats] = []
        self._lazy: list[Bools] = []
        self.offset = 0.0

    def charge(self, columns: Indices, weight: float | None, amounts: Floats) -> None:
        """Make some decisions cost weight times amount each; with no weight, forbid those with an amount."""
        if weight is None:
            self._upper[0][columns[amounts > 0]] = 0.0
        else:
            np.add.at(self._cost[0], columns, weight * amounts)

    def require(self, columns: Indices, weight: float | None) -> None:
        """Ask that some decisions be taken; with a weight, each that is not costs that much."""
        if weight is None:
            self._lower[0][columns] = 1.0
        else:
            np.add.at(self._cost[0], columns, -weight)
            self.offset += weight * len(columns)

    def add_columns(self, cost: ArrayLike, upper: ArrayLike) -> Indices:
        """Add continuous columns from 0 up to `upper`, one for each cost, and return their indices."""
        costs = np.asarray(cost, dtype=np.float64)
        self._cost.append(costs)
        self._lower.append(np.zeros(len(costs)))
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), costs.shape))
        self._integer.append(np.zeros(len(costs), dtype=bool))
        first = self._columns
        self._columns += len(costs)
        return np.arange(first, self._columns)

    def at_most(
        self,
        row: Indices,
        column: Indices,
        coefficient: ArrayLike,
        limit: ArrayLike,
        weight: float | None = None,
        *,
        lazy: bool = False,
    ) -> None:
        """Add rows: the sum of coefficient times value, over the entries of a row, is at most its limit.

        Args:
            row: for each entry the number of its row, from 0 to one less than the number of limits.
            column: for each entry its column.
            coefficient: for each entry its factor, or one for all.
            limit: one for each row. Rows that can never reach it are left out.
            weight: what each unit over the limit costs; None forbids it.
            lazy: whether the rows hardly ever bind.
        """
        limits = np.asarray(limit, dtype=np.float64)
        factors = np.broadcast_to(np.asarray(coefficient, dtype=np.float64), row.shape)
        decided = column < len(self._given)
        given = np.zeros(len(row), dtype=bool)
        given[decided] = self._given[column[decided]]
        limits = np.maximum(limits, sums(row[given], factors[given], len(limits)))
        upper = np.concatenate(self._upper)[column]
        most = sums(row, np.where(factors > 0, factors * upper, 0.0), len(limits))
        row, column, factors, limits = _rows_where(most > limits, row, column, factors, limits)
        self._add(row, column, factors, np.full(len(limits), -np.inf), limits, weight, sign=-1.0)
        self._lazy[-1][:] = lazy and weight is None

    def at_least(
        self, row: Indices, column: Indices, coefficient: ArrayLike, need: ArrayLike, weight: float | None = None
    ) -> None:
        """Add rows: the sum of coefficient times value, over the entries of a row, is at least its need.

        Args:
            row: for each entry the number of its row, from 0 to one less than the number of needs.
            column: for each entry its column.
            coefficient: for each entry its factor, not negative, or one for all.
            need: one for each row. Rows that need nothing are left out.
            weight: what each unit that is missing costs; None forbids it.
        """
        needs = np.asarray(need, dtype=np.float64)
        factors = np.broadcast_to(np.asarray(coefficient, dtype=np.float64), row.shape)
        row, column, factors, needs = _rows_where(needs > 0, row, column, factors, needs)
        self._add(row, column, factors, needs, np.full(len(needs), np.inf), weight, sign=1.0)

    def finish(self) -> LinearProgram:
        """Return the program as it has been written."""
        entries = self._entries or [(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), np.zeros(0))]
        row, column, factor = (np.concatenate(parts) for parts in zip(*entries, strict=True))
        return LinearProgram(
            cost=np.concatenate(self._cost),
            lower=np.concatenate(self._lower),
            upper=np.concatenate(self._upper),
            integer=np.concatenate(self._integer),
            rows=csr_array((factor, (row, column)), shape=(self._rows, self._columns)),
            row_lower=_joined(self._row_lower),
            row_upper=_joined(self._row_upper),
            lazy=_joined(self._lazy).astype(bool),
            offset=self.offset,
        )

    def _add(
        self,
        row: Indices,
        column: Indices,
        factors: Floats,
        lower: Floats,
        upper: Floats,
        weight: float | None,
        sign: float,
    ) -> None:
        entries = [(row + self._rows, column, factors)]
        count = len(lower)
        if weight is not None and count:
            slack = self.add_columns(np.full(count, weight), np.inf)
            entries.append((np.arange(count) + self._rows, slack, np.full(count, sign)))
        self._entries.extend(entries)
        self._row_lower.append(lower)
        self._row_upper.append(upper)
        self._lazy.append(np.zeros(count, dtype=bool))
        self._rows += count


def _rows_where(
    wanted: Bools, row: Indices, column: Indices, factors: Floats, limits: Floats
) -> tuple[Indices, Indices, Floats, Floats]:
    """Keep the wanted rows and number them anew."""
    number = np.cumsum(wanted) - 1
    kept = wanted[row]
    return number[row[kept]], column[kept], factors[kept], limits[wanted]


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0)
