from datetime import date, time

from civicvol.rostering.rules import NoMinorsAtNight


def minor(make):
    return make.person(birth_date=date(2008, 4, 1))


def test_the_evening_is_no_night(make):
    assert make.amounts(NoMinorsAtNight(), minor(make), make.shift("s", "24 18:00-22:00"), on="li:s") == []


def test_the_first_minute_of_the_night_counts(make):
    assert make.amounts(NoMinorsAtNight(), minor(make), make.shift("s", "24 18:00-22:01"), on="li:s") == [1]


def test_the_morning_is_no_night(make):
    assert make.amounts(NoMinorsAtNight(), minor(make), make.shift("s", "24 06:00-08:00"), on="li:s") == []
    assert make.amounts(NoMinorsAtNight(), minor(make), make.shift("s", "24 05:30-08:00"), on="li:s") == [30]


def test_only_the_minutes_of_the_night_count(make):
    assert make.amounts(NoMinorsAtNight(), minor(make), make.shift("s", "24 20:00-08:00"), on="li:s") == [480]


def test_the_night_of_the_clock_change_is_an_hour_shorter(make):
    assert make.amounts(NoMinorsAtNight(), minor(make), make.shift("s", "28 20:00-08:00"), on="li:s") == [420]


def test_from_the_birthday_on_the_night_is_open(make):
    shifts = [make.shift("s", "31 20:00-08:00"), make.shift("t", "1 20:00-08:00")]
    assert make.amounts(NoMinorsAtNight(), minor(make), *shifts, on="li:s li:t") == [480]


def test_the_night_can_be_set(make):
    rule = NoMinorsAtNight(night_start=time(1), night_end=time(4))
    assert make.amounts(rule, minor(make), make.shift("s", "24 20:00-08:00"), on="li:s") == [180]


def test_a_night_that_the_clock_change_swallows_has_no_minutes(make):
    rule = NoMinorsAtNight(night_start=time(2), night_end=time(3))
    shifts = [make.shift("s", "27 20:00-08:00"), make.shift("t", "28 20:00-08:00")]
    assert make.amounts(rule, minor(make), *shifts, on="li:s li:t") == [60]


def test_a_night_of_24_hours_is_always(make):
    rule = NoMinorsAtNight(night_start=time(12), night_end=time(12))
    assert make.amounts(rule, minor(make), make.shift("s", "24 10:00-14:00"), on="li:s") == [240]


def test_who_states_no_birth_date_is_taken_to_be_of_age(make):
    assert make.amounts(NoMinorsAtNight(), make.shift("s", "24 20:00-08:00"), on="li:s") == []


def test_the_night_goes_to_somebody_else(make):
    shift = make.shift("s", "24 20:00-08:00")
    assert make.solved(NoMinorsAtNight(), minor(make), make.person("wu"), shift) == {"wu:s"}


def test_says_how_much_of_the_night(make):
    (violation,) = make.found(NoMinorsAtNight(), minor(make), make.shift("s", "24 18:00-23:00"), on="li:s")
    where = "post, Tue 24 Mar 2026 18:00–23:00"
    assert violation.message.en == f"li is 17 and would work 60 minutes of the night at {where}"
    assert violation.message.zh == "li17岁，post，2026年3月24日周二 18:00–23:00有60分钟在夜间"
