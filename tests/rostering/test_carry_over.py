"""What one roster hands on: rules look over the edge of a month as if there were none."""

from datetime import date, time, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import (
    Assignment,
    Horizon,
    InputError,
    PastDuty,
    Position,
    Roster,
    RosterProblem,
    Shift,
    TimeSpan,
    Unit,
    UnitTree,
    Volunteer,
    carry_over,
    check,
)
from civicvol.calendar import Period
from civicvol.rostering.rules import (
    FairShare,
    FairWeekends,
    MinimumRest,
    MostConsecutiveDays,
    MostMinutes,
    MostShiftsInDays,
    SamePerson,
)
from civicvol.testing import roster_problems, rosters

ZONE = "Asia/Shanghai"
FEBRUARY = Horizon(first_day=date(2026, 2, 1), last_day=date(2026, 2, 28), zone=ZONE)
MARCH = Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), zone=ZONE)


def shift(day, start=9, end=12):
    span = TimeSpan.on(day, time(start), time(end), ZONE)
    return Shift(id=f"{day}@{start}", position="visit", span=span, unit="b1")


def problem(horizon, shifts, rules=(), previous=()):
    return RosterProblem(
        horizon=horizon,
        volunteers=[Volunteer(id="li"), Volunteer(id="wu")],
        shifts=shifts,
        positions=[Position(id="visit")],
        units=UnitTree([Unit(id="b1", kind="building", label="Building 1")]),
        rules=rules,
        previous=previous,
    )


def of(volunteer, *shifts):
    return Roster([Assignment(volunteer=volunteer, shift=each.id) for each in shifts])


def days(first, last):
    return [shift(first + timedelta(days=number)) for number in range((last - first).days + 1)]


def found(rule, before, after, who="li"):
    """Return what a rule finds in March, with what February's roster hands on."""
    february = problem(FEBRUARY, before)
    march = problem(MARCH, after, [rule], carry_over(february, of("li", *before)))
    return [violation.amount for violation in check(march, of(who, *after)).violations]


def test_hands_on_who_did_what_when_and_where():
    night = shift(date(2026, 2, 28), 22, 6)
    old = PastDuty(volunteer="wu", span=TimeSpan.on(date(2026, 1, 5), time(9), time(10), ZONE))
    february = problem(FEBRUARY, [night], previous=[old])
    new = PastDuty(volunteer="li", span=night.span, position="visit", unit="b1")
    assert carry_over(february, of("li", night)) == (old, new)
    assert carry_over(february, Roster()) == (old,)


def test_refuses_a_roster_of_something_else():
    with pytest.raises(InputError, match="must be an id this problem knows"):
        carry_over(problem(FEBRUARY, []), of("li", shift(date(2026, 2, 1))))


class TestOverTheEdgeOfAMonth:
    LAST, FIRST = date(2026, 2, 28), date(2026, 3, 1)  # a Saturday and a Sunday

    def test_rest_goes_on(self):
        assert found(MinimumRest(), [shift(self.LAST, 22, 6)], [shift(self.FIRST, 15, 18)]) == [60]
        assert found(MinimumRest(), [shift(self.LAST, 22, 6)], [shift(self.FIRST, 16, 18)]) == []

    def test_runs_of_days_go_on(self):
        before, after = days(date(2026, 2, 25), self.LAST), days(self.FIRST, date(2026, 3, 3))
        assert found(MostConsecutiveDays(days=6), before, after) == [1]
        assert found(MostConsecutiveDays(days=6), before[1:], after) == []

    def test_weeks_go_on(self):
        before, after = [shift(date(2026, 2, 23))], [shift(self.FIRST)]
        assert found(MostMinutes(minutes=300, per=Period.WEEK), before, after) == [60]
        assert found(MostMinutes(minutes=300, per=Period.MONTH), before, after) == []

    def test_windows_go_on(self):
        assert found(MostShiftsInDays(shifts=1, days=2), [shift(self.LAST)], [shift(self.FIRST)]) == [1]

    def test_weekends_and_shares_go_on(self):
        assert found(FairWeekends(), [shift(self.LAST)], [shift(self.FIRST)]) == []
        assert found(FairWeekends(), [shift(self.LAST)], [shift(date(2026, 3, 7))]) == [1]
        assert found(FairShare(piece=60), [shift(self.LAST)], [shift(self.FIRST)]) == [3 + 4 + 5]

    def test_people_stay_the_same(self):
        assert found(SamePerson(), [shift(self.LAST)], [shift(self.FIRST)]) == []
        assert found(SamePerson(), [shift(self.LAST)], [shift(self.FIRST)], who="wu") == [1]


@given(st.data())
def test_the_next_problem_takes_it(data):
    drawn = data.draw(roster_problems())
    roster = data.draw(rosters(drawn))
    handed = carry_over(drawn, roster)
    assert len(handed) == len(drawn.previous) + len(roster)
    after = drawn.horizon.last_day + timedelta(days=1)
    horizon = attrs.evolve(drawn.horizon, first_day=after, last_day=after)
    later = attrs.evolve(drawn, horizon=horizon, shifts=(), pinned=(), requests=(), overrides=(), previous=handed)
    assert later.previous == handed
    assert [duty.span.start_minute for duty in handed] == sorted(duty.span.start_minute for duty in handed)
