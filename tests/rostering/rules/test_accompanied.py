import pytest

from civicvol import CoverRequirement
from civicvol.rostering.rules import Accompanied

LEARNER = Accompanied(companies=[["li", "wu", "xu"]])


def people(make):
    return [make.person(id) for id in ("li", "wu", "xu", "yu")]


@pytest.mark.parametrize(
    ("on", "expected"),
    [("li:a", [1]), ("li:a yu:a", [1]), ("li:a wu:a", []), ("li:a wu:a xu:a", []), ("wu:a", []), ("li:a wu:b", [1])],
)
def test_one_of_the_others_is_there(make, on, expected):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 09:00-11:00")
    assert make.amounts(LEARNER, *people(make), *shifts, on=on) == expected


def test_the_role_does_not_matter(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(), CoverRequirement(role="lead")])
    assert make.amounts(LEARNER, *people(make), shift, on="li:a xu:a/lead") == []
    assert make.amounts(LEARNER, *people(make), shift, on="li:a/lead") == [1]


def test_other_positions_are_left_alone(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 12:00-14:00", "tent")
    rule = Accompanied(companies=[["li", "wu"]], positions={"tent"})
    assert [each.shifts for each in make.found(rule, *people(make), *shifts, on="li:a li:b")] == [("b",)]


def test_a_learner_waits_for_a_mentor(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=2)])
    li, wu, *_ = people(make)
    away = make.shift("b", "26 09:00-11:00", cover=[CoverRequirement(minimum=0, maximum=1)])
    rule = Accompanied(companies=[["li", "wu"]])
    assert make.solved(rule, li, wu, shift, away) == {"li:a", "wu:a"}


def test_says_who_is_without_whom(make):
    (violation,) = make.found(LEARNER, *people(make), make.shift("a", "24 09:00-11:00"), on="li:a")
    assert violation.message.en == "li is on post, Tue 24 Mar 2026 09:00–11:00 without wu or xu"
    assert violation.message.zh == "li在post，2026年3月24日周二 09:00–11:00，无wu或xu陪同"
