"""What the rules share that ask whether somebody works at all in a day, a weekend or another stretch of time."""

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


def write_wholes(
    columns: Columns, program: Program, counted: Bools, whole: Ints, days: dict[int, list[int]], weight: float | None
) -> None:
    """Write that who works in a whole, such as a weekend, works on all its days; each that is missing is one unit.

    Args:
        columns: candidates and past duties.
        program: the program.
        counted: which columns count.
        whole: the number of the whole that each column is in.
        days: the days of each whole.
        weight: what a missing day costs; None forbids it.
    """
    wholes = worked_cells(columns, program, counted & ~columns.past, whole)
    worked = worked_cells(columns, program, counted, columns.day)
    each, first = np.unique(wholes.time, return_inverse=True)
    lengths = np.array([len(days[number]) for number in each.tolist()], dtype=np.intp)
    members = np.array([day for number in each.tolist() for day in days[number]], dtype=np.int64)
    cell, step = spread(lengths[first])
    place = worked.find(wholes.volunteer[cell], members[(np.cumsum(lengths) - lengths)[first[cell]] + step])
    shown = np.append(worked.column, -1)[place]
    needed = (shown != wholes.column[cell]) & ~np.append(worked.past, False)[place]
    cell, shown = cell[needed], shown[needed]
    at = np.flatnonzero(shown >= 0)
    program.at_most(
        np.concatenate([np.arange(len(cell)), at]),
        np.concatenate([wholes.column[cell], shown[at]]),
        np.concatenate([np.ones(len(cell)), -np.ones(len(at))]),
        np.zeros(len(cell)),
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
    new = np.flatnonzero((np.bincount(cell, minlength=count) > 1) & ~told)
    column[new] = program.add_columns(np.zeros(len(new)), np.ones(len(new)))
    number = np.full(count, -1, dtype=np.intp)
    number[new] = np.arange(len(new))
    inside = np.flatnonzero(number[cell] >= 0)
    decision, shown = entries[inside], column[cell[inside]]
    ones = np.ones(len(inside))
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
    each = first
    return Cells(volunteer=columns.volunteer[entries][each], time=time[entries][each], column=column, past=told)
