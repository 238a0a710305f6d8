import pytest

from civicvol import CoverRequirement, InputError
from civicvol.rostering.rules import Deputies


def people(make):
    return [make.person(id) for id in ("li", "wu", "xu")]


@pytest.mark.parametrize(("on", "expected"), [("li:a", []), ("wu:a xu:a", []), ("xu:a", [1]), ("", [])])
def test_one_of_them_is_there_where_anybody_is(make, on, expected):
    rule, shift = Deputies(people=["li", "wu"]), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on=on) == expected


@pytest.mark.parametrize(("on", "expected"), [("li:a", []), ("xu:a", [1]), ("", [1])])
def test_or_always(make, on, expected):
    rule, shift = Deputies(people=["li", "wu"], always=True), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on=on) == expected


def test_they_are_people_of_the_problem(make):
    with pytest.raises(InputError, match=r"Deputies\.people must be the id of a volunteer of this problem, not 'mu'"):
        make.problem(make.shift("a", "24 09:00-11:00"), rules=[Deputies(people=["li", "mu"])])


def test_a_deputy_steps_in(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=2)])
    _, wu, xu = people(make)
    assert make.solved(Deputies(people=["wu"]), wu, xu, shift) == {"wu:a", "xu:a"}
    assert make.solved(Deputies(people=[]), wu, xu, shift) == set()


def test_other_positions_are_left_alone(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 12:00-14:00", "tent")
    for always in (False, True):
        rule = Deputies(people=["wu"], positions={"tent"}, always=always)
        assert [each.shifts for each in make.found(rule, *people(make), *shifts, on="li:a li:b")] == [("b",)]


def test_says_that_nobody_answers_for_it(make):
    (violation,) = make.found(Deputies(people=["li"]), *people(make), make.shift("a", "24 09:00-11:00"), on="xu:a")
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 0 of at least 1 of those who answer for it: 1 missing"
    assert violation.message.zh.endswith("：负责人或其副手至少需1人，现有0人，缺1人")
