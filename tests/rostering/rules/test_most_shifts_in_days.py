from civicvol.rostering.rules import MostShiftsInDays


def days(make, *numbers):
    return [make.shift(f"s{number}", f"{number} 09:00-12:00") for number in numbers]


def test_the_limit_itself_is_fine(make):
    assert make.amounts(MostShiftsInDays(shifts=2, days=3), *days(make, 24, 26), on="li:s24 li:s26") == []
    assert make.amounts(MostShiftsInDays(shifts=1, days=3), *days(make, 24, 26), on="li:s24 li:s26") == [1]
    assert make.amounts(MostShiftsInDays(shifts=1, days=2), *days(make, 24, 26), on="li:s24 li:s26") == []


def test_two_on_one_day_are_two(make):
    shifts = make.shift("a", "5 09:00-10:00"), make.shift("b", "5 11:00-12:00")
    assert make.amounts(MostShiftsInDays(shifts=1, days=7), *shifts, on="li:a li:b") == [1]


def test_what_was_done_just_before_counts(make):
    assert make.amounts(
        MostShiftsInDays(shifts=1, days=2), make.past("22 09:00-12:00"), *days(make, 23), on="li:s23"
    ) == [1]


def test_hard_work_comes_again_only_after_some_days(make):
    rule = MostShiftsInDays(shifts=1, days=3)
    assert len(make.solved(rule, *days(make, 23, 24, 25, 26))) == 2


def test_says_when(make):
    (violation,) = make.found(MostShiftsInDays(shifts=1, days=3), *days(make, 24, 26), on="li:s24 li:s26")
    assert violation.message.en == "li takes 2 shifts from 2026-03-24 to 2026-03-26, 1 over 1"
    assert violation.message.zh == "li在2026-03-24至2026-03-26有2班，超出1班上限1班"
