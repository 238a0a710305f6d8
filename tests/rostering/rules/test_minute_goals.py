from civicvol import Limit
from civicvol.calendar import Period
from civicvol.rostering.rules import MinuteGoals


def wants(make, per, minutes, **fields):
    return make.person(goals=[Limit(per=per, minutes=minutes)], **fields)


def days(make):
    return [make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-10:00"), make.shift("c", "30 09:00-10:00")]


def test_the_goal_itself_is_fine(make):
    assert make.amounts(MinuteGoals(), wants(make, Period.HORIZON, 240), *days(make), on="li:a li:b li:c") == []


def test_each_minute_missing_counts(make):
    assert sorted(make.amounts(MinuteGoals(), wants(make, Period.WEEK, 121), *days(make), on="li:a")) == [1, 121]


def test_the_hour_that_a_clock_change_takes_is_missing(make):
    night = make.shift("n", "28 22:00-06:00")
    assert make.amounts(MinuteGoals(), wants(make, Period.HORIZON, 480), night, on="li:n") == [60]


def test_a_goal_of_shifts_says_nothing_on_minutes(make):
    person = make.person(goals=[Limit(per=Period.WEEK, shifts=5)])
    assert make.amounts(MinuteGoals(), person, *days(make), on="") == []


def test_who_wants_more_gets_more(make):
    people = [make.person("wu"), wants(make, Period.HORIZON, 180, id="li")]
    assert make.solved(MinuteGoals(), *people, *days(make)[:2]) >= {"li:a", "li:b"}


def test_says_what_they_would_like(make):
    (violation,) = make.found(MinuteGoals(), wants(make, Period.HORIZON, 200), *days(make), on="li:a")
    assert violation.message.en == "li has 120 minutes in all, 80 less than the 200 they would like"
    assert violation.message.zh == "li在全期有120分钟，比本人希望的200分钟少80分钟"
