from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar import Horizon
from civicvol.errors import InputError

BERLIN = ZoneInfo("Europe/Berlin")


def horizon(first=date(2026, 3, 1), last=date(2026, 3, 31), zone="Asia/Shanghai", day_start=time(0)):
    return Horizon(first_day=first, last_day=last, zone=zone, day_start=day_start)


class TestHorizon:
    def test_includes_its_last_day(self):
        march = horizon()
        assert march.days == tuple(date(2026, 3, day) for day in range(1, 32))
        assert str(march.span) == "Sun 1 Mar 2026 00:00 – Wed 1 Apr 2026 00:00"

    def test_may_be_a_single_day(self):
        assert horizon(last=date(2026, 3, 1)).span.minutes == 24 * 60

    @pytest.mark.parametrize(("last", "hours"), [(date(2026, 3, 28), 24), (date(2026, 3, 29), 47)])
    def test_a_clock_change_shortens_it(self, last, hours):
        assert horizon(date(2026, 3, 28), last, BERLIN).span.minutes == hours * 60

    def test_crosses_leap_days(self):
        assert horizon(date(2028, 2, 28), date(2028, 3, 1)).days[1] == date(2028, 2, 29)

    def test_is_a_value(self):
        one, two = horizon(zone="Europe/Berlin"), horizon(zone=ZoneInfo.no_cache("Europe/Berlin"))
        assert one == two
        assert hash(one) == hash(two)
        assert deepcopy(one) == one
        assert one != horizon(zone="Europe/Paris")
        assert one.days is one.days

    def test_is_long_enough_for_three_years_and_no_longer(self):
        first = date(2026, 1, 1)
        assert len(horizon(first, first + timedelta(days=1099)).days) == 1100
        with pytest.raises(InputError, match="must be at most 1,100 days from the first day, 2026-01-01"):
            horizon(first, first + timedelta(days=1100))

    def test_refuses_days_in_the_wrong_order(self):
        with pytest.raises(InputError, match="must not be before the first day, 2026-03-02") as caught:
            horizon(date(2026, 3, 2), date(2026, 3, 1))
        assert caught.value.faults[0].field == "Horizon.last_day"

    @pytest.mark.parametrize("year", [1, 1899, 3000, 9999])
    def test_refuses_years_that_no_span_can_have(self, year):
        with pytest.raises(InputError, match="must be in the years 1901 to 2998"):
            horizon(date(year, 12, 31), date(year, 12, 31))

    def test_says_all_that_is_wrong_at_once(self):
        with pytest.raises(InputError) as caught:
            horizon(datetime(2026, 3, 1), "2026-03-31", "Nowhere", time(5, tzinfo=UTC))
        assert [fault.field for fault in caught.value.faults] == [
            "Horizon.first_day",
            "Horizon.last_day",
            "Horizon.zone",
            "Horizon.day_start",
        ]


class TestDayOf:
    @pytest.mark.parametrize(
        ("hour", "minute", "day"), [(4, 59, date(2026, 3, 7)), (5, 0, date(2026, 3, 8)), (2, 0, date(2026, 3, 7))]
    )
    def test_the_small_hours_belong_to_the_evening_before(self, hour, minute, day):
        march = horizon(day_start=time(5))
        assert march.day_of(datetime(2026, 3, 8, hour, minute, tzinfo=march.zone)) == day

    def test_counts_in_its_own_zone(self):
        assert horizon().day_of(datetime(2026, 3, 1, 16, tzinfo=UTC)) == date(2026, 3, 2)
        assert horizon().day_of(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 1)

    def test_works_outside_the_horizon(self):
        assert horizon().day_of(datetime(2024, 2, 29, 12, tzinfo=BERLIN)) == date(2024, 2, 29)

    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            (datetime(2026, 3, 29, 3, 15, tzinfo=BERLIN), date(2026, 3, 28)),
            (datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN), date(2026, 3, 29)),
            (datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN), date(2026, 10, 24)),
            (datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN, fold=1), date(2026, 10, 25)),
        ],
    )
    def test_a_day_that_starts_within_a_clock_change(self, moment, day):
        assert horizon(zone=BERLIN, day_start=time(2, 30)).day_of(moment) == day

    def test_a_clock_set_back_over_midnight_does_not_bring_the_day_before_back(self):
        newfoundland = horizon(zone="America/St_Johns")
        evening = datetime(2010, 11, 6, 23, 30, tzinfo=newfoundland.zone)
        assert newfoundland.day_of(evening) == date(2010, 11, 6)
        assert newfoundland.day_of(evening.replace(fold=1)) == date(2010, 11, 7)

    @pytest.mark.parametrize("instant", [datetime(2026, 3, 1), date(2026, 3, 1), "now", datetime.max])
    def test_refuses_what_is_no_instant(self, instant):
        with pytest.raises(InputError, match="moment must be"):
            horizon().day_of(instant)

    def test_day_span_refuses_what_is_no_day(self):
        with pytest.raises(InputError, match="day must be a date"):
            horizon().day_span("2026-03-01")

    def test_day_span_refuses_a_day_that_the_zone_left_out(self):
        samoa = horizon(zone="Pacific/Apia")
        assert samoa.day_span(date(2011, 12, 29)).minutes == 24 * 60
        with pytest.raises(InputError, match="must be after the start"):
            samoa.day_span(date(2011, 12, 30))

    @given(
        st.sampled_from(
            ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "America/Havana"]
        ),
        st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
        st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),
    )
    def test_finds_the_day_whose_span_holds_the_instant(self, zone, day_start, instant):
        days = horizon(zone=zone, day_start=day_start)
        assert days.day_span(days.day_of(instant)).contains(instant)
