from datetime import time

from civicvol.rostering.rules import RestAfterNight


def test_a_day_is_enough(make):
    night = make.shift("night", "24 22:00-06:00")
    assert make.amounts(RestAfterNight(), night, make.shift("a", "26 06:00-08:00"), on="li:night li:a") == []
    assert make.amounts(RestAfterNight(), night, make.shift("a", "26 05:59-08:00"), on="li:night li:a") == [1]


def test_another_night_goes_on_with_the_row(make):
    nights = make.shift("a", "24 22:00-06:00"), make.shift("b", "25 22:00-06:00")
    assert make.amounts(RestAfterNight(), *nights, on="li:a li:b") == []


def test_before_a_night_nothing_is_asked(make):
    shifts = make.shift("a", "24 18:00-20:00"), make.shift("night", "24 22:00-06:00")
    assert make.amounts(RestAfterNight(), *shifts, on="li:a li:night") == []


def test_a_night_after_midnight_is_one_too(make):
    shifts = make.shift("night", "24 00:00-06:00"), make.shift("a", "24 18:00-20:00")
    assert make.amounts(RestAfterNight(), *shifts, on="li:night li:a") == [720]


def test_a_late_evening_is_none(make):
    shifts = make.shift("late", "24 18:00-00:59"), make.shift("a", "25 09:00-10:00")
    assert make.amounts(RestAfterNight(), *shifts, on="li:late li:a") == []
    assert make.amounts(RestAfterNight(minutes_at_night=179), *shifts, on="li:late li:a") == [1440 - 481]
    assert make.amounts(RestAfterNight(night_start=time(21)), *shifts, on="li:late li:a") == [1440 - 481]


def test_may_be_asked_only_after_some_nights_in_a_row(make):
    shifts = [make.shift(f"n{day}", f"{day} 22:00-06:00") for day in (24, 25, 26)] + [make.shift("a", "27 18:00-20:00")]
    rule = RestAfterNight(after=2)
    assert make.amounts(rule, *shifts, on="li:n26 li:a") == []
    assert make.amounts(rule, *shifts, on="li:n24 li:n26 li:a") == []
    assert make.amounts(rule, *shifts, on="li:n25 li:n26 li:a") == [720]
    assert make.amounts(RestAfterNight(after=3), *shifts, on="li:n25 li:n26 li:a") == []
    assert make.amounts(RestAfterNight(after=3), *shifts, on="li:n24 li:n25 li:n26 li:a") == [720]


def test_several_short_nights_of_one_day_are_one_of_the_row(make):
    shifts = [
        make.shift("a", "24 22:00-01:00"),
        make.shift("b", "24 23:00-02:00"),
        make.shift("c", "25 22:00-01:00"),
        make.shift("d", "26 10:00-12:00"),
    ]
    assert make.amounts(RestAfterNight(after=2), *shifts, on="li:a li:b li:c li:d") == [1440 - 540]


def test_past_nights_count(make):
    past, night = make.past("22 22:00-06:00"), make.shift("n", "23 22:00-06:00")
    day, next_day = make.shift("a", "23 18:00-20:00"), make.shift("b", "24 18:00-20:00")
    assert make.amounts(RestAfterNight(), past, night, day, on="li:a") == [720]
    assert make.amounts(RestAfterNight(after=2), past, night, day, next_day, on="li:a") == []
    assert make.amounts(RestAfterNight(after=2), past, night, day, next_day, on="li:n li:b") == [720]


def test_is_for_some_positions_only(make):
    shifts = make.shift("n", "24 22:00-06:00"), make.shift("a", "25 18:00-20:00", "gate")
    assert make.amounts(RestAfterNight(positions={"post"}), *shifts, on="li:n li:a") == []
    assert make.amounts(RestAfterNight(positions={"post", "gate"}), *shifts, on="li:n li:a") == [720]


def test_the_rested_are_taken(make):
    people = [make.person("li"), make.person("wu")]
    past, shift = make.past("22 22:00-06:00"), make.shift("a", "23 18:00-20:00")
    assert make.solved(RestAfterNight(), *people, past, shift) == {"wu:a"}


def test_says_after_which_night(make):
    shifts = make.shift("n", "24 22:00-06:00"), make.shift("a", "25 18:00-20:00")
    (violation,) = make.found(RestAfterNight(), *shifts, on="li:n li:a")
    assert violation.message.en == (
        "li rests 720 minutes from post, Tue 24 Mar 2026 22:00 – Wed 25 Mar 2026 06:00 "
        "to post, Wed 25 Mar 2026 18:00–20:00, 720 less than 1440"
    )
    assert violation.message.zh.endswith("仅休息720分钟，比1440分钟少720分钟")
    assert violation.shifts == ("n", "a")
