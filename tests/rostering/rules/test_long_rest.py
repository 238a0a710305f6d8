import pytest

from civicvol.calendar import Period
from civicvol.rostering.rules import LongRest

DAILY = LongRest(minutes=11 * 60, per=Period.DAY)


def every_day(make, *numbers, hours="06:00-22:00"):
    return [make.shift(f"s{number}", f"{number} {hours}") for number in numbers]


def all_of(shifts):
    return " ".join(f"li:{shift.id}" for shift in shifts)


def test_the_rest_itself_is_enough(make):
    # From Monday 22:00 to Wednesday 09:00 are 35 hours; Tuesday alone is free.
    shifts = [
        make.shift("mon", "23 00:00-22:00"),
        *(make.shift(f"s{day}", f"{day} 09:00-08:00") for day in range(25, 29)),
        make.shift("sun", "29 09:00-23:00"),
    ]
    assert make.amounts(LongRest(), *shifts, on=all_of(shifts)) == []
    assert make.amounts(LongRest(minutes=35 * 60 + 1), *shifts, on=all_of(shifts)) == [1]


def test_each_week_counts_by_itself(make):
    shifts = every_day(make, *range(23, 32), *range(1, 6))
    assert make.amounts(LongRest(), *shifts, on=all_of(shifts)) == [1, 1]
    assert make.amounts(LongRest(), *shifts, on=all_of(shifts[1:])) == [1, 1]
    assert make.amounts(LongRest(), *shifts, on=all_of(shifts[2:])) == [1]


def test_a_rest_at_either_end_of_the_week_counts(make):
    shifts = every_day(make, *range(23, 29))
    assert make.amounts(LongRest(), *shifts, on=all_of(shifts)) == [1]
    assert make.amounts(LongRest(minutes=26 * 60 - 60), *shifts, on=all_of(shifts)) == []


def test_a_rest_over_the_end_of_the_week_does_not(make):
    shifts = [*every_day(make, *range(23, 29)), make.shift("sun", "29 06:00-12:00")]
    assert make.amounts(LongRest(minutes=20 * 60), *shifts, on=all_of(shifts)) == [1]


def test_the_clock_change_takes_its_hour(make):
    night = make.shift("a", "28 00:00-22:00"), make.shift("b", "29 09:00-23:00")
    rule = LongRest(minutes=10 * 60, per=Period.HORIZON)
    rest = every_day(make, *range(23, 28), 30, 31, *range(1, 6), hours="00:00-23:00")
    assert make.amounts(rule, *night, *rest, on=all_of([*night, *rest])) == []
    assert make.amounts(LongRest(minutes=601, per=Period.HORIZON), *night, *rest, on=all_of([*night, *rest])) == [1]


def test_may_be_asked_for_each_day(make):
    shifts = make.shift("a", "24 08:00-12:00"), make.shift("b", "24 18:00-21:00")
    assert make.amounts(DAILY, *shifts, on="li:a") == []
    assert make.amounts(DAILY, *shifts, on="li:a li:b") == [1]
    assert make.amounts(LongRest(minutes=480, per=Period.DAY), *shifts, on="li:a li:b") == []


def test_a_duty_that_goes_on_from_the_day_before_counts(make):
    shifts = make.shift("a", "23 20:00-10:00"), make.shift("b", "24 20:00-22:00")
    assert make.amounts(LongRest(minutes=601, per=Period.DAY), *shifts, on="li:a li:b") == [1]
    assert make.amounts(LongRest(minutes=600, per=Period.DAY), *shifts, on="li:a li:b") == []


def test_what_was_begun_before_counts(make):
    past, shift = make.past("22 22:00-10:00"), make.shift("a", "23 20:00-22:00")
    assert make.amounts(DAILY, past, shift, on="") == []
    assert make.amounts(DAILY, past, shift, on="li:a") == [1]


def test_where_the_past_leaves_no_room_nothing_is_asked(make):
    past, shift = make.past("22 22:00-20:00"), make.shift("a", "23 21:00-22:00")
    assert make.amounts(DAILY, past, shift, on="li:a") == []


def test_a_rest_longer_than_the_period_is_not_asked_for(make):
    assert make.amounts(LongRest(minutes=1501, per=Period.DAY), make.shift("a", "23 20:00-22:00"), on="li:a") == []


def test_is_for_some_people_and_positions_only(make):
    people = [make.person("li", affiliations=["cadre"]), make.person("wu")]
    shifts = make.shift("a", "24 08:00-12:00"), make.shift("b", "24 18:00-21:00", "gate")
    rule = LongRest(minutes=13 * 60, per=Period.DAY, group="cadre")
    assert make.amounts(rule, *people, *shifts, on="li:a li:b wu:a wu:b") == [1]
    gate = LongRest(minutes=13 * 60, per=Period.DAY, positions={"gate"})
    assert make.amounts(gate, *people, *shifts, on="li:a li:b wu:a wu:b") == []


@pytest.mark.parametrize("day", [23, 26, 29])
def test_somebody_keeps_a_day_free(make, day):
    shifts = every_day(make, *range(23, 30), hours="08:00-20:00")
    short = [shift for shift in shifts if shift.id != f"s{day}"] + [make.shift(f"s{day}", f"{day} 08:00-09:00")]
    assert len(make.solved(LongRest(), *short)) == 6


def test_says_how_long_the_longest_is(make):
    shifts = make.shift("a", "24 08:00-12:00"), make.shift("b", "24 18:00-21:00")
    (violation,) = make.found(DAILY, *shifts, on="li:a li:b")
    assert violation.message.en == "li rests 480 minutes at the most on 2026-03-24, less than 660"
    assert violation.message.zh == "li在2026-03-24最长仅连续休息480分钟，少于660分钟"
    assert violation.shifts == ("a", "b")
