import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.rostering.columns import find_candidates
from civicvol.rostering.compile import write_program
from civicvol.rostering.program import Program
from civicvol.rostering.rules import default_rules
from civicvol.rostering.tighten import tighten as tighten_for
from civicvol.testing import roster_problems, rosters
from tests.rostering.programs import INF, any_programs, least_cost, program


def written(problem, keep=()):
    """Return the candidates of a problem and its program as the rules write it."""
    columns = find_candidates(problem, keep)
    untouched = Program(columns.past)
    for rule in problem.rules:
        rule.rows(columns, untouched)
    return columns, untouched.finish()


def tighten(given, owner=None):
    """Tighten a program all of whose decisions have one owner, unless it says otherwise."""
    return tighten_for(given, np.zeros(len(given.cost), dtype=int) if owner is None else np.array(owner))


def rows_of(tightened):
    """Return the rows as sets of columns."""
    return sorted(tuple(np.flatnonzero(row)) for row in tightened.rows.toarray())


class TestTighten:
    def test_drops_a_packing_within_another(self):
        assert rows_of(tighten(program([[1, 1, 0], [1, 1, 1]], [1, 1], cost=[-1, -1, -1]))) == [(0, 1, 2)]

    def test_keeps_one_of_two_equal_packings(self):
        assert rows_of(tighten(program([[1, 1], [1, 1]], [1, 1], cost=[-1, -1]))) == [(0, 1)]

    def test_keeps_packings_that_only_share_a_column(self):
        assert rows_of(tighten(program([[1, 1, 0], [0, 1, 1]], [1, 1], cost=[-1, -1, -1]))) == [(0, 1), (1, 2)]

    def test_sees_a_packing_in_a_limit_for_which_no_two_have_room(self):
        tightened = tighten(program([[180, 150]], [300], cost=[-1, -1]))
        assert tightened.rows.toarray().tolist() == [[1, 1]]
        assert tightened.row_upper.tolist() == [1]

    def test_leaves_a_limit_for_which_two_have_room(self):
        assert tighten(program([[150, 150, 200]], [300], cost=[-1, -1, -1])).row_upper.tolist() == [300]

    def test_sees_none_in_a_limit_that_one_exceeds_alone(self):
        # The last column can only be 0, and without it the first row is one of decisions.
        given = program([[2, 2, -1], [0, 0, 2]], [1, 1], cost=[-1, -1, 0])
        assert least_cost(tighten(given)) == least_cost(given) == 0

    def test_forbids_what_is_too_much_alone(self):
        tightened = tighten(program([[301, 100, 250]], [300], cost=[-1, -1, -1]))
        assert tightened.upper.tolist() == [0, 1, 1]

    def test_drops_a_limit_that_packings_keep(self):
        one_a_day = [[1, 1, 0, 0], [0, 0, 1, 1]]
        assert rows_of(tighten(program([*one_a_day, [100, 200, 100, 50]], [1, 1, 300], cost=[-1] * 4))) == [
            (0, 1),
            (2, 3),
        ]
        assert len(tighten(program([*one_a_day, [100, 200, 150, 50]], [1, 1, 300], cost=[-1] * 4)).row_upper) == 3

    def test_reads_the_rows_of_one_owner_against_each_other(self):
        rows = [[1, 1, 1, 1, 0], [1, 0, 0, 0, 1], [120, 0, 0, 0, 120]]
        given = program(rows, [1, 1, 120], cost=[-1] * 5)
        assert rows_of(tighten(given, [0, 1, 2, 3, 0])) == [(0, 1, 2, 3), (0, 4)]

    def test_joins_pairs_between_two_packings(self):
        rows = [[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 0, 0, 1, 0, 0], [1, 0, 0, 0, 1, 0], [0, 1, 0, 0, 1, 0],
                [0, 1, 0, 1, 0, 0], [0, 0, 1, 1, 0, 0]]  # fmt: skip
        assert rows_of(tighten(program(rows, [1] * 7, cost=[-1] * 6))) == [
            (0, 1, 2),
            (0, 1, 3, 4),
            (2, 3),
            (3, 4, 5),
        ]

    def test_joins_links_to_an_indicator(self):
        rows = [[1, 1, 0], [1, 0, -1], [0, 1, -1]]
        given = program(rows, [1, 0, 0], cost=[-2, -2, 1], integer=[True, True, False])
        assert sorted(tighten(given).rows.toarray().tolist()) == [[1, 1, -1], [1, 1, 0]]

    def test_puts_the_decisions_in_the_place_of_an_indicator(self):
        rows = [[1, 1, 0, 0], [1, 0, 0, -1], [0, 1, 0, -1], [0, 0, 1, 1]]
        given = program(rows, [1, 0, 0, 1], cost=[-2, -2, -1, 0], integer=[True, True, True, False], lazy=[3])
        tightened = tighten(given)
        assert sorted(tightened.rows.toarray().tolist()) == [[1, 1, 0, 0], [1, 1, 1, 0]]
        assert tightened.lazy.tolist().count(True) == 1

    def test_joins_links_by_the_packing_that_holds_most_of_them(self):
        # Two duties on Saturday and two on Sunday, one a day; the second of a Saturday excludes the first of a Sunday.
        rows = [
            [1, 1, 0, 0, 0],
            [0, 0, 1, 1, 0],
            [0, 1, 1, 0, 0],
            *([0] * n + [1] + [0] * (3 - n) + [-1] for n in range(4)),
        ]
        given = program(rows, [1, 1, 1, 0, 0, 0, 0], cost=[-2, -2, -2, -2, 1], integer=[True] * 4 + [False])
        tightened = tighten(given).rows.toarray().tolist()
        assert [1, 1, 0, 0, -1] in tightened
        assert [0, 0, 1, 1, -1] in tightened
        assert all(row.count(1) > 1 for row in tightened)
        assert least_cost(tighten(given)) == least_cost(given) == -3

    def test_puts_the_decisions_in_the_place_of_an_indicator_that_is_their_sum(self):
        # What needs the indicator may then need the decisions: here one of two days has to be worked.
        rows = [[1, 1, 0, 0], [1, 0, 0, -1], [0, 1, 0, -1], [-1, -1, 0, 1], [0, 0, -1, -1]]
        given = program(rows, [1, 0, 0, 0, -1], cost=[2, 3, 4, 0], integer=[True, True, True, False])
        assert sorted(tighten(given).rows.toarray().tolist()) == [[-1, -1, -1, 0], [1, 1, 0, 0]]
        assert least_cost(tighten(given)) == least_cost(given) == 2

    def test_keeps_an_indicator_that_is_at_most_another_sum(self):
        rows = [[1, 1, 1, 0], [1, 0, 0, -1], [0, 1, 0, -1], [-1, -1, -1, 1], [0, 0, 0, -1]]
        given = program(rows, [1, 0, 0, 0, -1], cost=[2, 3, 1, 0], integer=[True, True, True, False])
        assert least_cost(tighten(given)) == least_cost(given) == 1

    def test_keeps_an_indicator_that_something_needs(self):
        rows = [[1, 1, 0, 0], [1, 0, 0, -1], [0, 1, 0, -1], [0, 0, 1, 1]]
        given = program(
            rows, [1, 0, 0, INF], needs=[-INF, -INF, -INF, 1], cost=[-2, -2, 1, 0], integer=[True, True, True, False]
        )
        assert sorted(tighten(given).rows.toarray().tolist()) == [[0, 0, 1, 1], [1, 1, 0, -1], [1, 1, 0, 0]]

    def test_lets_no_row_be_lazy_that_holds_more_than_decisions(self):
        rows = [[1, 0, -1], [0, 1, -1], [0, 0, 1]]
        given = program(rows, [0, 0, 0], cost=[-2, -2, 0], integer=[True, True, False], lazy=[2])
        assert not tighten(given).lazy.any()

    def test_closes_what_cheaper_columns_always_cover(self):
        rows = [[1, 1, 0, 0, 0, 0], [60, 60, 0, -30, -30, -30], [0, 0, 60, 0, 0, 0]]
        given = program(rows, [1, 0, 60], cost=[-1] * 3 + [1, 2, 3], upper=[1] * 6, integer=[True] * 3 + [False] * 3)
        assert tighten(given).upper.tolist() == [1, 1, 1, 1, 1, 0]

    def test_reckons_with_past_duties_that_are_fixed(self):
        tightened = tighten(program([[1, 1, 1]], [1], cost=[-1, -1, -1], lower=[1, 0, 0]))
        assert tightened.upper.tolist() == [1, 0, 0]

    @pytest.mark.parametrize("rows", [[], [[0, 0]]])
    def test_takes_programs_with_nothing_in_them(self, rows):
        assert least_cost(tighten(program(rows, [1] * len(rows), cost=[-1, 2]))) == -1

    @given(st.data())
    def test_changes_the_cost_of_no_roster(self, data):
        problem = data.draw(roster_problems(rules=default_rules()))
        roster = data.draw(rosters(problem))
        columns, before = written(problem, roster)
        values = np.zeros(columns.count)
        values[columns.indices(roster)] = 1
        expected, found = least_cost(before, values), least_cost(tighten(before, columns.volunteer), values)
        assert (expected is None) == (found is None)
        assert expected is None or found == pytest.approx(expected)

    def test_takes_nobody_for_a_member_of_a_packing_that_was_dropped(self):
        # The second row is a packing of one, because its other decision is too much for the third; the soft limit on
        # all of them must go on allowing two, at a price.
        rows = [[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0], [0, 0, 0, 5, 0, 0], [1, 1, 1, 0, -1, -1]]
        given = program(
            rows, [1, 1, 4, 0], cost=[-5, -5, -5, -5, 0, 1], upper=[1, 1, 1, 1, 1, 1], integer=[True] * 4 + [False] * 2
        )
        assert least_cost(tighten(given)) == least_cost(given) == -9

    @pytest.mark.parametrize(
        ("rows", "limits", "room"),
        [
            ([[1, 1, -1]], [0], [1]),
            ([[1, 0, -1, 0], [0, 0, 1, -1], [0, 0, 0, 1]], [0, 0, 0], [1, 1]),
            ([[1, 1, 0], [1, 0, -1], [1, 0, -1]], [1, 0, 0], [1]),
            ([[1, 1, 0], [1, 0, -1], [0, 1, -1], [0, 0, 1]], [1, 0, 0, 1], [0.5]),
        ],
        ids=["indicator of no packing", "chain of indicators", "link written twice", "indicator with little room"],
    )
    def test_keeps_what_indicators_say(self, rows, limits, room):
        decisions = len(rows[0]) - len(room)
        given = program(
            rows,
            limits,
            cost=[-1] * decisions + [0] * len(room),
            upper=[1] * decisions + room,
            integer=[True] * decisions + [False] * len(room),
        )
        assert least_cost(tighten(given)) == least_cost(given)

    @given(st.data())
    def test_changes_no_optimum_of_any_program(self, data):
        given = data.draw(any_programs())
        owner = [data.draw(st.integers(0, 1)) for _ in given.cost]
        expected, found = least_cost(given), least_cost(tighten(given, owner))
        assert (expected is None) == (found is None)
        assert expected is None or found == pytest.approx(expected)

    @given(roster_problems(rules=default_rules()))
    def test_changes_no_optimum(self, problem):
        columns, _ = written(problem)
        _, before = written(problem)
        after = write_program(columns, problem.rules)
        expected = least_cost(before)
        found = least_cost(after)
        assert (expected is None) == (found is None)
        assert expected is None or found == pytest.approx(expected)
