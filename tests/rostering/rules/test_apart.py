import attrs
import pytest

from civicvol import CoverRequirement
from civicvol.rostering.rules import Apart

COUPLE = Apart(companies=[["li", "wu"]])


def people(make):
    return [make.person(id) for id in ("li", "wu", "xu")]


@pytest.mark.parametrize(
    ("second", "expected"),
    [("11:00-13:00", []), ("10:59-13:00", [1]), ("08:00-09:00", []), ("09:30-10:00", [1]), ("09:00-11:00", [1])],
)
def test_not_at_the_same_time(make, second, expected):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", f"24 {second}", "tent")
    assert make.amounts(COUPLE, *people(make), *shifts, on="li:a wu:b") == expected
    assert make.amounts(COUPLE, *people(make), *shifts, on="li:b wu:a") == expected
    assert make.amounts(COUPLE, *people(make), *shifts, on="li:a xu:b") == []


def test_each_pair_of_duties_counts(make):
    shifts = make.shift("a", "24 09:00-13:00"), make.shift("b", "24 09:00-11:00"), make.shift("c", "24 12:00-14:00")
    assert make.amounts(COUPLE, *people(make), *shifts, on="li:a wu:b wu:c") == [1, 1]
    three = Apart(companies=[["li", "wu", "xu"]])
    assert make.amounts(three, *people(make), shifts[0], on="li:a wu:a xu:a") == [1, 1, 1]


def test_what_one_does_twice_at_once_is_another_matter(make):
    shifts = make.shift("a", "24 09:00-13:00"), make.shift("b", "24 09:00-11:00")
    assert make.amounts(COUPLE, *people(make), *shifts, on="li:a li:b") == []


def test_what_still_goes_on_counts(make):
    past, other = make.past("22 22:00-02:00"), make.past("22 22:00-02:00", "wu")
    shift = make.shift("a", "23 01:00-03:00")
    assert make.amounts(COUPLE, *people(make), past, shift, on="wu:a") == [1]
    assert make.amounts(COUPLE, *people(make), past, other, shift, on="") == []
    assert make.amounts(attrs.evolve(COUPLE, same_shift=True), *people(make), past, shift, on="wu:a") == []


def test_or_not_on_one_shift(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 09:00-11:00")
    rule = attrs.evolve(COUPLE, same_shift=True)
    assert make.amounts(rule, *people(make), *shifts, on="li:a wu:b") == []
    assert [each.shifts for each in make.found(rule, *people(make), *shifts, on="li:a wu:a")] == [("a",)]


def test_the_role_does_not_matter(make):
    lines = [CoverRequirement(), CoverRequirement(role="lead")]
    shift = make.shift("a", "24 09:00-11:00", cover=lines)
    assert make.amounts(COUPLE, *people(make), shift, on="li:a wu:a/lead") == [1]


def test_other_positions_are_left_alone(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 09:00-11:00", "tent")
    rule = attrs.evolve(COUPLE, positions={"tent"})
    past = make.past("22 22:00-02:00")
    assert make.amounts(rule, *people(make), *shifts, past, on="li:a wu:b") == []
    assert make.amounts(rule, *people(make), *shifts, on="li:b wu:b") == [1]


def test_one_of_them_stays_at_home(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00")
    li, wu, xu = people(make)
    # Nothing here keeps one of them from both.
    assert {each[:2] for each in make.solved(COUPLE, li, wu, *shifts)} in ({"li"}, {"wu"})
    both = make.shift("c", "25 09:00-11:00", cover=[CoverRequirement(minimum=2)])
    assert "xu:c" in make.solved(COUPLE, li, wu, xu, both)


def test_says_who_is_where(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00", "tent")
    (violation,) = make.found(COUPLE, *people(make), *shifts, on="li:a wu:b")
    one, other = "post, Tue 24 Mar 2026 09:00–11:00", "tent, Tue 24 Mar 2026 10:00–12:00"
    assert violation.message.en == f"li is on {one} and wu on {other}"
    assert violation.message.zh.startswith("li在post，")
    assert (violation.volunteers, violation.shifts) == (("li", "wu"), ("a", "b"))
