import pytest

from civicvol import CoverRequirement
from civicvol.rostering.rules import MostFirstTimers


def people(make):
    return [make.person(id) for id in ("li", "wu", "xu")]


@pytest.mark.parametrize(("most", "expected"), [(0, [3]), (2, [1]), (3, [])])
def test_those_beyond_the_limit_count(make, most, expected):
    shift = make.shift("a", "24 09:00-11:00")
    assert make.amounts(MostFirstTimers(most=most), *people(make), shift, on="li:a wu:a xu:a") == expected


def test_one_past_duty_is_enough(make):
    past, shift = make.past("22 09:00-09:01", "xu"), make.shift("a", "24 09:00-11:00")
    assert make.amounts(MostFirstTimers(), *people(make), past, shift, on="li:a xu:a") == []
    assert make.amounts(MostFirstTimers(), *people(make), past, shift, on="li:a wu:a xu:a") == [1]


def test_who_is_new_stays_so_for_the_horizon(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-11:00")
    assert make.amounts(MostFirstTimers(most=0), *shifts, on="li:a li:b") == [1, 1]


def test_somebody_may_be_new_to_a_position(make):
    past, shift = make.past("20 09:00-11:00", position="tent"), make.shift("a", "24 09:00-11:00")
    assert make.amounts(MostFirstTimers(most=0), past, shift, on="li:a") == []
    assert make.amounts(MostFirstTimers(most=0, at_position=True), past, shift, on="li:a") == [1]


def test_other_positions_are_left_alone(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 12:00-14:00", "tent")
    found = make.found(MostFirstTimers(most=0, positions={"tent"}), *shifts, on="li:a li:b")
    assert [each.shifts for each in found] == [("b",)]


def test_first_timers_are_spread(make):
    past = make.past("20 09:00-11:00", "xu")
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=2)])
    assert "xu:a" in make.solved(MostFirstTimers(), *people(make), past, shift)


def test_says_how_many_there_are(make):
    (violation,) = make.found(MostFirstTimers(), *people(make), make.shift("a", "24 09:00-11:00"), on="li:a wu:a")
    assert violation.message.en == "post, Tue 24 Mar 2026 09:00–11:00 has 2 first-timers, 1 more than 1"
    assert violation.message.zh == "post，2026年3月24日周二 09:00–11:00有2名新手，比上限1人多1人"
