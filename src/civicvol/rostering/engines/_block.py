"""Take a program apart by owner: blocks, each of one owner's decisions and rows, and the rows that couple them."""

from collections.abc import Callable
from math import prod

import attrs
import numpy as np

from civicvol.rostering.arrays import Bools, Floats, Indices, distinct
from civicvol.rostering.program import LinearProgram

_TOLERANCE = 1e-7
_MOST_CASES = 4_096


@attrs.frozen(kw_only=True, eq=False)
class Follower:
    """A column that follows from decisions: the least that some rows, known by then, ask of it.

    Args:
        asking: the rows that ask for it.
        relief: float, one for each of these: how much one unit of it relieves the row.
        capping: rows that cap it. Where there are any, they leave it no choice, or the diagram is no use: it may then
            be worth more than it costs in rows that come later.
        grip: float, one for each of these: how much of the row one unit takes up.
        cost: what one unit costs.
        upper: the most it can be.
        rows: all rows it is in.
        factors: float, its factor in each of these.
    """

    asking: Indices
    relief: Floats
    capping: Indices
    grip: Floats
    cost: float
    upper: float
    rows: Indices
    factors: Floats


@attrs.frozen(eq=False)
class Block:
    """One owner's decisions and rows, all rows as sums that are at most their limit.

    Args:
        columns: the program's columns of the decisions.
        layers: the decisions by number, in order of time; of each layer at most one is taken.
        table: float, decisions by rows.
        limit: float, one a row.
        first: int, one a row: the layer in which it begins.
        last: int, one a row: the layer with which it ends.
        least: float, layers by rows: the least that can still come to a row's sum after a layer.
        most: float, layers by rows: the most that can still come to it.
        followers: for each layer the columns that follow then, in an order in which each has what it needs.
    """

    columns: Indices
    layers: tuple[Indices, ...]
    table: Floats
    limit: Floats
    first: Indices
    last: Indices
    least: Floats
    most: Floats
    followers: tuple[tuple[Follower, ...], ...]


@attrs.frozen(eq=False)
class Decomposed:
    """A program as blocks and the rows that couple them.

    Args:
        blocks: one for each owner.
        coupling: the program's rows that are in no block.
        free: the program's columns that are nobody's decision and follow from nothing in a block.
    """

    blocks: tuple[Block, ...]
    coupling: Indices
    free: Indices


def decompose(program: LinearProgram) -> Decomposed | None:
    """Return a program by owner; None where the owners are not known, or some decision is nobody's."""
    if not len(program.owner) or np.any(program.integer & ((program.owner < 0) | (program.lower != 0))):
        return None
    entries = program.rows.tocoo()
    row, column = entries.row.astype(np.intp), entries.col.astype(np.intp)
    owner_of_row = _owners(program, row, column)
    blocks, inside = [], np.zeros(len(program.row_upper), dtype=bool)
    follows = np.zeros(len(program.cost), dtype=bool)
    for owner in distinct(program.owner[program.integer]).tolist():
        rows = np.flatnonzero(owner_of_row == owner)
        block, within, following = _Maker(program, owner, rows).made()
        blocks.append(block)
        inside[within] = True
        follows[following] = True
    return Decomposed(
        blocks=tuple(blocks),
        coupling=np.flatnonzero(~inside),
        free=np.flatnonzero(~program.integer & ~follows),
    )


def _owners(program: LinearProgram, row: Indices, column: Indices) -> Indices:
    """Return the one owner whose decisions each row is about, directly or through other columns; -1 for several."""
    several = np.iinfo(np.intp).max
    owner = np.where(program.integer, program.owner, -1)
    while True:
        of_row = _joined(owner[column], row, len(program.row_upper), several)
        of_column = _joined(of_row[row], column, len(owner), several)
        wider = np.where(program.integer, owner, of_column)
        if np.array_equal(wider, owner):
            return np.where(of_row == several, -1, of_row)
        owner = wider


def _joined(values: Indices, group: Indices, count: int, several: int) -> Indices:
    """Return the one value of each group, -1 counting for none; `several` where there are more."""
    least, most = np.full(count, several), np.full(count, -1)
    known = values >= 0
    np.minimum.at(least, group[known], values[known])
    np.maximum.at(most, group, values)
    return np.where(most < 0, -1, np.where(least == most, most, several))


class _Maker:
    """Makes the block of one owner from the rows that are about them alone."""

    def __init__(self, program: LinearProgram, owner: int, rows: Indices) -> None:
        self.columns = np.flatnonzero(program.integer & (program.owner == owner) & (program.upper > 0))
        part = program.rows[rows]
        others = np.setdiff1d(part.indices, np.flatnonzero(program.integer))
        self._table, self._other = part[:, self.columns].toarray(), part[:, others].toarray()
        self._cost, self._upper = program.cost[others], program.upper[others].copy()
        self._fit = (self._cost >= 0) & (program.lower[others] == 0)
        self._limits = program.row_lower[rows], program.row_upper[rows]
        self._layers = self._in_layers(program.time[self.columns])
        self._rows, self._others = rows, others

    def made(self) -> tuple[Block, Indices, Indices]:
        """Return the block, the program's rows that are in it, and the columns that follow in it."""
        used = self._other != 0
        outcast = np.zeros(len(self._others), dtype=bool)
        while True:
            inside = ~np.any(used[:, outcast], axis=1)
            found = self._followers(inside)
            wider = np.any(used[~inside], axis=0)
            wider[[place for place in range(len(wider)) if place not in found]] = True
            if np.array_equal(wider, outcast):
                break
            outcast = wider
        return self._block(inside, found), self._rows[inside], self._others[~outcast]

    def _in_layers(self, time: Indices) -> tuple[Indices, ...]:
        """Return sets of decisions of which at most one is taken, in order of time."""
        _, upper = self._limits
        alone = ~np.any(self._other != 0, axis=1)
        packing = alone & (upper == 1) & np.all((self._table == 0) | (self._table == 1), axis=1)
        sizes = np.where(packing, self._table.sum(axis=1), 0)
        home = np.full(len(self.columns), -1, dtype=np.intp)
        for row in np.argsort(-sizes, kind="stable"):
            if sizes[row] > 1:
                home[(home < 0) & (self._table[row] == 1)] = row
        single = home < 0
        home[single] = len(sizes) + np.flatnonzero(single)
        homes = [np.flatnonzero(home == each) for each in distinct(home)]
        return tuple(sorted(homes, key=lambda options: (int(time[options].min()), int(options[0]))))

    def _as_limits(self, inside: Bools) -> tuple[Floats, Floats, Floats]:
        """Return the rows as sums that are at most a limit: factors of decisions, of other columns, and limits."""
        lower, upper = self._limits
        above, below = inside & np.isfinite(upper), inside & np.isfinite(lower)
        return (
            np.vstack([self._table[above], -self._table[below]]),
            np.vstack([self._other[above], -self._other[below]]),
            np.concatenate([upper[above], -lower[below]]),
        )

    def _followers(self, inside: Bools) -> dict[int, tuple[int, Follower]]:
        """Return for each other column that follows from decisions when and how, in an order that can be kept."""
        table, other, limit = self._as_limits(inside)
        order = _Order(table, other, limit, self._layers, self._cost, self._upper)
        fit = self._fit & ~np.any(self._other[~inside] != 0, axis=0)
        return order.of(np.flatnonzero(fit))

    def _block(self, inside: Bools, found: dict[int, tuple[int, Follower]]) -> Block:
        table, _, limit = self._as_limits(inside)
        height, layers = len(limit), len(self._layers)
        first, last = np.full(height, layers), np.full(height, -1)
        least, most = np.zeros((layers, height)), np.zeros((layers, height))
        for number, options in enumerate(self._layers):
            factors = table[:, options]
            least[number], most[number] = np.minimum(factors, 0).min(axis=1), np.maximum(factors, 0).max(axis=1)
            used = np.any(factors != 0, axis=1)
            first[used], last[used] = np.minimum(first[used], number), np.maximum(last[used], number)
        followers: list[list[Follower]] = [[] for _ in self._layers]
        for at, follower in found.values():
            reach = follower.factors * follower.upper
            least[at, follower.rows] += np.minimum(reach, 0.0)
            most[at, follower.rows] += np.maximum(reach, 0.0)
            first[follower.rows] = np.minimum(first[follower.rows], at)
            last[follower.rows] = np.maximum(last[follower.rows], at)
            followers[at].append(follower)
        return Block(
            columns=self.columns,
            layers=self._layers,
            table=table.T,
            limit=limit,
            first=first,
            last=last,
            least=_after(least),
            most=_after(most),
            followers=tuple(map(tuple, followers)),
        )


class _Order:
    """Finds out which columns follow from decisions, one after the other."""

    def __init__(
        self,
        table: Floats,
        other: Floats,
        limit: Floats,
        layers: tuple[Indices, ...],
        cost: Floats,
        upper: Floats,
    ) -> None:
        self._table = table
        self._other = other
        self._limit = limit
        self._layer = np.zeros(table.shape[1], dtype=np.intp)
        self._slack = -limit
        self._ends = np.zeros(len(limit), dtype=np.intp)
        for number, options in enumerate(layers):
            self._layer[options] = number
            factors = table[:, options]
            self._slack = self._slack + np.max(np.maximum(factors, 0.0), axis=1, initial=0.0)
            self._ends[np.any(factors != 0, axis=1)] = number
        self._cost = cost
        self._upper = upper
        self._found: dict[int, tuple[int, Follower]] = {}

    def of(self, places: Indices) -> dict[int, tuple[int, Follower]]:
        """Return when and how columns follow, of those that do."""
        relief = np.max(-self._other, axis=0, initial=0.0)
        waiting = sorted(places.tolist(), key=lambda place: float(self._cost[place] / max(relief[place], _TOLERANCE)))
        while self._added(waiting, self._pinned) or self._added(waiting, self._least):
            waiting = [place for place in waiting if place not in self._found]
        return self._found

    def _added(self, places: list[int], way: Callable[[int], tuple[Indices, Indices] | None]) -> bool:
        """Add those of some columns that follow in a way; return whether any do."""
        before = len(self._found)
        for place in places:
            asked = way(place)
            if asked is not None:
                self._add(place, *asked)
        return len(self._found) > before

    def _known(self, rows: Indices, place: int) -> Indices:
        """Return those of some rows in which all other columns but one have been found."""
        others = np.any(np.delete(self._other[rows] != 0, [place, *self._found], axis=1), axis=1)
        known: Indices = rows[~others]
        return known

    def _pinned(self, place: int) -> tuple[Indices, Indices] | None:
        """Return rows that ask for a column and rows that cap it, of which the first leave it no choice."""
        column = self._other[:, place]
        asking, capping = (self._known(np.flatnonzero(side), place) for side in (column < 0, column > 0))
        if self._upper[place] > 1 or not len(asking) or not len(capping):
            return None
        for at in distinct(self._ends[np.concatenate([asking, capping])]).tolist():
            early = asking[self._ends[asking] <= at], capping[self._ends[capping] <= at]
            if self._settled(place, *early):
                return early
        return None

    def _settled(self, place: int, asking: Indices, capping: Indices) -> bool:
        """Return whether some rows leave a column no choice, whatever else there is in them."""
        if not len(asking) or not len(capping):
            return False
        rows = np.concatenate([asking, capping])
        factors = self._table[rows]
        touched = np.flatnonzero(np.any(factors != 0, axis=0))
        nothing = (0.0,) * len(rows)
        parts = [
            np.array(sorted({nothing, *map(tuple, factors[:, touched[self._layer[touched] == layer]].T.tolist())}))
            for layer in sorted(set(self._layer[touched].tolist()))
        ]
        others = np.flatnonzero(np.any(self._other[rows] != 0, axis=0))
        for other in others[others != place].tolist():
            if self._found[other][1].upper > 1:
                return False
            parts.append(np.array([nothing, self._other[rows, other]]))
        if prod(map(len, parts)) > _MOST_CASES:
            return False
        sums = np.zeros((1, len(rows)))
        for part in parts:
            sums = (sums[:, np.newaxis] + part[np.newaxis]).reshape(-1, len(rows))
        room = (self._limit[rows] - sums) / self._other[rows, place]
        least = np.clip(np.max(room[:, : len(asking)], axis=1), 0.0, self._upper[place])
        most = np.minimum(np.min(room[:, len(asking) :], axis=1), self._upper[place])
        return bool(np.all(most <= least + _TOLERANCE))

    def _least(self, place: int) -> tuple[Indices, Indices] | None:
        """Return the rows that ask for a column where no others do, and all else in them is known by then.

        Of several columns of one row alone the one that relieves it more cheaply comes first; so each may take what
        those before it left.
        """
        asking = np.flatnonzero(self._other[:, place] < 0)
        single = np.count_nonzero(self._other, axis=0) == 1
        unknown = np.any(self._other[asking] != 0, axis=0)
        unknown[[place, *self._found]] = False
        if np.any(unknown & (~single | ~single[place])):
            return None
        return asking, np.zeros(0, dtype=np.intp)

    def _add(self, place: int, asking: Indices, capping: Indices) -> None:
        column = self._other[:, place]
        upper = 0.0
        if len(asking):
            upper = min(float(self._upper[place]), max(float(np.max(self._slack[asking] / -column[asking])), 0.0))
        rows = np.flatnonzero(column)
        at = int(np.max(self._ends[np.concatenate([asking, capping])], initial=0))
        self._slack[rows] += np.maximum(column[rows] * upper, 0.0)
        self._ends[rows] = np.maximum(self._ends[rows], at)
        self._found[place] = (
            at,
            Follower(
                asking=asking,
                relief=-column[asking],
                capping=capping,
                grip=column[capping],
                cost=float(self._cost[place]),
                upper=upper,
                rows=rows,
                factors=column[rows],
            ),
        )


def _after(values: Floats) -> Floats:
    """Return what comes after each layer: the sum over the layers that follow it."""
    return np.cumsum(values[::-1], axis=0)[::-1] - values
