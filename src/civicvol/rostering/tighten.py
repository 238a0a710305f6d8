"""Make a linear program smaller and its relaxation tighter, and keep its best whole-numbered solutions as they are.

Rules write what they mean, one row for each thing. Read together, many of their rows are idle or weak: who has one
duty a day cannot overlap within it, and ten pairs of duties that exclude each other are often one set of which at most
one can be taken. What is done here knows no rule, it looks at the rows alone. First it finds such sets, the packings.
Then it drops the rows that they make idle, joins pairs into larger packings, puts the sum of decisions of one packing
where an indicator of them stood, and closes columns that no row can ever need.
"""

import attrs
import numpy as np
from scipy.sparse import csr_array

from civicvol.rostering.arrays import Bools, Floats, Indices, groups, spread, sums
from civicvol.rostering.program import LinearProgram

_TOLERANCE = 1e-9


def tighten(program: LinearProgram, owner: Indices) -> LinearProgram:
    """Return a program with the same columns and the same best whole-numbered solutions, but fewer, tighter rows.

    Args:
        program: the program.
        owner: for each of its first columns a number for whose decision it is. Packings of one owner's decisions are
            what most other rows can be read against; a decision is in one of these and, say, in that of a place.
    """
    if not len(program.cost):
        return program
    binary = program.integer & (program.lower == 0) & (program.upper == 1)
    upper = program.upper.copy()
    rows = _Rows.of(program)
    alone_too_much = rows.of_decisions(binary)[rows.row] & (rows.factor > rows.upper[rows.row] + _TOLERANCE)
    upper[rows.column[alone_too_much]] = 0.0
    rows = rows.without_entries(upper[rows.column] == 0).with_packings(binary)
    home = rows.homes(binary, owner)
    idle = np.isneginf(rows.lower) & (rows.most(home, upper) <= rows.upper + _TOLERANCE)
    rows = rows.without_rows(idle)
    home = np.append(np.where(idle, -1, np.cumsum(~idle) - 1), -1)[home]
    rows = rows.with_pairs_joined(home).with_indicators_settled(binary, program)
    _close_surplus(rows, home, binary, program, upper)
    return attrs.evolve(
        program,
        upper=upper,
        rows=csr_array((rows.factor, (rows.row, rows.column)), shape=(len(rows.upper), len(upper))),
        row_lower=rows.lower,
        row_upper=rows.upper,
        lazy=rows.lazy & rows.every(binary[rows.column]),
    )


@attrs.frozen(eq=False)
class _Rows:
    """The rows of a program as entries.

    Args:
        row: int, one an entry.
        column: int, one an entry.
        factor: float, one an entry.
        lower: float, one a row.
        upper: float, one a row.
        lazy: bool, one a row.
        columns: the number of columns.
    """

    row: Indices
    column: Indices
    factor: Floats
    lower: Floats
    upper: Floats
    lazy: Bools
    columns: int

    @classmethod
    def of(cls, program: LinearProgram) -> "_Rows":
        """Return the rows with the columns whose bounds meet put into the right-hand sides."""
        fixed = program.lower == program.upper
        base = program.rows @ np.where(fixed, program.lower, 0.0)
        entries = program.rows.tocoo()
        rows = cls(
            entries.row.astype(np.intp),
            entries.col.astype(np.intp),
            entries.data,
            program.row_lower - base,
            program.row_upper - base,
            program.lazy,
            len(fixed),
        )
        return rows.without_entries(fixed[rows.column])

    def sizes(self) -> Indices:
        """Return how many entries each row has."""
        return np.bincount(self.row, minlength=len(self.upper))

    def every(self, mark: Bools) -> Bools:
        """Return which rows have the mark on all their entries."""
        missing = np.bincount(self.row[~mark], minlength=len(self.upper))
        return np.equal(missing, 0)

    def of_decisions(self, binary: Bools) -> Bools:
        """Return which rows only limit a sum of decisions from above."""
        limits: Bools = np.isneginf(self.lower) & np.isfinite(self.upper)
        return limits & self.every(binary[self.column] & (self.factor > 0))

    def without_entries(self, wrong: Bools) -> "_Rows":
        """Return the rows without some of their entries."""
        kept = ~wrong
        return attrs.evolve(self, row=self.row[kept], column=self.column[kept], factor=self.factor[kept])

    def without_rows(self, wrong: Bools) -> "_Rows":
        """Return the other rows, numbered anew."""
        rest = self.without_entries(wrong[self.row])
        number = np.cumsum(~wrong) - 1
        return attrs.evolve(
            rest,
            row=number[rest.row],
            lower=self.lower[~wrong],
            upper=self.upper[~wrong],
            lazy=self.lazy[~wrong],
        )

    def with_rows(self, row: Indices, column: Indices, factor: Floats, upper: Floats) -> "_Rows":
        """Return the rows with more of them, each limited from above."""
        return attrs.evolve(
            self,
            row=np.concatenate([self.row, row + len(self.upper)]),
            column=np.concatenate([self.column, column]),
            factor=np.concatenate([self.factor, factor]),
            lower=np.concatenate([self.lower, np.full(len(upper), -np.inf)]),
            upper=np.concatenate([self.upper, upper]),
            lazy=np.concatenate([self.lazy, np.zeros(len(upper), dtype=bool)]),
        )

    def packings(self, binary: Bools) -> Bools:
        """Return which rows say that at most one of their decisions is taken."""
        one: Bools = self.of_decisions(binary) & (self.upper == 1)
        return one & self.every(self.factor == 1)

    def with_packings(self, binary: Bools) -> "_Rows":
        """Return the rows with those written as packings of which no two decisions have room together."""
        ordered = np.lexsort((self.factor, self.row))
        two = np.zeros(len(self.upper))
        several = np.flatnonzero(self.sizes() > 1)
        first = np.searchsorted(self.row[ordered], several)
        two[several] = self.factor[ordered[first]] + self.factor[ordered[first + 1]]
        packing = self.of_decisions(binary) & (two > self.upper + _TOLERANCE)
        return attrs.evolve(
            self,
            factor=np.where(packing[self.row], 1.0, self.factor),
            upper=np.where(packing & (self.upper > 0), 1.0, self.upper),
        )

    def homes(self, binary: Bools, owner: Indices) -> Indices:
        """Return the largest packing of one owner's decisions that each column is in, -1 for none."""
        packing = self.packings(binary)
        entries = np.flatnonzero(packing[self.row])
        one = np.zeros(len(self.upper), dtype=np.intp)
        one[self.row[entries]] = owner[self.column[entries]]
        shared = self.row[entries][one[self.row[entries]] != owner[self.column[entries]]]
        packing[shared] = False
        entries = np.flatnonzero(packing[self.row])
        entries = entries[np.lexsort((self.row[entries], self.sizes()[self.row[entries]]))]
        home = np.full(self.columns, -1, dtype=np.intp)
        home[self.column[entries]] = self.row[entries]
        return home

    def most(self, home: Indices, upper: Floats) -> Floats:
        """Return what each row's sum can come to, when of each other packing only one decision is taken."""
        rising = np.flatnonzero(self.factor > 0)
        row, column = self.row[rising], self.column[rising]
        value = self.factor[rising] * upper[column]
        lodged = (home[column] >= 0) & (home[column] != row)
        number, first = groups(np.where(lodged, home[column], -1 - column), row)
        return sums(row[first], _largest(number, value, len(first)), len(self.upper))

    def with_pairs_joined(self, home: Indices) -> "_Rows":
        """Return the rows with pairs that exclude each other joined, where both sides are parts of one packing each.

        The decisions of one packing that exclude the same decisions of another form one packing with these.
        """
        pair = (self.sizes() == 2) & (self.upper == 1) & np.isneginf(self.lower) & self.every(self.factor == 1)
        pair &= self.every((home[self.column] >= 0) & (home[self.column] != self.row))
        entries = np.flatnonzero(pair[self.row])
        entries = entries[np.lexsort((home[self.column[entries]], self.row[entries]))]
        here, there = self.column[entries[::2]], self.column[entries[1::2]]
        one, first = groups(here, home[there])
        marks = np.random.default_rng(0).integers(0, 2**62, self.columns)
        mark = np.zeros(len(first), dtype=np.int64)
        _, edge_first = groups(here, there)
        np.add.at(mark, one[edge_first], marks[there[edge_first]])
        joined, example = groups(mark, home[there[first]], home[here[first]])
        from_example = np.zeros(len(first), dtype=bool)
        from_example[example] = True
        kept = edge_first[from_example[one[edge_first]]]
        row = np.concatenate([joined, joined[one[kept]]])
        column = np.concatenate([here[first], there[kept]])
        return self.without_rows(pair).with_rows(row, column, np.ones(len(row)), np.ones(len(example)))

    def with_indicators_settled(self, binary: Bools, program: LinearProgram) -> "_Rows":
        """Return the rows with indicators told by sums of decisions of which at most one is taken.

        An indicator that is at least each of some decisions is at least the sum of those in one packing. Where that is
        the sum of them all, it stands in the indicator's place, if the indicator is at most this sum too, or if it
        costs nothing and other rows only limit it from above.
        """
        link, shown, decision = self._links(binary, ~program.integer & (program.lower == 0))
        if not len(link):
            return self
        pair, one = groups(decision, shown)
        told, said = shown[one], decision[one]
        member, packing = self._packings_of(said, binary)
        part, example = groups(packing, told[member])
        size = np.bincount(part, minlength=len(example))
        largest = np.ones(len(one), dtype=np.intp)
        np.maximum.at(largest, member, size[part])
        count = np.bincount(told, minlength=self.columns)
        summed = (count > 0) & (program.upper >= 1) & (program.cost == 0)
        summed[told[largest < count[told]]] = False
        others = np.ones(len(self.row), dtype=bool)
        others[np.isin(self.row, link)] = False
        wanting = others & ~((self.factor > 0) & np.isneginf(self.lower)[self.row])
        only_limited = np.bincount(self.column[wanting], minlength=self.columns) == 0
        bounding, bounded = self._bounds(told, said, count)
        replaced = summed & only_limited
        replaced[bounded] |= summed[bounded]
        wanted = np.zeros(len(example), dtype=bool)
        wanted[part[size[part] == largest[member]]] = True
        of_part = told[member[example]]
        wanted &= (size > 1) & ~replaced[of_part]
        kept = np.flatnonzero(wanted[part])
        row = (np.cumsum(wanted) - 1)[part[kept]]
        idle = np.zeros(len(self.upper), dtype=bool)
        idle[link[(largest[pair] > 1) | replaced[shown]]] = True
        idle[bounding[replaced[bounded]]] = True
        rows = self.without_rows(idle)._with_sums(replaced, told, said)
        return rows.with_rows(
            np.concatenate([row, np.arange(np.count_nonzero(wanted))]),
            np.concatenate([said[member[kept]], of_part[wanted]]),
            np.concatenate([np.ones(len(kept)), -np.ones(np.count_nonzero(wanted))]),
            np.zeros(np.count_nonzero(wanted)),
        )

    def _links(self, binary: Bools, indicator: Bools) -> tuple[Indices, Indices, Indices]:
        """Return the rows that say an indicator is at least a decision, with their indicators and decisions."""
        link = (self.sizes() == 2) & (self.upper == 0) & np.isneginf(self.lower)
        falls = (self.factor == -1) & indicator[self.column]
        link &= self.every(falls | ((self.factor == 1) & binary[self.column]))
        link &= sums(self.row, falls, len(self.upper)) == 1
        entries = np.flatnonzero(link[self.row])
        entries = entries[np.lexsort((self.factor[entries], self.row[entries]))]
        return self.row[entries[::2]], self.column[entries[::2]], self.column[entries[1::2]]

    def _packings_of(self, decision: Indices, binary: Bools) -> tuple[Indices, Indices]:
        """Return the packings that each of some decisions is in, as places among these and rows."""
        entries = np.flatnonzero(self.packings(binary)[self.row])
        entries = entries[np.argsort(self.column[entries], kind="stable")]
        begin, end = (np.searchsorted(self.column[entries], decision, side=side) for side in ("left", "right"))
        member, step = spread(end - begin)
        return member, self.row[entries[begin[member] + step]]

    def _bounds(self, told: Indices, said: Indices, count: Indices) -> tuple[Indices, Indices]:
        """Return the rows that say an indicator is at most the sum of what it is at least, with their indicators."""
        rises = self.factor == 1
        bound = (self.upper == 0) & np.isneginf(self.lower) & self.every(rises | (self.factor == -1))
        bound &= sums(self.row, rises, len(self.upper)) == 1
        entries = np.flatnonzero(bound[self.row] & rises)
        column = np.full(len(self.upper), -1, dtype=np.intp)
        column[self.row[entries]] = self.column[entries]
        bound &= (count[column] > 0) & (self.sizes() == count[column] + 1)
        others = np.flatnonzero(bound[self.row] & ~rises)
        codes = column[self.row[others]] * self.columns + self.column[others]
        strange = others[~np.isin(codes, told * self.columns + said)]
        bound[self.row[strange]] = False
        row = np.flatnonzero(bound)
        return row, column[row]

    def _with_sums(self, replaced: Bools, told: Indices, said: Indices) -> "_Rows":
        """Return the rows with the sum of decisions in the place of each replaced indicator."""
        if not np.any(replaced):
            return self
        order = np.argsort(told, kind="stable")
        told, said = told[order], said[order]
        use = np.flatnonzero(replaced[self.column])
        begin, end = (np.searchsorted(told, self.column[use], side=side) for side in ("left", "right"))
        entry, step = spread(end - begin)
        entries = csr_array(
            (
                np.concatenate([np.delete(self.factor, use), self.factor[use[entry]]]),
                (
                    np.concatenate([np.delete(self.row, use), self.row[use[entry]]]),
                    np.concatenate([np.delete(self.column, use), said[begin[entry] + step]]),
                ),
            ),
            shape=(len(self.upper), self.columns),
        )
        entries.eliminate_zeros()
        found = entries.tocoo()
        return attrs.evolve(self, row=found.row.astype(np.intp), column=found.col.astype(np.intp), factor=found.data)


def _largest(number: Indices, value: Floats, count: int) -> Floats:
    """Return the largest value of each group."""
    largest = np.zeros(count)
    np.maximum.at(largest, number, value)
    return largest


def _close_surplus(rows: _Rows, home: Indices, binary: Bools, program: LinearProgram, upper: Floats) -> None:
    """Set the upper bound of columns to 0 that take up what a row is over, where cheaper ones always suffice.

    How much a row can be over is reckoned from the packings, and from rows that limit the same sums.
    """
    alone = np.bincount(rows.column, minlength=rows.columns) == 1
    taker = ~program.integer & alone & (program.cost > 0) & (program.lower == 0)
    takes = np.flatnonzero(taker[rows.column] & (rows.factor < 0) & np.isneginf(rows.lower[rows.row]))
    price = program.cost[rows.column[takes]] / -rows.factor[takes]
    takes = takes[np.lexsort((price, rows.row[takes]))]
    row, column = rows.row[takes], rows.column[takes]
    room = -rows.factor[takes] * np.minimum(upper[column], 1e12)
    before = np.cumsum(room) - room
    _, start = np.unique(row, return_index=True)
    before -= np.repeat(before[start], np.diff(np.append(start, len(row))))
    asked = np.zeros(len(rows.upper), dtype=bool)
    asked[row] = True
    need = _most_limited(rows, asked, home, binary, upper) - np.where(np.isfinite(rows.upper), rows.upper, 0.0)
    upper[column[before >= need[row] - _TOLERANCE]] = 0.0


def _most_limited(rows: _Rows, asked: Bools, home: Indices, binary: Bools, upper: Floats) -> Floats:
    """Return what the sum of each of some rows can come to, by packings and by limits on parts of it."""
    limiting = np.flatnonzero((rows.of_decisions(binary) & (rows.upper > 1))[rows.row])
    tightness = rows.upper[rows.row[limiting]] / sums(rows.row, rows.factor, len(rows.upper))[rows.row[limiting]]
    limiting = limiting[np.argsort(-tightness, kind="stable")]
    limiter = np.full(rows.columns, -1, dtype=np.intp)
    limiter[rows.column[limiting]] = rows.row[limiting]
    limited = np.ones(rows.columns)
    limited[rows.column[limiting]] = rows.factor[limiting]
    rising = np.flatnonzero((rows.factor > 0) & asked[rows.row])
    row, column = rows.row[rising], rows.column[rising]
    by, times = limiter[column], rows.factor[rising] / limited[column]
    value = rows.factor[rising] * upper[column]
    kind = times.view(np.int64)
    number, first = groups(np.where(home[column] >= 0, home[column], -1 - column), kind, by, row)
    largest = _largest(number, value, len(first))
    part, part_first = groups(kind[first], by[first], row[first])
    total = sums(part, largest, len(part_first))
    one = first[part_first]
    by, row = by[one], row[one]
    total = np.where(by >= 0, np.minimum(total, times[one] * rows.upper[by]), total)
    return sums(row, total, len(rows.upper))
