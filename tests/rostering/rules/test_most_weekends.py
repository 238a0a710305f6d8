import pytest

from civicvol import InputError, Period
from civicvol.rostering.rules import MostWeekends

ONE = MostWeekends(weekends=1)


def amounts(make, rule, *days, past=()):
    """Return the amounts where Li works on some days, and has worked on others before."""
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in days]
    duties = [make.past(f"{day} 09:00-10:00") for day in past]
    return make.amounts(rule, *shifts, *duties, on=" ".join(f"li:s{day}" for day in days))


def test_one_weekend_is_fine(make):
    assert amounts(make, ONE, 28) == amounts(make, ONE, 28, 29) == amounts(make, ONE, 27, 28, 30, 3) == []


def test_a_second_one_is_one_too_many(make):
    assert amounts(make, ONE, 28, 29, 5) == [1]


def test_none_may_be_allowed(make):
    assert amounts(make, MostWeekends(weekends=0), 28, 4) == [2]


def test_a_weekend_may_begin_on_friday(make):
    rule = MostWeekends(weekends=1, weekend=("FR", "SA", "SU"))
    assert amounts(make, rule, 27, 28, 2) == []
    assert amounts(make, rule, 27, 3) == [1]


def test_a_month_has_the_weekends_that_begin_in_it(make):
    rule = MostWeekends(weekends=1, per=Period.MONTH)
    assert amounts(make, rule, 28, 4) == []
    assert amounts(make, MostWeekends(weekends=1, per=Period.MONTH, weekend=["TU", "WE"]), 25, 1) == [1]


def test_past_weekends_count_for_a_month(make):
    rule = MostWeekends(weekends=1, per=Period.MONTH)
    assert amounts(make, rule, 28, past=[21]) == [1]
    assert amounts(make, rule, 28, past=[14, 21]) == [1]
    assert amounts(make, rule, past=[14, 21]) == []


def test_past_weekends_do_not_count_for_the_horizon(make):
    assert amounts(make, ONE, 28, past=[21]) == []


def test_one_of_two_weekends_goes_to_nobody(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (28, 29, 4)]
    assert make.solved(ONE, *shifts) == {"li:s28", "li:s29"}


def test_says_how_many(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (28, 4)]
    (violation,) = make.found(ONE, *shifts, on="li:s28 li:s4")
    assert violation.message.en == "li works on 2 weekends in all, 1 over 1"
    assert violation.message.zh == "li在全期有2个周末服务，比上限1个多1个"
    (violation,) = make.found(MostWeekends(weekends=0, per=Period.MONTH), *shifts[:1], on="li:s28")
    assert violation.message.en == "li works on 1 weekends in 2026-03, 1 over 0"


@pytest.mark.parametrize(
    "weekend", [(), ("SA", "MO"), ("SA", "XX"), "SA", 5, ("MO", "TU", "WE", "TH", "FR", "SA", "SU")]
)
def test_a_weekend_is_some_days_in_a_row(weekend):
    with pytest.raises(InputError, match=r"MostWeekends\.weekend"):
        MostWeekends(weekend=weekend)


@pytest.mark.parametrize("per", ["month", Period.WEEK, Period.DAY, 3])
def test_is_for_a_month_or_the_horizon(per):
    with pytest.raises(InputError, match=r"MostWeekends\.per"):
        MostWeekends(per=per)
