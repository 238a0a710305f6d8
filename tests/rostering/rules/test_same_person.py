import pytest

from civicvol import Unit, UnitTree
from civicvol.rostering.rules import SamePerson

UNITS = UnitTree(
    [Unit(id="b1", kind="building", label="Building 1"), Unit(id="b2", kind="building", label="Building 2")]
)


def visits(make, *numbers, position="visit", unit="b1"):
    return [make.shift(f"{position[0]}{number}", f"{number} 09:00-10:00", position, unit=unit) for number in numbers]


def people(make):
    return make.person("li"), make.person("wu"), make.person("zhang")


def amounts(make, rule, *members, on):
    return make.amounts(rule, *people(make), *members, on=on, units=UNITS)


def test_each_person_beyond_the_first_counts(make):
    work = visits(make, 23, 24, 25)
    assert amounts(make, SamePerson(), *work, on="li:v23 li:v24 li:v25") == []
    assert amounts(make, SamePerson(), *work, on="li:v23 wu:v24 li:v25") == [1]
    assert amounts(make, SamePerson(), *work, on="li:v23 wu:v24 zhang:v25") == [2]
    assert amounts(make, SamePerson(most=2), *work, on="li:v23 wu:v24 zhang:v25") == [1]


def test_each_place_counts_by_itself(make):
    work = *visits(make, 23), *visits(make, 24, unit="b2"), *visits(make, 25, unit=None)
    assert amounts(make, SamePerson(), *work, on="li:v23 wu:v24 zhang:v25") == []
    assert amounts(make, SamePerson(), *visits(make, 24, 25, unit=None), on="wu:v24 zhang:v25") == [1]


def test_positions_of_a_unit_may_count_together(make):
    work = *visits(make, 23), *visits(make, 24, position="cook")
    assert amounts(make, SamePerson(), *work, on="li:v23 wu:c24") == []
    assert amounts(make, SamePerson(whole_unit=True), *work, on="li:v23 wu:c24") == [1]
    nowhere = *visits(make, 23, unit=None), *visits(make, 24, position="cook", unit=None)
    assert amounts(make, SamePerson(whole_unit=True), *nowhere, on="li:v23 wu:c24") == []


def test_who_came_before_counts(make):
    past = make.past("20 09:00-10:00", position="visit", unit="b1")
    assert amounts(make, SamePerson(), past, *visits(make, 23), on="li:v23") == []
    assert amounts(make, SamePerson(), past, *visits(make, 23), on="wu:v23") == [1]


def test_who_were_too_many_before_are_not_held_against_the_roster(make):
    past = [make.past("20 09:00-10:00", id, position="visit", unit="b1") for id in ("li", "wu")]
    assert amounts(make, SamePerson(), *past, *visits(make, 23), on="li:v23") == []
    assert amounts(make, SamePerson(), *past, *visits(make, 23), on="zhang:v23") == [1]


def test_a_past_duty_of_which_the_place_is_not_known_does_not_count(make):
    past = make.past("20 09:00-10:00", unit="b1"), make.past("19 09:00-10:00", position="visit")
    assert amounts(make, SamePerson(), *past, *visits(make, 23), on="wu:v23") == []
    assert amounts(make, SamePerson(whole_unit=True), past[1], *visits(make, 23), on="wu:v23") == []
    assert amounts(make, SamePerson(whole_unit=True), *past, *visits(make, 23), on="wu:v23") == [1]


def test_is_for_some_people_and_positions_only(make):
    everybody = (
        make.person("li", affiliations=["carer"]),
        make.person("wu"),
        make.person("zhang", affiliations=["carer"]),
    )
    work = *visits(make, 23, 24), *visits(make, 23, 24, position="gate")
    rule = SamePerson(group="carer", positions={"visit"})
    assert make.amounts(rule, *everybody, *work, on="li:v23 wu:v24 li:g23 zhang:g24", units=UNITS) == []
    assert make.amounts(rule, *everybody, *work, on="li:v23 zhang:v24", units=UNITS) == [1]


@pytest.mark.parametrize("known", ["li", "zhang"])
def test_the_one_they_know_comes_again(make, known):
    past = make.past("20 09:00-10:00", known, position="visit", unit="b1")
    solved = make.solved(SamePerson(), *people(make), past, *visits(make, 23, 24), units=UNITS)
    assert solved == {f"{known}:v23", f"{known}:v24"}


def test_says_which_place_it_is(make):
    (violation,) = make.found(SamePerson(), *people(make), *visits(make, 23, 24), on="li:v23 wu:v24", units=UNITS)
    assert violation.message.en == "visit, Building 1 is served by 2 people, 1 more than 1"
    assert violation.message.zh == "visit，Building 1由2人服务，比上限1人多1人"
    assert (violation.volunteers, violation.shifts) == (("li", "wu"), ("v23", "v24"))
    whole = SamePerson(whole_unit=True)
    (violation,) = make.found(whole, *people(make), *visits(make, 23, 24), on="li:v23 wu:v24", units=UNITS)
    assert violation.facts["place"] == "Building 1"
