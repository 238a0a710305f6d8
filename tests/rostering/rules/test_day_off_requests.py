import pytest

from civicvol.rostering import Request
from civicvol.rostering.rules import DayOffRequests


def off(make, day, **fields):
    return Request(volunteer="li", day=make.day(day), kind="day off", **fields)


def days(make):
    return [make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-11:00"), make.shift("c", "25 18:00-20:00")]


def test_the_days_before_and_after_are_fine(make):
    assert make.amounts(DayOffRequests(), *days(make), on="li:b li:c", requests=[off(make, 24), off(make, 26)]) == []


def test_each_duty_on_the_day_counts(make):
    asked = [off(make, 24), off(make, 25)]
    assert make.amounts(DayOffRequests(), *days(make), on="li:b", requests=asked) == [1]
    assert make.amounts(DayOffRequests(), *days(make), on="li:b li:c", requests=asked) == [1, 1]


def test_an_important_request_counts_more(make):
    asked = [off(make, 24, importance=3), off(make, 25, importance=0.5)]
    assert make.amounts(DayOffRequests(), *days(make), on="li:a li:b", requests=asked) == [3, 0.5]


def test_a_night_is_on_the_day_it_begins(make):
    night = make.shift("n", "24 22:00-06:00")
    assert make.amounts(DayOffRequests(), night, on="li:n", requests=[off(make, 25)]) == []
    assert make.amounts(DayOffRequests(), night, on="li:n", requests=[off(make, 24)]) == [1]


def test_the_day_begins_when_the_horizon_says(make):
    early = make.shift("e", "25 03:00-04:00")
    asked = [off(make, 24)]
    assert make.amounts(DayOffRequests(), early, on="li:e", requests=asked) == []
    assert make.amounts(DayOffRequests(), early, on="li:e", requests=asked, day_start="05:00") == [1]


def test_is_for_who_asked(make):
    people = [make.person("li"), make.person("wu")]
    assert make.amounts(DayOffRequests(), *people, *days(make), on="wu:a", requests=[off(make, 24)]) == []


def test_may_be_for_some_people_and_positions_only(make):
    shifts = [make.shift("a", "24 09:00-11:00", position="gate"), make.shift("b", "24 18:00-20:00", position="tent")]
    asked = [off(make, 24)]
    assert make.amounts(DayOffRequests(positions={"gate"}), *shifts, on="li:a li:b", requests=asked) == [1]
    assert make.amounts(DayOffRequests(group="cadre"), *shifts, on="li:a li:b", requests=asked) == []


@pytest.mark.parametrize("kind", ["day on", "shift on", "shift off"])
def test_other_requests_are_not_its_own(make, kind):
    asked = Request(volunteer="li", day=make.day(24), kind=kind, position="post" if "shift" in kind else None)
    assert make.amounts(DayOffRequests(), *days(make), on="li:a", requests=[asked]) == []


def test_somebody_else_comes(make):
    people = [make.person("li"), make.person("wu")]
    asked = [off(make, 24)]
    assert make.solved(DayOffRequests(), *people, days(make)[0], requests=asked) == {"wu:a"}


def test_hard_nobody_else_means_nobody(make):
    assert make.solved(DayOffRequests(weight=None), days(make)[0], requests=[off(make, 24)]) == set()


def test_says_which_day(make):
    (violation,) = make.found(DayOffRequests(), *days(make), on="li:a", requests=[off(make, 24)])
    assert violation.message.en == "li asked for 2026-03-24 off, and is at post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.zh == "li希望2026-03-24休息，却排在post，2026年3月24日周二 09:00–11:00"
