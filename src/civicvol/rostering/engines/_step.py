"""The step of an objective: costs of solutions often differ by whole multiples of something, and so do their bounds."""

from fractions import Fraction
from math import ceil, gcd, lcm

import numpy as np

from civicvol.rostering.arrays import Bools, Floats, distinct
from civicvol.rostering.program import LinearProgram

_FINEST = 1_000
_TOLERANCE = 1e-6
_NOISE = 1e-9
_MOST_OF_A_STEP = 0.1


def step_of(program: LinearProgram) -> float:
    """Return a number of which what the best solution costs, less the offset, is a whole multiple; 0 for none.

    For whole-numbered decisions the other columns are whole as well where each row has at most two of them, of factors
    1 and -1, and its other factors and its limits are whole: such rows are those of a network, whose corners are
    whole-numbered. Several that are in this row only, with the same factor, are as one: the cheapest are filled first,
    which makes its cost convex, with corners at whole numbers. Then what counts are the costs of decisions and of such
    columns.
    """
    paid = distinct(np.abs(program.cost[program.cost != 0]))
    others = ~program.integer & (program.lower != program.upper)
    settled = program.lower[(program.lower == program.upper) & (program.cost != 0)]
    if len(paid) > _FINEST or not len(paid) or not _whole(settled) or not _are_whole(program, others):
        return 0.0
    exact = [Fraction(cost).limit_denominator(_FINEST) for cost in paid.tolist()]
    if any(abs(float(each) - cost) > 1e-12 * cost for each, cost in zip(exact, paid.tolist(), strict=True)):
        return 0.0
    below = lcm(*(each.denominator for each in exact))
    step = gcd(*(int(each * below) for each in exact)) / below
    return step if step > _TOLERANCE * float(paid[-1]) else 0.0


def raised(bound: float, step: float, offset: float) -> float:
    """Return the least value on the steps that a bound allows.

    Without a step that can be told from rounding, it is the bound less what rounding may add.
    """
    if not np.isfinite(bound):
        return bound
    tolerance = max(_TOLERANCE, _NOISE * abs(bound) / step) if step else 1.0
    if tolerance > _MOST_OF_A_STEP:
        return bound - _NOISE * max(1.0, abs(bound))
    return ceil((bound - offset) / step - tolerance) * step + offset


def _are_whole(program: LinearProgram, others: Bools) -> bool:
    """Return whether the other columns that cost something, or that such ones hang on, are whole with the decisions."""
    counted = others & (program.cost != 0)
    entries = program.rows.tocoo()
    while True:
        touched = np.zeros(len(program.row_upper), dtype=bool)
        touched[entries.row[counted[entries.col]]] = True
        wider = counted.copy()
        wider[entries.col[touched[entries.row]]] = True
        wider &= others
        if np.array_equal(wider, counted):
            break
        counted = wider
    inside = touched[entries.row]
    row, column, factor = entries.row[inside], entries.col[inside], entries.data[inside]
    of_other = counted[column]
    fixed = (program.lower == program.upper)[column]
    ends = program.lower[counted], program.upper[counted], program.row_lower[touched], program.row_upper[touched]
    # Columns that are in one row only, with the same factor, come to one column of rising cost.
    single = np.bincount(entries.col, minlength=len(others))[column] == 1
    signs = [
        np.bincount(row[of_other & (factor == sign) & ~single], minlength=len(touched))
        + (np.bincount(row[of_other & (factor == sign) & single], minlength=len(touched)) > 0)
        for sign in (1, -1)
    ]
    return bool(
        _whole(factor)
        and _whole(program.lower[column[fixed]])
        and all(map(_whole, ends))
        and np.all(np.abs(factor[of_other]) == 1)
        and np.max(signs[0], initial=0) <= 1
        and np.max(signs[1], initial=0) <= 1
    )


def _whole(values: Floats) -> bool:
    finite = values[np.isfinite(values)]
    return bool(np.all(finite == np.round(finite)))
