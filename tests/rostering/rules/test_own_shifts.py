from civicvol import Limit
from civicvol.calendar import Period
from civicvol.rostering.rules import OwnShifts


def wants(make, per, shifts):
    return make.person(limits=[Limit(per=per, shifts=shifts)])


def days(make):
    return [make.shift("a", "24 09:00-10:00"), make.shift("b", "25 09:00-10:00"), make.shift("c", "30 09:00-10:00")]


def test_the_limit_itself_is_fine(make):
    assert make.amounts(OwnShifts(), wants(make, Period.WEEK, 2), *days(make), on="li:a li:b li:c") == []


def test_each_shift_more_counts(make):
    assert make.amounts(OwnShifts(), wants(make, Period.WEEK, 1), *days(make), on="li:a li:b li:c") == [1]
    assert make.amounts(OwnShifts(), wants(make, Period.HORIZON, 1), *days(make), on="li:a li:b li:c") == [2]


def test_who_wants_none_gets_none(make):
    assert make.amounts(OwnShifts(), wants(make, Period.DAY, 0), *days(make), on="li:a") == [1]
    assert make.solved(OwnShifts(), wants(make, Period.MONTH, 0), *days(make)) == set()


def test_a_limit_of_minutes_says_nothing_on_shifts(make):
    person = make.person(limits=[Limit(per=Period.DAY, minutes=0)])
    assert make.amounts(OwnShifts(), person, *days(make), on="li:a") == []


def test_past_shifts_of_the_month_count(make):
    past = [make.past("19 09:00-10:00"), make.past("20 09:00-10:00")]
    assert make.amounts(OwnShifts(), wants(make, Period.MONTH, 3), *past, *days(make), on="li:a") == []
    assert make.amounts(OwnShifts(), wants(make, Period.MONTH, 1), *past, *days(make), on="li:a li:b") == [2]


def test_says_what_they_want(make):
    (violation,) = make.found(OwnShifts(), wants(make, Period.MONTH, 2), *days(make), on="li:a li:b li:c")
    assert violation.message.en == "li takes 3 shifts in 2026-03, 1 more than the 2 they want"
    assert violation.message.zh == "li在2026年3月有3班，比本人意愿的2班多1班"
