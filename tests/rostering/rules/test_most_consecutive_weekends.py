from civicvol.rostering.rules import MostConsecutiveWeekends

ONE = MostConsecutiveWeekends(weekends=1)


def amounts(make, rule, *days, past=()):
    """Return the amounts where Li works on some days, and has worked on others before."""
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in days]
    duties = [make.past(f"{day} 09:00-10:00") for day in past]
    return make.amounts(rule, *shifts, *duties, on=" ".join(f"li:s{day}" for day in days))


def test_one_weekend_is_fine(make):
    assert amounts(make, ONE, 28, 29, 1) == []


def test_the_next_one_is_one_too_many(make):
    assert amounts(make, ONE, 28, 29, 5) == [1]


def test_past_weekends_count(make):
    assert amounts(make, MostConsecutiveWeekends(weekends=2), 28, 4, past=[21]) == [1]
    assert amounts(make, ONE, 28, past=[21]) == [1]
    assert amounts(make, ONE, 4, past=[21]) == amounts(make, ONE, 5, past=[14, 22]) == []


def test_a_weekend_may_be_cut_by_the_horizon(make):
    rule = MostConsecutiveWeekends(weekends=1, weekend=("SU", "MO"))
    assert amounts(make, rule, 23, past=[15, 22]) == []
    assert amounts(make, rule, 29, past=[22]) == [1]


def test_a_day_between_goes_to_li(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (28, 31, 4)]
    assert len(make.solved(ONE, *shifts)) == 2


def test_says_from_when_until_when(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (28, 5)]
    (violation,) = make.found(ONE, *shifts, on="li:s28 li:s5")
    assert violation.message.en == "li works on every weekend from 2026-03-28 to 2026-04-04, one more than 1 in a row"
    assert violation.message.zh == "li从2026-03-28到2026-04-04每个周末都服务，超过连续1个周末的上限"
    assert violation.shifts == ("s28", "s5")
