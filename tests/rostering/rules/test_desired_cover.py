from civicvol import CoverRequirement
from civicvol.rostering.rules import DesiredCover


def shift(make, minimum=1, desired=3):
    return make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=minimum, desired=desired)])


def people(make):
    return [make.person(id) for id in ("li", "wu", "xu")]


def test_the_desired_number_is_enough(make):
    assert make.amounts(DesiredCover(), *people(make), shift(make), on="li:a wu:a xu:a") == []


def test_each_one_fewer_counts(make):
    assert make.amounts(DesiredCover(), *people(make), shift(make), on="li:a wu:a") == [1]


def test_those_missing_to_the_minimum_count_as_well(make):
    assert make.amounts(DesiredCover(), *people(make), shift(make, minimum=2), on="") == [3]


def test_a_line_that_wants_no_more_than_its_minimum_is_left_to_the_minimum(make):
    assert make.amounts(DesiredCover(), *people(make), shift(make, minimum=3), on="") == []


def test_a_line_may_need_nobody_and_want_somebody(make):
    assert make.amounts(DesiredCover(), *people(make), shift(make, minimum=0, desired=1), on="") == [1]


def test_more_come_where_more_are_wanted(make):
    assert make.solved(DesiredCover(), *people(make), shift(make)) == {"li:a", "wu:a", "xu:a"}


def test_says_how_many_are_wanted(make):
    (violation,) = make.found(DesiredCover(), *people(make), shift(make), on="li:a")
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 1 of 3 wanted for helper"
    assert violation.message.zh == "post，2026年3月24日周二 09:00–11:00：helper希望有3人，现有1人"
