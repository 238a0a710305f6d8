from datetime import time

from civicvol import Availability, Rotation, Weekly, WorkHours
from civicvol.rostering.rules import Available


def someone(make, **fields):
    return make.person("li", availability=Availability(**fields))


def office(commute=0):
    return Weekly(hours=[WorkHours(time(9), time(18))], commute=commute)


def test_who_states_nothing_is_free(make):
    assert make.amounts(Available(), make.shift("s", "24 09:00-11:00"), on="li:s") == []


def test_leave_counts_the_minutes_it_takes(make):
    away = someone(make, leave=[make.span("24 10:30-12:00")])
    assert make.amounts(Available(), away, make.shift("s", "24 09:00-11:00"), on="li:s") == [30]


def test_leave_that_only_touches_takes_none(make):
    away = someone(make, leave=[make.span("24 11:00-12:00"), make.span("24 08:00-09:00")])
    assert make.amounts(Available(), away, make.shift("s", "24 09:00-11:00"), on="li:s") == []


def test_overlapping_leave_counts_once(make):
    away = someone(make, leave=[make.span("24 09:00-10:00"), make.span("24 09:30-10:30")])
    assert make.amounts(Available(), away, make.shift("s", "24 09:00-11:00"), on="li:s") == [90]


def test_work_ends_when_the_shift_begins(make):
    worker = someone(make, pattern=office())
    assert make.amounts(Available(), worker, make.shift("s", "24 18:00-20:00"), on="li:s") == []


def test_the_way_home_is_not_free(make):
    worker = someone(make, pattern=office(commute=30))
    assert make.amounts(Available(), worker, make.shift("s", "24 18:00-20:00"), on="li:s") == [30]
    assert make.amounts(Available(), worker, make.shift("s", "24 18:30-20:00"), on="li:s") == []


def test_a_guard_is_at_work_until_the_next_morning(make):
    guard = someone(make, pattern=Rotation(anchor=make.day(23)))
    assert make.amounts(Available(), guard, make.shift("s", "24 06:00-09:00"), on="li:s") == [120]


def test_only_offered_hours_are_free(make):
    helper = someone(make, offered=[make.span("24 18:00-20:00")])
    assert make.amounts(Available(), helper, make.shift("s", "24 18:00-20:00"), on="li:s") == []
    assert make.amounts(Available(), helper, make.shift("s", "24 17:00-20:01"), on="li:s") == [61]


def test_who_offers_no_hours_is_never_free(make):
    helper = someone(make, offered=[])
    assert make.amounts(Available(), helper, make.shift("s", "24 18:00-20:00"), on="li:s") == [120]


def test_a_night_over_the_clock_change_is_an_hour_shorter(make):
    away = someone(make, leave=[make.span("28 12:00-11:00")])
    assert make.amounts(Available(), away, make.shift("s", "28 22:00-06:00"), on="li:s") == [420]


def test_work_after_the_last_day_counts_for_a_night_that_runs_into_it(make):
    worker = someone(make, pattern=Weekly(hours=[WorkHours(time(5), time(12))]))
    assert make.amounts(Available(), worker, make.shift("s", "5 22:00-06:00"), on="li:s") == [60]


def test_the_shift_goes_to_whoever_is_free(make):
    away, free = someone(make, leave=[make.span("24 10:30-12:00")]), make.person("wu")
    assert make.solved(Available(), away, free, make.shift("s", "24 09:00-11:00")) == {"wu:s"}


def test_says_for_how_long(make):
    away = someone(make, leave=[make.span("24 10:30-12:00")])
    (violation,) = make.found(Available(), away, make.shift("s", "24 09:00-11:00"), on="li:s")
    assert violation.message.en == "li is not free for 30 minutes of post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.zh == "li在post，2026年3月24日周二 09:00–11:00中有30分钟没有空"
