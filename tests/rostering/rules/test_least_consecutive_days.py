import pytest

from civicvol import InputError
from civicvol.rostering.rules import LeastConsecutiveDays

THREE = LeastConsecutiveDays(days=3)
CLOSED = LeastConsecutiveDays(days=3, open_edges=False)


def amounts(make, rule, *days, past=()):
    """Return the amounts where Li works on some days, and has worked on others before."""
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in days]
    duties = [make.past(f"{day} 09:00-10:00") for day in past]
    return make.amounts(rule, *shifts, *duties, on=" ".join(f"li:s{day}" for day in days))


def test_three_days_in_a_row_are_fine(make):
    assert amounts(make, THREE, 25, 26, 27) == []
    assert amounts(make, THREE, 25, 26, 27, 28) == []


def test_each_day_missing_is_one(make):
    assert amounts(make, THREE, 25, 26) == [1]
    assert amounts(make, THREE, 25) == [2]


def test_each_run_is_held_to_it(make):
    assert amounts(make, THREE, 25, 27, 28, 30, 31, 1) == [2, 1]


def test_two_shifts_of_a_day_are_one_day(make):
    shifts = [make.shift(id, when) for id, when in (("a", "25 09:00-10:00"), ("b", "25 12:00-13:00"))]
    assert make.amounts(THREE, *shifts, on="li:a li:b") == [2]


def test_a_run_at_an_edge_may_go_on_beyond(make):
    assert amounts(make, THREE, 23) == amounts(make, THREE, 5) == []
    assert amounts(make, THREE, 24) == amounts(make, THREE, 4) == [2]


def test_with_closed_edges_it_ends_there(make):
    assert amounts(make, CLOSED, 23) == amounts(make, CLOSED, 5) == [2]
    assert amounts(make, CLOSED, 4, 5) == [1]
    assert amounts(make, CLOSED, 3, 4, 5) == []


def test_past_days_are_part_of_a_run(make):
    assert amounts(make, THREE, 23, past=[21, 22]) == []
    assert amounts(make, THREE, 23, past=[22]) == [1]


def test_who_has_past_days_did_not_begin_before_the_first_day(make):
    assert amounts(make, THREE, 23, past=[20]) == [2]


def test_past_days_alone_are_nobodys_fault(make):
    assert amounts(make, THREE, 25, 26, 27, past=[20, 22]) == []
    assert amounts(make, CLOSED, past=[22]) == []


def test_only_some_positions_may_count(make):
    rule = LeastConsecutiveDays(days=2, positions={"gate"})
    shifts = [make.shift("a", "25 09:00-10:00", "gate"), make.shift("b", "26 09:00-10:00", "tent")]
    assert make.amounts(rule, *shifts, on="li:a li:b") == [1]


def test_only_some_people_may_be_held_to_it(make):
    people = [make.person("li", affiliations=["staff"]), make.person("wu")]
    shift = make.shift("a", "25 09:00-10:00")
    rule = LeastConsecutiveDays(days=2, group="staff")
    assert make.amounts(rule, *people, shift, on="wu:a") == []
    assert make.amounts(rule, *people, shift, on="li:a") == [1]


def test_a_single_day_goes_to_nobody(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (25, 27, 28)]
    assert make.solved(LeastConsecutiveDays(days=2), *shifts) == {"li:s27", "li:s28"}


def test_says_what_is_missing(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (25, 26, 28)]
    (violation, _) = make.found(THREE, *shifts, on="li:s25 li:s26 li:s28")
    assert violation.message.en == "li works only from 2026-03-25 to 2026-03-26, 1 short of 3 days in a row"
    assert violation.message.zh == "li仅从2026-03-25到2026-03-26服务，比连续3天少1天"
    assert violation.shifts == ("s25", "s26")


def test_asks_for_a_day_at_least():
    with pytest.raises(InputError, match="days"):
        LeastConsecutiveDays(days=0)
