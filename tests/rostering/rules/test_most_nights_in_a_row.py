from datetime import time

from civicvol.rostering.rules import MostNightsInARow

TWO = MostNightsInARow(nights=2)


def nights(make, *days, hours="22:00-06:00"):
    return [make.shift(f"n{day}", f"{day} {hours}") for day in days]


def test_two_nights_are_fine(make):
    assert make.amounts(TWO, *nights(make, 24, 25, 27), on="li:n24 li:n25 li:n27") == []


def test_a_third_is_one_too_many(make):
    assert make.amounts(TWO, *nights(make, 24, 25, 26), on="li:n24 li:n25 li:n26") == [1]


def test_three_hours_in_the_night_make_a_night(make):
    for hours, expected in (("18:00-01:00", [1]), ("18:00-00:59", []), ("03:00-12:00", [1]), ("03:01-12:00", [])):
        shifts = nights(make, 24, 25, 26, hours=hours)
        assert make.amounts(TWO, *shifts, on="li:n24 li:n25 li:n26") == expected


def test_the_night_can_be_set(make):
    shifts = nights(make, 24, 25, 26, hours="18:00-23:00")
    assert make.amounts(TWO, *shifts, on="li:n24 li:n25 li:n26") == []
    rule = MostNightsInARow(nights=2, night_start=time(20))
    assert make.amounts(rule, *shifts, on="li:n24 li:n25 li:n26") == [1]
    rule = MostNightsInARow(nights=2, minutes_at_night=60)
    assert make.amounts(rule, *shifts, on="li:n24 li:n25 li:n26") == [1]


def test_the_night_of_the_clock_change_has_an_hour_less(make):
    shifts = nights(make, 27, 28, 29, hours="00:00-03:00")
    assert make.amounts(TWO, *shifts, on="li:n27 li:n28 li:n29") == []


def test_past_nights_count(make):
    past = [make.past(f"{day} 22:00-06:00") for day in (21, 22)]
    assert make.amounts(TWO, *past, *nights(make, 23), on="li:n23") == [1]
    assert make.amounts(TWO, *past, *nights(make, 24), on="li:n24") == []


def test_one_of_three_nights_goes_to_nobody(make):
    assert len(make.solved(TWO, *nights(make, 24, 25, 26))) == 2


def test_says_from_when_until_when(make):
    (violation,) = make.found(TWO, *nights(make, 24, 25, 26), on="li:n24 li:n25 li:n26")
    assert violation.message.en == "li is on night duty from 2026-03-24 to 2026-03-26, one more than 2 nights in a row"
    assert violation.message.zh == "li从2026-03-24到2026-03-26连续夜间服务，超过连续2夜的上限"
    assert violation.shifts == ("n24", "n25", "n26")
