from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar import (
    Cadence,
    Free,
    Horizon,
    Recurring,
    Rotation,
    ShiftPattern,
    StaggeredRest,
    Weekly,
    WorkHours,
    total_minutes,
)
from civicvol.errors import InputError
from civicvol.labels import Label

MONDAY = date(2026, 3, 2)
OFFICE = WorkHours(time(9), time(18))
NIGHT = WorkHours(time(22), time(6))


def horizon(first=MONDAY, days=7, zone="Asia/Shanghai", day_start=time(0)):
    return Horizon(first_day=first, last_day=first + timedelta(days=days - 1), zone=zone, day_start=day_start)


def shown(spans):
    return [f"{each.start:%d %H:%M}-{each.end:%d %H:%M}" for each in spans]


def worked(pattern, first=MONDAY, days=14):
    return [day.day for day in pattern.working_days(first, first + timedelta(days=days - 1))]


def field_of(caught):
    return [fault.field for fault in caught.value.faults]


class TestWeekly:
    def test_five_days_on_two_off(self):
        assert worked(Weekly()) == [2, 3, 4, 5, 6, 9, 10, 11, 12, 13]
        assert shown(Weekly().working_spans(horizon(days=2))) == ["02 09:00-02 18:00", "03 09:00-03 18:00"]

    def test_any_weekdays(self):
        assert worked(Weekly(days=["SA", "SU"])) == [7, 8, 14, 15]
        assert worked(Weekly(days=())) == []

    def test_leave_and_extra_days(self):
        pattern = Weekly(days_off=[date(2026, 3, 3), date(2026, 3, 7)], extra_days=[date(2026, 3, 8), date(2026, 4, 1)])
        assert worked(pattern, days=7) == [2, 4, 5, 6, 8]
        assert pattern.works_on(date(2026, 3, 3))
        assert not pattern.works_on(date(2026, 3, 8))

    def test_free_time_is_the_rest(self):
        assert shown(Weekly(commute=30).free_spans(horizon(days=2))) == [
            "02 00:00-02 08:30",
            "02 18:30-03 08:30",
            "03 18:30-04 00:00",
        ]


class TestNights:
    def test_a_night_from_before_the_horizon_is_part_of_it(self):
        nights = Weekly(days=["SU", "MO"], hours=[NIGHT])
        assert shown(nights.working_spans(horizon(days=1))) == ["02 00:00-02 06:00", "02 22:00-03 00:00"]

    def test_leave_is_for_the_night_that_begins_on_the_day(self):
        nights = Weekly(days=["SU", "MO"], hours=[NIGHT], days_off=[MONDAY])
        assert shown(nights.working_spans(horizon())) == ["02 00:00-02 06:00", "08 22:00-09 00:00"]

    def test_the_commute_home_may_reach_into_the_horizon(self):
        late = Weekly(days=["SU"], hours=[WorkHours(time(15), time(23, 30))], commute=60)
        assert shown(late.busy_spans(horizon(days=1))) == ["02 00:00-02 00:30"]
        assert late.working_spans(horizon(days=1)) == ()

    def test_the_longest_commute_after_the_longest_day_reaches_two_days_on(self):
        saturday = Weekly(days=["SA"], hours=[WorkHours(time(23), time(23))], commute=12 * 60)
        assert shown(saturday.busy_spans(horizon(days=6))) == ["02 00:00-02 11:00", "07 11:00-08 00:00"]

    def test_the_way_to_work_on_the_morning_after_the_last_day(self):
        early = Weekly(days=["TH"], hours=[WorkHours(time(8), time(9))], commute=12 * 60)
        assert shown(early.busy_spans(horizon(days=2, day_start=time(23)))) == ["04 20:00-04 23:00"]

    def test_a_late_day_start_sees_the_morning_after(self):
        early = Weekly(hours=[WorkHours(time(3), time(4))])
        assert shown(early.working_spans(horizon(days=1, day_start=time(5)))) == ["03 03:00-03 04:00"]

    def test_hours_that_a_clock_change_skips_are_not_worked(self):
        short = Weekly(days=["SA", "SU"], hours=[WorkHours(time(2, 30), time(3, 15))])
        change = horizon(date(2026, 3, 28), 2, "Europe/Berlin")
        assert shown(short.working_spans(change)) == ["28 02:30-28 03:15"]

    @pytest.mark.parametrize(("first", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9)])
    def test_a_night_over_a_clock_change_has_its_elapsed_length(self, first, hours):
        nights = Weekly(days=["SA"], hours=[NIGHT])
        assert total_minutes(nights.working_spans(horizon(first, 2, "Europe/Berlin"))) == hours * 60


class TestHours:
    def test_several_on_a_day(self):
        broken = Weekly(hours=[WorkHours(time(7), time(10)), WorkHours(time(16), time(19))])
        assert shown(broken.working_spans(horizon(days=1))) == ["02 07:00-02 10:00", "02 16:00-02 19:00"]

    def test_that_touch_or_overlap_are_merged(self):
        double = Weekly(
            hours=[WorkHours(time(7), time(10)), WorkHours(time(9), time(12)), WorkHours(time(12), time(13))]
        )
        assert shown(double.working_spans(horizon(days=1))) == ["02 07:00-02 13:00"]

    @pytest.mark.parametrize(
        ("start", "end", "fields"),
        [
            ("09:00", time(18), ["WorkHours.start"]),
            (time(9, 0, 1), time(18, tzinfo=UTC), ["WorkHours.start", "WorkHours.end"]),
        ],
    )
    def test_must_be_times_of_day(self, start, end, fields):
        with pytest.raises(InputError) as caught:
            WorkHours(start, end)
        assert field_of(caught) == fields


class TestRotation:
    def test_one_on_one_off_is_a_day_and_a_night_each(self):
        guard = Rotation(anchor=MONDAY)
        assert shown(guard.working_spans(horizon(days=4))) == ["02 08:00-03 08:00", "04 08:00-05 08:00"]

    @pytest.mark.parametrize("weeks", [-200, -1, 0, 1, 200])
    def test_the_anchor_counts_in_both_directions(self, weeks):
        anchor = MONDAY + timedelta(days=6 * weeks)
        assert worked(Rotation(on=4, off=2, anchor=anchor)) == [2, 3, 4, 5, 8, 9, 10, 11, 14, 15]

    def test_runs_on_through_leap_days_and_months_of_any_length(self):
        guard = Rotation(anchor=date(2028, 2, 1))
        found = guard.working_days(date(2028, 2, 27), date(2028, 3, 4))
        assert [f"{day:%m-%d}" for day in found] == ["02-27", "02-29", "03-02", "03-04"]

    def test_whole_days_without_a_break_are_one_span(self):
        two_on = Rotation(on=2, off=1, anchor=MONDAY)
        assert shown(two_on.working_spans(horizon(days=3, day_start=time(8)))) == ["02 08:00-04 08:00"]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"on": 0}, "on"),
            ({"off": 0}, "off"),
            ({"on": 1.0}, "on"),
            ({"off": 367}, "off"),
            ({"anchor": None}, "anchor"),
            ({"anchor": datetime(2026, 3, 2)}, "anchor"),
        ],
    )
    def test_refuses_what_is_no_rotation(self, changes, field):
        with pytest.raises(InputError) as caught:
            Rotation(**{"anchor": MONDAY, **changes})
        assert field_of(caught) == [f"Rotation.{field}"]


class TestStaggeredRest:
    def test_fixed_rest_days(self):
        assert worked(StaggeredRest(rest_days=[["TU", "WE"]]), days=7) == [2, 5, 6, 7, 8]

    def test_turns_week_by_week_from_the_week_of_the_anchor(self):
        sets = [{"MO"}, {"TU"}, {"WE"}]
        for anchor in (MONDAY, date(2026, 3, 8), MONDAY - timedelta(weeks=300), MONDAY + timedelta(weeks=300)):
            pattern = StaggeredRest(rest_days=sets, anchor=anchor)
            assert sorted(set(range(2, 23)) - set(worked(pattern, days=21))) == [2, 10, 18]

    def test_turns_through_the_end_of_a_year_with_53_weeks(self):
        pattern = StaggeredRest(rest_days=[{"MO"}, {"TU"}], anchor=date(2026, 12, 28))
        rest = [day for n in range(21) if not pattern.works_on(day := date(2026, 12, 28) + timedelta(days=n))]
        assert rest == [date(2026, 12, 28), date(2027, 1, 5), date(2027, 1, 11)]

    def test_several_sets_need_an_anchor(self):
        with pytest.raises(InputError, match=r"StaggeredRest\.anchor must be a date when there are several sets"):
            StaggeredRest(rest_days=[{"MO"}, {"TU"}])

    @pytest.mark.parametrize(
        "rest_days", [(), None, "MO", ["MO"], [["MO", "Sunday"]], [[["MO"]]], [None], {"MO": "TU"}]
    )
    def test_refuses_what_are_no_sets_of_weekdays(self, rest_days):
        with pytest.raises(InputError) as caught:
            StaggeredRest(rest_days=rest_days)
        assert field_of(caught) == ["StaggeredRest.rest_days"]


class TestRecurring:
    def test_works_on_the_days_of_a_cadence(self):
        market = Recurring(cadence=Cadence.monthly(MONDAY, nth=2, weekday="SA"), extra_days=[MONDAY])
        assert worked(market) == [2, 14]
        assert market.works_on(date(2026, 3, 14))
        assert not market.works_on(MONDAY)
        assert shown(market.working_spans(horizon(days=14))) == ["02 09:00-02 18:00", "14 09:00-14 18:00"]

    def test_refuses_what_is_no_cadence(self):
        with pytest.raises(InputError, match=r"Recurring\.cadence must be a Cadence"):
            Recurring(cadence="FREQ=DAILY")


class TestFree:
    def test_never_works(self):
        assert Free().working_days(MONDAY, MONDAY) == ()
        assert Free().free_spans(horizon()) == (horizon().span,)

    def test_may_have_a_working_day_with_hours(self):
        gig = Free(extra_days=[MONDAY], hours=[OFFICE])
        assert shown(gig.busy_spans(horizon())) == ["02 09:00-02 18:00"]

    def test_work_needs_hours(self):
        with pytest.raises(InputError, match=r"Free\.hours must have at least 1 member"):
            Free(extra_days=[MONDAY])


PATTERNS = [
    Free(),
    Weekly(),
    Rotation(anchor=MONDAY),
    StaggeredRest(rest_days=[{"MO"}]),
    Recurring(cadence=Cadence.daily(MONDAY)),
]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: type(pattern).__name__)
class TestEveryPattern:
    def test_is_a_value(self, pattern):
        same = attrs.evolve(pattern)
        assert same == pattern
        assert hash(same) == hash(pattern)
        assert deepcopy(pattern) == pattern
        assert pattern != attrs.evolve(pattern, commute=1)

    def test_has_a_name_in_both_languages(self, pattern):
        assert pattern.label.en
        assert pattern.label.zh

    def test_days_by_days_and_in_one_go_are_the_same(self, pattern):
        span = [MONDAY + timedelta(days=n) for n in range(30)]
        assert pattern.working_days(span[0], span[-1]) == tuple(filter(pattern.works_on, span))
        assert pattern.working_days(MONDAY, MONDAY - timedelta(days=1)) == ()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"hours": OFFICE}, "hours"),
            ({"hours": [(time(9), time(18))]}, "hours"),
            ({"commute": -1}, "commute"),
            ({"commute": 12 * 60 + 1}, "commute"),
            ({"days_off": ["2026-03-02"]}, "days_off"),
            ({"days_off": [[]]}, "days_off"),
            ({"extra_days": MONDAY}, "extra_days"),
            ({"hours": [OFFICE], "extra_days": [MONDAY], "days_off": [MONDAY]}, "extra_days"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, pattern, changes, field):
        with pytest.raises(InputError) as caught:
            attrs.evolve(pattern, **changes)
        assert field_of(caught) == [f"{type(pattern).__name__}.{field}"]

    def test_refuses_days_that_are_none(self, pattern):
        for first, last in (("2026-03-02", MONDAY), (MONDAY, datetime(2026, 3, 2))):
            with pytest.raises(InputError, match="must be a date"):
                pattern.working_days(first, last)


def test_work_without_hours_is_refused():
    with pytest.raises(InputError, match=r"Weekly\.hours must have at least 1 member"):
        Weekly(hours=())


@pytest.mark.parametrize("first", [date(1901, 1, 1), date(2998, 12, 31)])
def test_the_first_and_last_days_that_there_are_can_be_asked_for(first):
    every_day = Weekly(days=["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
    assert total_minutes(every_day.working_spans(horizon(first, 1, "UTC"))) == 540


def test_an_own_pattern_needs_its_rhythm_only():
    @attrs.frozen(kw_only=True)
    class FirstOfMonth(ShiftPattern):
        label: ClassVar[Label] = Label("first of the month", "每月一日")

        def works_on(self, day):
            return day.day == 1

    assert shown(FirstOfMonth().working_spans(horizon(days=31))) == ["01 09:00-01 18:00"]
    with pytest.raises(TypeError):
        ShiftPattern()


@given(
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(-3000, 3000),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_every_cycle_of_a_rotation_has_the_same_days(on, off, days, first):
    pattern = Rotation(on=on, off=off, anchor=first + timedelta(days=days))
    cycle = on + off
    found = [pattern.works_on(first + timedelta(days=n)) for n in range(3 * cycle)]
    assert found[:cycle] == found[cycle : 2 * cycle] == found[2 * cycle :]
    assert sum(found[:cycle]) == on
    assert pattern.works_on(pattern.anchor)
    assert not pattern.works_on(pattern.anchor - timedelta(days=1))


def test_hours_on_no_day_are_refused():
    with pytest.raises(InputError, match="day must be a date"):
        WorkHours(time(9), time(10)).span_on("Monday", "Europe/Berlin")
