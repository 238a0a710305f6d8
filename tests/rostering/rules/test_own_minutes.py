import pytest

from civicvol import Limit
from civicvol.calendar import Period
from civicvol.rostering.rules import OwnMinutes


def wants(make, *limits):
    return make.person(limits=limits)


def test_who_states_no_limit_has_none(make):
    assert make.amounts(OwnMinutes(), make.shift("a", "24 00:00-00:00"), on="li:a") == []


def test_the_limit_itself_is_fine(make):
    shift = make.shift("a", "24 09:00-11:00")
    assert make.amounts(OwnMinutes(), wants(make, Limit(per=Period.DAY, minutes=120)), shift, on="li:a") == []
    assert make.amounts(OwnMinutes(), wants(make, Limit(per=Period.DAY, minutes=119)), shift, on="li:a") == [1]


def test_each_limit_counts_by_itself(make):
    person = wants(make, Limit(per=Period.DAY, minutes=90), Limit(per=Period.WEEK, minutes=200))
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-11:00")]
    assert sorted(make.amounts(OwnMinutes(), person, *shifts, on="li:a li:b")) == [30, 30, 40]


def test_a_limit_of_shifts_says_nothing_on_minutes(make):
    person = wants(make, Limit(per=Period.DAY, shifts=0))
    assert make.amounts(OwnMinutes(), person, make.shift("a", "24 09:00-11:00"), on="li:a") == []


def test_others_have_no_such_limit(make):
    people = [wants(make, Limit(per=Period.DAY, minutes=60)), make.person("wu")]
    assert make.amounts(OwnMinutes(), *people, make.shift("a", "24 09:00-11:00"), on="li:a wu:a") == [60]


def test_past_duties_count_for_the_month_but_not_for_the_horizon(make):
    past, shift = make.past("20 09:00-11:00"), make.shift("a", "24 09:00-11:00")
    month, horizon = Limit(per=Period.MONTH, minutes=120), Limit(per=Period.HORIZON, minutes=120)
    assert make.amounts(OwnMinutes(), wants(make, month), past, shift, on="li:a") == [120]
    assert make.amounts(OwnMinutes(), wants(make, horizon), past, shift, on="li:a") == []


def test_no_more_is_given_than_somebody_wants(make):
    people = [wants(make, Limit(per=Period.WEEK, minutes=60)), make.person("wu")]
    assert make.solved(OwnMinutes(), *people, make.shift("a", "24 09:00-11:00")) == {"wu:a"}


@pytest.mark.parametrize("weight", [None, 1.0])
def test_says_what_they_want(make, weight):
    person = wants(make, Limit(per=Period.WEEK, minutes=90))
    (violation,) = make.found(OwnMinutes(weight=weight), person, make.shift("a", "24 09:00-11:00"), on="li:a")
    assert violation.message.en == "li does 120 minutes in 2026-W13, 30 more than the 90 they want"
    assert violation.message.zh == "li在2026年第13周服务120分钟，比本人意愿的90分钟多30分钟"
