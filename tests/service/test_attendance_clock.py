from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import attrs
import pytest

from civicvol.calendar import TimeSpan
from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.service.activity import Activity
from civicvol.service.attendance import Outcome
from civicvol.service.attendance_clock import CheckedIn, CheckedOut, Released
from civicvol.service.provenance import Provenance
from tests.service.sheets import at, came, of, reasons, released, sheet, span, went


class TestCheckingIn:
    def test_begins_a_stay(self):
        li = of(sheet(came("18:00")), as_of="18:30")
        assert (li.outcome, li.since, li.spans) == (Outcome.PRESENT, at("18:00"), ())

    @pytest.mark.parametrize("clock", ["17:30", "20:59"])
    def test_is_open_to_everybody_within_its_time(self, clock):
        assert of(sheet(came(clock)), as_of=clock).since == at(clock)

    @pytest.mark.parametrize("clock", ["17:29", "21:00"])
    def test_is_refused_outside_it(self, clock):
        assert reasons(sheet(), came(clock)) == ["check-in is open from 2026-03-01 17:30 until 2026-03-01 21:00"]

    @pytest.mark.parametrize("clock", ["17:29", "21:00"])
    def test_is_open_to_leaders_outside_it(self, clock):
        assert of(sheet(came(clock, by="zhou")), as_of=clock).since == at(clock)

    def test_closes_where_the_policy_says(self):
        assert of(sheet(came("18:14"), closes=15)).since == at("18:14")
        assert reasons(sheet(closes=15), came("18:15"))

    def test_is_refused_twice(self):
        assert reasons(sheet(came("18:00")), came("18:01")) == ["li is there already, since 2026-03-01 18:00"]

    def test_is_possible_again_after_a_break_also_a_very_short_one(self):
        back = sheet(came("18:00"), went("19:00"), came("19:00"), went("20:00"))
        assert of(back).spans == (span("18:00", "20:00"),)

    def test_is_refused_at_a_time_when_they_were_there(self):
        log = sheet(came("18:00"), went("19:00"))
        late = came("18:59", "li", by="zhou", recorded="19:30")
        assert reasons(log, late) == ["li was there until 2026-03-01 19:00 and cannot have come before that"]
        assert log.record(came("19:00", "li", by="zhou", recorded="19:30"))

    def test_is_refused_at_a_time_between_two_stays(self):
        log = sheet(came("18:00"), went("18:30"), came("19:00"), went("19:30"))
        between = came("18:40", "li", by="zhou", recorded="20:00")
        assert reasons(log, between) == ["li was there until 2026-03-01 19:30 and cannot have come before that"]

    def test_is_refused_too_often_a_day(self):
        log = sheet(came("18:00"), went("18:10"), came("18:20"), went("18:30"), most_pairs=2)
        assert reasons(log, came("18:40")) == ["li has checked in 2 times that day already"]

    def test_is_counted_anew_the_next_day(self):
        night = Activity(id="n", span=TimeSpan(at("22:00"), at("06:00", 1)))
        log = sheet(came("22:00"), went("23:59"), activity=night, most_pairs=1)
        next_day = CheckedIn(volunteers=("li",), at=at("00:00", 1), by="li")
        assert log.record(next_day).state.of("li").arrival.time == at("00:00", 1)

    def test_needs_somebody(self):
        with pytest.raises(InputError, match="volunteers"):
            CheckedIn(volunteers=(), at=at("18:00"), by="li")

    def test_names_nobody_twice(self):
        with pytest.raises(InputError, match="'li' twice"):
            CheckedIn(volunteers=("li", "li"), at=at("18:00"), by="zhou")

    def test_needs_a_moment(self):
        with pytest.raises(InputError, match=r"CheckedIn\.time"):
            CheckedIn(volunteers=("li",), time=datetime(2026, 3, 1, 18), at=at("18:00"), by="zhou")


class TestWhoChecksIn:
    def test_a_leader_checks_in_several(self):
        log = sheet(came("18:00", "li", "wang", by="zhou"))
        assert [each.since for each in log.attendances(at("18:30"))] == [at("18:00")] * 2

    def test_several_are_checked_in_all_or_none(self):
        log = sheet(came("18:00", "wang"), came("18:05", "sun"))
        why = reasons(log, came("18:10", "li", "wang", "sun", by="zhou"))
        assert why == [
            "wang is there already, since 2026-03-01 18:00",
            "sun is there already, since 2026-03-01 18:05",
        ]

    @pytest.mark.parametrize("volunteers", [("wang",), ("li", "wang")])
    def test_nobody_else_checks_in_others(self, volunteers):
        assert reasons(sheet(), came("18:00", *volunteers, by="li")) == ["only wang or a leader may do this"]

    def test_only_leaders_do_where_that_is_the_policy(self):
        assert reasons(sheet(by_themselves=False), came("18:00")) == ["only a leader checks people in and out here"]
        assert sheet(came("18:00", "zhou"), by_themselves=False)

    def test_people_who_are_not_expected_may_walk_in(self):
        assert of(sheet(came("18:00", "sun")), "sun").outcome is Outcome.WALK_IN

    def test_only_a_leader_lets_them_in_where_that_is_the_policy(self):
        log = sheet(walk_ins=False)
        assert reasons(log, came("18:00", "sun")) == ["sun is not expected, and only a leader may let them in"]
        assert of(log.record(came("18:00", "sun", by="zhou")), "sun").outcome is Outcome.WALK_IN
        assert log.record(came("18:00"))


class TestAnotherTime:
    def test_is_stated_by_leaders(self):
        log = sheet(came("18:00", "li", by="zhou", recorded="18:20"), went("20:00"))
        assert (of(log).spans, of(log).provenance) == ((span("18:00", "20:00"),), Provenance.LEADER)

    def test_is_not_stated_by_others(self):
        assert reasons(sheet(), came("18:00", recorded="18:20")) == ["only a leader may state another time than now"]

    def test_may_be_the_same_time(self):
        log = sheet(came("18:00", recorded="18:00"), went("20:00", recorded="20:00"))
        assert of(log).provenance is Provenance.CLOCKED

    def test_of_a_leader_by_themselves_is_their_own_word(self):
        log = sheet(came("18:00", "zhou", recorded="18:20"), went("20:00", "zhou"))
        assert of(log, "zhou").provenance is Provenance.SELF

    @pytest.mark.parametrize(("time", "kept"), [("18:20", True), ("18:21", False)])
    def test_is_not_ahead(self, time, kept):
        event = came(time, "li", by="zhou", recorded="18:20")
        if kept:
            assert sheet(event)
        else:
            assert reasons(sheet(), event) == ["2026-03-01 18:21 is later than it is recorded"]

    @pytest.mark.parametrize(
        ("days", "clock", "kept"), [(-1, "18:00", True), (-1, "17:59", False), (-365, "18:00", False)]
    )
    def test_is_not_of_another_day(self, days, clock, kept):
        event = CheckedIn(volunteers=("li",), time=at(clock, days), at=at("18:20"), by="zhou")
        if kept:
            assert sheet(event)
        else:
            assert "is too far from the activity" in reasons(sheet(), event)[0]

    def test_is_told_on_the_clock_of_the_activity(self):
        utc = CheckedIn(volunteers=("li",), at=datetime(2026, 3, 1, 10, tzinfo=ZoneInfo("UTC")), by="li")
        assert str(sheet(utc).state.of("li").arrival.time) == "2026-03-01 18:00:00+08:00"

    def test_is_one_that_the_clock_shows(self):
        berlin = ZoneInfo("Europe/Berlin")
        night = Activity(id="n", span=TimeSpan.on(date(2026, 3, 29), time(1), time(6), berlin))
        skipped = CheckedIn(volunteers=("li",), at=datetime(2026, 3, 29, 2, 30, tzinfo=berlin), by="li")
        assert str(sheet(skipped, activity=night).state.of("li").arrival.time) == "2026-03-29 03:30:00+02:00"

    @pytest.mark.parametrize(("clock", "known"), [("20:59", Provenance.LEADER), ("21:00", Provenance.LATE)])
    def test_is_made_up_later_after_three_days(self, clock, known):
        stated = {"volunteers": ["li"], "at": at(clock, 3), "by": "zhou"}
        left = CheckedOut(time=at("20:00"), **stated)
        for log in (sheet(came("18:00"), left), sheet(CheckedIn(time=at("18:00"), **stated), left)):
            assert log.attendances(at("12:00", 4))[0].provenance is known
        release = Released(time=at("20:00"), at=at(clock, 3), by="zhou")
        assert sheet(came("18:00"), release).attendances(at("12:00", 4))[0].provenance is known

    def test_is_clocked_while_the_sheet_is_open(self):
        log = sheet(came("18:00"), CheckedOut(volunteers=["li"], at=at("03:00", 1), by="li"))
        assert log.attendances(at("12:00", 1))[0].provenance is Provenance.CLOCKED


class TestCheckingOut:
    def test_ends_a_stay(self):
        li = of(sheet(came("18:00"), went("20:00")))
        assert (li.spans, li.since, li.provenance) == ((span("18:00", "20:00"),), None, Provenance.CLOCKED)

    def test_is_refused_without_a_check_in(self):
        assert reasons(sheet(), went("20:00")) == ["li has not checked in"]
        assert reasons(sheet(came("18:00"), went("20:00")), went("20:01")) == ["li has not checked in"]

    def test_leaves_a_minute_at_least(self):
        log = sheet(came("18:00"))
        why = "li came at 2026-03-01 18:00, so they cannot have gone by 2026-03-01 18:00"
        assert reasons(log, went("18:00")) == [why]
        assert log.record(went("18:01"))

    @pytest.mark.parametrize("clock", ["03:00", "03:01"])
    def test_is_possible_until_the_sheet_closes(self, clock):
        log = sheet(came("18:00"))
        event = CheckedOut(volunteers=("li",), at=at(clock, 1), by="li")
        if clock == "03:00":
            assert log.record(event).state.of("li").arrival is None
        else:
            assert "the sheet takes Sat 28 Feb 2026 18:00 – Mon 2 Mar 2026 03:00" in reasons(log, event)[0]

    def test_of_several_by_a_leader_is_all_or_none(self):
        log = sheet(came("18:00", "li", "wang", by="zhou"))
        assert reasons(log, went("20:00", "li", "sun", by="zhou")) == ["sun has not checked in"]
        assert {each.spans for each in log.record(went("20:00", "li", "wang", by="zhou")).attendances(at("21:00"))} == {
            (span("18:00", "20:00"),)
        }

    def test_is_known_by_the_weaker_of_its_two_times(self):
        log = sheet(came("18:00"), went("20:00", "li", by="zhou", recorded="20:30"))
        assert of(log).provenance is Provenance.LEADER


class TestARelease:
    def test_checks_out_everybody_who_is_there(self):
        log = sheet(came("18:00", "li", "wang", by="zhou"), went("19:00", "wang"), released("20:00"))
        assert of(log).spans == (span("18:00", "20:00"),)
        assert of(log, "wang").spans == (span("18:00", "19:00"),)
        assert of(log).provenance is Provenance.CLOCKED

    def test_leaves_those_who_came_later(self):
        log = sheet(came("18:00"), came("19:30", "wang"), released("19:30", recorded="19:40"))
        assert of(log).provenance is Provenance.LEADER
        assert of(log, "wang").since == at("19:30")

    def test_is_for_leaders(self):
        assert reasons(sheet(), Released(at=at("20:00"), by="li")) == ["only a leader may do this"]

    def test_comes_once(self):
        assert reasons(sheet(released("20:00")), released("20:30")) == [
            "everybody was released already, at 2026-03-01 20:00"
        ]

    @pytest.mark.parametrize("clock", ["17:59", "18:00"])
    def test_comes_once_the_activity_has_begun(self, clock):
        if clock == "18:00":
            assert sheet(released(clock))
        else:
            assert reasons(sheet(), released(clock)) == ["the activity has not begun: it is cancelled, not released"]

    def test_ends_the_time_of_check_in_except_for_leaders(self):
        log = sheet(released("20:00"))
        assert reasons(log, came("20:00")) == ["everybody was released at 2026-03-01 20:00"]
        assert of(log.record(came("20:00", "li", by="zhou"))).since == at("20:00")


@pytest.mark.parametrize("event", [came("18:00"), went("18:00", "li", by="zhou", recorded="18:20"), released("20:00")])
def test_the_events_travel_as_json(event):
    assert from_json(to_json(event), type(event)) == event
    assert attrs.evolve(event) == event
