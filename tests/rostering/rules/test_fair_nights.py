from datetime import time

from civicvol.rostering.rules import FairNights


def nights(make, *numbers):
    return [make.shift(f"n{number}", f"{number} 22:00-06:00") for number in numbers]


def test_each_further_night_costs_more(make):
    work = nights(make, 23, 24, 25)
    assert make.amounts(FairNights(), *work, on="li:n23") == []
    assert make.amounts(FairNights(), *work, on="li:n23 li:n24") == [1]
    assert make.amounts(FairNights(), *work, on="li:n23 li:n24 li:n25") == [1 + 2]
    assert make.amounts(FairNights(steps=1), *work, on="li:n23 li:n24 li:n25") == [1 + 1]


def test_days_do_not_count(make):
    shifts = *nights(make, 23), make.shift("a", "25 19:00-00:59"), make.shift("b", "26 09:00-12:00")
    assert make.amounts(FairNights(), *shifts, on="li:n23 li:a li:b") == []
    assert make.amounts(FairNights(minutes_at_night=179), *shifts, on="li:n23 li:a li:b") == [1]
    assert make.amounts(FairNights(night_start=time(20)), *shifts, on="li:n23 li:a li:b") == [1]


def test_past_ones_count(make):
    past = make.past("20 22:00-06:00"), make.past("21 09:00-12:00")
    assert make.amounts(FairNights(), *past, *nights(make, 23), on="li:n23") == [1]


def test_who_has_done_none_is_asked_first(make):
    people = [make.person("li"), make.person("wu")]
    assert make.solved(FairNights(), *people, make.past("20 22:00-06:00"), *nights(make, 23)) == {"wu:n23"}


def test_says_how_many_somebody_has(make):
    day = make.shift("a", "26 09:00-12:00")
    (violation,) = make.found(FairNights(), make.past("20 22:00-06:00"), *nights(make, 23), day, on="li:n23 li:a")
    assert violation.message.en == "li has nights: 1 new, 1 before"
    assert violation.message.zh == "li本期有1个夜班，此前1个夜班"
    assert violation.shifts == ("n23",)
