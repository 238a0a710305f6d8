"""Make a linear program smaller and its relaxation tighter, and keep its best whole-numbered solutions as they are.

Rules write what they mean, one row for each thing. Read together, many of their rows are idle or weak: who has one
duty a day cannot overlap within it, and ten pairs of duties that exclude each other are often one set of which at most
one can be taken. What is done here knows no rule, it looks at the rows alone. First it finds such sets, the packings.
Then it drops the rows that they make idle, joins pairs into larger packings, puts the sum of decisions of one packing
where an indicator of them stood, and closes columns that no row can ever need.
"""

import attrs
import numpy as np
from scipy.sparse import csr_array, vstack

from civicvol.rostering.arrays import Bools, Floats, Indices, groups, spread, sums
from civicvol.rostering.program import LinearProgram

_TOLERANCE = 1e-9
_A_ROW = ("lower", "upper", "lazy", "least", "greatest")


def tighten(program: LinearProgram, owner: Indices) -> LinearProgram:
    """Return a program with the same columns and the same best whole-numbered solutions, but fewer, tighter rows.

    Args:
        program: the program.
        owner: for each of its first columns a number for whose decision it is. Packings of one owner's decisions are
            what most other rows can be read against; a decision is in one of these and, say, in that of a place.
    """
    if not min(program.rows.shape):
        return program
    upper = program.upper.copy()
    rows = _Rows.of(program)
    row, column, factor = rows.entries_of(rows.of_decisions & (rows.greatest > rows.upper + _TOLERANCE))
    upper[column[factor > rows.upper[row] + _TOLERANCE]] = 0.0
    rows = rows.holding(upper < program.upper, upper).with_packings()
    home = rows.homes(owner)
    idle = rows.idle(home, upper)
    rows = rows.taken(np.flatnonzero(~idle))
    home = np.append(np.where(idle, -1, np.cumsum(~idle) - 1), -1)[home]
    rows = rows.with_pairs_joined(home).with_indicators_settled(program)
    _close_surplus(rows, home, program, upper)
    return attrs.evolve(
        program,
        upper=upper,
        rows=rows.entries,
        row_lower=rows.lower,
        row_upper=rows.upper,
        lazy=rows.lazy & np.isfinite(rows.least),
    )


@attrs.frozen(eq=False)
class _Rows:
    """The rows of a program.

    Args:
        entries: sparse matrix, rows by columns; the entries of a row are in the order of their columns.
        lower: float, one a row.
        upper: float, one a row.
        lazy: bool, one a row.
        least: float, one a row: its least factor, minus infinity where it is of more than decisions.
        greatest: float, one a row: the greatest factor of a decision in it, minus infinity where it has none.
        binary: bool, one a column: whether it is a decision.
    """

    entries: csr_array
    lower: Floats
    upper: Floats
    lazy: Bools
    least: Floats
    greatest: Floats
    binary: Bools

    @classmethod
    def of(cls, program: LinearProgram) -> "_Rows":
        """Return the rows with the columns whose bounds meet put into the right-hand sides."""
        binary = program.integer & (program.lower == 0) & (program.upper == 1)
        rows = cls._made(program.rows, program.row_lower, program.row_upper, program.lazy, binary)
        return rows.holding(program.lower == program.upper, program.lower)

    @classmethod
    def _made(cls, entries: csr_array, lower: Floats, upper: Floats, lazy: Bools, binary: Bools) -> "_Rows":
        factor = np.where(binary[entries.indices], entries.data, -np.inf)
        least, greatest = np.zeros(len(upper)), np.full(len(upper), -np.inf)
        some = np.flatnonzero(np.diff(entries.indptr))
        for found, function in ((least, np.minimum), (greatest, np.maximum)):
            found[some] = function.reduceat(factor, entries.indptr[some])
        return cls(entries, lower, upper, lazy, least, greatest, binary)

    @property
    def sizes(self) -> Indices:
        """How many entries each row has."""
        sizes: Indices = np.diff(self.entries.indptr).astype(np.intp)
        return sizes

    @property
    def of_decisions(self) -> Bools:
        """Which rows only limit a sum of decisions from above."""
        limits: Bools = np.isneginf(self.lower) & np.isfinite(self.upper)
        return limits & (self.least > 0)

    @property
    def packings(self) -> Bools:
        """Which rows say that at most one of their decisions is taken."""
        one: Bools = (self.least == 1) & (self.greatest == 1) & (self.upper == 1)
        return one & self.of_decisions

    def entries_of(self, wanted: Bools) -> tuple[Indices, Indices, Floats]:
        """Return the entries of some rows: their rows, columns and factors."""
        rows = np.flatnonzero(wanted)
        found = self.entries[rows]
        return np.repeat(rows, np.diff(found.indptr)), found.indices.astype(np.intp), found.data

    def taken(self, rows: Indices) -> "_Rows":
        """Return some of the rows, given in the order that they shall have."""
        return attrs.evolve(self, entries=self.entries[rows], **{name: getattr(self, name)[rows] for name in _A_ROW})

    def joined(self, *others: "_Rows") -> "_Rows":
        """Return the rows and others after them."""
        parts = (self, *others)
        entries = vstack([part.entries for part in parts], format="csr")
        values = {name: np.concatenate([getattr(part, name) for part in parts]) for name in _A_ROW}
        return attrs.evolve(self, entries=entries, **values)

    def limits(self, row: Indices, column: Indices, factor: Floats, upper: Floats) -> "_Rows":
        """Return new rows, each limited from above, over the same columns."""
        count = len(upper)
        entries = csr_array((factor, (row, column)), shape=(count, len(self.binary)))
        return self._made(entries, np.full(count, -np.inf), upper, np.zeros(count, dtype=bool), self.binary)

    def holding(self, held: Bools, values: Floats) -> "_Rows":
        """Return the rows with some columns, held at values, put into the right-hand sides."""
        if not np.any(held):
            return self
        base = self.entries @ np.where(held, values, 0.0)
        entries = self.entries.copy()
        entries.data[held[entries.indices]] = 0.0
        entries.eliminate_zeros()
        return self._made(entries, self.lower - base, self.upper - base, self.lazy, self.binary)

    def with_packings(self) -> "_Rows":
        """Return the rows with those written as packings of which no two decisions have room together."""
        packing = self.of_decisions & ~self.packings & (self.sizes > 1) & (self.upper > 0)
        packing &= self.least + self.greatest > self.upper + _TOLERANCE
        packing &= self.greatest <= self.upper + _TOLERANCE
        row, _, factor = self.entries_of(packing)
        first = np.flatnonzero(np.diff(row, prepend=-1))
        factor = factor[np.lexsort((factor, row))]
        packing[row[first]] = factor[first] + factor[first + 1] > self.upper[row[first]] + _TOLERANCE
        data = np.where(np.repeat(packing, self.sizes), 1.0, self.entries.data)
        entries = csr_array((data, self.entries.indices, self.entries.indptr), shape=self.entries.shape)
        upper, least, greatest = (np.where(packing, 1.0, each) for each in (self.upper, self.least, self.greatest))
        return attrs.evolve(self, entries=entries, upper=upper, least=least, greatest=greatest)

    def homes(self, owner: Indices) -> Indices:
        """Return the largest packing of one owner's decisions that each column is in, -1 for none."""
        row, column, _ = self.entries_of(self.packings)
        of_entry = owner[column]
        of_row = np.zeros(len(self.upper), dtype=np.intp)
        of_row[row] = of_entry
        rank = self.sizes * len(self.upper) + np.arange(len(self.upper))
        rank[row[of_row[row] != of_entry]] = -1
        best = self.best(rank, row, column)
        return np.where(best >= 0, best % len(self.upper), -1)

    def best(self, rank: Indices, row: Indices, column: Indices) -> Indices:
        """Return the highest rank of the rows that each column is in, by some entries; -1 for none."""
        best = np.full(len(self.binary), -1, dtype=np.intp)
        np.maximum.at(best, column, rank[row])
        return best

    def idle(self, home: Indices, upper: Floats) -> Bools:
        """Return which rows always hold, as of each other packing only one decision is taken."""
        asked = np.isneginf(self.lower) & (self.greatest <= self.upper + _TOLERANCE)
        row, column, factor = self.entries_of(asked)
        lodged = (home[column] >= 0) & (home[column] != row)
        where = np.where(lodged, home[column], -1 - column)
        value = np.where(factor > 0, factor * upper[column], 0.0)
        # Neighbours that no packing holds apart are enough to see that most rows are not idle.
        apart = (row[1:] == row[:-1]) & (where[1:] != where[:-1])
        asked[row[1:][apart & (value[1:] + value[:-1] > self.upper[row[1:]] + _TOLERANCE)]] = False
        left = np.flatnonzero(asked[row])
        row, where, value = row[left], where[left], value[left]
        number, first = groups(where, row)
        most = sums(row[first], _largest(number, value, len(first)), len(self.upper))
        return asked & (most <= self.upper + _TOLERANCE)

    def with_pairs_joined(self, home: Indices) -> "_Rows":
        """Return the rows with pairs that exclude each other joined, where both sides are parts of one packing each.

        The decisions of one packing that exclude the same decisions of another form one packing with these.
        """
        pair = self.packings & (self.sizes == 2)
        row, column, _ = self.entries_of(pair)
        lodged = (home[column] >= 0) & (home[column] != row)
        both = lodged[::2] & lodged[1::2]
        pair[row[::2]] = both
        here, there = column[::2][both], column[1::2][both]
        here, there = (np.where(home[here] <= home[there], *ends) for ends in ((here, there), (there, here)))
        one, first = groups(here, home[there])
        marks = np.random.default_rng(0).integers(0, 2**62, len(self.binary))
        mark = np.zeros(len(first), dtype=np.int64)
        _, edge_first = groups(here, there)
        np.add.at(mark, one[edge_first], marks[there[edge_first]])
        joined, example = groups(mark, home[there[first]], home[here[first]])
        from_example = np.zeros(len(first), dtype=bool)
        from_example[example] = True
        kept = edge_first[from_example[one[edge_first]]]
        row = np.concatenate([joined, joined[one[kept]]])
        column = np.concatenate([here[first], there[kept]])
        packings = self.limits(row, column, np.ones(len(row)), np.ones(len(example)))
        return self.taken(np.flatnonzero(~pair)).joined(packings)

    def with_indicators_settled(self, program: LinearProgram) -> "_Rows":
        """Return the rows with indicators told by sums of decisions of which at most one is taken.

        An indicator that is at least each of some decisions is at least the sum of those in one packing. Where that is
        the sum of them all, it stands in the indicator's place, if the indicator is at most this sum too, or if it
        costs nothing and other rows only limit it from above.
        """
        link, shown, decision = self._links(~program.integer & (program.lower == 0))
        if not len(link):
            return self
        pair, one = groups(decision, shown)
        told, said = shown[one], decision[one]
        member, packing = self._packings_of(said)
        part, example = groups(packing, told[member])
        size = np.bincount(part, minlength=len(example))
        largest = np.ones(len(one), dtype=np.intp)
        np.maximum.at(largest, member, size[part])
        sums_of = _Sums(said, np.bincount(told, minlength=len(self.binary)))
        summed = (sums_of.count > 0) & (program.upper >= 1) & (program.cost == 0)
        summed[told[largest < sums_of.count[told]]] = False
        others = self.least <= 0
        others[link] = False
        row, column, factor = self.entries_of(others)
        only_limited = np.ones(len(self.binary), dtype=bool)
        only_limited[column[~((factor > 0) & np.isneginf(self.lower)[row])]] = False
        bounding, bounded = self._bounds(sums_of)
        replaced = summed & only_limited
        replaced[bounded] |= summed[bounded]
        wanted = np.zeros(len(example), dtype=bool)
        wanted[part[size[part] == largest[member]]] = True
        of_part = told[member[example]]
        wanted &= (size > 1) & ~replaced[of_part]
        kept = np.flatnonzero(wanted[part])
        count = int(np.count_nonzero(wanted))
        row = (np.cumsum(wanted) - 1)[part[kept]]
        idle = np.zeros(len(self.upper), dtype=bool)
        idle[link[(largest[pair] > 1) | replaced[shown]]] = True
        idle[bounding[replaced[bounded]]] = True
        told_by_sums = self.limits(
            np.concatenate([row, np.arange(count)]),
            np.concatenate([said[member[kept]], of_part[wanted]]),
            np.concatenate([np.ones(len(kept)), -np.ones(count)]),
            np.zeros(count),
        )
        return self._with_sums(idle, replaced, sums_of, told_by_sums)

    def _links(self, indicator: Bools) -> tuple[Indices, Indices, Indices]:
        """Return the rows that say an indicator is at least a decision, with their indicators and decisions."""
        link = (self.sizes == 2) & (self.upper == 0) & np.isneginf(self.lower) & (self.greatest == 1)
        row, column, factor = self.entries_of(link)
        falls, rises = (factor == -1) & indicator[column], (factor == 1) & self.binary[column]
        ends = column.reshape(-1, 2)
        after, before = falls[::2] & rises[1::2], rises[::2] & falls[1::2]
        fits = np.flatnonzero(after | before)
        shown = np.where(after, ends[:, 0], ends[:, 1])
        return row[::2][fits], shown[fits], (ends.sum(axis=1) - shown)[fits]

    def _packings_of(self, decision: Indices) -> tuple[Indices, Indices]:
        """Return the packings that each of some decisions is in, as places among these and rows."""
        rows = np.flatnonzero(self.packings)
        by_column = self.entries[rows].tocsc()
        begin, end = by_column.indptr[decision], by_column.indptr[decision + 1]
        member, step = spread(end - begin)
        return member, rows[by_column.indices[begin[member] + step]]

    def _bounds(self, sums_of: "_Sums") -> tuple[Indices, Indices]:
        """Return the rows that say an indicator is at most the sum of what it is at least, with their indicators."""
        row, column, factor = self.entries_of((self.upper == 0) & np.isneginf(self.lower) & (self.greatest == -1))
        count = sums_of.count
        rises = np.flatnonzero(factor > 0)
        indicator = np.full(len(self.upper), -1, dtype=np.intp)
        indicator[row[rises]] = np.where(factor[rises] == 1, column[rises], -1)
        bound = (indicator >= 0) & (np.bincount(row[rises], minlength=len(self.upper)) == 1)
        bound &= (count[indicator] > 0) & (self.sizes == count[indicator] + 1)
        others = np.flatnonzero(bound[row] & (column != indicator[row]))
        _, said = sums_of.of(indicator[np.flatnonzero(bound)])
        strange = others[(column[others] != said) | (factor[others] != -1)]
        bound[row[strange]] = False
        found = np.flatnonzero(bound)
        return found, indicator[found]

    def _with_sums(self, idle: Bools, replaced: Bools, sums_of: "_Sums", further: "_Rows") -> "_Rows":
        """Return the rows that are not idle, each replaced indicator's sum in its place, and further ones."""
        row, column, factor = self.entries_of(~idle & np.isneginf(self.least))
        touched = np.zeros(len(self.upper), dtype=bool)
        touched[row[replaced[column]]] = True
        if not np.any(touched):
            return self.taken(np.flatnonzero(~idle)).joined(further)
        inside = touched[row]
        row, column, factor = (np.cumsum(touched) - 1)[row[inside]], column[inside], factor[inside]
        use = np.flatnonzero(replaced[column])
        entry, said = sums_of.of(column[use])
        entries = csr_array(
            (
                np.concatenate([np.delete(factor, use), factor[use[entry]]]),
                (
                    np.concatenate([np.delete(row, use), row[use[entry]]]),
                    np.concatenate([np.delete(column, use), said]),
                ),
            ),
            shape=(np.count_nonzero(touched), len(self.binary)),
        )
        entries.eliminate_zeros()
        summed = self._made(entries, self.lower[touched], self.upper[touched], self.lazy[touched], self.binary)
        others = np.flatnonzero(~idle & ~touched)
        places = [others, np.flatnonzero(touched), len(self.upper) + np.arange(len(further.upper))]
        return self.taken(others).joined(summed, further).taken(np.argsort(np.concatenate(places)))


@attrs.frozen(eq=False)
class _Sums:
    """What indicators are at least.

    Args:
        decision: the decisions of the first indicator, then those of the next.
        count: int, one a column: how many decisions it has, 0 where it is no such indicator.
    """

    decision: Indices
    count: Indices

    def of(self, columns: Indices) -> tuple[Indices, Indices]:
        """Return the decisions of some indicators, and for each its place among the indicators."""
        begin = np.cumsum(self.count) - self.count
        place, step = spread(self.count[columns])
        return place, self.decision[begin[columns[place]] + step]


def _largest(number: Indices, value: Floats, count: int) -> Floats:
    """Return the largest value of each group."""
    largest = np.zeros(count)
    np.maximum.at(largest, number, value)
    return largest


def _close_surplus(rows: _Rows, home: Indices, program: LinearProgram, upper: Floats) -> None:
    """Set the upper bound of columns to 0 that take up what a row is over, where cheaper ones always suffice.

    How much a row can be over is reckoned from the packings, and from rows that limit the same sums.
    """
    alone = np.bincount(rows.entries.indices, minlength=len(upper)) == 1
    taker = ~program.integer & alone & (program.cost > 0) & (program.lower == 0)
    row, column, factor = rows.entries_of(np.isneginf(rows.lower) & np.isneginf(rows.least))
    takes = np.flatnonzero(taker[column] & (factor < 0))
    price = program.cost[column[takes]] / -factor[takes]
    takes = takes[np.lexsort((price, row[takes]))]
    row, column, factor = row[takes], column[takes], factor[takes]
    room = -factor * np.minimum(upper[column], 1e12)
    before = np.cumsum(room) - room
    start = np.flatnonzero(np.diff(row, prepend=-1))
    before -= np.repeat(before[start], np.diff(np.append(start, len(row))))
    asked = np.zeros(len(rows.upper), dtype=bool)
    asked[row] = True
    need = _most_limited(rows, asked, home, upper) - np.where(np.isfinite(rows.upper), rows.upper, 0.0)
    upper[column[before >= need[row] - _TOLERANCE]] = 0.0


def _most_limited(rows: _Rows, asked: Bools, home: Indices, upper: Floats) -> Floats:
    """Return what the sum of each of some rows can come to, by packings and by limits on parts of it."""
    row, column, factor = rows.entries_of(rows.of_decisions & (rows.upper > 1))
    limiting = np.flatnonzero(np.bincount(row, minlength=len(rows.upper)))
    tightness = rows.upper[limiting] / sums(row, factor, len(rows.upper))[limiting]
    order = limiting[np.argsort(-tightness, kind="stable")]
    rank = np.full(len(rows.upper), -1, dtype=np.intp)
    rank[order] = np.arange(len(order))
    best = rows.best(rank, row, column)
    limiter = np.append(order, -1)[best]
    limited = np.ones(len(best))
    tightest = np.flatnonzero(best[column] == rank[row])
    limited[column[tightest]] = factor[tightest]
    row, column, factor = rows.entries_of(asked)
    rising = np.flatnonzero(factor > 0)
    row, column, factor = row[rising], column[rising], factor[rising]
    by, times = limiter[column], factor / limited[column]
    value = factor * upper[column]
    kind = times.view(np.int64)
    number, first = groups(np.where(home[column] >= 0, home[column], -1 - column), kind, by, row)
    largest = _largest(number, value, len(first))
    part, part_first = groups(kind[first], by[first], row[first])
    total = sums(part, largest, len(part_first))
    one = first[part_first]
    by, row = by[one], row[one]
    total = np.where(by >= 0, np.minimum(total, times[one] * rows.upper[by]), total)
    return sums(row, total, len(rows.upper))
