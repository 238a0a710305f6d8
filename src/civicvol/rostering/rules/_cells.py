"""What the rules share that ask whether somebody works at all in a day, a weekend or another stretch of time."""

from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np

from civicvol.rostering.arrays import Bools, Indices, Ints, groups, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program


@attrs.frozen(kw_only=True, eq=False)
class Cells:
    """The cells of time in which volunteers might work, in order of volunteer and time.

    A cell without an entry here is one in which its volunteer certainly does not work.

    Args:
        volunteer: index of each cell's volunteer.
        time: a number for the cell's time; that of the next cell in time is one more.
        column: a column of the program that is one where the volunteer works in the cell, and zero where not.
        past: whether a past duty says so already.
    """

    volunteer: Indices
    time: Ints
    column: Indices
    past: Bools

    def __len__(self) -> int:
        return len(self.volunteer)

    def find(self, volunteer: Indices, time: Ints) -> Indices:
        """Return the place of the cell of each volunteer and time, -1 where there is none."""
        if not len(self):
            return np.full(len(volunteer), -1, dtype=np.intp)
        low, high = int(self.time.min()), int(self.time.max())
        width = high - low + 1
        codes = self.volunteer * width + (self.time - low)
        wanted = volunteer * width + (np.clip(time, low, high) - low)
        place = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        return np.where((codes[place] == wanted) & (low <= time) & (time <= high), place, -1)


def worked_cells(columns: Columns, program: Program, counted: Bools, time: Ints) -> Cells:
    """Return the cells in which volunteers might work, and write their columns where they are new.

    A cell with one column of its own, or with a past duty, is said by that; elsewhere a new column is at least each of
    the cell's columns and at most their sum. Rules that ask for the same cells share them.

    Args:
        columns: candidates and past duties.
        program: the program.
        counted: which columns count, as in `VolunteerRule.within`.
        time: the number of the cell that each column is in: `columns.day`, or a number of its weekend.
    """
    key = ("cells", counted.tobytes(), time.tobytes())
    return program.remembered(key, lambda: _written(columns, program, np.flatnonzero(counted), time))


class ColumnBook:
    """Columns that rules add to a program and share, by the numbers of what they stand for."""

    def __init__(self) -> None:
        self._keys = np.zeros(0, dtype=np.int64)
        self._columns = np.zeros(0, dtype=np.intp)

    @classmethod
    def of(cls, program: Program, name: str) -> "ColumnBook":
        """Return a program's book of a name."""
        return program.remembered(("book", name), cls)

    def columns(self, program: Program, keys: Ints) -> tuple[Indices, Bools]:
        """Return the columns of some different keys, from 0 to 1, and which of them are new."""
        place = np.searchsorted(self._keys, keys)
        new = np.append(self._keys, 0)[place] != keys
        new |= place == len(self._keys)
        added = program.add_columns(np.zeros(np.count_nonzero(new)), 1.0)
        found = np.append(self._columns, -1)[place]
        found[new] = added
        joined = np.concatenate([self._keys, keys[new]])
        order = np.argsort(joined)
        self._keys, self._columns = joined[order], np.concatenate([self._columns, added])[order]
        return found, new


def positions_of(columns: Columns, ids: Iterable[str]) -> list[int]:
    """Return the numbers of some positions, as columns have them."""
    number = {position.id: index for index, position in enumerate(columns.problem.positions)}
    return [number[id] for id in ids]


def write_wholes(
    columns: Columns,
    program: Program,
    counted: Bools,
    whole: Ints,
    days: Mapping[int, Sequence[int]],
    weight: float | None,
    *,
    where: Cells | None = None,
) -> None:
    """Write that who works in a whole, such as a weekend, works on all its days; each that is missing is one unit.

    Args:
        columns: candidates and past duties.
        program: the program.
        counted: which columns count; duties of the roster only make a whole.
        whole: the number of the whole that each column is in.
        days: the days of each whole.
        weight: what a missing day costs; None forbids it.
        where: the cells of which one has to be worked for a day to be missed; any day where None.
    """
    wholes = worked_cells(columns, program, counted & ~columns.past, whole)
    worked = worked_cells(columns, program, counted, columns.day)
    each, number = np.unique(wholes.time, return_inverse=True)
    lengths = np.array([len(days[one]) for one in each.tolist()], dtype=np.intp)
    members = np.array([day for one in each.tolist() for day in days[one]], dtype=np.int64)
    cell, step = spread(lengths[number])
    volunteer, day = wholes.volunteer[cell], members[(np.cumsum(lengths) - lengths)[number[cell]] + step]
    place, condition = (
        (of.find(volunteer, day) if of is not None else np.full(len(cell), -1, dtype=np.intp)) for of in (worked, where)
    )
    shown, told = np.append(worked.column, -1)[place], np.append(worked.past, False)[place]
    kept = np.flatnonzero((shown != wholes.column[cell]) & ~told & ((condition >= 0) | (where is None)))
    row, there, conditional = np.arange(len(kept)), *(np.flatnonzero(at[kept] >= 0) for at in (place, condition))
    program.at_most(
        np.concatenate([row, there, conditional]),
        np.concatenate(
            [
                wholes.column[cell[kept]],
                shown[kept[there]],
                (worked if where is None else where).column[condition[kept[conditional]]],
            ]
        ),
        np.repeat([1.0, -1.0, 1.0], [len(row), len(there), len(conditional)]),
        np.full(len(kept), 0.0 if where is None else 1.0),
        weight,
    )


def _written(columns: Columns, program: Program, entries: Indices, time: Ints) -> Cells:
    cell, first = groups(time[entries], columns.volunteer[entries])
    count = len(first)
    column = np.zeros(count, dtype=np.intp)
    column[cell] = entries
    past = np.flatnonzero(columns.past[entries])
    column[cell[past]] = entries[past]
    told = np.zeros(count, dtype=bool)
    told[cell[past]] = True
    several = np.flatnonzero((np.bincount(cell, minlength=count) > 1) & ~told)
    # The sum of random marks says which decisions a cell holds.
    marks = np.random.default_rng(0).integers(0, 2**62, len(columns))
    mark = np.zeros(count, dtype=np.int64)
    np.add.at(mark, cell, marks[entries])
    column[several], fresh = ColumnBook.of(program, "cells").columns(program, mark[several])
    _link(program, entries, cell, column, several[fresh])
    return Cells(volunteer=columns.volunteer[entries][first], time=time[entries][first], column=column, past=told)


def _link(program: Program, entries: Indices, cell: Indices, column: Indices, new: Indices) -> None:
    """Write that the columns of new cells are at least each of their decisions, and at most the sum of them."""
    number = np.full(len(column), -1, dtype=np.intp)
    number[new] = np.arange(len(new))
    inside = np.flatnonzero(number[cell] >= 0)
    decision, shown, ones = entries[inside], column[cell[inside]], np.ones(len(inside))
    program.at_most(
        np.tile(np.arange(len(inside)), 2),
        np.concatenate([decision, shown]),
        np.concatenate([ones, -ones]),
        np.zeros(len(inside)),
    )
    program.at_most(
        np.concatenate([number[cell[inside]], np.arange(len(new))]),
        np.concatenate([decision, column[new]]),
        np.concatenate([-ones, np.ones(len(new))]),
        np.zeros(len(new)),
    )
