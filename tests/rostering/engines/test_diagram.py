from itertools import product

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.rostering.engines._block import decompose
from civicvol.rostering.engines._diagram import diagram_of
from civicvol.rostering.engines._rest import completed
from tests.rostering.programs import program

INF = np.inf


def owned(given, *, owner=0, others=0):
    """Return a program whose first columns are decisions of one owner, in order of time."""
    count = len(given.cost)
    mark = np.arange(count) < count - others
    return attrs.evolve(given, integer=mark, owner=np.where(mark, owner, -1), time=np.where(mark, np.arange(count), 0))


@st.composite
def blocks(draw):
    """Draw programs of one owner: packings, sums, and slacks that relieve a row or follow from another."""
    count = draw(st.integers(1, 5))
    table, limits, others = [], [], []
    for _ in range(draw(st.integers(0, 4))):
        row = draw(st.lists(st.sampled_from([0, 1, 1, 2, -1]), min_size=count, max_size=count))
        table.append(row)
        limits.append(draw(st.integers(0, 2)))
        others.append(draw(st.sampled_from(["", "slack", "pieces"])))
    width = sum(1 if kind == "slack" else 2 if kind == "pieces" else 0 for kind in others)
    rows, upper, cost, place = [], [1.0] * count, [draw(st.integers(-2, 2)) for _ in range(count)], 0
    for row, kind in zip(table, others, strict=True):
        tail = [0.0] * width
        for number in range({"": 0, "slack": 1, "pieces": 2}[kind]):
            tail[place] = -1.0
            place += 1
            upper.append(1.0 if kind == "pieces" and number == 0 else INF)
            cost.append(1.0 + 2 * number)
        rows.append([*map(float, row), *tail])
    return owned(program(rows, limits, cost=cost, upper=upper), others=width)


def every_line(given):
    """Yield all that the owner may decide, with what it costs."""
    count = int(given.integer.sum())
    for decisions in product((0.0, 1.0), repeat=count):
        values = completed(given, np.append(decisions, np.zeros(len(given.cost) - count)), "test")
        if values is not None:
            yield np.array(decisions), given.objective(values)


def check_diagram(given, prices):
    parts = decompose(given)
    (block,) = parts.blocks
    lines = list(every_line(given))
    diagram = diagram_of(block)
    if not lines:
        assert diagram is None
        return
    count = int(given.integer.sum())
    assert given.rows[parts.coupling][:, :count].nnz == 0
    plus = np.array(prices[:count])
    best, taken = diagram.cheapest((given.cost[:count] + plus)[block.columns])
    costs = {tuple(line): cost + float(line @ plus) for line, cost in lines}
    assert best == pytest.approx(min(costs.values()))
    chosen = np.zeros(count)
    chosen[block.columns[taken]] = 1.0
    assert costs[tuple(chosen)] == pytest.approx(best)
    through = diagram.through((given.cost[:count] + plus)[block.columns])
    for place, column in enumerate(block.columns.tolist()):
        with_it = [cost for line, cost in costs.items() if line[column] == 1]
        assert through[place] == pytest.approx(min(with_it, default=INF))


@given(blocks(), st.lists(st.integers(-3, 3), min_size=5, max_size=5))
def test_has_just_the_lines_that_may_be(given, prices):
    check_diagram(given, prices)


def test_knows_an_indicator_of_several_decisions():
    # Columns: sat, sun, next sat, next sun, and an indicator for each weekend; one weekend is allowed.
    rows = [
        [1, 0, 0, 0, -1, 0],
        [0, 1, 0, 0, -1, 0],
        [-1, -1, 0, 0, 1, 0],
        [0, 0, 1, 0, 0, -1],
        [0, 0, 0, 1, 0, -1],
        [0, 0, -1, -1, 0, 1],
        [0, 0, 0, 0, 1, 1],
    ]
    given = program(rows, [0, 0, 0, 0, 0, 0, 1], cost=[-1, -2, -4, -3, 0, 0])
    check_diagram(owned(given, others=2), [0, 0, 0, 0])


def test_takes_first_what_relieves_a_row_at_less_cost():
    given = program([[10, -1, -10]], [0], cost=[-5, 1, 2], upper=[1, INF, INF])
    check_diagram(owned(given, others=2), [0])


def test_knows_what_follows_from_what_follows():
    # A run that begins and does not reach the second day costs one, and one more if it does not reach the third.
    rows = [[1, -1, 0, -1, 0], [0, 0, 0, 1, -1], [1, 0, -1, 0, -1]]
    given = program(rows, [0, 0, 0], cost=[-5, 1, 1, 2, 3], upper=[1, 1, 1, INF, INF])
    check_diagram(owned(given, others=2), [0, 0, 0])


def test_is_too_large_to_be_made(monkeypatch):
    monkeypatch.setattr("civicvol.rostering.engines._diagram._MOST_ARCS", 1)
    (block,) = decompose(owned(program([[1, 1]], [2], cost=[0, 0]))).blocks
    assert diagram_of(block) is None


class TestDecompose:
    def test_needs_to_know_the_owners(self):
        assert decompose(program([[1]], [1], cost=[0])) is None

    def test_wants_no_decision_taken_beforehand(self):
        assert decompose(owned(program([[1]], [1], cost=[0], lower=[1]))) is None

    def test_couples_what_is_about_two(self):
        given = program([[1, 1, 0], [1, 0, -1], [0, 1, -1]], [1, 0, 0], cost=[0, 0, 1], upper=[1, 1, INF])
        given = attrs.evolve(
            given, integer=np.array([True, True, False]), owner=np.array([0, 1, -1]), time=np.array([0, 0, 0])
        )
        parts = decompose(given)
        assert parts.coupling.tolist() == [0, 1, 2]
        assert parts.free.tolist() == [2]
        assert [block.columns.tolist() for block in parts.blocks] == [[0], [1]]

    def test_couples_what_it_cannot_follow(self):
        # Each of two columns helps the other's row: neither is decided first.
        given = program([[1, -1, 1], [1, 1, -1]], [0, 0], cost=[-1, 1, 1], upper=[1, INF, INF])
        parts = decompose(owned(given, others=2))
        assert parts.coupling.tolist() == [0, 1]
        assert parts.free.tolist() == [1, 2]
