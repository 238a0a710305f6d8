from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.errors import InputError
from civicvol.labels import Label
from civicvol.places import Unit, UnitKind, UnitTree


def unit(id, kind, parent=None, **more):
    return Unit(id=id, kind=kind, label=more.pop("label", id.upper()), parent=parent, **more)


def sanhua():
    return UnitTree(
        [
            unit("b1", "building", "g1", households=25, residents=70, steward="wang"),
            unit("s", "street", label=Label("Sanhua", "三华")),
            unit("g1", "grid", "s", label=Label("Grid 1", "第一网格")),
            unit("b2", "building", "g1", households=1, residents=1),
            unit("g2", "grid", "s", residents=1250),
            unit("b7", "building", "g2", residents=30),
            unit("far", "community", steward="li"),
        ]
    )


def ids(units):
    return [each.id for each in units]


class TestUnit:
    def test_takes_plain_names(self):
        home = unit("b1", "building", label="Building 1")
        assert home.kind is UnitKind.BUILDING
        assert home.label == Label("Building 1")

    def test_says_all_that_is_wrong_at_once(self):
        with pytest.raises(InputError) as caught:
            Unit(id="b1", kind="castle", label=None, parent="", households=-1, residents=1.5, steward=7)
        assert [fault.field.removeprefix("Unit.") for fault in caught.value.faults] == [
            "kind",
            "label",
            "parent",
            "households",
            "residents",
            "steward",
        ]
        assert {fault.id for fault in caught.value.faults} == {"b1"}

    @pytest.mark.parametrize("kind", [None, 3, ["grid"], "Grid", Label("grid")])
    def test_refuses_what_is_no_kind(self, kind):
        with pytest.raises(InputError, match=r"Unit\.kind"):
            unit("b1", kind)


class TestUnitKind:
    def test_has_names_in_both_languages(self):
        assert [kind.label.text("zh") for kind in UnitKind] == ["区", "街道", "社区", "网格", "楼栋"]
        assert [str(kind.label) for kind in UnitKind] == ["district", "street", "community", "grid", "building"]

    def test_goes_from_the_highest_down(self):
        assert [kind.level for kind in UnitKind] == [0, 1, 2, 3, 4]


class TestTree:
    def test_knows_its_units(self):
        tree = sanhua()
        assert tree.unit("g1").label.zh == "第一网格"
        assert "g1" in tree
        assert "g9" not in tree
        assert [] not in tree

    def test_goes_up_and_down(self):
        tree = sanhua()
        assert ids(tree.ancestors("b1")) == ["g1", "s"]
        assert tree.ancestors("s") == ()
        assert ids(tree.children("s")) == ["g1", "g2"]
        assert tree.children("b1") == ()
        assert tree.within("g1") == {"g1", "b1", "b2"}
        assert tree.within("far") == {"far"}

    @pytest.mark.parametrize(
        ("outer", "inner", "expected"),
        [("s", "b1", True), ("g1", "g1", True), ("b1", "g1", False), ("g2", "b1", False), ("far", "b1", False)],
    )
    def test_contains(self, outer, inner, expected):
        assert sanhua().contains(outer, inner) is expected

    @pytest.mark.parametrize(
        ("a", "b", "expected"),
        [("b1", "b2", "g1"), ("b1", "b7", "s"), ("b1", "b1", "b1"), ("g1", "b1", "g1"), ("b1", "far", None)],
    )
    def test_nearest_common(self, a, b, expected):
        tree = sanhua()
        common = tree.nearest_common(a, b)
        assert (common and common.id) == expected
        assert tree.nearest_common(b, a) == common

    def test_path(self):
        assert sanhua().path("b1") == "Sanhua / Grid 1 / B1"
        assert sanhua().path("b1", "zh") == "三华 / 第一网格 / B1"
        assert sanhua().path("far") == "FAR"

    def test_finds_units_that_nobody_heads(self):
        assert ids(sanhua().without_steward("building")) == ["b2", "b7"]
        assert ids(sanhua().without_steward(UnitKind.COMMUNITY)) == []
        with pytest.raises(InputError, match="kind must be a kind of unit, like 'building', not 'door'"):
            sanhua().without_steward("door")

    def test_counts_residents_once(self):
        tree = sanhua()
        assert tree.residents_in("b1") == 70
        assert tree.residents_in("g1") == 71
        assert tree.residents_in("g2") == 1250
        assert tree.residents_in("s") == 71 + 1250
        assert tree.residents_in("far") == 0

    def test_shows_itself_as_text(self):
        assert str(sanhua()).splitlines() == [
            "Sanhua (street)",
            "  Grid 1 (grid)",
            "    B1 (building), 25 households, 70 residents, steward wang",
            "    B2 (building), 1 household, 1 resident",
            "  G2 (grid), 1,250 residents",
            "    B7 (building), 30 residents",
            "FAR (community), steward li",
        ]

    def test_shows_itself_as_html_that_is_safe(self):
        tree = UnitTree([unit("d", "district", label="<b>D</b>"), unit("g", "grid", "d")])
        html = tree._repr_html_()
        assert "&lt;b&gt;D&lt;/b&gt; (district)" in html
        assert '<div style="padding-left:1.5em">G (grid)</div>' in html

    def test_may_be_empty(self):
        assert str(UnitTree([])) == ""
        assert "s" not in UnitTree(())

    def test_is_a_value(self):
        tree = sanhua()
        tree.unit("s")
        assert tree == sanhua()
        assert hash(tree) == hash(sanhua())
        assert deepcopy(tree).path("b1") == tree.path("b1")

    @pytest.mark.parametrize("id", ["nowhere", None, 7, [], ""])
    def test_refuses_ids_it_does_not_know(self, id):
        tree = sanhua()
        for call in (
            tree.unit,
            tree.ancestors,
            tree.children,
            tree.within,
            tree.path,
            tree.residents_in,
            lambda it: tree.contains("s", it),
            lambda it: tree.contains(it, "s"),
            lambda it: tree.nearest_common("s", it),
            lambda it: tree.nearest_common(it, "s"),
        ):
            with pytest.raises(InputError, match="unit must be the id of a unit of the tree"):
                call(id)


def faults_of(units):
    with pytest.raises(InputError) as caught:
        UnitTree(units)
    return [(fault.id, fault.message) for fault in caught.value.faults]


class TestTreesThatAreNone:
    def test_all_faults_are_said_at_once(self):
        assert faults_of(
            [
                unit("a", "street"),
                unit("a", "grid"),
                unit("b", "building", "nowhere"),
                unit("c", "community", "d"),
                unit("d", "grid"),
                unit("e", "grid", "f"),
                unit("f", "community", "e"),
                unit("g", "building", "f"),
            ]
        ) == [
            (None, "must be unique"),
            ("b", "must be the id of a unit of the tree"),
            ("c", "must be of a higher kind than community"),
            ("e", "must not lead back to the unit itself"),
            ("f", "must not lead back to the unit itself"),
        ]

    def test_a_parent_of_the_same_kind(self):
        assert faults_of([unit("a", "grid"), unit("b", "grid", "a")]) == [("b", "must be of a higher kind than grid")]

    def test_a_unit_that_is_its_own_parent(self):
        assert faults_of([unit("a", "grid", "a")]) == [("a", "must not lead back to the unit itself")]

    def test_a_long_circle_names_its_members_once(self):
        ring = [unit(f"u{n}", "grid", f"u{(n + 1) % 5000}") for n in range(5000)]
        assert faults_of(ring) == [(f"u{n}", "must not lead back to the unit itself") for n in range(5000)]

    def test_what_are_no_units(self):
        for units in (None, "units", [None], {"a": unit("a", "grid")}):
            with pytest.raises(InputError, match=r"UnitTree\.units"):
                UnitTree(units)


def test_a_district_of_fifty_thousand_buildings():
    grids = [unit(f"g{n}", "grid", "d") for n in range(500)]
    buildings = [unit(f"b{n}", "building", f"g{n % 500}", residents=2) for n in range(50_000)]
    tree = UnitTree([*buildings, *grids, unit("d", "district")])
    assert tree.residents_in("d") == 100_000
    assert len(tree.within("d")) == 50_501
    assert tree.contains("d", "b49999")
    assert str(tree).count("\n") == 50_500


@st.composite
def trees(draw):
    """Trees whose units come in any order and leave kinds out."""
    units = []
    for number in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from(list(UnitKind)))
        above = [each.id for each in units if each.kind.level < kind.level]
        parent = draw(st.sampled_from([None, *above]))
        units.append(unit(f"u{number}", kind, parent, residents=draw(st.integers(0, 3))))
    return UnitTree(draw(st.permutations(units)))


class TestAnyTree:
    @given(trees())
    def test_within_contains_and_ancestors_agree(self, tree):
        for outer in tree.units:
            below = {each.id for each in tree.units if outer in (each, *tree.ancestors(each.id))}
            assert tree.within(outer.id) == below
            assert {each.id for each in tree.units if tree.contains(outer.id, each.id)} == below
            assert {each.id for each in tree.children(outer.id)} == {
                each.id for each in tree.units if each.parent == outer.id
            }

    @given(trees())
    def test_nearest_common_is_the_lowest_that_holds_both(self, tree):
        for a in tree.units:
            for b in tree.units:
                shared = [each for each in tree.units if {a.id, b.id} <= tree.within(each.id)]
                lowest = max(shared, key=lambda each: each.kind.level, default=None)
                assert tree.nearest_common(a.id, b.id) == lowest

    @given(trees())
    def test_text_has_a_line_for_every_unit(self, tree):
        assert len(str(tree).splitlines()) == len(tree.units)
