import random
from datetime import date, datetime, time

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar import TimeSpan
from civicvol.calendar.timespan import total_minutes
from civicvol.errors import InputError
from civicvol.service.activity import Activity
from civicvol.service.credit import credit
from civicvol.service.entry import ServiceEntry
from civicvol.service.hours import Acceptance, HoursPolicy
from civicvol.service.hours_presets import CN_HAILIN, CN_HUANGSHI, CN_NATIONAL, KR, US_FERNDALE
from civicvol.service.purpose import Purpose
from tests.service.books import BERLIN, POLICY, activity, entries, entry, policies, span

ZONE = "Asia/Shanghai"


def minutes(given, policy=POLICY, purpose=None):
    return [each.minutes for each in credit(given, policy, purpose)]


def text(given, policy=POLICY, purpose=None, language="en"):
    return credit([given], policy, purpose)[0].text(language).splitlines()


class TestOneEntry:
    def test_is_credited_as_it_was(self):
        (found,) = credit([entry(minutes=125)], POLICY)
        assert (found.entry, found.volunteer, found.day) == ("e1", "v1", date(2026, 3, 2))
        assert (found.raw_minutes, found.overlap_minutes, found.minutes) == (125, 0, 125)
        assert str(found) == "present: 125 min\ncredited: 125 min"

    @pytest.mark.parametrize(("rounding", "credited"), [("down", 120), ("nearest", 120), ("up", 180)])
    def test_is_rounded(self, rounding, credited):
        policy = HoursPolicy(zone=ZONE, unit=60, rounding=rounding)
        assert minutes([entry(minutes=149)], policy) == [credited]
        assert minutes([entry(minutes=120)], policy) == [120]

    def test_says_how_it_is_rounded(self):
        assert text(entry(minutes=125), HoursPolicy(zone=ZONE, unit=60), language="zh") == [
            "在场：125分钟",
            "向下取整（单位60分钟）：120分钟",
            "计入：120分钟",
        ]

    @pytest.mark.parametrize(("present", "credited"), [(71, 0), (72, 72), (73, 73)])
    def test_must_be_a_part_of_the_activity(self, present, credited):
        policy = HoursPolicy(zone=ZONE, least_percent=60)
        assert minutes([entry(minutes=present, planned=120)], policy) == [credited]

    def test_says_that_it_is_too_small_a_part(self):
        assert text(entry(minutes=71, planned=120), HoursPolicy(zone=ZONE, least_percent=60)) == [
            "present: 71 min",
            "71 of 120 min, and less than 60 % does not count",
            "credited: 0 min",
        ]

    def test_says_what_the_rules_of_attendance_count(self):
        for present, there in (([span(9, 45)], 45), ([], 0)):
            long = entry(minutes=60, present=present)
            assert text(long) == [
                f"present: {there} min",
                "counted by the rules of attendance: 60 min",
                "credited: 60 min",
            ]
            (found,) = credit([long], HoursPolicy(zone=ZONE, least_minutes=60))
            assert (found.raw_minutes, found.minutes) == (there, 60)
        assert text(long, language="zh")[:2] == ["在场：0分钟", "按考勤规则计：60分钟"]

    def test_overlaps_in_the_time_that_counts_alone(self):
        first = entry("e1", minutes=60, present=[span(9, 120)])
        second = entry("e2", start=10, minutes=60, present=[span(9, 90)], at="a2")
        assert [(each.raw_minutes, each.overlap_minutes, each.minutes) for each in credit([first, second], POLICY)] == [
            (120, 0, 60),
            (90, 0, 60),
        ]

    @pytest.mark.parametrize(("present", "credited"), [(29, 0), (30, 30), (31, 31)])
    def test_must_be_long_enough(self, present, credited):
        assert minutes([entry(minutes=present)], HoursPolicy(zone=ZONE, least_minutes=30)) == [credited]

    def test_says_that_it_is_too_short(self):
        found = text(entry(minutes=29), HoursPolicy(zone=ZONE, least_minutes=30))
        assert found[1] == "29 min in all, and less than 30 do not count"

    @pytest.mark.parametrize(("present", "credited"), [(119, 119), (120, 120), (121, 120)])
    def test_is_capped_for_an_activity(self, present, credited):
        policy = HoursPolicy(zone=ZONE, most_per_activity=120)
        found = text(entry(minutes=present), policy)
        assert found[-1] == f"credited: {credited} min"
        assert ("at most for an activity: 120 min" in found) == (present > 120)

    @pytest.mark.parametrize(("way", "credited"), [(0, 60), (29, 89), (30, 90), (31, 90)])
    def test_counts_travel_up_to_a_limit(self, way, credited):
        assert minutes([entry(minutes=60, travel_minutes=way)], HoursPolicy(zone=ZONE, most_travel=30)) == [credited]

    def test_counts_no_travel_by_itself(self):
        assert text(entry(minutes=60, travel_minutes=30)) == ["present: 60 min", "credited: 60 min"]

    def test_is_rounded_with_its_travel(self):
        policy = HoursPolicy(zone=ZONE, unit=15, rounding="up", most_travel=60)
        assert text(entry(minutes=50, travel_minutes=20), policy) == [
            "present: 50 min",
            "on the way: 20 min more",
            "rounded up to units of 15 min: 75 min",
            "credited: 75 min",
        ]

    def test_earns_nothing_where_the_activity_does_not(self):
        meeting = activity(minutes=90, credited=False)
        assert text(entry(at=meeting, minutes=90)) == [
            "present: 90 min",
            "time at this activity is not credited",
            "credited: 0 min",
        ]

    def test_counts_for_a_purpose_where_its_provenance_does(self):
        policy = HoursPolicy(zone=ZONE, acceptances=[Acceptance(purpose="points", provenances=["clocked"])])
        late = entry(provenance="made up later")
        assert minutes([late], policy) == minutes([late], policy, "stars") == [120]
        assert text(late, policy, Purpose.POINTS)[1:] == [
            "time that is made up later does not count for points",
            "credited: 0 min",
        ]


class TestSharedMinutes:
    def test_count_for_the_entry_that_begins_first(self):
        early, late = entry("e1", start=8, minutes=120), entry("e2", start=9, minutes=120, at="a2")
        for pair in ([early, late], [late, early]):
            found = {each.entry: each for each in credit(pair, POLICY)}
            assert (found["e1"].minutes, found["e2"].minutes) == (120, 60)
            assert found["e2"].overlap_minutes == 60
            assert "counted with an earlier entry already: 60 min" in found["e2"].text()

    def test_count_for_the_entry_given_first_where_both_begin_together(self):
        one, other = entry("e1", minutes=60), entry("e2", minutes=90, at="a2")
        assert minutes([one, other]) == [60, 30]
        assert minutes([other, one]) == [90, 0]

    def test_touch_without_being_shared(self):
        assert minutes([entry("e1", start=8), entry("e2", start=10, at="a2")]) == [120, 120]

    def test_are_not_shared_by_two_people(self):
        assert minutes([entry("e1"), entry("e2", "v2")]) == [120, 120]

    def test_count_later_where_the_earlier_entry_earns_nothing(self):
        policy = HoursPolicy(zone=ZONE, least_percent=60)
        left_early = entry("e1", start=8, minutes=30, planned=120)
        stayed = entry("e2", start=8.25, minutes=120, at="a2")
        meeting = entry("e3", start=7, minutes=180, at=activity("a3", 7, 180, credited=False))
        assert minutes([left_early, stayed, meeting], policy) == [0, 120, 0]

    def test_are_found_behind_a_gap(self):
        with_a_break = attrs.evolve(entry("e1", at="a1"), spans=[span(8, 60), span(12, 60)])
        between = entry("e2", start=9, minutes=60, at="a2")
        over_the_end = entry("e3", start=12.5, minutes=60, at="a3")
        assert minutes([with_a_break, between, over_the_end]) == [120, 60, 30]

    def test_bring_no_travel_twice(self):
        policy = HoursPolicy(zone=ZONE, most_travel=60)
        again = entry("e2", travel_minutes=20, at="a2")
        assert minutes([entry("e1", travel_minutes=20), again], policy) == [140, 0]


class TestOneActivity:
    """Time in two pieces is credited as much as in one."""

    PIECES = entry("e1", start=8, minutes=50, planned=120), entry("e2", start=9, minutes=50, planned=120)

    def test_is_rounded_once(self):
        policy = HoursPolicy(zone=ZONE, unit=60)
        assert minutes(self.PIECES, policy) == [0, 60]
        assert credit(self.PIECES, policy)[1].text().splitlines() == [
            "present: 50 min",
            "with earlier entries at this activity: 100 min",
            "rounded down to units of 60 min: 60 min",
            "credited: 60 min",
        ]

    def test_is_rounded_up_once(self):
        assert minutes(self.PIECES, HoursPolicy(zone=ZONE, unit=60, rounding="up")) == [60, 60]

    def test_is_capped_once(self):
        policy = HoursPolicy(zone=ZONE, most_per_activity=80)
        assert minutes(self.PIECES, policy) == [50, 30]
        assert credit(self.PIECES, policy)[1].text().splitlines() == [
            "present: 50 min",
            "with earlier entries at this activity: 100 min",
            "at most for an activity: 80 min",
            "of which earlier entries were credited: 50 min",
            "credited: 30 min",
        ]

    def test_is_long_enough_altogether(self):
        assert minutes(self.PIECES, HoursPolicy(zone=ZONE, least_percent=83, least_minutes=100)) == [50, 50]
        assert minutes(self.PIECES, HoursPolicy(zone=ZONE, least_percent=84)) == [0, 0]

    def test_has_one_way_there(self):
        pieces = [attrs.evolve(each, travel_minutes=20) for each in self.PIECES]
        assert minutes(pieces, HoursPolicy(zone=ZONE, most_travel=30)) == [70, 60]


class TestOneDay:
    def test_is_capped_in_the_order_of_time(self):
        policy = HoursPolicy(zone=ZONE, most_per_day=480)
        morning, evening, next_day = (
            entry("e1", minutes=300),
            entry("e2", start=14, minutes=300, at="a2"),
            entry("e3", day=1),
        )
        assert minutes([evening, morning, next_day], policy) == [180, 300, 120]
        assert text(entry(minutes=481), policy)[1] == "at most a day: 480 min, of which 480 are left"

    def test_is_the_one_that_an_entry_begins_on(self):
        policy = HoursPolicy(zone=ZONE, most_per_day=120)
        night = entry("e1", start=22, minutes=240)
        assert [each.day for each in credit([night], policy)] == [date(2026, 3, 2)]
        assert minutes([night, entry("e2", start=6, day=1, at="a2")], policy) == [120, 120]

    def test_begins_when_the_policy_says(self):
        after_midnight = entry(start=1, day=1)
        assert credit([after_midnight], HoursPolicy(zone=ZONE, day_start=time(5)))[0].day == date(2026, 3, 2)

    @pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (date(2026, 5, 1), 8)])
    def test_has_nights_as_long_as_they_really_are(self, day, hours):
        night = TimeSpan.on(day, time(22), time(6), BERLIN)
        duty = ServiceEntry(id="e1", volunteer="v1", activity=Activity(id="a1", span=night), spans=[night])
        assert minutes([duty], HoursPolicy(zone=BERLIN, unit=60)) == [hours * 60]

    def test_knows_the_hour_that_comes_twice(self):
        first = datetime(2026, 10, 25, 2, tzinfo=BERLIN)
        hour, again = TimeSpan(first, first.replace(fold=1)), TimeSpan(first.replace(fold=1), first.replace(hour=3))
        where = Activity(id="a1", span=hour)
        entries = [
            ServiceEntry(id=str(n), volunteer="v1", activity=where, spans=[s]) for n, s in enumerate((hour, again))
        ]
        assert minutes(entries, HoursPolicy(zone=BERLIN)) == [60, 60]


class TestRealSchemes:
    def test_the_measures_of_2012_credit_whole_hours_without_travel(self):
        assert minutes([entry(minutes=119, travel_minutes=60)], CN_NATIONAL.policy) == [60]

    def test_hailin_credits_two_hours_for_an_activity(self):
        assert minutes([entry(minutes=300)], CN_HAILIN.policy) == [120]

    def test_huangshi_gives_points_for_what_was_clocked(self):
        given = [entry("e1"), entry("e2", start=14, provenance="made up later", at="a2")]
        assert minutes(given, CN_HUANGSHI.policy, "points") == [120, 0]
        assert minutes(given, CN_HUANGSHI.policy) == [120, 120]

    def test_korea_credits_eight_hours_a_day(self):
        assert minutes([entry(minutes=600, travel_minutes=60)], KR.policy) == [480]

    def test_ferndale_rounds_up_to_a_quarter_of_an_hour_with_travel(self):
        assert minutes([entry(minutes=61, travel_minutes=10)], US_FERNDALE.policy) == [75]


class TestArguments:
    @pytest.mark.parametrize(
        ("entries", "policy", "purpose"),
        [
            (7, POLICY, None),
            (["e1"], POLICY, None),
            ([entry(), entry()], POLICY, None),
            ([entry()], "generous", None),
            ([entry()], POLICY, "fame"),
        ],
    )
    def test_are_refused_where_they_cannot_be(self, entries, policy, purpose):
        with pytest.raises(InputError):
            credit(entries, policy, purpose)

    def test_may_be_none_at_all(self):
        assert credit([], POLICY) == ()


class TestPromises:
    @given(entries(), policies, st.none() | st.sampled_from(Purpose))
    def test_no_minute_is_credited_twice(self, given, policy, purpose):
        policy = attrs.evolve(policy, rounding="down", most_travel=0)
        for volunteer in {each.volunteer for each in given}:
            own = [each for each in given if each.volunteer == volunteer]
            assert sum(minutes(own, policy, purpose)) <= total_minutes(span for each in own for span in each.spans)

    @given(entries())
    def test_no_minute_is_lost(self, given):
        own = [attrs.evolve(each, volunteer="v1") for each in given if each.activity.credited]
        found = credit(own, POLICY)
        assert sum(each.minutes for each in found) == total_minutes(span for each in own for span in each.spans)
        counted = {each.id: each.minutes for each in own}
        assert all(each.minutes == counted[each.entry] - each.overlap_minutes for each in found)

    @given(entries(), policies)
    def test_caps_and_units_hold(self, given, policy):
        found = credit(given, policy)
        for volunteer in {each.volunteer for each in given}:
            own = [each for each in found if each.volunteer == volunteer]
            where = {each.id: each.activity.id for each in given}
            for place in set(where.values()):
                at_it = sum(each.minutes for each in own if where[each.entry] == place)
                assert at_it % policy.unit == 0
                assert policy.most_per_activity is None or at_it <= policy.most_per_activity
            for day in {each.day for each in own}:
                assert policy.most_per_day is None or sum(e.minutes for e in own if e.day == day) <= policy.most_per_day

    @given(entries(), policies, st.randoms(use_true_random=False))
    def test_the_order_given_does_not_matter_where_no_two_begin_together(self, given, policy, shuffler: random.Random):
        apart = list({(each.volunteer, each.spans[0].start_minute): each for each in given}.values())
        before = {each.entry: each for each in credit(apart, policy)}
        shuffler.shuffle(apart)
        assert {each.entry: each for each in credit(apart, policy)} == before

    @given(entries(), policies)
    def test_nobody_changes_what_another_is_credited(self, given, policy):
        alone = {
            each.entry: each
            for volunteer in {each.volunteer for each in given}
            for each in credit([own for own in given if own.volunteer == volunteer], policy)
        }
        assert {each.entry: each for each in credit(given, policy)} == alone

    @given(entries(most=2), policies)
    def test_every_credit_is_explained(self, given, policy):
        for each in credit(given, policy):
            assert each.text().startswith(f"present: {each.raw_minutes} min")
            assert each.text("zh").endswith(f"计入：{each.minutes}分钟")
