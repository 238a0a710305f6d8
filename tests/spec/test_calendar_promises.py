from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar import (
    Cadence,
    Free,
    Horizon,
    Recurring,
    Rotation,
    StaggeredRest,
    TimeSpan,
    Weekly,
    WorkHours,
    difference,
    intersection,
    total_minutes,
    union,
)
from civicvol.errors import CivicvolError
from civicvol.places import Travel, Unit, UnitTree

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"]
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

wall_times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
weekdays = st.frozensets(st.sampled_from(CODES))


def kwargs():
    return {
        "hours": st.lists(st.builds(WorkHours, wall_times, wall_times), min_size=1, max_size=2),
        "commute": st.integers(0, 12 * 60),
    }


patterns = st.one_of(
    st.builds(Free),
    st.builds(Weekly, days=weekdays, **kwargs()),
    st.builds(Rotation, on=st.integers(1, 4), off=st.integers(1, 4), anchor=days, **kwargs()),
    st.builds(StaggeredRest, rest_days=st.lists(weekdays, min_size=1, max_size=3), anchor=days, **kwargs()),
    st.builds(Recurring, cadence=st.builds(Cadence.daily, days, st.integers(1, 9)), **kwargs()),
)


@st.composite
def horizons(draw):
    first = draw(days)
    return Horizon(
        first_day=first,
        last_day=first + timedelta(days=draw(st.integers(0, 9))),
        zone=draw(st.sampled_from(ZONES)),
        day_start=draw(wall_times),
    )


@st.composite
def spans(draw):
    """Spans in the night of a clock change, in one zone or another."""
    start = datetime(2026, 10, 24, 20, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 600)))
    end = start + timedelta(minutes=draw(st.integers(1, 240)))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return TimeSpan(start.astimezone(zone), end.astimezone(zone))


def minutes_in(collection):
    return {minute for span in collection for minute in range(span.start_minute, span.end_minute)}


class TestFreeTime:
    """Free time is exactly what work and the way to it leave of the horizon."""

    @given(patterns, horizons())
    def test_free_and_busy_make_up_the_horizon(self, pattern, horizon):
        free, busy = pattern.free_spans(horizon), pattern.busy_spans(horizon)
        assert intersection(free, busy) == ()
        assert union([*free, *busy]) == (horizon.span,)

    @given(patterns, horizons())
    def test_nobody_is_free_at_work(self, pattern, horizon):
        worked = pattern.working_spans(horizon)
        assert difference(worked, pattern.busy_spans(horizon)) == ()
        assert all(horizon.span.contains(span) for span in worked)

    @given(patterns, horizons(), st.integers(0, 9), st.integers(0, 9))
    def test_a_part_of_the_horizon_has_its_part_of_the_free_time(self, pattern, horizon, skip, take):
        part = horizon.days[skip : skip + take + 1] or horizon.days[-1:]
        shorter = Horizon(first_day=part[0], last_day=part[-1], zone=horizon.zone, day_start=horizon.day_start)
        assert pattern.free_spans(shorter) == intersection(pattern.free_spans(horizon), [shorter.span])


class TestNights:
    """A night over a clock change has its true length, and a night without one the length on its clock."""

    @given(days, wall_times, wall_times, st.sampled_from(ZONES))
    def test_length_is_what_the_clock_shows_less_what_it_jumped(self, day, start, end, zone):
        info = ZoneInfo(zone)
        following = day if end > start else day + timedelta(days=1)
        first = datetime.combine(day, start, info).astimezone(UTC)
        last = datetime.combine(following, end, info).astimezone(UTC)
        if first < last:
            span = TimeSpan.on(day, start, end, zone)
            shown = span.end.replace(tzinfo=None) - span.start.replace(tzinfo=None)
            jumped = span.end.utcoffset() - span.start.utcoffset()
            assert span.minutes == (last - first) // timedelta(minutes=1)
            assert span.minutes == (shown - jumped) // timedelta(minutes=1)

    @given(horizons())
    def test_days_follow_each_other_without_a_gap(self, horizon):
        each = [horizon.day_span(day) for day in horizon.days]
        assert all(one.end == two.start for one, two in pairwise(each))
        assert sum(span.minutes for span in each) == horizon.span.minutes


class TestSetOperations:
    """Set operations lose no minute and count none twice."""

    @given(st.lists(spans(), max_size=8), st.lists(spans(), max_size=8))
    def test_every_minute_of_one_collection_is_shared_or_not(self, a, b):
        shared, rest = intersection(a, b), difference(a, b)
        assert total_minutes(shared) + total_minutes(rest) == total_minutes(a)
        assert minutes_in(shared) | minutes_in(rest) == minutes_in(a)

    @given(st.lists(spans(), max_size=8))
    def test_a_total_is_the_number_of_minutes_that_are_covered(self, collection):
        assert total_minutes(collection) == len(minutes_in(collection)) == total_minutes(collection * 2)


class TestDays:
    """Every instant belongs to exactly one day."""

    @given(horizons(), st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)))
    def test_the_day_holds_the_instant_and_its_neighbours_do_not(self, horizon, instant):
        day = horizon.day_of(instant)
        around = [day + timedelta(days=number) for number in (-1, 0, 1)]
        assert [horizon.day_span(each).contains(instant) for each in around] == [False, True, False]


def made(make):
    """What comes of making something: the thing and no error, or nothing and the error."""
    try:
        return make(), None
    except CivicvolError as error:
        return None, error


class TestCadences:
    """A cadence either answers or is refused when it is made, whatever its rule."""

    @given(st.text("FREQ=DAILYWKMONTHBS;,0123456789-+ \n", max_size=60) | st.text(max_size=30), days)
    def test_any_text_is_read_or_refused(self, rule, start):
        cadence, error = made(lambda: Cadence(rule, start))
        assert str(error) if error else cadence.dates(date.min, start - timedelta(days=1)) == ()

    @given(
        st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
        st.integers(1, 10**9),
        st.lists(
            st.sampled_from(["BYMONTH=2", "BYMONTHDAY=29,30", "BYDAY=MO", "BYDAY=-1FR", "COUNT=7", "BYYEARDAY=-366"]),
            unique=True,
        ),
        st.dates(),
    )
    def test_what_is_accepted_has_a_day_within_a_hundred_years(self, frequency, interval, parts, start):
        rule = ";".join([f"FREQ={frequency}", f"INTERVAL={interval}", *parts])
        cadence, error = made(lambda: Cadence(rule, start))
        if error is None:
            until = date(min(start.year + 100, 9999), 12, 31)
            found = cadence.dates(start, until)
            assert found
            assert start <= found[0] <= found[-1] <= until
        else:
            assert error.faults[0].field == "Cadence.rule"


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.datetimes(timezones=st.timezones())
    | st.sampled_from(["MO", "grid", "FREQ=DAILY", "UTC", UTC, ZoneInfo("Asia/Shanghai"), float("nan"), 10**30, Free]),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


class TestBadInput:
    """What cannot be used is refused with an error of this library that says where it is."""

    @given(st.data())
    def test_whatever_is_given(self, data):
        kinds = {
            TimeSpan: ("start", "end"),
            Horizon: ("first_day", "last_day", "zone", "day_start"),
            Cadence: ("rule", "start", "except_days", "extra_days"),
            WorkHours: ("start", "end"),
            Weekly: ("hours", "commute", "days_off", "extra_days", "days"),
            Rotation: ("hours", "on", "off", "anchor"),
            StaggeredRest: ("rest_days", "anchor"),
            Recurring: ("cadence",),
            Unit: ("id", "kind", "label", "parent", "households", "residents", "steward"),
            UnitTree: ("units",),
            Travel: ("within", "elsewhere", "same"),
        }
        kind = data.draw(st.sampled_from(list(kinds)))
        given_values = {name: data.draw(junk, label=name) for name in kinds[kind]}
        _, error = made(lambda: kind(**given_values))
        if error is not None:
            assert all(fault.field.removeprefix(f"{kind.__name__}.") in given_values for fault in error.faults)
            assert str(error)
