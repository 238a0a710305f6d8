import pytest

from civicvol import Limit, Period
from civicvol.rostering.rules import FairShifts


def days(make, *numbers, position="post"):
    return [make.shift(f"s{number}", f"{number} 09:00-12:00", position) for number in numbers]


def test_the_first_costs_nothing_and_each_further_one_more(make):
    shifts = days(make, 23, 24, 25, 26)
    assert make.amounts(FairShifts(), *shifts, on="li:s23") == []
    assert make.amounts(FairShifts(), *shifts, on="li:s23 li:s24") == [1]
    assert make.amounts(FairShifts(), *shifts, on="li:s23 li:s24 li:s25") == [1 + 2]
    assert make.amounts(FairShifts(steps=2), *shifts, on="li:s23 li:s24 li:s25 li:s26") == [1 + 2 + 2]


def test_past_ones_count(make):
    past = [make.past("20 09:00-10:00"), make.past("21 09:00-10:00")]
    assert make.amounts(FairShifts(), *past, *days(make, 23), on="") == []
    assert make.amounts(FairShifts(), *past, *days(make, 23), on="li:s23") == [2]


def test_short_and_long_ones_count_alike(make):
    shifts = make.shift("a", "24 09:00-09:30"), make.shift("b", "24 12:00-20:00")
    assert make.amounts(FairShifts(), *shifts, on="li:a li:b") == [1]


def test_unpopular_ones_are_spread(make):
    people = [make.person("li"), make.person("wu")]
    past = make.past("20 06:00-07:00", position="bins"), make.past("20 09:00-20:00", "wu", position="post")
    bins = days(make, 23, position="bins")
    rule = FairShifts(positions={"bins"})
    assert make.amounts(rule, *people, *past, *bins, on="li:s23") == [1]
    assert make.solved(rule, *people, *past, *bins) == {"wu:s23"}


def test_more_is_asked_of_who_offers_more(make):
    people = make.person("li", limits=[Limit(per=Period.HORIZON, shifts=1)]), make.person("wu")
    rule = FairShifts(by_offer=True)
    # Li offers one shift of three, the mean is two.
    assert make.amounts(rule, *people, *days(make, 23, 24, 25), on="li:s23 li:s24") == [pytest.approx(2)]
    solved = make.solved(rule, *people, *days(make, 23, 24, 25, 26))
    assert sorted(each[:2] for each in solved) == ["li", "wu", "wu", "wu"]


def test_says_how_many_somebody_has(make):
    (violation,) = make.found(FairShifts(), make.past("20 09:00-10:00"), *days(make, 23, 24), on="li:s23 li:s24")
    assert violation.message.en == "li has shifts: 2 new, 1 before"
    assert violation.message.zh == "li本期有2班，此前1班"
    assert violation.shifts == ("s23", "s24")
