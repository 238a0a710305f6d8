from civicvol.rostering.rules import LeastShiftsInDays


def days(make, *numbers):
    return [make.shift(f"s{number}", f"{number} 09:00-12:00") for number in numbers]


def test_one_in_so_many_days_is_enough(make):
    assert make.amounts(LeastShiftsInDays(days=7), *days(make, 29, 5), on="li:s29 li:s5") == []
    assert make.amounts(LeastShiftsInDays(days=7), *days(make, 29, 4), on="li:s29 li:s4") == []
    assert make.amounts(LeastShiftsInDays(days=7), *days(make, 28, 5), on="li:s28 li:s5") == [1]


def test_each_window_counts(make):
    assert make.amounts(LeastShiftsInDays(days=12), on="") == [1, 1, 1]
    assert make.amounts(LeastShiftsInDays(shifts=2, days=14), on="") == [2]


def test_work_is_spread_over_the_days(make):
    assert make.solved(LeastShiftsInDays(days=8), *days(make, 25, 29)) == {"li:s25", "li:s29"}


def test_says_when(make):
    (violation,) = make.found(LeastShiftsInDays(shifts=2, days=14), *days(make, 24), on="li:s24")
    assert violation.message.en == "li takes 1 shifts from 2026-03-23 to 2026-04-05, 1 less than 2"
    assert violation.message.zh == "li在2026-03-23至2026-04-05有1班，比下限2班少1班"
