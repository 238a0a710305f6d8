import pytest

from civicvol.calendar import Period
from civicvol.rostering.rules import LeastMinutes

FIRST, SECOND = "24 09:00-12:00", "31 09:00-12:00"


def both(make):
    return make.shift("a", FIRST), make.shift("b", SECOND)


def test_the_least_itself_is_enough(make):
    assert make.amounts(LeastMinutes(minutes=180), *both(make), on="li:a li:b") == []
    assert make.amounts(LeastMinutes(minutes=181), *both(make), on="li:a li:b") == [1, 1]


def test_it_is_asked_of_who_has_nothing(make):
    assert make.amounts(LeastMinutes(minutes=60), *both(make), on="li:a") == [60]
    assert make.amounts(LeastMinutes(minutes=60), on="") == [60, 60]


def test_each_period_counts_by_itself(make):
    assert make.amounts(LeastMinutes(minutes=360, per=Period.HORIZON), *both(make), on="li:a li:b") == []
    assert make.amounts(LeastMinutes(minutes=400, per=Period.HORIZON), *both(make), on="li:a li:b") == [40]
    assert len(make.amounts(LeastMinutes(minutes=1, per=Period.DAY), *both(make), on="li:a li:b")) == 12


def test_a_month_of_which_a_part_lies_outside_is_left_out(make):
    assert make.amounts(LeastMinutes(minutes=1, per=Period.MONTH), *both(make), on="") == []


def test_the_past_is_no_part_of_the_horizon(make):
    past = make.past("22 09:00-12:00")
    assert make.amounts(LeastMinutes(minutes=60, per=Period.HORIZON), past, *both(make), on="") == [60]


def test_it_may_be_asked_only_where_somebody_comes_at_all(make):
    more = make.shift("c", "24 14:00-15:00")
    rule = LeastMinutes(minutes=240, per=Period.DAY, if_any=True)
    assert make.amounts(rule, *both(make), more, on="") == []
    assert make.amounts(rule, *both(make), more, on="li:a") == [60]
    assert make.amounts(rule, *both(make), more, on="li:a li:c") == []
    assert make.amounts(rule, *both(make), more, on="li:c li:b") == [180, 60]


@pytest.mark.parametrize("if_any", [False, True])
def test_is_for_some_people_and_positions_only(make, if_any):
    people = [make.person("li", affiliations=["cadre"]), make.person("wu")]
    shifts = make.shift("a", FIRST), make.shift("b", "25 09:00-12:00", "gate")
    rule = LeastMinutes(minutes=200, per=Period.HORIZON, group="cadre", positions={"gate"}, if_any=if_any)
    assert make.amounts(rule, *people, *shifts, on="li:a li:b wu:b") == [20]


def test_work_goes_to_who_has_too_little(make):
    people = [make.person("li", affiliations=["cadre"]), make.person("wu")]
    rule = LeastMinutes(minutes=180, per=Period.HORIZON, group="cadre")
    assert make.solved(rule, *people, make.shift("a", FIRST)) == {"li:a"}


def test_says_how_much_is_missing(make):
    found = make.found(LeastMinutes(minutes=200), *both(make), on="li:a")
    assert [each.message.en for each in found] == [
        "li does 180 minutes in 2026-W13, 20 less than 200",
        "li does 0 minutes in 2026-W14, 200 less than 200",
    ]
    assert found[0].message.zh == "li在2026年第13周服务180分钟，比下限200分钟少20分钟"
    assert [each.shifts for each in found] == [("a",), ()]
