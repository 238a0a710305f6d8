"""The kinds of arrays that a problem is compiled into, and how entries are numbered by group."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Indices = NDArray[np.intp]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def groups(*keys: NDArray[np.integer]) -> tuple[Indices, Indices]:
    """Number the distinct combinations of some keys.

    Returns:
        For each element the number of its combination, and for each combination the index of one element with it.
    """
    if not len(keys[0]):
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
    order = np.lexsort(keys)
    changes = np.zeros(len(order), dtype=bool)
    for key in keys:
        ordered = key[order]
        changes[1:] |= ordered[1:] != ordered[:-1]
    number = np.empty(len(order), dtype=np.intp)
    number[order] = np.cumsum(changes)
    changes[0] = True
    return number, order[changes]


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
