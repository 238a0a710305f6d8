from datetime import date

import pytest

from civicvol import CoverRequirement
from civicvol.rostering.rules import MinorsAccompanied


def people(make, birth_date=date(2010, 1, 1)):
    minors = [make.person(id, birth_date=birth_date) for id in ("wu", "xu", "yu")]
    return make.person("li", birth_date=date(1980, 1, 1)), make.person("mu"), *minors


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("li:a", []),
        ("wu:a", [1]),
        ("li:a wu:a xu:a", []),
        ("li:a wu:a xu:a yu:a", [1]),
        ("li:a mu:a wu:a xu:a yu:a", []),
    ],
)
def test_an_adult_is_with_two_minors(make, on, expected):
    shift = make.shift("a", "24 09:00-11:00")
    assert make.amounts(MinorsAccompanied(most=2), *people(make), shift, on=on) == expected


def test_the_birthday_makes_an_adult(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-11:00")
    found = make.found(MinorsAccompanied(), *people(make, date(2008, 3, 25)), *shifts, on="wu:a wu:b")
    assert [each.shifts for each in found] == [("a",)]


def test_who_states_no_birth_date_is_taken_to_be_of_age(make):
    assert make.amounts(MinorsAccompanied(), *people(make), make.shift("a", "24 09:00-11:00"), on="mu:a wu:a") == []


def test_the_age_may_be_another(make):
    shift = make.shift("a", "24 09:00-11:00")
    assert make.amounts(MinorsAccompanied(under=16), *people(make), shift, on="wu:a") == []


def test_minors_do_not_come_alone(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=3)])
    _, _, *minors = people(make)
    assert make.solved(MinorsAccompanied(), *minors, shift) == set()
    assert len(make.solved(MinorsAccompanied(), *people(make), shift)) >= 3


def test_says_how_many_are_too_many(make):
    (violation,) = make.found(MinorsAccompanied(), *people(make), make.shift("a", "24 09:00-11:00"), on="wu:a xu:a")
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 2 minors and 0 adults, 2 more than 3 for each adult"
    assert violation.message.zh.endswith("有2名未成年人、0名成年人，按每名成年人带3人计多2人")
