import pytest

from civicvol.errors import InputError
from civicvol.event import Event
from civicvol.io import from_json, to_json
from civicvol.service.attendance import Outcome
from civicvol.service.attendance_absence import Excused, MarkedAbsent
from civicvol.service.attendance_clock import CheckedIn, CheckedOut
from civicvol.service.attendance_sheet import AttendanceSheet
from civicvol.service.provenance import Provenance
from tests.service.sheets import WATCH, at, came, of, reasons, released, sheet, span, texts, went


class TestTheAttendances:
    def test_are_of_those_expected_and_then_of_those_who_walked_in(self):
        log = sheet(came("18:00", "sun"), came("18:01", "wang"), came("18:02", "an"))
        found = log.attendances(at("22:00"))
        assert [(each.volunteer, each.outcome) for each in found] == [
            ("li", Outcome.NO_SHOW),
            ("wang", Outcome.PRESENT),
            ("sun", Outcome.WALK_IN),
            ("an", Outcome.WALK_IN),
        ]

    def test_are_none_where_nobody_was_expected_or_came(self):
        assert sheet(expected=()).attendances(at("22:00")) == ()

    def test_know_only_what_was_entered_by_then(self):
        log = sheet(came("18:00"), went("19:00"))
        assert of(log, as_of="17:59").outcome is Outcome.EXPECTED
        assert of(log, as_of="18:59").spans == ()
        assert of(log, as_of="19:00").spans == (span("18:00", "19:00"),)

    def test_need_a_moment(self):
        with pytest.raises(InputError, match="at must be a datetime"):
            sheet().attendances("now")


class TestANoShow:
    @pytest.mark.parametrize(("clock", "outcome"), [("20:59", Outcome.EXPECTED), ("21:00", Outcome.NO_SHOW)])
    def test_is_known_once_the_activity_is_over(self, clock, outcome):
        assert of(sheet(), as_of=clock).outcome is outcome

    @pytest.mark.parametrize(("clock", "outcome"), [("18:10", Outcome.EXCUSED), ("18:11", Outcome.NO_SHOW)])
    def test_is_nobody_who_was_not_late_when_all_were_released(self, clock, outcome):
        assert of(sheet(released(clock))).outcome is outcome

    def test_says_that_all_were_released(self):
        log = sheet(MarkedAbsent(volunteer="li", at=at("18:01"), by="zhou"), released("18:05"))
        assert texts(of(log))[-1] == "everybody was released before they had to be there"
        assert texts(of(log, "wang")) == ["everybody was released before they had to be there"]

    def test_says_nothing_of_a_release_where_they_were_excused(self):
        log = sheet(Excused(volunteer="li", at=at("17:00"), by="li"), released("18:05"))
        assert texts(of(log)) == ["excused by li"]


class TestSomebodyWhoHasNotCheckedOut:
    def test_is_there_until_the_sheet_closes(self):
        li = sheet(came("18:00")).attendances(at("02:59", 1))[0]
        assert (li.since, li.final, li.entry("e")) == (at("18:00"), False, None)
        assert texts(li) == ["there since 2026-03-01 18:00; counts once checked out"]

    def test_then_counts_nothing_until_it_is_settled(self):
        li = sheet(came("18:00")).attendances(at("03:00", 1))[0]
        assert (li.since, li.final, li.spans, li.counted) == (at("18:00"), True, (), ())
        assert texts(li) == ["came at 2026-03-01 18:00 and never checked out: counts once it is settled"]

    def test_or_counts_until_the_planned_end_where_that_is_the_policy(self):
        log = sheet(came("18:05"), forgotten_counts=True)
        assert log.attendances(at("02:59", 1))[0].counted == ()
        li = log.attendances(at("03:00", 1))[0]
        assert (li.spans, li.counted_minutes, li.provenance) == ((span("18:05", "21:00"),), 180, Provenance.CLOCKED)
        assert texts(li)[0] == (
            "came at 2026-03-01 18:05 and never checked out: taken to have stayed until the planned end"
        )

    def test_counts_nothing_where_they_came_after_the_planned_end(self):
        log = sheet(came("21:00", "li", by="zhou"), forgotten_counts=True)
        assert log.attendances(at("03:00", 1))[0].spans == ()

    def test_never_runs_for_days(self):
        log = sheet(came("18:00"), forgotten_counts=True)
        first, later = (log.attendances(at("12:00", days))[0] for days in (1, 30))
        assert first == later

    def test_keeps_the_stays_they_checked_out_of(self):
        log = sheet(came("18:00"), went("19:00"), came("20:00"))
        assert log.attendances(at("03:00", 1))[0].counted == (span("18:00", "19:00"),)


class TestBeingFinal:
    def test_takes_the_end_of_the_activity(self):
        log = sheet(came("18:00"), went("19:00"))
        assert (of(log, as_of="20:59").final, of(log, as_of="21:00").final) == (False, True)
        assert of(log, as_of="20:59").entry("e") is None
        assert of(log, as_of="21:00").entry("e").minutes == 60


class TestASheet:
    def test_refuses_events_of_others(self):
        assert reasons(sheet(), Event(at=at("18:00"), by="li")) == ["Event is kept in another log"]

    def test_refuses_events_out_of_order(self):
        assert "the last event was later" in reasons(sheet(came("18:05")), came("18:04", "wang"))[0]

    def test_cannot_begin_with_events_that_cannot_be(self):
        with pytest.raises(InputError, match=r"AttendanceSheet\.events has an event \(number 1\) that cannot be"):
            sheet(went("18:00"))

    def test_names_fields_that_are_wrong(self):
        with pytest.raises(InputError) as caught:
            AttendanceSheet(activity="watch", expected=("li", "li"), policy=None, events=("came",))
        assert [fault.field for fault in caught.value.faults] == [
            "AttendanceSheet.activity",
            "AttendanceSheet.expected",
            "AttendanceSheet.policy",
            "AttendanceSheet.events",
        ]

    def test_takes_a_crowd(self):
        crowd = tuple(f"v{number}" for number in range(300))
        log = AttendanceSheet(activity=WATCH, expected=crowd)
        log = log.record(*(CheckedIn(volunteers=(each,), at=at("18:00"), by=each) for each in crowd))
        log = log.record(*(CheckedOut(volunteers=(each,), at=at("21:00"), by=each) for each in crowd))
        assert sum(each.counted_minutes for each in log.attendances(at("21:00"))) == 300 * 180

    def test_travels_as_json(self):
        log = sheet(
            came("18:00"), went("20:00"), Excused(volunteer="wang", at=at("20:01"), by="zhou"), released("20:05")
        )
        again = from_json(to_json(log), AttendanceSheet)
        assert (again, again.state) == (log, log.state)
