from civicvol import CoverRequirement
from civicvol.calendar import Period
from civicvol.rostering.rules import MostShifts


def test_one_a_day_is_fine(make):
    shifts = [make.shift("a", "24 09:00-10:00"), make.shift("b", "25 09:00-10:00")]
    assert make.amounts(MostShifts(), *shifts, on="li:a li:b") == []


def test_each_one_more_counts(make):
    shifts = [make.shift(id, "24 09:00-10:00") for id in "abc"]
    assert make.amounts(MostShifts(), *shifts, on="li:a li:b li:c") == [2]
    assert make.amounts(MostShifts(shifts=2), *shifts, on="li:a li:b li:c") == [1]
    assert make.amounts(MostShifts(shifts=3), *shifts, on="li:a li:b li:c") == []


def test_the_small_hours_may_belong_to_the_day_before(make):
    shifts = [make.shift("a", "24 20:00-22:00"), make.shift("b", "25 02:00-04:00")]
    assert make.amounts(MostShifts(), *shifts, on="li:a li:b") == []
    assert make.amounts(MostShifts(), *shifts, on="li:a li:b", day_start="05:00") == [1]


def test_weeks_begin_on_monday(make):
    shifts = [make.shift("a", "29 09:00-10:00"), make.shift("b", "30 09:00-10:00")]
    assert make.amounts(MostShifts(per=Period.WEEK), *shifts, on="li:a li:b") == []


def test_past_shifts_of_the_month_count(make):
    past, shift = make.past("20 09:00-10:00"), make.shift("a", "24 09:00-10:00")
    assert make.amounts(MostShifts(per=Period.MONTH), past, shift, on="li:a") == [1]
    assert make.amounts(MostShifts(per=Period.HORIZON), past, shift, on="li:a") == []


def test_two_roles_leave_it_one_shift(make):
    shift = make.shift("a", "24 09:00-10:00", cover=[CoverRequirement(), CoverRequirement(role="lead")])
    assert make.amounts(MostShifts(), shift, on="li:a/lead") == []


def test_the_second_goes_to_somebody_else(make):
    people = [make.person("li"), make.person("wu")]
    shifts = [make.shift("a", "24 09:00-10:00"), make.shift("b", "24 11:00-12:00")]
    assert make.solved(MostShifts(), *people, *shifts) in ({"li:a", "wu:b"}, {"wu:a", "li:b"})


def test_says_how_many(make):
    shifts = [make.shift("a", "24 09:00-10:00"), make.shift("b", "24 11:00-12:00")]
    (violation,) = make.found(MostShifts(), *shifts, on="li:a li:b")
    assert violation.message.en == "li takes 2 shifts on 2026-03-24, 1 over 1"
    assert violation.message.zh == "li在2026-03-24有2班，超出1班上限1班"
    assert violation.shifts == ("a", "b")
