from civicvol.rostering import Request
from civicvol.rostering.rules import DayOnRequests


def on(make, day, **fields):
    return Request(volunteer="li", day=make.day(day), kind="day on", **fields)


def days(make):
    return [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 18:00-20:00"), make.shift("c", "25 09:00-11:00")]


def test_a_duty_on_the_day_meets_it(make):
    assert make.amounts(DayOnRequests(), *days(make), on="li:a", requests=[on(make, 24)]) == []
    assert make.amounts(DayOnRequests(), *days(make), on="li:a li:b", requests=[on(make, 24)]) == []


def test_a_duty_on_another_day_does_not(make):
    assert make.amounts(DayOnRequests(), *days(make), on="li:c", requests=[on(make, 24)]) == [1]


def test_a_duty_of_somebody_else_does_not(make):
    people = [make.person("li"), make.person("wu")]
    assert make.amounts(DayOnRequests(), *people, *days(make), on="wu:a", requests=[on(make, 24)]) == [1]


def test_a_night_is_on_the_day_it_begins(make):
    night = make.shift("n", "24 22:00-06:00")
    assert make.amounts(DayOnRequests(), night, on="li:n", requests=[on(make, 24), on(make, 25)]) == [1]


def test_each_request_counts_by_its_importance(make):
    asked = [on(make, 24, importance=3), on(make, 25, importance=0.5), on(make, 26, importance=0.25)]
    assert make.amounts(DayOnRequests(), *days(make), on="li:c", requests=asked) == [3, 0.25]


def test_a_day_without_shifts_cannot_be_met(make):
    assert make.amounts(DayOnRequests(), *days(make), on="", requests=[on(make, 28)]) == [1]


def test_may_be_for_some_people_and_positions_only(make):
    shifts = [make.shift("a", "24 09:00-11:00", position="gate"), make.shift("b", "24 18:00-20:00", position="tent")]
    asked = [on(make, 24)]
    assert make.amounts(DayOnRequests(positions={"gate"}), *shifts, on="li:a", requests=asked) == []
    assert make.amounts(DayOnRequests(positions={"gate"}), *shifts, on="li:b", requests=asked) == [1]
    assert make.amounts(DayOnRequests(group="cadre"), *shifts, on="li:b", requests=asked) == []


def test_who_asks_gets_the_day(make):
    people = [make.person("wu"), make.person("li")]
    assert "li:a" in make.solved(DayOnRequests(), *people, days(make)[0], requests=[on(make, 24)])


def test_says_which_day(make):
    (violation,) = make.found(DayOnRequests(), *days(make), on="", requests=[on(make, 24)])
    assert violation.message.en == "li asked to serve on 2026-03-24, and does not"
    assert violation.message.zh == "li希望2026-03-24服务，却未排班"
