from zoneinfo import ZoneInfo

import pytest

from civicvol.calendar import TimeSpan
from civicvol.io import from_json, to_json
from civicvol.service.attendance import Outcome
from civicvol.service.attendance_audit import FindingKind
from civicvol.service.attendance_settled import Settled
from civicvol.service.provenance import Provenance
from tests.service.sheets import at, came, of, reasons, settled, sheet, span, texts, went


class TestASettlement:
    def test_ends_a_forgotten_check_out(self):
        log = sheet(came("18:00"), settled(span("18:00", "20:30")))
        li = of(log)
        assert (li.spans, li.since, li.provenance) == ((span("18:00", "20:30"),), None, Provenance.LEADER)
        assert texts(li) == ["settled by zhou: forgot to check out"]

    def test_holds_instead_of_the_clock_which_remains(self):
        log = sheet(came("18:00"), went("20:00"), settled(span("19:00", "20:00")))
        assert of(log).spans == (span("19:00", "20:00"),)
        assert len(log.events) == 3
        assert of(log, as_of="21:59").spans == (span("18:00", "20:00"),)

    def test_may_be_settled_again(self):
        log = sheet(settled(span("18:00", "20:00")), settled(span("18:00", "20:30"), recorded="22:30", why="wrong"))
        assert of(log).spans == (span("18:00", "20:30"),)
        assert texts(of(log)) == ["settled by zhou: forgot to check out", "settled by zhou: wrong"]

    def test_counts_a_minute_once(self):
        log = sheet(settled(span("18:00", "20:00"), span("19:00", "21:00")))
        assert of(log).spans == (span("18:00", "21:00"),)

    def test_can_say_that_nobody_was_there(self):
        log = sheet(came("18:00", "wang"), settled(volunteer="wang", why="that was somebody else"))
        assert of(log, "wang").outcome is Outcome.NO_SHOW

    def test_leaves_no_walk_in_who_was_not_there(self):
        log = sheet(came("18:00", "sun"), settled(volunteer="sun", why="that was somebody else"))
        assert [each.volunteer for each in log.attendances(at("23:00"))] == ["li", "wang"]

    def test_can_say_that_somebody_walked_in(self):
        log = sheet(settled(span("18:00", "20:00"), volunteer="sun", why="list on paper"))
        assert of(log, "sun").outcome is Outcome.WALK_IN

    def test_of_nobody_says_nothing(self):
        assert reasons(sheet(), settled(volunteer="sun")) == ["sun was neither expected nor there"]

    def test_is_for_leaders(self):
        assert reasons(sheet(), settled(span("18:00", "20:00"), by="li")) == ["only a leader may do this"]

    @pytest.mark.parametrize("why", ["", " "])
    def test_says_why(self, why):
        assert reasons(sheet(), settled(span("18:00", "20:00"), why=why)) == ["a settlement says why"]

    def test_of_a_leader_by_themselves_is_their_own_word(self):
        assert of(sheet(settled(span("18:00", "20:00"), volunteer="zhou")), "zhou").provenance is Provenance.SELF

    @pytest.mark.parametrize("by", ["zhou", "sun"])
    @pytest.mark.parametrize(("clock", "late"), [("20:59", False), ("21:00", True), ("21:01", True)])
    def test_is_made_up_later_after_three_days(self, by, clock, late):
        event = Settled(volunteer="zhou", spans=[span("18:00", "20:00")], at=at(clock, 3), by=by, why="list on paper")
        log = sheet(event, leaders={"zhou", "sun"})
        [zhou] = [each for each in log.attendances(at("12:00", 4)) if each.volunteer == "zhou"]
        own = by == "zhou"
        assert zhou.provenance is (Provenance.LATE if late else Provenance.SELF if own else Provenance.LEADER)
        kinds = {each.kind for each in log.findings(at("12:00", 4)) if each.volunteer == "zhou"}
        assert (FindingKind.OWN_WORD in kinds) == own

    def test_is_not_ahead(self):
        event = settled(span("18:00", "20:01"), recorded="20:00")
        assert reasons(sheet(), event) == ["2026-03-01 20:01 is later than it is recorded"]
        assert sheet(settled(span("18:00", "20:00"), recorded="20:00"))

    @pytest.mark.parametrize(("start", "end"), [(at("17:59", -1), at("20:00")), (at("18:00"), at("03:01", 1))])
    def test_is_not_of_another_day(self, start, end):
        event = Settled(volunteer="li", spans=(TimeSpan(start, end),), at=at("12:00", 3), by="zhou", why="late")
        assert "is too far from the activity" in reasons(sheet(), event)[0]

    def test_is_told_on_the_clock_of_the_activity(self):
        utc = TimeSpan(*(at(clock).astimezone(tz=ZoneInfo("UTC")) for clock in ("18:00", "20:00")))
        assert of(sheet(settled(utc))).spans == (span("18:00", "20:00"),)

    def test_travels_as_json(self):
        event = settled(span("18:00", "20:00"))
        assert from_json(to_json(event), Settled) == event
