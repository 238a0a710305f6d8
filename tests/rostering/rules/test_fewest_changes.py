from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from civicvol import CoverRequirement, InputError, Roster
from civicvol.rostering.rules import FewestChanges

GATE = "gate", "24 09:00-11:00"
PUBLISHED = "li:gate"


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


def rule(make, published=PUBLISHED, **fields):
    return FewestChanges(published=make.roster(published), **fields)


def both(make):
    return make.person("li"), make.person("wu"), make.shift(*GATE)


def test_what_is_as_published_counts_nothing(make):
    assert make.amounts(rule(make), *both(make), on="li:gate") == []


def test_who_goes_and_who_comes_both_count(make):
    assert make.amounts(rule(make), *both(make), on="") == [1]
    assert make.amounts(rule(make), *both(make), on="wu:gate") == [1, 1]


def test_another_role_is_two_changes(make):
    shift = make.shift(*GATE, cover=[CoverRequirement(), CoverRequirement(role="lead")])
    assert make.amounts(rule(make), shift, on="li:gate/lead") == [1, 1]


@pytest.mark.parametrize(
    ("known_at", "amount"),
    [
        (at(17, 9), 1),
        (at(17, 9, 1), 2),
        (at(21, 9), 2),
        (at(21, 9, 1), 4),
        (at(23, 9), 4),
        (at(23, 9, 1), 8),
        (at(24, 9), 8),
        (at(25, 9), 8),
    ],
)
def test_the_shorter_the_notice_the_more(make, known_at, amount):
    assert make.amounts(rule(make, known_at=known_at), *both(make), on="") == [amount]
    assert make.amounts(rule(make, known_at=known_at, by_notice=()), *both(make), on="") == [1]


@pytest.mark.parametrize(("known_at", "amount"), [(at(28, 8), 4), (at(28, 8, 1), 8), (at(28, 9), 8)])
def test_notice_is_time_that_passes(make, known_at, amount):
    spring = make.shift("gate", "29 09:00-11:00")
    assert make.amounts(rule(make, known_at=known_at), spring, on="") == [amount]


def test_what_the_problem_does_not_know_is_left_aside(make):
    assert make.amounts(rule(make, "li:gate xu:gate li:door li:gate2/lead"), *both(make), on="li:gate") == []


def test_keeps_what_was_published_where_all_else_is_equal(make):
    assert make.solved(rule(make, "wu:gate"), *both(make)) == {"wu:gate"}


def test_says_who_comes_and_who_goes(make):
    come, go = sorted(make.found(rule(make), *both(make), on="wu:gate"), key=lambda each: each.volunteers, reverse=True)
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert come.message.en == f"wu takes {where}, otherwise than published"
    assert go.message.en == f"li is no longer on {where}, otherwise than published"
    assert go.message.zh == "li不再上post，2026年3月24日周二 09:00–11:00，与已发布的不同"


@pytest.mark.parametrize(
    "prices",
    [None, 5, "x", [5], [(5,)], [(0, 1.0)], [(5, 0.0)], [(5, float("nan"))], [(9, 1.0), (5, 2.0)], [(5, 1.0)] * 2],
)
def test_prices_are_pairs_with_rising_minutes(prices):
    with pytest.raises(InputError, match="by_notice"):
        FewestChanges(by_notice=prices)


def test_the_price_is_that_of_a_time():
    with pytest.raises(InputError, match="span"):
        FewestChanges(published=Roster()).price("tomorrow")


def test_everybody_is_tied(make):
    problem = make.problem(*both(make))
    assert [set(group) for group in rule(make).ties(problem)] == [{"li", "wu"}]
