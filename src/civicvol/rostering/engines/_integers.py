"""A linear program written in whole numbers alone, as a constraint solver wants it.

A continuous column becomes a whole number of units where some best solution is known to have it at such a number,
whatever is decided. Slacks, indicators and pieces of a price are like that: their best values follow from the decisions
and from the limits of their rows, so they share the unit of those. Three facts are used, again and again, until no more
columns are settled:

- The only open column of an equation is what the others leave.
- A column that costs may be lowered until a row holds it up, and one that earns be raised until a row holds it down.
  Where nothing else in those rows is open, that is a limit less whole numbers of known units.
- Open columns that share one row, and are in no other, are at their bounds in some best solution, but for one, which
  takes what is left. They may share one more row if they cost nothing: then some best solution is best for that row.

Where columns stay open, the program in whole numbers is only near the given one, and solving it proves nothing. Where
the factors of a row have no common unit they are rounded, and its limits are widened by what that can come to: no
solution is lost, but one found may break the row by next to nothing.
"""

from fractions import Fraction
from math import gcd, lcm

import attrs
import numpy as np
from scipy.sparse import csr_array

from civicvol.rostering.arrays import Bools, Floats, Indices, Ints, groups, sums
from civicvol.rostering.program import LinearProgram

_TOLERANCE = 1e-9
_SAME = 1e-11
_LARGEST_DENOMINATOR = 10_000
_SMALLEST_UNIT = 1e-7
_ROUGH_UNIT = 1e-3
_FARTHEST = 1e6
_LARGEST = 2.0**60
_LARGEST_SUM = 2.0**50


@attrs.frozen(kw_only=True, eq=False)
class Integers:
    """Minimise `cost @ X` over whole numbers X where `row_lower <= rows @ X <= row_upper` and `lower <= X <= upper`.

    Args:
        cost: one a column.
        lower: one a column.
        upper: one a column.
        rows: sparse matrix of whole numbers, rows by columns.
        row_lower: one a row; -2**60 for minus infinity.
        row_upper: one a row; 2**60 for infinity.
        unit: float, one a column: its value in the linear program is X times its unit.
        scale: what the objective of the linear program, without its offset, is multiplied by.
        slip: by how much `cost @ X / scale` may be wrong at most, since costs are rounded.
        exact: whether some best solution of the linear program is among these.
    """

    cost: Ints
    lower: Ints
    upper: Ints
    rows: csr_array
    row_lower: Ints
    row_upper: Ints
    unit: Floats
    scale: float
    slip: float
    exact: bool


def in_whole_numbers(program: LinearProgram) -> Integers:
    """Return a linear program in whole numbers."""
    grid = _Grid(program)
    while grid.settle_equations() or grid.settle_by_cost(1.0) or grid.settle_by_cost(-1.0) or grid.settle_shares():
        pass
    return grid.integers()


class _Grid:
    """The columns of a program, with the units known so far."""

    def __init__(self, program: LinearProgram) -> None:
        entries = program.rows.tocoo()
        kept = entries.data != 0
        self._program = program
        self._row, self._column = entries.row[kept].astype(np.intp), entries.col[kept].astype(np.intp)
        self._factor = entries.data[kept]
        fixed = (program.lower == program.upper) & ~program.integer
        self._unit = np.where(fixed & (program.lower != 0), np.abs(program.lower), 1.0)
        self._lower, self._upper = program.lower.copy(), program.upper.copy()
        self._open = ~(program.integer | fixed) | ~(np.isfinite(program.lower) & np.isfinite(program.upper))

    def settle_equations(self) -> bool:
        """Settle columns that are what the others in an equation leave; return whether there were any."""
        equation = self._program.row_lower == self._program.row_upper
        entry = np.flatnonzero(self._of_open() & (equation & (self._open_in_row() == 1))[self._row])
        _, first = np.unique(self._column[entry], return_index=True)
        entry = entry[first]
        row, column, factor = self._row[entry], self._column[entry], self._factor[entry]
        unit = self._row_units()[row] / np.abs(factor)
        least, most = self._activity()
        ends = (self._program.row_lower[row] - np.stack([least[row], most[row]])) / factor
        return self._settle(column, unit, ends.min(axis=0), ends.max(axis=0))

    def settle_by_cost(self, sign: float) -> bool:
        """Settle columns that may be lowered until rows hold them up; return whether there were any.

        With a sign of -1 the columns are turned round, which settles those that may be raised.
        """
        program, of_open = self._program, self._of_open()
        factor = sign * self._factor
        limit = np.where(factor > 0, program.row_lower[self._row], program.row_upper[self._row])
        holds = of_open & np.isfinite(limit)
        alone = self._open_in_row() == 1
        free = self._open & (sign * program.cost >= 0)
        free[self._column[holds & ~alone[self._row]]] = False
        entry = np.flatnonzero(holds & free[self._column])
        rest = self._lower if sign > 0 else -self._upper
        resting = np.flatnonzero(free & np.isfinite(rest))
        unit = _common_units(
            np.concatenate([self._column[entry], resting]),
            np.concatenate([self._row_units()[self._row[entry]] / np.abs(factor[entry]), rest[resting]]),
            len(free),
        )
        least, most = self._activity()
        needs = (limit[entry] - np.stack([least[self._row[entry]], most[self._row[entry]]])) / factor[entry]
        lowest, highest = rest.copy(), rest.copy()
        np.maximum.at(lowest, self._column[entry], needs.min(axis=0))
        np.maximum.at(highest, self._column[entry], needs.max(axis=0))
        column = np.flatnonzero(free & np.isfinite(highest))
        ends = (sign * lowest[column], sign * highest[column])
        return self._settle(column, unit[column], np.minimum(*ends), np.maximum(*ends))

    def settle_shares(self) -> bool:
        """Settle columns that share one row, or one and another that limits them; return whether there were any."""
        program, of_open = self._program, self._of_open()
        height = len(program.row_lower)
        one_sided = ~(np.isfinite(program.row_lower) & np.isfinite(program.row_upper))
        uses = np.bincount(self._column, minlength=len(self._open))
        sum_of_rows = np.bincount(self._column, self._row, len(self._open)).astype(np.intp)
        other = np.where(uses[self._column] == 2, sum_of_rows[self._column] - self._row, -1)
        bound = np.fmax(
            np.where(np.isfinite(self._lower), np.abs(self._lower), np.nan),
            np.where(np.isfinite(self._upper), np.abs(self._upper), np.nan),
        )
        shared = np.ones(height, dtype=bool)
        fit = (uses == 1)[self._column]
        fit |= (other >= 0) & one_sided[other] & (program.cost == 0)[self._column]
        fit &= ~(np.isnan(bound) | program.integer)[self._column]
        first = np.full(height, height)
        np.minimum.at(first, self._row[of_open], other[of_open])
        fit &= other == first[self._row]
        shared[self._row[of_open & ~fit]] = False
        entry = np.flatnonzero(of_open & shared[self._row])
        row, column, factor = self._row[entry], self._column[entry], np.abs(self._factor[entry])
        ends = [np.where(np.isfinite(end), end, 0.0)[column] * factor for end in (self._lower, self._upper)]
        unit = _common_units(np.tile(row, 3), np.concatenate([*ends, self._row_units()[row]]), height)[row] / factor
        least, most = self._activity()
        limits = [np.where(np.isfinite(end), np.abs(end), 0.0) for end in (program.row_lower, program.row_upper)]
        reach = np.maximum(-least, most) + np.maximum(*limits) + sums(row, bound[column] * factor, height)
        reach = reach[row] / factor
        return self._settle(column, unit, -reach, reach)

    def integers(self) -> Integers:
        """Return the program in whole numbers, open columns at a unit that is small."""
        program, rough = self._program, self._open & ~self._program.integer
        unit = np.where(rough, _ROUGH_UNIT, self._unit)
        lower, upper = np.clip(self._lower, -_FARTHEST, None) / unit, np.clip(self._upper, None, _FARTHEST) / unit
        lower = np.where(rough, np.floor(lower), _ceil(lower))
        upper = np.where(rough, np.ceil(upper), _floor(upper))
        farthest = np.maximum(np.abs(lower), np.abs(upper))
        height = len(program.row_lower)
        factor = self._factor * unit[self._column]
        row_unit = _common_units(self._row, factor, height)
        uneven = np.isnan(row_unit)
        most = sums(self._row, np.abs(factor) * farthest[self._column], height)
        row_unit = np.where(uneven, most / _LARGEST_SUM, np.where(row_unit == 0, 1.0, row_unit))
        widened = np.where(uneven, sums(self._row, farthest[self._column] / 2, height), 0.0)
        cost = program.cost * unit
        scale = _cost_scale(cost, farthest)
        rounded = np.round(cost * scale)
        return Integers(
            cost=_whole(rounded),
            lower=_whole(lower),
            upper=_whole(upper),
            rows=csr_array(
                (_whole(np.round(factor / row_unit[self._row])), (self._row, self._column)), shape=program.rows.shape
            ),
            row_lower=_whole(_ceil(program.row_lower / row_unit - widened)),
            row_upper=_whole(_floor(program.row_upper / row_unit + widened)),
            unit=unit,
            scale=scale,
            slip=float(np.abs(rounded / scale - cost) @ farthest),
            exact=not np.any(self._open),
        )

    def _settle(self, column: Indices, unit: Floats, lowest: Floats, highest: Floats) -> bool:
        """Take the columns that have a unit as known, and no farther than from the lowest to the highest."""
        known = (unit >= _SMALLEST_UNIT) | (unit == 0)
        column, unit, lowest, highest = column[known], unit[known], lowest[known], highest[known]
        whole = self._program.integer[column]
        self._unit[column] = np.where(whole | (unit == 0), 1.0, unit)
        self._lower[column] = np.maximum(self._lower[column], np.where(whole, _floor(lowest), lowest))
        self._upper[column] = np.minimum(self._upper[column], np.where(whole, _ceil(highest), highest))
        self._open[column] = False
        return bool(len(column))

    def _of_open(self) -> Bools:
        of_open: Bools = self._open[self._column]
        return of_open

    def _open_in_row(self) -> Floats:
        return sums(self._row, self._of_open(), len(self._program.row_lower))

    def _row_units(self) -> Floats:
        """Return what all that is settled in a row, and its limits, are whole multiples of."""
        program, known = self._program, np.flatnonzero(~self._of_open())
        number = [self._row[known]]
        value = [self._factor[known] * self._unit[self._column[known]]]
        for limit in (program.row_lower, program.row_upper):
            finite = np.flatnonzero(np.isfinite(limit))
            number.append(finite)
            value.append(limit[finite])
        return _common_units(np.concatenate(number), np.concatenate(value), len(program.row_lower))

    def _activity(self) -> tuple[Floats, Floats]:
        """Return what the settled columns of each row come to, at the least and at the most."""
        known = np.flatnonzero(~self._of_open())
        row, column = self._row[known], self._column[known]
        ends = np.sort(self._factor[known] * np.stack([self._lower[column], self._upper[column]]), axis=0)
        height = len(self._program.row_lower)
        return sums(row, ends[0], height), sums(row, ends[1], height)


def _common_units(group: Indices, values: Floats, count: int) -> Floats:
    """Return the largest number that all values of a group are whole multiples of.

    It is 0 where all values are 0, or there are none, and nan where there is no such number.
    """
    known, which = np.unique(np.abs(values), return_inverse=True)
    fractions = [_fraction(float(value)) for value in known]
    numerator = np.array([each.numerator if each else 0 for each in fractions], dtype=np.int64)
    whole = np.array([each is not None and each.denominator == 1 for each in fractions], dtype=bool)
    units = np.zeros(count, dtype=np.int64)
    np.gcd.at(units, group, numerator[which])
    unit = units.astype(np.float64)
    mixed = np.zeros(count, dtype=bool)
    mixed[group[~whole[which]]] = True
    chosen = np.flatnonzero(mixed[group])
    _, first = groups(which[chosen], group[chosen])
    chosen = chosen[first]
    starts = np.flatnonzero(np.diff(group[chosen], prepend=-1))
    for number, members in zip(group[chosen[starts]], np.split(which[chosen], starts[1:]), strict=False):
        unit[number] = _common_unit([fractions[member] for member in members])
    return unit


def _common_unit(fractions: list[Fraction | None]) -> float:
    known = [each for each in fractions if each is not None]
    if len(known) < len(fractions):
        return np.nan
    denominator = lcm(*(each.denominator for each in known))
    return gcd(*(each.numerator * (denominator // each.denominator) for each in known)) / denominator


def _fraction(value: float) -> Fraction | None:
    """Return the simple fraction that a number stands for; None where it stands for none."""
    if not value < _LARGEST:
        return None
    fraction = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    return fraction if abs(fraction - Fraction(value)) <= _SAME * max(1.0, value) else None


def _cost_scale(cost: Floats, farthest: Floats) -> float:
    """Return what makes costs whole, or nearly so."""
    unit = float(_common_units(np.zeros(len(cost), dtype=np.intp), cost, 1)[0])
    most = max(float(np.abs(cost) @ farthest), 1.0)
    if unit == 0:
        return 1.0
    if unit * _LARGEST_SUM >= most:
        return 1.0 / unit
    return float(2.0 ** np.floor(np.log2(_LARGEST_SUM / most)))


def _floor(values: Floats) -> Floats:
    finite = np.clip(values, -_LARGEST, _LARGEST)
    return np.asarray(np.floor(finite + _TOLERANCE * np.maximum(1.0, np.abs(finite))))


def _ceil(values: Floats) -> Floats:
    return -_floor(-values)


def _whole(values: Floats) -> Ints:
    return np.clip(values, -_LARGEST, _LARGEST).astype(np.int64)
