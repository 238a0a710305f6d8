from civicvol.calendar import Period
from civicvol.rostering.rules import LeastShifts


def days(make, *numbers):
    return [make.shift(f"s{number}", f"{number} 09:00-12:00") for number in numbers]


def test_the_least_itself_is_enough(make):
    shifts = days(make, 23, 29, 30, 31)
    assert make.amounts(LeastShifts(shifts=2), *shifts, on="li:s23 li:s29 li:s30 li:s31") == []
    assert make.amounts(LeastShifts(shifts=2), *shifts, on="li:s23 li:s29 li:s30") == [1]
    assert make.amounts(LeastShifts(shifts=2), *shifts, on="li:s23 li:s29") == [2]


def test_short_and_long_shifts_count_alike(make):
    short = make.shift("a", "24 09:00-09:30")
    assert make.amounts(LeastShifts(per=Period.HORIZON), short, on="li:a") == []


def test_it_may_be_asked_only_where_somebody_comes_at_all(make):
    rule = LeastShifts(shifts=2, if_any=True)
    assert make.amounts(rule, *days(make, 23, 24), on="") == []
    assert make.amounts(rule, *days(make, 23, 24), on="li:s23") == [1]
    assert make.amounts(rule, *days(make, 23, 24), on="li:s23 li:s24") == []


def test_everybody_gets_something(make):
    people = [make.person("li"), make.person("wu")]
    solved = make.solved(LeastShifts(per=Period.HORIZON), *people, *days(make, 23, 24))
    assert {each[:2] for each in solved} == {"li", "wu"}


def test_says_how_many_are_missing(make):
    (violation,) = make.found(LeastShifts(shifts=3, per=Period.HORIZON), *days(make, 23), on="li:s23")
    assert violation.message.en == "li takes 1 shifts in all, 2 less than 3"
    assert violation.message.zh == "li在全期有1班，比下限3班少2班"
