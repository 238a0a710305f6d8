import pytest

from civicvol.rostering.rules import CompleteWeekends

LONG = CompleteWeekends(weekend=("FR", "SA", "SU"))


def amounts(make, rule, *days, past=(), absent=(28, 29)):
    """Return the amounts where Li works on some days, and has worked on others before."""
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in {*days, *absent}]
    duties = [make.past(f"{day} 09:00-10:00") for day in past]
    return make.amounts(rule, *shifts, *duties, on=" ".join(f"li:s{day}" for day in days))


def test_all_or_nothing_is_fine(make):
    assert amounts(make, CompleteWeekends(), 28, 29) == amounts(make, CompleteWeekends(), 27, 30) == []


def test_one_day_of_two_is_one_short(make):
    assert amounts(make, CompleteWeekends(), 28) == amounts(make, CompleteWeekends(), 29) == [1]
    assert amounts(make, CompleteWeekends(), 28, 5) == [1, 1]


def test_a_day_without_a_shift_is_missing_too(make):
    assert amounts(make, CompleteWeekends(), 28, absent=()) == [1]


def test_two_shifts_of_a_day_are_one_day(make):
    shifts = [make.shift(id, when) for id, when in (("a", "28 09:00-10:00"), ("b", "28 12:00-13:00"))]
    assert make.amounts(CompleteWeekends(), *shifts, on="li:a li:b") == [1]


@pytest.mark.parametrize(
    ("days", "amount", "split"),
    [((27, 28), 1, 1), ((28, 29), 1, 1), ((27,), 2, 2), ((28,), 2, 2), ((29,), 2, 2), ((27, 29), 1, 4)],
)
def test_of_three_days_a_free_one_in_the_middle_may_count_more(make, days, amount, split):
    assert amounts(make, LONG, *days) == [amount]
    assert amounts(make, CompleteWeekends(weekend=LONG.weekend, split=3), *days) == [split]


def test_a_longer_weekend_may_be_split_more_than_once(make):
    rule = CompleteWeekends(weekend=("TH", "FR", "SA", "SU", "MO"), split=10)
    assert amounts(make, rule, 26, 28, 30) == [22]
    assert amounts(make, rule, 26, 30) == [33]
    assert amounts(make, rule, 26, 30, absent=(27, 28, 29)) == [33]


def test_of_a_weekend_that_the_horizon_cuts_only_its_days_count(make):
    rule = CompleteWeekends(weekend=("SU", "MO"))
    assert amounts(make, rule, 23) == amounts(make, rule, 5) == amounts(make, rule, 23, past=[22]) == []
    assert amounts(make, rule, 29) == [1]


def test_one_day_alone_goes_to_nobody(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (28, 4, 5)]
    assert make.solved(CompleteWeekends(), *shifts) == {"li:s4", "li:s5"}


def test_says_which_weekend(make):
    (violation,) = make.found(CompleteWeekends(), make.shift("s", "29 09:00-10:00"), on="li:s")
    assert violation.message.en == "li works on a part of the weekend of 2026-03-28 only, 1 short of all of it"
    assert violation.message.zh == "li在2026-03-28起的周末只服务了一部分，差1"
