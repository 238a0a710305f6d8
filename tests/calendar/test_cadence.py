import calendar
from copy import deepcopy
from datetime import date, datetime, timedelta

import pytest

from civicvol.calendar import Cadence, _rule
from civicvol.errors import InputError

NEW_YEAR = date(2026, 1, 1)  # a Thursday
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def days(rule, first="2026-01-01", last="2026-12-31", start=NEW_YEAR, **more):
    found = Cadence(rule, start, **more).dates(date.fromisoformat(first), date.fromisoformat(last))
    return [f"{day:%m-%d}" for day in found]


class TestRules:
    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            ("FREQ=DAILY", ["03-01", "03-02", "03-03", "03-04", "03-05", "03-06", "03-07"]),
            ("FREQ=DAILY;INTERVAL=3", ["03-02", "03-05"]),
            ("FREQ=DAILY;BYDAY=SA,SU", ["03-01", "03-07"]),
            ("FREQ=DAILY;BYMONTH=2", []),
            ("FREQ=DAILY;BYMONTHDAY=2,-26", ["03-02", "03-06"]),
            ("FREQ=WEEKLY", ["03-05"]),
            ("FREQ=WEEKLY;BYDAY=MO,SU", ["03-01", "03-02"]),
            ("FREQ=WEEKLY;BYMONTH=3", ["03-05"]),
            ("freq=weekly;byday=mo", ["03-02"]),
            ("FREQ=MONTHLY", ["03-01"]),
            ("FREQ=MONTHLY;BYDAY=1MO", ["03-02"]),
            ("FREQ=MONTHLY;BYDAY=SU,1MO", ["03-01", "03-02"]),
            ("FREQ=YEARLY;BYMONTH=3", ["03-01"]),
            ("FREQ=YEARLY;BYYEARDAY=60,-301", ["03-01", "03-06"]),
            ("FREQ=YEARLY;BYWEEKNO=10", ["03-05"]),
            ("FREQ=YEARLY;BYWEEKNO=10;BYDAY=MO,TU", ["03-02", "03-03"]),
            ("FREQ=YEARLY;BYWEEKNO=-44;BYDAY=MO", ["03-02"]),
        ],
    )
    def test_in_a_week_of_march(self, rule, expected):
        assert days(rule, "2026-03-01", "2026-03-07") == expected

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            ("FREQ=MONTHLY;BYDAY=-1FR", ["01-30", "02-27", "03-27", "04-24"]),
            ("FREQ=MONTHLY;BYMONTHDAY=31", ["01-31", "03-31"]),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", ["01-31", "02-28", "03-31", "04-30"]),
            ("FREQ=MONTHLY;BYDAY=5TH", ["01-29", "04-30"]),
            ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1SA", ["01-03", "04-04"]),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["01-30", "02-27", "03-31", "04-30"]),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", ["02-13", "03-13"]),
            ("FREQ=YEARLY;BYDAY=2MO", ["01-12"]),
            ("FREQ=MONTHLY;BYDAY=TH,4MO;BYMONTH=1", ["01-01", "01-08", "01-15", "01-22", "01-26", "01-29"]),
            ("FREQ=YEARLY;BYMONTH=2,4;BYDAY=-1SU", ["02-22", "04-26"]),
            ("FREQ=YEARLY;BYMONTH=1,3;BYMONTHDAY=1;BYSETPOS=2", ["03-01"]),
        ],
    )
    def test_in_four_months(self, rule, expected):
        assert days(rule, "2026-01-01", "2026-04-30") == expected

    def test_both_ends_count_and_nothing_outside(self):
        assert days("FREQ=DAILY", "2026-03-01", "2026-03-01") == ["03-01"]
        assert days("FREQ=DAILY", "2026-03-02", "2026-03-01") == []

    def test_nothing_before_the_start(self):
        assert days("FREQ=DAILY", "2025-12-01", "2026-01-02") == ["01-01", "01-02"]

    def test_the_start_counts_only_when_the_rule_says_so(self):
        assert days("FREQ=WEEKLY;BYDAY=MO", "2026-01-01", "2026-01-07") == ["01-05"]

    def test_every_other_week_is_counted_from_the_week_of_the_start(self):
        rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST={}"
        start, first, last = date(1997, 8, 5), "1997-08-01", "1997-08-31"
        assert days(rule.format("MO"), first, last, start) == ["08-05", "08-10", "08-19", "08-24"]
        assert days(rule.format("SU"), first, last, start) == ["08-05", "08-17", "08-19", "08-31"]

    def test_the_default_week_does_not_depend_on_the_computer(self):
        calendar.setfirstweekday(calendar.SUNDAY)
        try:
            assert days("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "2026-01-01", "2026-01-20") == ["01-04", "01-18"]
        finally:
            calendar.setfirstweekday(calendar.MONDAY)

    def test_numbered_and_plain_weekdays_of_a_year_together(self):
        found = days("FREQ=YEARLY;BYDAY=TH,1MO")
        assert len(found) == 54
        assert found[:3] == ["01-01", "01-05", "01-08"]
        assert found[-1] == "12-31"

    def test_leap_days(self):
        cadence = Cadence("FREQ=YEARLY", date(2024, 2, 29))
        assert [day.year for day in cadence.dates(date(2024, 1, 1), date(2040, 12, 31))] == [
            2024,
            2028,
            2032,
            2036,
            2040,
        ]
        assert Cadence("FREQ=YEARLY", date(1896, 2, 29)).dates(date(1896, 3, 1), date(1904, 12, 31)) == (
            date(1904, 2, 29),
        )

    @pytest.mark.parametrize("year", [2010, 2011, 2021, 2022, 2024, 2026, 2027])
    def test_week_numbers_are_those_of_iso_8601(self, year):
        found = {
            (day, week)
            for week in range(1, 54)
            for day in Cadence(f"FREQ=YEARLY;BYWEEKNO={week};BYDAY={','.join(CODES)}", date(2000, 1, 1)).dates(
                date(year, 1, 1), date(year, 12, 31)
            )
        }
        every = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + calendar.isleap(year))]
        assert found == {(day, day.isocalendar().week) for day in every}

    def test_a_year_may_end_in_week_minus_one(self):
        rule = "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU"
        assert days(rule, "2026-12-01", "2027-01-10") == ["01-03"]
        assert days(rule, "2027-12-01", "2028-01-10") == ["01-02"]


class TestCountAndUntil:
    def test_count(self):
        assert days("FREQ=WEEKLY;COUNT=3") == ["01-01", "01-08", "01-15"]
        assert days("FREQ=WEEKLY;COUNT=3", "2026-01-08") == ["01-08", "01-15"]
        assert days("FREQ=WEEKLY;COUNT=3", "2026-01-16") == []
        assert days("FREQ=WEEKLY;COUNT=60", "2027-02-11", "2027-12-31") == ["02-11", "02-18"]

    def test_until_is_included(self):
        assert days("FREQ=WEEKLY;UNTIL=20260115") == ["01-01", "01-08", "01-15"]
        assert days("FREQ=WEEKLY;UNTIL=20260114") == ["01-01", "01-08"]

    def test_count_is_taken_before_exceptions(self):
        assert days("FREQ=DAILY;COUNT=3", except_days=[date(2026, 1, 2)]) == ["01-01", "01-03"]


class TestExceptions:
    def test_days_are_left_out_and_added(self):
        extra = [date(2025, 12, 31), date(2026, 3, 8), date(2026, 4, 1)]
        found = days(
            "FREQ=WEEKLY;BYDAY=SU", "2026-03-01", "2026-03-20", except_days={date(2026, 3, 15)}, extra_days=extra
        )
        assert found == ["03-01", "03-08"]
        assert days("FREQ=WEEKLY", "2025-12-31", "2026-01-01", extra_days=extra) == ["12-31", "01-01"]

    def test_a_day_is_not_left_out_and_added(self):
        with pytest.raises(InputError, match=r"Cadence.extra_days must not be in except_days too, not '2026-03-01'"):
            Cadence("FREQ=DAILY", NEW_YEAR, {date(2026, 3, 1)}, {date(2026, 3, 1), date(2026, 3, 2)})


class TestConstructors:
    def test_daily(self):
        assert Cadence.daily(NEW_YEAR) == Cadence("FREQ=DAILY", NEW_YEAR)
        assert Cadence.daily(NEW_YEAR, every=2).rule == "FREQ=DAILY;INTERVAL=2"

    def test_weekly(self):
        assert Cadence.weekly(NEW_YEAR).rule == "FREQ=WEEKLY"
        assert Cadence.weekly(NEW_YEAR, "MO", "SU", every=2).rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU"

    def test_monthly(self):
        assert Cadence.monthly(NEW_YEAR).rule == "FREQ=MONTHLY"
        assert Cadence.monthly(NEW_YEAR, day=-1).rule == "FREQ=MONTHLY;BYMONTHDAY=-1"
        assert Cadence.monthly(NEW_YEAR, nth=2, weekday="TU", every=3).rule == "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU"

    @pytest.mark.parametrize(
        "call",
        [
            lambda: Cadence.daily(NEW_YEAR, every=0),
            lambda: Cadence.daily(NEW_YEAR, every=True),
            lambda: Cadence.daily(datetime(2026, 1, 1)),
            lambda: Cadence.weekly(NEW_YEAR, "XX"),
            lambda: Cadence.weekly(NEW_YEAR, "MO;COUNT=1"),
            lambda: Cadence.weekly(NEW_YEAR, None),
            lambda: Cadence.monthly(NEW_YEAR, day=0),
            lambda: Cadence.monthly(NEW_YEAR, day=32),
            lambda: Cadence.monthly(NEW_YEAR, nth=1),
            lambda: Cadence.monthly(NEW_YEAR, weekday="MO"),
            lambda: Cadence.monthly(NEW_YEAR, nth=0, weekday="MO"),
            lambda: Cadence.monthly(NEW_YEAR, nth=1, weekday="Monday"),
            lambda: Cadence.monthly(NEW_YEAR, day=1, nth=1, weekday="MO"),
        ],
    )
    def test_refuse_what_does_not_fit(self, call):
        with pytest.raises(InputError):
            call()


class TestRefusals:
    @pytest.mark.parametrize(
        ("rule", "message"),
        [
            ("", "NAME=VALUE parts"),
            ("FREQ", "NAME=VALUE parts"),
            ("FREQ=", "NAME=VALUE parts"),
            ("FREQ=DAILY;", "NAME=VALUE parts"),
            ("RRULE:FREQ=DAILY", "must have a FREQ of DAILY, WEEKLY, MONTHLY, YEARLY"),
            ("BYDAY=MO", "must have a FREQ"),
            ("FREQ=HOURLY", "must have a FREQ"),
            ("FREQ=DAILY;FREQ=DAILY", "must not have FREQ twice"),
            ("FREQ=DAILY;BYHOUR=8", "must not have BYHOUR: a cadence counts in days"),
            ("FREQ=DAILY;BYMINUTE=8", "must not have BYMINUTE"),
            ("FREQ=DAILY;BYSECOND=8", "must not have BYSECOND"),
            ("FREQ=YEARLY;BYEASTER=0", "must not have BYEASTER"),
            ("FREQ=DAILY;COLOUR=RED", "must not have COLOUR"),
            ("FREQ=DAILY;INTERVAL=0", "whole number from 1 to 1,000,000,000 as INTERVAL"),
            ("FREQ=DAILY;INTERVAL=-1", "as INTERVAL"),
            ("FREQ=DAILY;INTERVAL=1000000001", "as INTERVAL"),
            ("FREQ=DAILY;INTERVAL=²", "as INTERVAL"),
            ("FREQ=DAILY;COUNT=" + "9" * 5000, "as COUNT"),
            ("FREQ=DAILY;COUNT=0", "as COUNT"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20261231", "both COUNT and UNTIL"),
            ("FREQ=DAILY;UNTIL=20260231", "a date like 20261231, without a time, as UNTIL"),
            ("FREQ=DAILY;UNTIL=20261231T000000Z", "as UNTIL"),
            ("FREQ=DAILY;WKST=XX", "as WKST"),
            ("FREQ=DAILY;BYMONTH=13", "numbers from 1 to 12 as BYMONTH"),
            ("FREQ=DAILY;BYMONTH=-1", "as BYMONTH"),
            ("FREQ=DAILY;BYMONTHDAY=0", "numbers from 1 to 31, or from -31 to -1, as BYMONTHDAY"),
            ("FREQ=DAILY;BYMONTHDAY=1,,2", "as BYMONTHDAY"),
            ("FREQ=YEARLY;BYYEARDAY=367", "as BYYEARDAY"),
            ("FREQ=YEARLY;BYWEEKNO=54", "as BYWEEKNO"),
            ("FREQ=WEEKLY;BYMONTHDAY=1", "must not have BYMONTHDAY with FREQ=WEEKLY"),
            ("FREQ=MONTHLY;BYYEARDAY=1", "must not have BYYEARDAY with FREQ=MONTHLY"),
            ("FREQ=MONTHLY;BYWEEKNO=1", "must not have BYWEEKNO with FREQ=MONTHLY"),
            ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "must not have BYSETPOS with FREQ=WEEKLY"),
            ("FREQ=MONTHLY;BYSETPOS=1", "another BY part to choose from with BYSETPOS"),
            ("FREQ=YEARLY;BYWEEKNO=1;BYSETPOS=1", "must not have BYSETPOS with BYWEEKNO"),
            ("FREQ=WEEKLY;BYDAY=XX", "must have weekdays like MO"),
            ("FREQ=WEEKLY;BYDAY=MO,", "must have weekdays like MO"),
            ("FREQ=WEEKLY;BYDAY=MO(1)", "must have weekdays like MO"),
            ("FREQ=WEEKLY;BYDAY=1MO", "must not number the weekdays of BYDAY"),
            ("FREQ=DAILY;BYDAY=1MO", "must not number the weekdays of BYDAY"),
            ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "must not number the weekdays of BYDAY"),
            ("FREQ=MONTHLY;BYDAY=6MO", "weekdays of BYDAY from 1 to 5, or from -5 to -1"),
            ("FREQ=MONTHLY;BYDAY=0MO", "weekdays of BYDAY from 1 to 5"),
            ("FREQ=YEARLY;BYMONTH=1;BYDAY=6MO", "weekdays of BYDAY from 1 to 5"),
            ("FREQ=YEARLY;BYDAY=-54MO", "weekdays of BYDAY from 1 to 53"),
            ("X" * 20_000, "must have at most 10,000 characters"),
            (None, "must be text"),
            (7, "must be text"),
        ],
    )
    def test_of_rules_say_why(self, rule, message):
        with pytest.raises(InputError) as caught:
            Cadence(rule, NEW_YEAR)
        (fault,) = caught.value.faults
        assert fault.field == "Cadence.rule"
        assert message in fault.message

    def test_say_all_that_is_wrong_at_once(self):
        with pytest.raises(InputError) as caught:
            Cadence("FREQ=HOURLY", datetime(2026, 1, 1), ["2026-01-01"], "tomorrow")
        assert [fault.field.removeprefix("Cadence.") for fault in caught.value.faults] == [
            "rule",
            "start",
            "except_days",
            "extra_days",
        ]

    @pytest.mark.parametrize(("first", "last"), [(None, NEW_YEAR), (NEW_YEAR, datetime(2026, 1, 1)), ("", "")])
    def test_of_windows(self, first, last):
        with pytest.raises(InputError, match="must be a date"):
            Cadence.daily(NEW_YEAR).dates(first, last)


class TestRulesWithoutADay:
    @pytest.mark.parametrize(
        ("rule", "start"),
        [
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", NEW_YEAR),
            ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", NEW_YEAR),
            ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", NEW_YEAR),
            ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", NEW_YEAR),
            ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", date(2026, 2, 1)),
            ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", date(2023, 1, 1)),
            ("FREQ=YEARLY;BYYEARDAY=-366;BYMONTH=2", NEW_YEAR),
            ("FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6;BYDAY=MO", NEW_YEAR),
            ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", NEW_YEAR),
            ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20260104", NEW_YEAR),
            ("FREQ=DAILY;UNTIL=20251231", NEW_YEAR),
            ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", date(9999, 1, 2)),
            ("FREQ=YEARLY;INTERVAL=1000;BYYEARDAY=1", date(2026, 1, 2)),
        ],
    )
    def test_are_refused(self, rule, start):
        with pytest.raises(InputError, match="must have a day within 100 years of its start") as caught:
            Cadence(rule, start)
        assert caught.value.faults[0].value == rule

    @pytest.mark.parametrize(
        ("rule", "start", "day"),
        [
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", date(2072, 3, 1), date(2112, 2, 29)),
            ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", date(2024, 1, 1), date(2024, 2, 29)),
            ("FREQ=DAILY;INTERVAL=7;BYDAY=TH", NEW_YEAR, NEW_YEAR),
            ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20260105", NEW_YEAR, date(2026, 1, 5)),
            ("FREQ=YEARLY", date.max, date.max),
        ],
    )
    def test_are_told_from_those_with_rare_days(self, rule, start, day):
        assert Cadence(rule, start).dates(start, day) == (day,)

    def test_cost_a_hundred_years_of_looking_and_no_more(self):
        _rule._days_of_year.cache_clear()
        with pytest.raises(InputError):
            Cadence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", NEW_YEAR)
        assert _rule._days_of_year.cache_info().misses == 101


class TestFarAway:
    @pytest.mark.parametrize("rule", ["FREQ=DAILY;INTERVAL=1000", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;INTERVAL=5"])
    def test_a_window_far_from_the_start_looks_at_its_own_years_only(self, rule):
        cadence = Cadence(rule, date(1, 1, 1))
        _rule._days_of_year.cache_clear()
        found = cadence.dates(date(2026, 1, 1), date(2027, 12, 31))
        assert _rule._days_of_year.cache_info().misses == 2
        assert found == tuple(day for day in cadence.dates(date(1, 1, 1), date(2027, 12, 31)) if day.year >= 2026)

    def test_a_huge_count_reaches_the_end_of_the_calendar(self):
        cadence = Cadence("FREQ=DAILY;COUNT=1000000000", date(9999, 1, 1))
        assert cadence.dates(date(9999, 12, 30), date.max) == (date(9999, 12, 30), date.max)

    @pytest.mark.parametrize("rule", ["FREQ=DAILY;INTERVAL=1000", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"])
    def test_the_last_day_of_all_may_be_the_start(self, rule):
        assert Cadence(rule, date.max).dates(date.min, date.max) == (date.max,)

    def test_week_numbers_of_the_first_and_the_last_year(self):
        assert Cadence("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", date.min).dates(date.min, date(1, 12, 1)) == (date.min,)
        assert Cadence("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO", date(9999, 1, 1)).dates(date(9999, 6, 1), date.max) == (
            date(9999, 12, 27),
        )


def test_is_a_value():
    cadence = Cadence("freq=weekly", NEW_YEAR, [date(2026, 1, 8)])
    assert cadence == Cadence("FREQ=WEEKLY", NEW_YEAR, {date(2026, 1, 8)})
    assert hash(cadence) == hash(Cadence("FREQ=WEEKLY", NEW_YEAR, {date(2026, 1, 8)}))
    assert deepcopy(cadence) == cadence
