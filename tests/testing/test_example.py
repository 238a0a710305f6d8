from datetime import date

import pytest

from civicvol import Assignment, CoverRequirement, InputError, Position, Request, Travel, Volunteer
from civicvol.rostering.rules import (
    DayOffRequests,
    MinimumCover,
    MostConsecutiveDays,
    MostShifts,
    NoOverlap,
    OwnShifts,
    Pinned,
    ServedUnits,
)
from civicvol.testing import try_rule


def test_says_what_a_rule_finds():
    assert try_rule(MostShifts(shifts=1), "li 3 09-12, li 3 18-22, wu 3 09-12") == [
        "li takes 2 shifts on 2026-03-03, 1 over 1"
    ]


def test_is_silent_where_there_is_nothing():
    assert try_rule(MostShifts(), "") == []
    assert try_rule(MostShifts(), "li 3 09-12,") == []


def test_duties_before_the_second_are_past():
    days = ", ".join(f"li {day} 09-12" for day in (0, 1, 2))
    (said,) = try_rule(MostConsecutiveDays(days=2), days)
    assert "2026-02-28" in said


def test_people_of_one_post_and_time_are_on_one_shift():
    cover = [CoverRequirement(minimum=3)]
    assert len(try_rule(MinimumCover(), "li 3 09-12, wu 3 09-12", cover=cover)) == 1
    assert len(try_rule(MinimumCover(), "li 3 09-12, wu 3 09-12 tent", cover=cover)) == 2


def test_roles_that_are_not_in_the_cover_are_added():
    said = try_rule(MinimumCover(), "li 3 09-12 post/lead, wu 3 09-12 post", cover=[CoverRequirement(minimum=2)])
    assert len(said) == 1
    assert "has 1 of at least 2 for helper" in said[0]


def test_people_may_be_described():
    li = Volunteer(id="li", home="north")
    assert len(try_rule(ServedUnits(), "li 3 09-12 post@north, li 4 09-12 @south", people=[li])) == 1
    assert try_rule(OwnShifts(), "", people=[li]) == []


def test_past_duties_have_a_unit_too():
    said = try_rule(NoOverlap(), "li 1 20-00 post@north, li 2 00-04 post@south", travel=Travel(elsewhere=30))
    assert len(said) == 1


def test_shifts_may_be_described_by_the_ids_they_would_have():
    pin = Assignment(volunteer="wu", shift="gate@3-09-12@north")
    (said,) = try_rule(Pinned(), "li 3 09-12 gate@north", people=[Volunteer(id="wu")], pinned=[pin])
    assert said.startswith("wu is pinned to gate")


def test_further_fields_go_to_the_problem():
    asked = Request(volunteer="li", day=date(2026, 3, 3), kind="day off")
    assert len(try_rule(DayOffRequests(), "li 3 09-12", requests=[asked], positions=[Position(id="post")])) == 1


@pytest.mark.parametrize(
    "duties",
    ["li", "li 3", "li x 09-12", "li 3 9", "li 3 09-12 gate tent", "li 3 09-25", "li 99999999999 09-12", "li 3 -"],
)
def test_says_how_duties_are_written(duties):
    with pytest.raises(InputError, match="duties must be like 'li 7 09-12'"):
        try_rule(MostShifts(), duties)


@pytest.mark.parametrize(("rule", "duties"), [(MostShifts, ""), (None, ""), (MostShifts(), None), (MostShifts(), 3)])
def test_arguments_are_checked(rule, duties):
    with pytest.raises(InputError):
        try_rule(rule, duties)


def test_days_after_the_horizon_are_refused():
    with pytest.raises(InputError, match=r"Shift\.span"):
        try_rule(MostShifts(), "li 40 09-12")
