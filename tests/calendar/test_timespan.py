import struct
from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta, timezone
from io import BytesIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar import TimeSpan, difference, intersection, total_minutes, union
from civicvol.calendar.timespan import minute_of
from civicvol.errors import InputError

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
SUNDAY = date(2026, 3, 1)


def span(start, end, day=SUNDAY, zone=SHANGHAI):
    return TimeSpan.on(day, time.fromisoformat(start), time.fromisoformat(end), zone)


def shown(spans):
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in spans]


def at(day, hour, minute=0, zone=BERLIN, fold=0):
    return datetime(2026, *day, hour, minute, tzinfo=zone, fold=fold)


class TestTimeSpan:
    def test_counts_minutes_since_1970(self):
        given_in_words = TimeSpan(
            datetime(1970, 1, 1, 8, tzinfo=SHANGHAI), datetime(1970, 1, 1, 9, 30, tzinfo=SHANGHAI)
        )
        assert (given_in_words.start_minute, given_in_words.end_minute, given_in_words.minutes) == (0, 90, 90)

    @pytest.mark.parametrize(
        ("day", "zone", "hours"),
        [
            (date(2026, 3, 28), BERLIN, 7),
            (date(2026, 10, 24), BERLIN, 9),
            (date(2026, 3, 7), NEW_YORK, 7),
            (date(2026, 10, 31), NEW_YORK, 9),
            (date(2026, 10, 3), LORD_HOWE, 7.5),
            (date(2026, 4, 4), LORD_HOWE, 8.5),
            (date(2026, 3, 28), SHANGHAI, 8),
        ],
    )
    def test_a_night_has_its_elapsed_length(self, day, zone, hours):
        assert span("22:00", "06:00", day, zone).minutes == hours * 60

    def test_end_may_be_the_same_wall_time_an_hour_later(self):
        first, second = at((10, 25), 2, 30), at((10, 25), 2, 30, fold=1)
        assert TimeSpan(first, second).minutes == 60
        with pytest.raises(InputError, match=r"TimeSpan\.end must be after the start"):
            TimeSpan(second, first)

    def test_end_may_read_earlier_than_the_start(self):
        assert TimeSpan(at((10, 25), 2, 45), at((10, 25), 2, 15, fold=1)).minutes == 30

    def test_fold_tells_two_spans_apart(self):
        end = at((10, 25), 6)
        early, late = TimeSpan(at((10, 25), 2, 30), end), TimeSpan(at((10, 25), 2, 30, fold=1), end)
        assert early != late
        assert hash(early) != hash(late)
        assert early < late

    def test_zone_tells_two_spans_apart(self):
        there = TimeSpan(at((3, 1), 8, zone=SHANGHAI), at((3, 1), 9, zone=SHANGHAI))
        here = TimeSpan(there.start.astimezone(BERLIN), there.end.astimezone(BERLIN))
        assert here.start == there.start
        assert here != there
        assert len({here, there}) == 2
        assert sorted([here, there]) == sorted([there, here])

    def test_a_fold_that_means_nothing_makes_no_difference(self):
        assert TimeSpan(at((3, 1), 8, fold=1), at((3, 1), 9)) == TimeSpan(at((3, 1), 8), at((3, 1), 9))

    def test_a_skipped_wall_time_becomes_the_one_the_clock_shows(self):
        skipped = TimeSpan(at((3, 29), 2, 30), at((3, 29), 4))
        assert skipped.start == at((3, 29), 3, 30)
        assert f"{skipped.start:%H:%M}" == "03:30"
        assert skipped.minutes == 30

    def test_is_ordered_by_instants(self):
        early = TimeSpan(at((3, 1), 8, zone=SHANGHAI), at((3, 1), 9, zone=SHANGHAI))
        late = TimeSpan(at((3, 1), 2), at((3, 1), 3))
        assert early < late
        assert max(early, late) is late

    def test_comparing_with_something_else_is_not_possible(self):
        assert span("08:00", "09:00") != "08:00-09:00"
        with pytest.raises(TypeError):
            _ = span("08:00", "09:00") < 8

    def test_can_be_copied_and_changed(self):
        night = span("22:00", "06:00", date(2026, 10, 24), BERLIN)
        assert deepcopy(night) == night
        assert attrs.evolve(night, end=night.end + timedelta(hours=1)).minutes == night.minutes + 60

    @pytest.mark.parametrize(
        ("start", "end", "text"),
        [
            ("18:00", "21:00", "Sun 1 Mar 2026 18:00–21:00"),
            ("22:00", "06:00", "Sun 1 Mar 2026 22:00 – Mon 2 Mar 2026 06:00"),
            ("18:00", "00:00", "Sun 1 Mar 2026 18:00 – Mon 2 Mar 2026 00:00"),
        ],
    )
    def test_reads_well(self, start, end, text):
        assert str(span(start, end)) == span(start, end).label.en == text

    @pytest.mark.parametrize(
        ("moment", "message"),
        [
            ("2026-03-01", "must be a datetime"),
            (date(2026, 3, 1), "must be a datetime"),
            (None, "must be a datetime"),
            (datetime(2026, 3, 1, 8), "must have a named time zone: use tzinfo=ZoneInfo"),
            (datetime(2026, 3, 1, 8, tzinfo=UTC), "must have a named time zone"),
            (datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8))), "must have a named time zone"),
            (datetime(2026, 3, 1, 8, 0, 1, tzinfo=BERLIN), "must be a whole minute"),
            (datetime(2026, 3, 1, 8, 0, 0, 1, tzinfo=BERLIN), "must be a whole minute"),
            (datetime(1899, 12, 31, 23, 59, tzinfo=BERLIN), "must be in the years 1900 to 2999"),
            (datetime(3000, 1, 1, tzinfo=BERLIN), "must be in the years 1900 to 2999"),
            (datetime(1900, 1, 1, tzinfo=SHANGHAI), "must be a whole minute of UTC"),
        ],
    )
    def test_refuses_what_is_no_moment(self, moment, message):
        good = datetime(2026, 3, 1, 9, tzinfo=BERLIN)
        for start, end, field in ((moment, good, "start"), (good, moment, "end")):
            with pytest.raises(InputError, match=message) as caught:
                TimeSpan(start, end)
            (fault,) = caught.value.faults
            assert (fault.field, fault.value) == (f"TimeSpan.{field}", moment)

    def test_says_all_that_is_wrong_at_once(self):
        with pytest.raises(InputError) as caught:
            TimeSpan("now", "later")
        assert [fault.field for fault in caught.value.faults] == ["TimeSpan.start", "TimeSpan.end"]

    def test_refuses_a_zone_without_a_name(self):
        header = b"TZif" + bytes(16) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
        nameless = ZoneInfo.from_file(BytesIO(header + struct.pack(">lbb", 8 * 3600, 0, 0) + b"CST\0"))
        with pytest.raises(InputError, match="named time zone"):
            TimeSpan(datetime(2026, 3, 1, 8, tzinfo=nameless), datetime(2026, 3, 1, 9, tzinfo=nameless))

    @pytest.mark.parametrize("minutes", [0, -1])
    def test_refuses_an_end_that_is_not_after_the_start(self, minutes):
        start = at((3, 1), 8)
        with pytest.raises(InputError, match="must be after the start, 2026-03-01T08:00"):
            TimeSpan(start, start + timedelta(minutes=minutes))
        assert TimeSpan(start, start + timedelta(minutes=1)).minutes == 1


class TestOn:
    def test_same_time_means_a_whole_day(self):
        assert span("08:00", "08:00").minutes == 24 * 60
        assert span("08:00", "08:00", date(2026, 3, 28), BERLIN).minutes == 23 * 60

    def test_one_minute_less_or_more(self):
        assert span("08:00", "07:59").minutes == 24 * 60 - 1
        assert span("08:00", "08:01").minutes == 1

    @pytest.mark.parametrize(
        ("day", "end"),
        [
            (date(2026, 2, 28), date(2026, 3, 1)),
            (date(2028, 2, 28), date(2028, 2, 29)),
            (date(2028, 2, 29), date(2028, 3, 1)),
            (date(2026, 12, 31), date(2027, 1, 1)),
        ],
    )
    def test_night_crosses_the_end_of_a_month(self, day, end):
        assert span("22:00", "06:00", day).end.date() == end

    def test_takes_a_zone_or_its_name(self):
        assert span("08:00", "09:00", zone="Asia/Shanghai") == span("08:00", "09:00")

    def test_skipped_times_move_forward_together(self):
        moved = span("02:15", "02:45", date(2026, 3, 29), BERLIN)
        assert shown([moved]) == ["03:15-03:45"]
        assert shown([span("02:05", "02:20", date(2026, 10, 4), LORD_HOWE)]) == ["02:35-02:50"]

    def test_refuses_times_that_a_clock_change_leaves_empty(self):
        with pytest.raises(InputError, match=r"TimeSpan\.end must be after the start"):
            span("02:30", "03:15", date(2026, 3, 29), BERLIN)

    def test_ambiguous_times_are_the_first(self):
        assert span("01:30", "02:30", date(2026, 10, 25), BERLIN).minutes == 60
        assert span("02:30", "03:30", date(2026, 10, 25), BERLIN).minutes == 120

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"day": datetime(2026, 3, 1)}, "day"),
            ({"day": "2026-03-01"}, "day"),
            ({"day": date(1, 1, 1)}, "day"),
            ({"day": date.max}, "day"),
            ({"start": "08:00"}, "start"),
            ({"start": time(8, tzinfo=UTC)}, "start"),
            ({"end": time(9, 0, 30)}, "end"),
            ({"end": None}, "end"),
            ({"zone": "Mars/Base"}, "zone"),
            ({"zone": UTC}, "zone"),
            ({"zone": "../etc"}, "zone"),
        ],
    )
    def test_names_the_argument_that_is_wrong(self, changes, field):
        arguments = {"day": SUNDAY, "start": time(8), "end": time(9), "zone": BERLIN} | changes
        with pytest.raises(InputError) as caught:
            TimeSpan.on(**arguments)
        assert [fault.field for fault in caught.value.faults] == [field]


class TestRelations:
    @pytest.mark.parametrize(
        ("start", "end", "overlaps", "contains"),
        [
            ("09:00", "10:00", False, False),
            ("11:59", "12:01", True, False),
            ("12:00", "13:00", False, False),
            ("09:59", "10:01", True, False),
            ("10:00", "12:00", True, True),
            ("10:01", "11:59", True, True),
            ("09:00", "13:00", True, False),
            ("10:00", "12:01", True, False),
        ],
    )
    def test_touching_is_not_overlapping(self, start, end, overlaps, contains):
        late_morning, other = span("10:00", "12:00"), span(start, end)
        assert late_morning.overlaps(other) is overlaps
        assert other.overlaps(late_morning) is overlaps
        assert late_morning.contains(other) is contains
        assert (late_morning.intersection(other) is not None) is overlaps

    @pytest.mark.parametrize(
        ("moment", "inside"),
        [
            (datetime(2026, 3, 1, 9, 59, 59, tzinfo=SHANGHAI), False),
            (datetime(2026, 3, 1, 10, tzinfo=SHANGHAI), True),
            (datetime(2026, 3, 1, 11, 59, 59, 999999, tzinfo=SHANGHAI), True),
            (datetime(2026, 3, 1, 12, tzinfo=SHANGHAI), False),
            (datetime(2026, 3, 1, 2, tzinfo=UTC), True),
            (datetime(2026, 3, 1, 4, tzinfo=UTC), False),
        ],
    )
    def test_contains_its_start_and_not_its_end(self, moment, inside):
        assert span("10:00", "12:00").contains(moment) is inside

    def test_contains_knows_the_two_hours_of_a_fold(self):
        first_hour = TimeSpan(at((10, 25), 2), at((10, 25), 2, fold=1))
        assert first_hour.contains(at((10, 25), 2, 30))
        assert not first_hour.contains(at((10, 25), 2, 30, fold=1))

    @pytest.mark.parametrize("thing", [datetime(2026, 3, 1, 10), date(2026, 3, 1), "10:00", None, datetime.max])
    def test_contains_refuses_what_is_neither(self, thing):
        with pytest.raises(InputError, match="moment must be"):
            span("10:00", "12:00").contains(thing)

    def test_refuses_instants_of_other_ages(self):
        with pytest.raises(InputError, match="must be in the years 1900 to 2999"):
            minute_of(datetime(1, 1, 1, tzinfo=UTC))

    def test_intersection_keeps_the_zone_of_each_end(self):
        abroad = TimeSpan(at((3, 1), 4), at((3, 1), 6))
        both = span("10:00", "12:00").intersection(abroad)
        assert str(both.start.tzinfo) == "Europe/Berlin"
        assert str(both.end.tzinfo) == "Asia/Shanghai"
        assert both.minutes == 60

    def test_extended_counts_real_minutes(self):
        night = span("03:30", "06:00", date(2026, 3, 29), BERLIN)
        assert shown([night.extended(before=60)]) == ["01:30-06:00"]
        assert night.extended(10, 20).minutes == night.minutes + 30
        assert night.extended() == night
        assert night.extended(5).start.tzinfo is night.start.tzinfo

    @pytest.mark.parametrize("minutes", [-1, 1.5, "5", None, True, 10**9])
    def test_extended_refuses_what_are_no_minutes(self, minutes):
        for name in ("before", "after"):
            with pytest.raises(InputError, match=f"^{name} must be"):
                span("10:00", "12:00").extended(**{name: minutes})

    def test_extended_stays_within_the_years(self):
        with pytest.raises(InputError, match="must be in the years"):
            TimeSpan.on(date(2999, 12, 30), time(8), time(9), "UTC").extended(after=3 * 24 * 60)


class TestSetOperations:
    def test_union_merges_what_overlaps_or_touches(self):
        spans = [span("14:00", "15:00"), span("08:00", "09:00"), span("09:00", "10:00"), span("09:30", "11:00")]
        assert shown(union(spans)) == ["08:00-11:00", "14:00-15:00"]

    def test_union_keeps_what_lies_inside(self):
        assert shown(union([span("08:00", "12:00"), span("09:00", "10:00"), span("11:00", "11:30")])) == ["08:00-12:00"]

    def test_union_keeps_a_gap_of_a_minute(self):
        assert shown(union([span("08:00", "09:00"), span("09:01", "10:00")])) == ["08:00-09:00", "09:01-10:00"]

    def test_intersection_of_collections(self):
        morning = [span("08:00", "10:00"), span("11:00", "13:00")]
        late = [span("09:00", "11:30"), span("12:00", "12:30"), span("13:00", "14:00")]
        assert shown(intersection(morning, late)) == ["09:00-10:00", "11:00-11:30", "12:00-12:30"]

    def test_difference_of_collections(self):
        morning = [span("08:00", "10:00"), span("11:00", "13:00"), span("15:00", "16:00")]
        holes = [span("07:00", "08:30"), span("09:00", "11:30"), span("12:00", "12:30"), span("15:00", "16:00")]
        assert shown(difference(morning, holes)) == ["08:30-09:00", "11:30-12:00", "12:30-13:00"]

    def test_one_hole_may_cut_several_spans(self):
        spans = [span("08:00", "09:00"), span("10:00", "11:00"), span("12:00", "13:00")]
        assert shown(difference(spans, [span("08:30", "12:30")])) == ["08:00-08:30", "12:30-13:00"]

    def test_nothing_in_nothing_out(self):
        day = [span("08:00", "09:00")]
        assert union([]) == intersection(day, []) == intersection([], day) == difference([], day) == ()
        assert difference(day, []) == tuple(day)
        assert total_minutes([]) == 0

    def test_takes_any_collection(self):
        assert total_minutes({span("08:00", "09:00")}) == total_minutes(iter([span("08:00", "09:00")])) == 60

    @pytest.mark.parametrize("spans", [None, 3, "spans", [None], [span("08:00", "09:00"), "09:00"]])
    def test_refuses_what_are_no_spans(self, spans):
        for call in (union, total_minutes, lambda x: intersection(x, []), lambda x: difference([], x)):
            with pytest.raises(InputError, match=r"^spans "):
                call(spans)


MINUTES = st.integers(0, 300)


@st.composite
def spans_on_a_change(draw):
    """Spans around a clock change in Berlin, sometimes written in another zone."""
    zones = st.sampled_from([BERLIN, SHANGHAI])
    start, end = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    midnight = datetime(2026, 10, 24, 22, tzinfo=UTC)
    return TimeSpan(
        (midnight + timedelta(minutes=start)).astimezone(draw(zones)),
        (midnight + timedelta(minutes=end)).astimezone(draw(zones)),
    )


def minutes_in(spans):
    return {minute for each in spans for minute in range(each.start_minute, each.end_minute)}


COLLECTIONS = st.lists(spans_on_a_change(), max_size=6)


class TestAgainstSetsOfMinutes:
    @given(spans_on_a_change(), spans_on_a_change())
    def test_two_spans(self, a, b):
        left, right = minutes_in([a]), minutes_in([b])
        both = a.intersection(b)
        assert minutes_in([both] if both else []) == left & right
        assert a.overlaps(b) is bool(left & right)
        assert a.contains(b) is (left >= right)
        assert len(left) == a.minutes

    @given(COLLECTIONS, COLLECTIONS)
    def test_collections(self, a, b):
        left, right = minutes_in(a), minutes_in(b)
        assert minutes_in(union(a)) == left
        assert minutes_in(intersection(a, b)) == left & right
        assert minutes_in(difference(a, b)) == left - right
        assert total_minutes(a) == len(left)

    @given(COLLECTIONS, COLLECTIONS)
    def test_results_are_sorted_apart_and_whole_values(self, a, b):
        for result in (union(a), intersection(a, b), difference(a, b)):
            assert list(result) == sorted(result)
            assert all(one.end_minute < two.start_minute for one, two in pairwise(result))
            assert result == tuple(TimeSpan(each.start, each.end) for each in result)

    @given(COLLECTIONS.flatmap(lambda spans: st.tuples(st.just(spans), st.permutations(spans))))
    def test_order_does_not_matter(self, both):
        given_order, other_order = both
        assert union(given_order) == union(other_order)
