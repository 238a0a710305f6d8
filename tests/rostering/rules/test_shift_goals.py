from civicvol import Limit
from civicvol.calendar import Period
from civicvol.rostering.rules import ShiftGoals


def wants(make, per, shifts, **fields):
    return make.person(goals=[Limit(per=per, shifts=shifts)], **fields)


def days(make):
    return [make.shift("a", "24 09:00-10:00"), make.shift("b", "25 09:00-10:00"), make.shift("c", "30 09:00-10:00")]


def test_the_goal_itself_and_more_are_fine(make):
    assert make.amounts(ShiftGoals(), wants(make, Period.WEEK, 1), *days(make), on="li:a li:b li:c") == []


def test_each_shift_missing_counts(make):
    assert make.amounts(ShiftGoals(), wants(make, Period.WEEK, 2), *days(make), on="li:a li:b li:c") == [1]
    assert make.amounts(ShiftGoals(), wants(make, Period.HORIZON, 4), *days(make), on="li:a li:b") == [2]
    assert make.amounts(ShiftGoals(), wants(make, Period.WEEK, 2), *days(make), on="") == [2, 2]


def test_periods_cut_by_the_horizon_are_left_out(make):
    assert make.amounts(ShiftGoals(), wants(make, Period.MONTH, 5), *days(make), on="li:a") == []


def test_past_shifts_do_not_count(make):
    past = make.past("22 09:00-10:00")
    assert make.amounts(ShiftGoals(), wants(make, Period.HORIZON, 1), past, *days(make), on="") == [1]


def test_a_goal_of_minutes_says_nothing_on_shifts(make):
    person = make.person(goals=[Limit(per=Period.WEEK, minutes=600)])
    assert make.amounts(ShiftGoals(), person, *days(make), on="") == []


def test_who_wants_more_gets_more(make):
    people = [make.person("wu"), wants(make, Period.HORIZON, 2, id="li")]
    assert make.solved(ShiftGoals(), *people, *days(make)[:2]) >= {"li:a", "li:b"}


def test_says_what_they_would_like(make):
    days_of_both = [*days(make), make.shift("d", "31 09:00-10:00")]
    (violation,) = make.found(ShiftGoals(), wants(make, Period.WEEK, 2), *days_of_both, on="li:a li:c li:d")
    assert violation.message.en == "li has 1 shifts in 2026-W13, 1 less than the 2 they would like"
    assert violation.message.zh == "li在2026年第13周有1班，比本人希望的2班少1班"
