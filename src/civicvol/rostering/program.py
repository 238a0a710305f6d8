"""A linear program: costs, bounds and sparse rows, written by the rules and taken by an engine."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from math import fsum
from typing import Any, TypeVar

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from civicvol.rostering.arrays import Bools, Floats, Indices, Ints, sums
from civicvol.rostering.rule import Tier

T = TypeVar("T")


@attrs.frozen(kw_only=True, eq=False)
class TierCost:
    """The part of the objective that one tier's rules make.

    Args:
        cost: float, one a column.
        offset: a constant part.
    """

    cost: Floats
    offset: float = 0.0

    def value(self, values: Floats) -> float:
        """Return what a solution costs in this tier."""
        return float(np.sum(self.cost * values)) + self.offset


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
        tiers: the parts of the objective by tier, for tiers that have any.
        owner: int, one a column: whose decision it is, -1 where it is nobody's. Empty where that is not known.
        time: int, one a column: when what is decided begins; decisions of one owner that lie close together in time
            have most rows in common. Empty likewise.
        block: int, one a column: which block of the problem a decision is about, -1 for other columns. Blocks share few
            people. Empty likewise.
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
    tiers: Mapping[Tier, TierCost] = attrs.field(factory=dict)
    owner: Indices = attrs.field(factory=lambda: np.zeros(0, dtype=np.intp))
    time: Ints = attrs.field(factory=lambda: np.zeros(0, dtype=np.int64))
    block: Indices = attrs.field(factory=lambda: np.zeros(0, dtype=np.intp))

    def objective(self, values: Floats) -> float:
        """Return the objective of a solution."""
        return float(np.sum(self.cost * values)) + self.offset

    def part(self, columns: Indices, rows: Indices) -> "LinearProgram":
        """Return some columns and rows by themselves, without what is constant."""
        return LinearProgram(
            cost=self.cost[columns],
            lower=self.lower[columns],
            upper=self.upper[columns],
            integer=self.integer[columns],
            rows=self.rows[rows][:, columns],
            row_lower=self.row_lower[rows],
            row_upper=self.row_upper[rows],
            lazy=self.lazy[rows],
            tiers={
                tier: TierCost(cost=cost.cost[columns])
                for tier, cost in self.tiers.items()
                if np.any(cost.cost[columns])
            },
            owner=self.owner[columns] if len(self.owner) else self.owner,
            time=self.time[columns] if len(self.time) else self.time,
            block=self.block[columns] if len(self.block) else self.block,
        )


class Program:
    """A linear program while the rules write it.

    Its first columns are decisions, 0 or 1. Some of them may be `given`: facts that cannot be decided any more, whose
    value is one; a limit that they exceed by themselves is raised to what they come to, so the past never makes a
    problem infeasible. What is charged counts for `tier`, which whoever calls the rules sets for each.

    Args:
        given: bool, one for each of the first columns.
        room: how many people each role line has at the most by the hard rules whose rows are written, infinite where
            that is not limited; None where it is not known. Other rules may then write fewer and tighter rows.
    """

    def __init__(self, given: Bools, room: Floats | None = None) -> None:
        count = len(given)
        self.tier = Tier.COVER
        self._room = room
        self._given = given
        self._charges: list[tuple[Tier, Indices, Floats]] = []
        self._offsets: list[tuple[Tier, float]] = []
        self._remembered: dict[Hashable, Any] = {}
        self._lower = [given.astype(np.float64)]
        self._upper = [np.ones(count)]
        self._integer = [np.ones(count, dtype=bool)]
        self._columns = count
        self._rows = 0
        self._entries: list[tuple[Indices, Indices, Floats]] = []
        self._row_lower: list[Floats] = []
        self._row_upper: list[Floats] = []
        self._lazy: list[Bools] = []

    @property
    def width(self) -> int:
        """How many columns there are so far."""
        return self._columns

    @property
    def height(self) -> int:
        """How many rows have been written so far."""
        return self._rows

    def room_on(self, lines: Indices) -> Floats:
        """Return how many people each of some role lines, given by index, has at the most."""
        return np.full(len(lines), np.inf) if self._room is None else self._room[lines]

    def charge(self, columns: Indices, weight: float | None, amounts: Floats) -> None:
        """Make some decisions cost weight times amount each; with no weight, forbid those with an amount."""
        if weight is None:
            self._upper[0][columns[amounts > 0]] = 0.0
        else:
            self._charges.append((self.tier, columns, weight * amounts))

    def require(self, columns: Indices, weight: float | None, amounts: ArrayLike = 1.0) -> None:
        """Ask that some decisions be taken; with a weight, each that is not costs that much times its amount."""
        if weight is None:
            self._lower[0][columns] = 1.0
        else:
            costs = weight * np.broadcast_to(np.asarray(amounts, dtype=np.float64), len(columns))
            self._charges.append((self.tier, columns, -costs))
            self._offsets.append((self.tier, fsum(costs)))

    def add_columns(self, cost: ArrayLike, upper: ArrayLike) -> Indices:
        """Add continuous columns from 0 up to `upper`, one for each cost, and return their indices."""
        costs = np.asarray(cost, dtype=np.float64)
        self._lower.append(np.zeros(len(costs)))
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), costs.shape))
        self._integer.append(np.zeros(len(costs), dtype=bool))
        first = self._columns
        self._columns += len(costs)
        added = np.arange(first, self._columns)
        self._charges.append((self.tier, added, costs))
        return added

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gives, made once for a key; for columns that several rules write about."""
        if key not in self._remembered:
            self._remembered[key] = make()
        found: T = self._remembered[key]
        return found

    def at_most(
        self,
        row: Indices,
        column: Indices,
        coefficient: ArrayLike,
        limit: ArrayLike,
        weight: float | Floats | None = None,
        *,
        lazy: bool = False,
    ) -> None:
        """Add rows: the sum of coefficient times value, over the entries of a row, is at most its limit.

        Args:
            row: for each entry the number of its row, from 0 to one less than the number of limits.
            column: for each entry its column.
            coefficient: for each entry its factor, or one for all.
            limit: one for each row. Rows that can never reach it are left out.
            weight: what each unit over the limit costs, one for all rows or one for each; None forbids it.
            lazy: whether the rows hardly ever bind.
        """
        limits = np.asarray(limit, dtype=np.float64)
        factors = np.broadcast_to(np.asarray(coefficient, dtype=np.float64), row.shape)
        if np.any(self._given):
            given = np.append(self._given, False)[np.minimum(column, len(self._given))]
            held = np.zeros(len(limits), dtype=bool)
            held[row[given]] = True
            limits = np.where(held, np.maximum(limits, sums(row[given], factors[given], len(limits))), limits)
        upper = np.concatenate(self._upper)[column]
        most = sums(row, np.where(factors > 0, factors * upper, 0.0), len(limits))
        wanted = most > limits
        row, column, factors, limits = _rows_where(wanted, row, column, factors, limits)
        self._add(row, column, factors, np.full(len(limits), -np.inf), limits, _of_rows(weight, wanted), sign=-1.0)
        self._lazy[-1][:] = lazy and weight is None

    def at_least(
        self,
        row: Indices,
        column: Indices,
        coefficient: ArrayLike,
        need: ArrayLike,
        weight: float | Floats | None = None,
    ) -> None:
        """Add rows: the sum of coefficient times value, over the entries of a row, is at least its need.

        Args:
            row: for each entry the number of its row, from 0 to one less than the number of needs.
            column: for each entry its column.
            coefficient: for each entry its factor, not negative, or one for all.
            need: one for each row. Rows that need nothing are left out.
            weight: what each unit that is missing costs, one for all rows or one for each; None forbids it.
        """
        needs = np.asarray(need, dtype=np.float64)
        factors = np.broadcast_to(np.asarray(coefficient, dtype=np.float64), row.shape)
        wanted = needs > 0
        row, column, factors, needs = _rows_where(wanted, row, column, factors, needs)
        self._add(row, column, factors, needs, np.full(len(needs), np.inf), _of_rows(weight, wanted), sign=1.0)

    def finish(self) -> LinearProgram:
        """Return the program as it has been written."""
        entries = self._entries or [(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp), np.zeros(0))]
        row, column, factor = (np.concatenate(parts) for parts in zip(*entries, strict=True))
        tiers = {tier: cost for tier in Tier if (cost := self._cost_of(tier)) is not None}
        return LinearProgram(
            cost=np.sum([np.zeros(self._columns), *(tier.cost for tier in tiers.values())], axis=0),
            lower=np.concatenate(self._lower),
            upper=np.concatenate(self._upper),
            integer=np.concatenate(self._integer),
            rows=csr_array((factor, (row, column)), shape=(self._rows, self._columns)),
            row_lower=_joined(self._row_lower),
            row_upper=_joined(self._row_upper),
            lazy=_joined(self._lazy).astype(bool),
            offset=fsum(tier.offset for tier in tiers.values()),
            tiers=tiers,
        )

    def _cost_of(self, tier: Tier) -> TierCost | None:
        """Return what has been charged in a tier, None where that is nothing."""
        charges = [(columns, amounts) for of, columns, amounts in self._charges if of is tier and np.any(amounts)]
        if not charges:
            return None
        columns, amounts = (np.concatenate(parts) for parts in zip(*charges, strict=True))
        offset = fsum(amount for of, amount in self._offsets if of is tier)
        return TierCost(cost=sums(columns, amounts, self._columns), offset=offset)

    def _add(
        self,
        row: Indices,
        column: Indices,
        factors: Floats,
        lower: Floats,
        upper: Floats,
        weights: Floats | None,
        sign: float,
    ) -> None:
        entries = [(row + self._rows, column, factors)]
        count = len(lower)
        if weights is not None and count:
            slack = self.add_columns(weights, np.inf)
            entries.append((np.arange(count) + self._rows, slack, np.full(count, sign)))
        self._entries.extend(entries)
        self._row_lower.append(lower)
        self._row_upper.append(upper)
        self._lazy.append(np.zeros(count, dtype=bool))
        self._rows += count


def _of_rows(weight: float | Floats | None, wanted: Bools) -> Floats | None:
    """Return the weight of each wanted row, None where the rows are hard."""
    return None if weight is None else np.broadcast_to(np.asarray(weight, dtype=np.float64), wanted.shape)[wanted]


def _rows_where(
    wanted: Bools, row: Indices, column: Indices, factors: Floats, limits: Floats
) -> tuple[Indices, Indices, Floats, Floats]:
    """Keep the wanted rows and number them anew."""
    if np.all(wanted):
        return row, column, factors, limits
    number = np.cumsum(wanted) - 1
    kept = wanted[row]
    return number[row[kept]], column[kept], factors[kept], limits[wanted]


def _joined(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0)
