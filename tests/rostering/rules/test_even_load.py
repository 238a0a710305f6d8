from datetime import date

import attrs

from civicvol import Position, check, solve
from civicvol.rostering.rules import EvenLoad, MinimumAge

RULE = EvenLoad(piece=60)


def days(make, *numbers):
    return [make.shift(f"s{number}", f"{number} 09:00-12:00") for number in numbers]


def both(make):
    return make.person("li"), make.person("wu")


def test_the_difference_between_the_ends_counts(make):
    assert make.amounts(RULE, *both(make), *days(make, 23, 24), on="li:s23 wu:s24") == []
    assert make.amounts(RULE, *both(make), *days(make, 23, 24), on="li:s23") == [3]
    assert make.amounts(RULE, *both(make), *days(make, 23, 24), on="li:s23 li:s24") == [6]


def test_who_lies_between_the_ends_does_not(make):
    people = [*both(make), make.person("zhang")]
    assert make.amounts(RULE, *people, *days(make, 23, 24, 25), on="li:s23 li:s24 wu:s25") == [6]


def test_the_past_counts(make):
    past = make.past("20 09:00-11:00"), make.past("19 09:00-10:00", "wu")
    assert make.amounts(RULE, *both(make), *past, *days(make, 23), on="") == [1]
    assert make.amounts(RULE, *both(make), *past, *days(make, 23), on="wu:s23") == [2]
    assert make.solved(RULE, *both(make), make.past("20 09:00-12:00"), *days(make, 23)) == {"wu:s23"}


def test_one_person_is_even(make):
    assert make.amounts(RULE, make.past("20 09:00-11:00"), *days(make, 23), on="li:s23") == []


def test_who_could_take_nothing_is_not_waited_for(make):
    post = Position(id="post", minimum_age=18)
    people = make.person("li"), make.person("kid", birth_date=date(2020, 1, 1))
    problem = make.problem(*people, post, *days(make, 23), rules=[RULE, MinimumAge()])
    assert check(problem, make.roster("li:s23")).of(EvenLoad) == ()
    assert solve(problem).report.penalty == 0
    free = attrs.evolve(problem, rules=[RULE])
    assert [each.amount for each in check(free, make.roster("li:s23")).of(EvenLoad)] == [3]


def test_where_there_is_no_work_nothing_is_uneven(make):
    assert make.amounts(RULE, *both(make), make.past("20 09:00-11:00"), on="") == []


def test_is_for_some_people_and_positions_only(make):
    people = [make.person(id, affiliations=["cadre"]) for id in ("li", "wu")] + [make.person("zhang")]
    gate = make.shift("gate", "25 09:00-12:00", "gate")
    rule = EvenLoad(piece=60, group="cadre", positions={"post"})
    assert make.amounts(rule, *people, *days(make, 23, 24), gate, on="li:s23 wu:s24 li:gate") == []
    assert make.amounts(rule, *people, *days(make, 23, 24), gate, on="li:s23 zhang:s24") == [3]


def test_work_is_spread(make):
    assert {each[:2] for each in make.solved(RULE, *both(make), *days(make, 23, 24))} == {"li", "wu"}


def test_names_the_ends(make):
    (violation,) = make.found(RULE, *both(make), *days(make, 23), on="li:s23")
    assert violation.message.en == "li has 180 minutes, and wu has 0"
    assert violation.message.zh == "li有180分钟，而wu仅有0分钟"
    assert violation.volunteers == ("li", "wu")
