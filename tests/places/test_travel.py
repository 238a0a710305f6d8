import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import InputError
from civicvol.places import Travel, Unit, UnitKind, UnitTree


def unit(id, kind, parent=None):
    return Unit(id=id, kind=kind, label=id, parent=parent)


TREE = UnitTree(
    [
        unit("district", "district"),
        unit("street", "street", "district"),
        unit("c1", "community", "street"),
        unit("c2", "community", "street"),
        unit("g1", "grid", "c1"),
        unit("b1", "building", "g1"),
        unit("b2", "building", "g1"),
        unit("loose", "grid", "district"),
        unit("b3", "building", "loose"),
        unit("b4", "building", "loose"),
        unit("other", "district"),
    ]
)
PLACES = [each.id for each in TREE.units]
TRAVEL = Travel(within={"grid": 5, "community": 10, "district": 40}, elsewhere=90)


class TestMinutes:
    @pytest.mark.parametrize(
        ("a", "b", "minutes"),
        [
            ("b1", "b1", 0),
            ("b1", "b2", 5),
            ("g1", "b1", 5),
            ("c1", "b1", 10),
            ("c1", "c2", 40),
            ("b1", "b3", 40),
            ("b1", "other", 90),
            (None, "b1", 0),
            ("b1", None, 0),
            (None, None, 0),
        ],
    )
    def test_by_the_smallest_stated_kind_that_both_share(self, a, b, minutes):
        assert TRAVEL.minutes(TREE, a, b) == minutes
        assert TRAVEL.minutes(TREE, b, a) == minutes

    def test_a_kind_counts_only_where_there_is_such_a_unit(self):
        by_community = Travel(within={"community": 10}, elsewhere=60)
        assert by_community.minutes(TREE, "b1", "b2") == 10
        assert by_community.minutes(TREE, "b3", "b4") == 60

    def test_by_default_nothing_takes_time(self):
        assert Travel().minutes(TREE, "b1", "other") == 0

    def test_nothing_takes_longer_than_the_longest(self):
        every = {TRAVEL.minutes(TREE, a, b) for a in PLACES for b in PLACES}
        assert TRAVEL.longest == max(every) == 90

    def test_the_same_unit_may_take_time_too(self):
        travel = Travel(same=3, within=[("grid", 5)], elsewhere=5)
        assert travel.minutes(TREE, "b1", "b1") == 3
        assert travel.minutes(TREE, "b1", "b2") == 5

    def test_refuses_units_that_do_not_exist(self):
        for a, b in (("b1", "b9"), ("b9", "b1"), ("b9", "b9")):
            with pytest.raises(InputError, match="must be the id of a unit of the tree, not 'b9'"):
                TRAVEL.minutes(TREE, a, b)


class TestTravel:
    def test_is_the_same_value_however_it_is_written(self):
        pairs = Travel(within=[("district", 40), [UnitKind.GRID, 5], ("community", 10)], elsewhere=90)
        assert pairs == TRAVEL
        assert hash(pairs) == hash(TRAVEL)
        assert [kind for kind, _ in TRAVEL.within] == [UnitKind.GRID, UnitKind.COMMUNITY, UnitKind.DISTRICT]

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"within": {"castle": 5}}, "must be a kind of unit with its minutes"),
            ({"within": ["grid"]}, "must be a kind of unit with its minutes"),
            ({"within": [("grid",)]}, "must be a kind of unit with its minutes"),
            ({"within": [()]}, "must be a kind of unit with its minutes"),
            ({"within": {"grid": 1.5}}, "must be a whole number"),
            ({"within": {"grid": 1441}}, "must be from 0 to 1,440"),
            ({"within": [("grid", 1), ("grid", 2)]}, "has 'grid' twice"),
            ({"within": 5}, "must be a list or tuple"),
            ({"within": "grid"}, "must be a list or tuple"),
            ({"elsewhere": -1}, "must be from 0"),
            ({"same": None}, "must be a whole number"),
        ],
    )
    def test_refuses_what_is_no_travel(self, changes, message):
        with pytest.raises(InputError, match=message) as caught:
            Travel(**changes)
        assert caught.value.faults[0].field == f"Travel.{next(iter(changes))}"

    def test_a_wider_unit_takes_at_least_as_long(self):
        with pytest.raises(InputError) as caught:
            Travel(same=6, within={"grid": 5, "street": 4}, elsewhere=3)
        assert [(fault.field, fault.message) for fault in caught.value.faults] == [
            ("Travel.within", "must be at least 6 for 'grid', as for 'same unit'"),
            ("Travel.within", "must be at least 5 for 'street', as for 'grid'"),
            ("Travel.elsewhere", "must be at least 4 for 'elsewhere', as for 'street'"),
        ]
        assert Travel(same=5, within={"grid": 5, "street": 5}, elsewhere=5).same == 5


@given(
    st.dictionaries(st.sampled_from(list(UnitKind)), st.integers(0, 60)),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
)
def test_is_symmetric_and_never_shorter_from_further_away(stated, a, b):
    ordered = sorted(stated, key=lambda kind: -kind.level)
    travel = Travel(within=dict(zip(ordered, sorted(stated.values()), strict=True)), elsewhere=60)
    minutes = travel.minutes(TREE, a, b)
    assert minutes == travel.minutes(TREE, b, a)
    for above in TREE.ancestors(a):
        if above.id not in {b, *(each.id for each in TREE.ancestors(b))}:
            assert travel.minutes(TREE, above.id, b) == minutes
