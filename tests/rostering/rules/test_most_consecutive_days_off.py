from civicvol.rostering.rules import MostConsecutiveDaysOff

SIX = MostConsecutiveDaysOff(days=6)


def amounts(make, rule, *days, past=()):
    """Return the amounts where Li works on some days, and has worked on others before."""
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in days]
    duties = [make.past(f"{day} 09:00-10:00") for day in past]
    return make.amounts(rule, *shifts, *duties, on=" ".join(f"li:s{day}" for day in days))


def test_six_days_off_are_fine(make):
    assert amounts(make, SIX, 29, 5) == []


def test_each_day_more_is_one(make):
    assert amounts(make, SIX, 30) == [1]
    assert amounts(make, SIX, 29) == [1]
    assert amounts(make, SIX, 31) == [2]
    assert amounts(make, SIX) == [8]


def test_days_off_are_counted_from_the_last_past_duty(make):
    assert amounts(make, SIX, 29, 5, past=[22]) == []
    assert amounts(make, SIX, 28, 4, past=[20]) == [1]


def test_what_was_too_long_before_does_not_count(make):
    assert amounts(make, SIX, 23, 30, 5, past=[9]) == []
    assert amounts(make, SIX, 24, 31, 5, past=[9]) == [1]


def test_only_some_people_may_be_held_to_it(make):
    people = [make.person("li", affiliations=["staff"]), make.person("wu")]
    assert make.amounts(MostConsecutiveDaysOff(days=13, group="staff"), *people, on="") == [1]


def test_longer_than_the_horizon_is_fine(make):
    assert amounts(make, MostConsecutiveDaysOff(days=14)) == []
    assert amounts(make, MostConsecutiveDaysOff(days=14), past=[20]) == [2]


def test_the_day_in_the_middle_is_worked(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (24, 30)]
    assert make.solved(MostConsecutiveDaysOff(days=7), *shifts) == {"li:s24", "li:s30"}


def test_says_from_when_until_when(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (25, 2)]
    (violation,) = make.found(SIX, *shifts, on="li:s25 li:s2")
    assert violation.message.en == "li is off from 2026-03-26 to 2026-04-01, 1 more than 6 days in a row"
    assert violation.message.zh == "li从2026-03-26到2026-04-01休息，比连续休息6天多1天"
    assert violation.shifts == ("s25", "s2")
