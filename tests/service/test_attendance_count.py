"""What counts of the evening watch from 18:00 to 21:00; the grace is ten minutes."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from civicvol.calendar import TimeSpan
from civicvol.service.activity import Activity
from civicvol.service.attendance_clock import CheckedIn, CheckedOut
from tests.service.sheets import WATCH, at, came, of, released, settled, sheet, span, texts, went


def counts(start, end, **policy):
    """Return the minutes that count of a stay, with the remarks."""
    attendance = of(sheet(settled(span(start, end), why="worked out by hand"), **policy))
    return attendance.counted_minutes, texts(attendance)[1:]


class TestOnTime:
    def test_all_counts(self):
        assert counts("18:00", "21:00") == (180, [])

    def test_leaving_early_costs_what_is_missing(self):
        assert counts("18:00", "20:59") == (179, [])


class TestComingLate:
    @pytest.mark.parametrize(("clock", "minutes"), [("18:01", 1), ("18:10", 10)])
    def test_within_the_grace_costs_nothing(self, clock, minutes):
        assert counts(clock, "21:00") == (180, [f"+{minutes} min: who comes within 10 min is on time"])

    def test_after_the_grace_costs_all_of_it(self):
        assert counts("18:11", "21:00") == (169, ["came 11 min late"])
        assert of(sheet(settled(span("18:11", "21:00")))).late_minutes == 11
        assert of(sheet(settled(span("18:10", "21:00")))).late_minutes == 0

    def test_is_known_as_soon_as_they_are_there(self):
        li = of(sheet(came("18:30")), as_of="18:31")
        assert (li.late_minutes, texts(li)[0]) == (30, "came 30 min late")

    def test_is_nothing_that_a_walk_in_can_do(self):
        sun = of(sheet(came("18:05", "sun"), went("20:00", "sun")), "sun")
        assert (sun.late_minutes, sun.counted, sun.remarks) == (0, (span("18:05", "20:00"),), ())

    def test_is_measured_on_the_first_stay(self):
        li = of(sheet(came("18:00"), went("19:00"), came("20:00"), went("21:00")))
        assert (li.late_minutes, li.counted_minutes) == (0, 120)


class TestComingEarly:
    def test_does_not_count(self):
        assert counts("17:40", "21:00") == (180, ["-20 min: too early to count"])

    def test_counts_from_the_opening_where_that_is_the_policy(self):
        assert counts("17:40", "21:00", counts_early=True) == (200, [])
        assert counts("17:20", "21:00", counts_early=True) == (210, ["-10 min: too early to count"])

    def test_and_going_before_it_begins_counts_nothing(self):
        assert counts("17:40", "17:59") == (0, ["-19 min: too early to count"])


class TestStayingLonger:
    @pytest.mark.parametrize(("clock", "minutes"), [("21:45", 225), ("22:00", 240)])
    def test_counts_up_to_the_overtime(self, clock, minutes):
        assert counts("18:00", clock) == (minutes, [])

    def test_counts_no_longer(self):
        li = of(sheet(came("18:00"), CheckedOut(volunteers=("li",), at=at("22:01"), by="li")))
        assert (li.counted_minutes, texts(li)) == (240, ["-1 min: later than 60 min after the planned end"])


class TestTheLeastShare:
    def test_counts_from_it_on(self):
        assert counts("18:00", "19:48", least_percent=60) == (108, [])
        assert counts("18:00", "19:47", least_percent=60) == (
            0,
            ["-107 min: less than 60 % of the 180 planned min counts nothing"],
        )

    def test_is_reached_with_what_is_forgiven(self):
        assert counts("18:10", "19:48", least_percent=60)[0] == 108

    def test_is_not_reached_with_what_does_not_count(self):
        assert counts("17:30", "19:47", least_percent=60)[0] == 0


class TestThePlannedTime:
    def test_counts_whatever_the_clock_says(self):
        assert counts("18:30", "20:00", counts_planned=True) == (
            180,
            ["came 30 min late", "+90 min: the planned 180 min count"],
        )

    def test_counts_no_more_where_they_stayed_longer(self):
        assert counts("18:00", "21:30", counts_planned=True) == (180, ["-30 min: the planned 180 min count"])

    def test_says_so_also_where_it_is_as_long(self):
        assert counts("18:30", "21:30", counts_planned=True)[1][-1] == "+0 min: the planned 180 min count"

    def test_is_not_that_of_who_was_not_there_or_too_short(self):
        assert counts("17:40", "17:59", counts_planned=True)[0] == 0
        assert counts("18:00", "18:20", counts_planned=True, least_percent=60)[0] == 0

    def test_is_nothing_that_a_walk_in_has(self):
        log = sheet(came("18:30", "sun"), went("20:00", "sun"), counts_planned=True)
        assert of(log, "sun").counted_minutes == 90

    def test_lies_ahead_until_it_is_over(self):
        li = of(sheet(came("18:00"), went("19:00"), counts_planned=True), as_of="20:00")
        assert (li.counted_minutes, texts(li)[-1]) == (120, "-60 min: still to come")
        log = sheet(came("18:00"), went("19:00"), counts_planned=True)
        [elsewhere, *_] = log.attendances(at("20:00").astimezone(ZoneInfo("UTC")))
        assert str(elsewhere.counted[0]) == "Sun 1 Mar 2026 18:00–20:00"


class TestAnEarlyRelease:
    def test_is_not_to_their_disadvantage(self):
        li = of(sheet(came("18:00"), released("20:00")))
        assert (li.counted_minutes, texts(li)) == (180, ["+60 min: released early, by the leader"])

    def test_is_credited_only_where_that_is_the_policy(self):
        assert of(sheet(came("18:00"), released("20:00"), credits_release=False)).counted_minutes == 120

    def test_is_credited_to_those_who_were_there(self):
        log = sheet(came("18:00", "li", "wang", by="zhou"), went("19:59", "li"), released("20:00"))
        assert [each.counted_minutes for each in log.attendances(at("23:00"))] == [119, 180]

    def test_is_credited_also_to_those_who_went_just_after(self):
        log = sheet(came("18:00"), went("20:05"), released("20:00", recorded="20:10"))
        assert of(log).counted_minutes == 180

    def test_is_not_credited_to_those_who_came_after_it(self):
        log = sheet(released("18:03"), came("18:05", "li", by="zhou"), went("18:06"))
        assert (of(log).counted_minutes, texts(of(log))) == (6, ["+5 min: who comes within 10 min is on time"])

    def test_lies_ahead_until_it_is_over(self):
        li = of(sheet(came("18:00"), released("20:00")), as_of="20:15")
        assert (li.counted_minutes, li.final) == (135, False)
        assert texts(li) == ["+60 min: released early, by the leader", "-45 min: still to come"]

    def test_after_the_planned_end_only_checks_out(self):
        assert of(sheet(came("18:00"), released("21:30"))).counted_minutes == 210

    def test_just_at_the_planned_end_adds_nothing(self):
        assert texts(of(sheet(came("18:00"), released("21:00")))) == []


class TestANightOverAClockChange:
    def test_is_as_long_as_it_is(self):
        night = Activity(id="n", span=TimeSpan.on(date(2026, 3, 28), time(22), time(6), "Europe/Berlin"))
        begin, end = night.span.start, night.span.end
        log = sheet(
            CheckedIn(volunteers=("li",), at=begin, by="li"),
            CheckedOut(volunteers=("li",), at=end, by="li"),
            activity=night,
            least_percent=100,
        )
        assert [each.counted_minutes for each in log.attendances(end)] == [7 * 60, 0]


def test_the_remarks_are_in_chinese_too():
    li = of(sheet(settled(span("17:40", "20:00"), recorded="22:00"), least_percent=90))
    assert texts(li, "zh")[1:] == ["-20分钟：过早到场的时间不计", "-120分钟：不足计划180分钟的90%，不计"]
    assert WATCH.span.minutes == 180
