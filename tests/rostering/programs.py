"""Small linear programs for tests, and what they cost when their decisions are held."""

import attrs
import numpy as np
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from civicvol.rostering.program import LinearProgram

INF = np.inf


def program(rows, limits, *, cost, lower=None, upper=None, integer=True, lazy=(), needs=None):
    """Return a program over binary columns; `rows` is a dense table."""
    table = np.array(rows, dtype=float).reshape(len(limits), len(cost))
    count = len(cost)
    marks = np.zeros(len(limits), dtype=bool)
    marks[list(lazy)] = True
    return LinearProgram(
        cost=np.array(cost, dtype=float),
        lower=np.zeros(count) if lower is None else np.array(lower, dtype=float),
        upper=np.ones(count) if upper is None else np.array(upper, dtype=float),
        integer=np.broadcast_to(np.array(integer, dtype=bool), (count,)).copy(),
        rows=csr_array(table),
        row_lower=np.full(len(limits), -INF) if needs is None else np.array(needs, dtype=float),
        row_upper=np.array(limits, dtype=float),
        lazy=marks,
    )


@st.composite
def any_programs(draw):
    """Draw programs such as no rule writes: decisions, indicators and slacks in rows of any kind."""
    decisions, others, height = draw(st.integers(1, 6)), draw(st.integers(0, 3)), draw(st.integers(0, 6))
    count = decisions + others
    rows = draw(
        st.lists(
            st.lists(st.sampled_from([0, 0, 1, 1, 1, 2, 3, -1]), min_size=count, max_size=count),
            min_size=height,
            max_size=height,
        )
    )
    limits = draw(st.lists(st.sampled_from([0, 0, 1, 1, 2, 4, INF]), min_size=height, max_size=height))
    needs = [draw(st.sampled_from([-INF, -INF, -INF, 0, 1])) for _ in limits]
    return program(
        rows,
        limits,
        cost=[draw(st.integers(-3, 2)) for _ in range(decisions)] + [draw(st.integers(0, 2)) for _ in range(others)],
        lower=[draw(st.sampled_from([0, 0, 0, 1])) for _ in range(decisions)] + [0] * others,
        upper=[1] * decisions + [draw(st.sampled_from([1, 1, 0.5, 2, INF])) for _ in range(others)],
        integer=[True] * decisions + [False] * others,
        needs=[min(need, limit) for need, limit in zip(needs, limits, strict=True)],
    )


def least_cost(held, values=None):
    """Return the least objective of a program, its first columns held at values; None where there is no solution."""
    lower, upper = held.lower.copy(), held.upper.copy()
    if values is not None:
        lower[: len(values)] = np.maximum(lower[: len(values)], values)
        upper[: len(values)] = np.minimum(upper[: len(values)], values)
    if np.any(lower > upper):
        return None
    if not len(held.cost):
        return held.offset if np.all(held.row_lower <= 0) and np.all(held.row_upper >= 0) else None
    rows = LinearConstraint(held.rows, held.row_lower, held.row_upper) if held.rows.shape[0] else ()
    answer = milp(held.cost, constraints=rows, bounds=Bounds(lower, upper), integrality=held.integer.astype(int))
    return None if answer.fun is None else answer.fun + held.offset


def without_lazy_marks(given):
    """Return the same program with no row marked as lazy."""
    return attrs.evolve(given, lazy=np.zeros(len(given.row_upper), dtype=bool))
