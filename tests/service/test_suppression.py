import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.service.suppression import suppressed


class TestSuppressed:
    @pytest.mark.parametrize(
        ("sizes", "hidden"),
        [
            ({}, ""),
            ({"a": 5, "b": 5}, ""),
            ({"a": 4}, "a"),
            ({"a": 4, "b": 5}, "ab"),
            ({"a": 4, "b": 9, "c": 8}, "ac"),
            ({"a": 4, "b": 1, "c": 8}, "ab"),
            ({"a": 3, "b": 1, "c": 8, "d": 7}, "abd"),
            ({"a": 1, "b": 1, "c": 1}, "abc"),
        ],
    )
    def test_hides_small_groups_and_what_would_give_them_away(self, sizes, hidden):
        people = {name: {f"{name}{number}" for number in range(size)} for name, size in sizes.items()}
        assert suppressed(people, 5) == set(hidden)

    def test_counts_people_of_two_groups_once(self):
        assert suppressed({"a": "123", "b": "2345", "c": "123456", "d": "1234567"}, 5) == {"a", "b"}
        assert suppressed({"a": "123", "b": "1234", "c": "123456", "d": "1234567"}, 5) == {"a", "b", "c"}

    def test_hides_nothing_where_one_person_is_enough(self):
        assert suppressed({"a": "1", "b": "2"}, 1) == frozenset()

    @given(st.dictionaries(st.integers(), st.frozensets(st.integers(0, 9)), max_size=6), st.integers(1, 6))
    def test_leaves_no_small_rest(self, people, least):
        hidden = suppressed(people, least)
        assert {group for group, members in people.items() if len(members) < least} <= hidden
        together = {person for group in hidden for person in people[group]}
        assert not hidden or hidden == people.keys() or (len(hidden) > 1 and len(together) >= least)
