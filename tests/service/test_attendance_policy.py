from datetime import date, time

import attrs
import pytest

from civicvol.calendar import TimeSpan
from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.service.activity import Activity
from civicvol.service.attendance_policy import AttendancePolicy
from tests.service.sheets import WATCH, at, span


def lasting(minutes):
    end = time(18 + minutes // 60, minutes % 60)
    return Activity(id="a", span=TimeSpan.on(date(2026, 3, 1), time(18), end, "Asia/Shanghai"))


class TestTheTimeOfCheckIn:
    def test_opens_before_the_start_and_closes_at_the_end(self):
        assert AttendancePolicy().check_in(WATCH) == span("17:30", "21:00")

    def test_may_close_soon_after_the_start(self):
        assert AttendancePolicy(opens=15, closes=20).check_in(WATCH) == span("17:45", "18:20")

    @pytest.mark.parametrize(("closes", "end"), [(1, "18:01"), (179, "20:59"), (180, "21:00"), (181, "21:00")])
    def test_closes_at_the_planned_end_at_the_latest(self, closes, end):
        assert AttendancePolicy(opens=0, closes=closes).check_in(WATCH) == span("18:00", end)

    def test_is_counted_on_a_real_clock(self):
        night = Activity(id="n", span=TimeSpan.on(date(2026, 3, 29), time(1, 30), time(6), "Europe/Berlin"))
        window = AttendancePolicy(opens=0, closes=60).check_in(night)
        assert (window.end.hour, window.end.minute, window.minutes) == (3, 30, 60)


class TestTheGrace:
    @pytest.mark.parametrize(("minutes", "grace"), [(9, 0), (10, 1), (15, 1), (60, 6), (99, 9), (100, 10), (180, 10)])
    def test_is_never_more_than_a_share_of_the_activity(self, minutes, grace):
        assert AttendancePolicy(grace=10, grace_percent=10).grace_minutes(lasting(minutes)) == grace


class TestTheOtherTimes:
    def test_the_sheet_takes_a_day_before_and_some_hours_after(self):
        assert AttendancePolicy(stays_open=120).sheet(WATCH) == TimeSpan(at("18:00", -1), at("23:00"))

    @pytest.mark.parametrize(("early", "start"), [(False, "18:00"), (True, "17:30")])
    def test_what_can_count(self, early, start):
        policy = AttendancePolicy(counts_early=early, overtime=45)
        assert policy.countable(WATCH) == span(start, "21:45")

    @pytest.mark.parametrize("name", ["check_in", "sheet", "countable", "grace_minutes"])
    def test_are_those_of_an_activity(self, name):
        with pytest.raises(InputError, match="activity must be an Activity"):
            getattr(AttendancePolicy(), name)(WATCH.span)


class TestAPolicy:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("leaders", {""}),
            ("by_themselves", 1),
            ("walk_ins", None),
            ("opens", -1),
            ("opens", 1441),
            ("closes", 0),
            ("notice", 1.5),
            ("grace", True),
            ("grace_percent", 101),
            ("counts_early", "no"),
            ("overtime", -1),
            ("stays_open", None),
            ("forgotten_counts", 0),
            ("credits_release", 0),
            ("least_percent", -1),
            ("counts_planned", 0),
            ("most_pairs", 0),
        ],
    )
    def test_names_a_field_that_is_wrong(self, field, value):
        with pytest.raises(InputError, match=f"AttendancePolicy.{field}"):
            AttendancePolicy(**{field: value})

    def test_travels_as_json(self):
        policy = AttendancePolicy(leaders={"zhou", "wu"}, closes=15, least_percent=60)
        assert from_json(to_json(policy), AttendancePolicy) == policy

    def test_has_a_default_for_everything(self):
        assert attrs.evolve(AttendancePolicy()) == AttendancePolicy()


@pytest.mark.parametrize(("clock", "late"), [("20:59", False), ("21:00", True)])
def test_what_is_stated_is_late_from_so_many_minutes_after_the_planned_end(clock, late):
    assert AttendancePolicy(made_up_after=1440).late(WATCH, at(clock, 1)) is late
