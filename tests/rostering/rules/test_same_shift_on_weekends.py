import pytest

from civicvol.rostering.rules import SameShiftOnWeekends

WHOLE = SameShiftOnWeekends(whole=True)
LONG = SameShiftOnWeekends(weekend=("FR", "SA", "SU"))


def amounts(make, rule, *shifts, absent=(), past=()):
    """Return the amounts where Li has shifts, written as their position and day: "early 28"."""
    members = [shift_at(make, each) for each in (*shifts, *absent)]
    duties = [make.past(f"{day} 06:00-10:00", position=position) for position, day in map(str.split, past)]
    return make.amounts(rule, *members, *duties, on=" ".join("li:" + each.replace(" ", "") for each in shifts))


def shift_at(make, text):
    position, day = text.split()
    return make.shift(position + day, f"{day} {'22:00-06:00' if position == 'night' else '06:00-10:00'}", position)


def test_the_same_on_both_days_is_fine(make):
    assert amounts(make, SameShiftOnWeekends(), "early 28", "early 29", "night 30") == []


def test_two_positions_on_two_days_are_two(make):
    assert amounts(make, SameShiftOnWeekends(), "early 28", "night 29") == [2]
    assert amounts(make, WHOLE, "early 28", "night 29", absent=["early 29"]) == [2]


def test_a_free_day_counts_where_it_is_asked_for(make):
    assert amounts(make, SameShiftOnWeekends(), "early 28", absent=["early 29"]) == []
    assert amounts(make, WHOLE, "early 28") == amounts(make, WHOLE, "early 28", absent=["early 29"]) == [1]


def test_both_on_both_days_are_fine(make):
    assert amounts(make, WHOLE, "early 28", "night 28", "early 29", "night 29") == []
    assert amounts(make, WHOLE, "early 28", "night 28", "early 29") == [1]


@pytest.mark.parametrize(
    ("shifts", "worked", "whole"),
    [
        (("early 27", "early 28", "night 29"), 3, 3),
        (("early 27", "day 28", "night 29"), 6, 6),
        (("early 27", "night 29"), 2, 4),
        (("early 27", "early 29"), 0, 1),
    ],
)
def test_on_three_days_each_that_differs_counts(make, shifts, worked, whole):
    assert sum(amounts(make, LONG, *shifts)) == worked
    assert sum(amounts(make, SameShiftOnWeekends(weekend=LONG.weekend, whole=True), *shifts)) == whole


def test_of_a_weekend_that_the_horizon_cuts_only_its_days_count(make):
    rule = SameShiftOnWeekends(weekend=("SU", "MO"), whole=True)
    assert amounts(make, rule, "early 23", past=["night 22"]) == []


def test_li_takes_the_same_on_both_days(make):
    shifts = [shift_at(make, each) for each in ("early 28", "night 29", "early 29")]
    assert len(make.solved(SameShiftOnWeekends(), *shifts)) == 2


def test_says_which_weekend(make):
    shifts = [shift_at(make, each) for each in ("early 28", "night 29")]
    (violation,) = make.found(SameShiftOnWeekends(), *shifts, on="li:early28 li:night29")
    expected = "li is not at the same position on each day of the weekend of 2026-03-28: 2 days differ"
    assert violation.message.en == expected
    assert violation.message.zh == "li在2026-03-28起的周末各天岗位不同，相差2天"
    assert violation.shifts == ("early28", "night29")
