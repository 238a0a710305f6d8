from civicvol import Unit, UnitTree
from civicvol.rostering.rules import ServedUnits

MAP = {
    "units": UnitTree(
        [
            Unit(id="street", kind="street", label="Street"),
            Unit(id="east", kind="grid", label="East", parent="street"),
            Unit(id="b1", kind="building", label="Building 1", parent="east"),
            Unit(id="west", kind="grid", label="West", parent="street"),
        ]
    )
}


def at(make, unit):
    return make.shift("a", "24 09:00-11:00", unit=unit)


def test_home_is_served(make):
    assert make.amounts(ServedUnits(), make.person(home="east"), at(make, "east"), on="li:a", **MAP) == []


def test_what_lies_within_is_served(make):
    assert make.amounts(ServedUnits(), make.person(home="east"), at(make, "b1"), on="li:a", **MAP) == []
    assert make.amounts(ServedUnits(), make.person(serves=["street"]), at(make, "b1"), on="li:a", **MAP) == []


def test_what_home_lies_in_is_served_too(make):
    assert make.amounts(ServedUnits(), make.person(home="b1"), at(make, "east"), on="li:a", **MAP) == []
    assert make.amounts(ServedUnits(), make.person(home="b1"), at(make, "street"), on="li:a", **MAP) == []
    assert make.amounts(ServedUnits(), make.person(serves=["b1"]), at(make, "east"), on="li:a", **MAP) == [1]


def test_what_lies_beside_is_not(make):
    assert make.amounts(ServedUnits(), make.person(home="b1"), at(make, "west"), on="li:a", **MAP) == [1]
    assert make.amounts(ServedUnits(), make.person(home="east"), at(make, "west"), on="li:a", **MAP) == [1]


def test_who_serves_elsewhere_serves_at_home_too(make):
    person = make.person(home="b1", serves=["west"])
    assert make.amounts(ServedUnits(), person, at(make, "west"), on="li:a", **MAP) == []
    assert make.amounts(ServedUnits(), person, at(make, "b1"), on="li:a", **MAP) == []


def test_who_names_no_unit_serves_anywhere(make):
    assert make.amounts(ServedUnits(), at(make, "west"), on="li:a", **MAP) == []


def test_a_shift_without_a_unit_is_for_all(make):
    assert make.amounts(ServedUnits(), make.person(home="east"), at(make, None), on="li:a", **MAP) == []


def test_the_place_goes_to_a_neighbour(make):
    people = [make.person("li", home="east"), make.person("wu", home="west")]
    assert make.solved(ServedUnits(), *people, at(make, "west"), **MAP) == {"wu:a"}


def test_says_where(make):
    (violation,) = make.found(ServedUnits(), make.person(home="east"), at(make, "west"), on="li:a", **MAP)
    where = "post, Tue 24 Mar 2026 09:00–11:00, West"
    assert violation.message.en == f"li does not serve in West, where {where} is"
    assert violation.message.zh == "li不在West服务（post，2026年3月24日周二 09:00–11:00，West）"
