"""The kinds of arrays that a problem is compiled into, and how entries are numbered by group."""

from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

T = TypeVar("T", bound=np.generic)

Ints = NDArray[np.int64]
Indices = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_WIDE, _WIDEST = 2**40, 2**62
_DENSE = 8


def groups(*keys: NDArray[np.integer]) -> tuple[Indices, Indices]:
    """Number the distinct combinations of some keys.

    Returns:
        For each element the number of its combination, and for each combination the index of one element with it.
    """
    if not len(keys[0]):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    code, width = _combined(keys)
    if width <= _DENSE * len(code):
        found = np.zeros(width, dtype=bool)
        found[code] = True
        number = (np.cumsum(found) - 1)[code]
        first = np.empty(np.count_nonzero(found), dtype=np.intp)
        first[number[::-1]] = np.arange(len(code))[::-1]
        return number, first
    order = np.argsort(code, kind="stable")
    ordered = code[order]
    changes = np.empty(len(order), dtype=bool)
    changes[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    number = np.empty(len(order), dtype=np.intp)
    number[order] = np.cumsum(changes) - 1
    return number, order[changes]


def distinct(values: NDArray[T]) -> NDArray[T]:
    """Return the distinct values in order; by sorting, which has little to do in arrays that are nearly in order."""
    ordered = np.sort(values, kind="stable")
    changes = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    return ordered[changes]


def _combined(keys: tuple[NDArray[np.integer], ...]) -> tuple[Ints, int]:
    """Return a number for each combination of keys, and what all are less than; the last key comes first in order."""
    code, width = np.zeros(len(keys[0]), dtype=np.int64), 1
    for key in reversed(keys):
        least = int(key.min())
        span = int(key.max()) - least + 1
        if span > _WIDE:
            values, place = np.unique(key, return_inverse=True)
            span = len(values)
        else:
            place = key - least
        if width * span > _WIDEST:
            values, code = np.unique(code, return_inverse=True)
            width = len(values)
        code = code * span + place
        width *= span
    return code, width


def sums(number: Indices, values: ArrayLike, count: int) -> Floats:
    """Return the sum of the values of each of `count` groups, by the number of its group for each value."""
    weights = np.broadcast_to(np.asarray(values, dtype=np.float64), number.shape)
    return np.bincount(number, weights, count).astype(np.float64, copy=False)


def spread(counts: NDArray[np.integer]) -> tuple[Indices, Indices]:
    """Repeat each index as often as its count says.

    Returns:
        The repeated indices, and for each repetition its number from 0.
    """
    index = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return index, np.arange(len(index)) - first[index]


def ranks(group: NDArray[np.integer], values: Floats) -> Indices:
    """Return how many elements of the same group come before each, by their values."""
    order = np.lexsort((values, group))
    ordered = group[order]
    place = np.arange(len(order))
    begins = np.ones(len(order), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = place - np.maximum.accumulate(np.where(begins, place, 0))
    return rank
