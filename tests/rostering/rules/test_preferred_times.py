from datetime import time

from civicvol import Cadence, WorkHours
from civicvol.people import PreferredTime
from civicvol.rostering.rules import PreferredTimes


def likes(make, *times, id="li"):
    return make.person(id, preferred_times=times)


def evenings(make, day=24, start=18, end=22):
    return PreferredTime(cadence=Cadence.weekly(make.day(day)), hours=WorkHours(time(start), time(end)))


def first_and_third_saturday(make):
    return (PreferredTime(cadence=Cadence.monthly(make.day(23), nth=nth, weekday="SA")) for nth in (1, 3))


def test_within_the_hours_is_fine(make):
    for inside in ("24 18:00-22:00", "24 19:00-20:00", "31 18:00-20:00"):
        assert make.amounts(PreferredTimes(), likes(make, evenings(make)), make.shift("a", inside), on="li:a") == []


def test_a_minute_beyond_is_another_time(make):
    for outside in ("24 17:59-20:00", "24 20:00-22:01", "25 18:00-22:00", "24 09:00-11:00"):
        assert make.amounts(PreferredTimes(), likes(make, evenings(make)), make.shift("a", outside), on="li:a") == [1]


def test_who_names_none_does_not_mind(make):
    assert make.amounts(PreferredTimes(), make.shift("a", "24 09:00-11:00"), on="li:a") == []


def test_who_names_a_time_that_never_comes_minds(make):
    never = PreferredTime(cadence=Cadence("FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=1", make.day(23)))
    assert make.amounts(PreferredTimes(), likes(make, never), make.shift("a", "24 09:00-11:00"), on="li:a") == [1]


def test_times_that_touch_are_one(make):
    night = likes(make, evenings(make, end=0), evenings(make, day=25, start=0, end=6))
    assert make.amounts(PreferredTimes(), night, make.shift("a", "24 22:00-06:00"), on="li:a") == []


def test_hours_may_go_on_after_midnight(make):
    night = likes(make, evenings(make, end=6))
    assert make.amounts(PreferredTimes(), night, make.shift("a", "25 01:00-05:00"), on="li:a") == []


def test_the_last_day_goes_on_until_its_boundary(make):
    night = likes(make, evenings(make, day=30, start=2, end=4))
    shift = make.shift("a", "30 02:00-04:00")
    assert make.amounts(PreferredTimes(), night, shift, on="li:a", day_start="05:00") == []


def test_each_first_and_third_saturday(make):
    person = likes(make, *first_and_third_saturday(make))
    days = [make.shift("a", "28 09:00-11:00"), make.shift("b", "4 09:00-11:00"), make.shift("c", "5 09:00-11:00")]
    found = make.found(PreferredTimes(), person, *days, on="li:a li:b li:c")
    assert [violation.shifts for violation in found] == [("a",), ("c",)]


def test_people_come_when_they_like(make):
    people = [likes(make, evenings(make)), likes(make, evenings(make, start=9, end=12), id="wu")]
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 18:00-20:00")]
    assert make.solved(PreferredTimes(), *people, *shifts) == {"wu:a", "li:b"}


def test_says_who_likes_other_times(make):
    (violation,) = make.found(
        PreferredTimes(), likes(make, evenings(make)), make.shift("a", "24 09:00-11:00"), on="li:a"
    )
    assert violation.message.en == "li likes other times better than post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.zh == "li更喜欢其他时间，而不是post，2026年3月24日周二 09:00–11:00"
