from civicvol.rostering.rules import MostConsecutiveDays

TWO = MostConsecutiveDays(days=2)


def on_days(make, *days):
    return [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in days]


def test_two_days_in_a_row_are_fine(make):
    assert make.amounts(TWO, *on_days(make, 24, 25), on="li:s24 li:s25") == []


def test_a_third_is_one_too_many(make):
    assert make.amounts(TWO, *on_days(make, 24, 25, 26), on="li:s24 li:s25 li:s26") == [1]


def test_each_further_day_is_one_more(make):
    four = "li:s24 li:s25 li:s26 li:s27"
    assert make.amounts(TWO, *on_days(make, 24, 25, 26, 27), on=four) == [1, 1]


def test_a_day_off_ends_the_run(make):
    assert make.amounts(TWO, *on_days(make, 24, 25, 27, 28), on="li:s24 li:s25 li:s27 li:s28") == []


def test_a_month_ends_no_run(make):
    assert make.amounts(TWO, *on_days(make, 30, 31, 1), on="li:s30 li:s31 li:s1") == [1]


def test_two_shifts_of_a_day_are_one_day(make):
    evening = make.shift("evening", "25 18:00-20:00")
    assert make.amounts(TWO, *on_days(make, 24, 25), evening, on="li:s24 li:s25 li:evening") == []
    shifts = [*on_days(make, 24, 25, 26), evening]
    assert make.amounts(TWO, *shifts, on="li:s24 li:s25 li:evening li:s26") == [1]


def test_a_night_is_the_day_it_begins_on(make):
    shifts = [*on_days(make, 24), make.shift("night", "25 22:00-06:00")]
    assert make.amounts(TWO, *shifts, on="li:s24 li:night") == []


def test_the_small_hours_may_belong_to_the_day_before(make):
    shifts = [*on_days(make, 24, 25), make.shift("late", "26 02:00-04:00")]
    assert make.amounts(TWO, *shifts, on="li:s24 li:s25 li:late") == [1]
    assert make.amounts(TWO, *shifts, on="li:s24 li:s25 li:late", day_start="05:00") == []


def test_the_days_before_the_horizon_count(make):
    past = [make.past("21 09:00-10:00"), make.past("22 09:00-10:00")]
    assert make.amounts(TWO, *past, *on_days(make, 23), on="li:s23") == [1]
    assert make.amounts(TWO, past[1], *on_days(make, 23), on="li:s23") == []


def test_a_run_of_past_days_is_not_held_against_the_roster(make):
    past = [make.past(f"{day} 09:00-10:00") for day in (19, 20, 21)]
    assert make.amounts(TWO, *past, *on_days(make, 23), on="li:s23") == []


def test_one_of_the_days_goes_to_nobody(make):
    assert len(make.solved(TWO, *on_days(make, 24, 25, 26, 27, 28))) == 4


def test_says_from_when_until_when(make):
    (violation,) = make.found(TWO, *on_days(make, 24, 25, 26), on="li:s24 li:s25 li:s26")
    assert violation.message.en == "li works every day from 2026-03-24 to 2026-03-26, one more than 2 in a row"
    assert violation.message.zh == "li从2026-03-24到2026-03-26连续服务，超过连续2天的上限"
    assert violation.shifts == ("s24", "s25", "s26")
