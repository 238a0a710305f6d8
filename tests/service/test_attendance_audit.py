import pytest

from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.service.attendance_absence import Appealed, AppealGranted, Excused
from civicvol.service.attendance_audit import Finding, FindingKind
from tests.service.sheets import at, came, released, settled, sheet, span, went


def kinds(log, as_of=("12:00", 1)):
    return [(each.volunteer, each.kind) for each in log.findings(at(*as_of))]


def test_nothing_is_found_where_all_went_well():
    log = sheet(came("18:00"), went("21:00"), came("18:00", "wang", by="zhou", recorded="21:00"), went("21:01", "wang"))
    assert kinds(log) == []


class TestAForgottenCheckOut:
    def test_is_found_once_the_sheet_closes_with_who_checked_them_in(self):
        log = sheet(came("18:00", "li", by="zhou"), expected=("li",))
        assert log.findings(at("02:59", 1)) == ()
        found = Finding(volunteer="li", kind=FindingKind.NOT_CHECKED_OUT, since=at("18:00"), by="zhou")
        assert log.findings(at("03:00", 1)) == (found,)

    def test_is_found_also_where_it_counts(self):
        log = sheet(came("18:00"), expected=("li",), forgotten_counts=True)
        assert kinds(log) == [("li", FindingKind.NOT_CHECKED_OUT)]

    def test_is_done_with_once_it_is_settled(self):
        assert kinds(sheet(came("18:00"), settled(span("18:00", "20:00")), expected=("li",))) == []


class TestACheckInOutOfHours:
    @pytest.mark.parametrize("clock", ["17:29", "18:15", "20:30"])
    def test_is_found(self, clock):
        log = sheet(came(clock, "li", by="zhou"), went("20:45"), expected=("li",), closes=15)
        assert kinds(log) == [("li", FindingKind.OUT_OF_HOURS)]

    def test_is_found_after_a_release(self):
        log = sheet(released("19:00"), came("19:00", "li", by="zhou"), went("20:00"), expected=("li",))
        assert kinds(log) == [("li", FindingKind.OUT_OF_HOURS)]

    def test_is_found_after_a_later_one_too(self):
        log = sheet(came("17:29", "li", by="zhou"), went("18:00"), came("18:05"), went("20:00"), expected=("li",))
        assert kinds(log) == [("li", FindingKind.OUT_OF_HOURS)]

    def test_is_done_with_once_it_is_settled(self):
        log = sheet(came("17:29", "li", by="zhou"), settled(span("17:29", "20:00")), expected=("li",))
        assert kinds(log) == []


class TestTheRest:
    def test_finds_walk_ins(self):
        log = sheet(came("18:00", "sun"), went("20:00", "sun"), expected=())
        assert kinds(log) == [("sun", FindingKind.WALK_IN)]

    def test_finds_those_absent_without_a_word(self):
        log = sheet(Excused(volunteer="wang", at=at("17:00"), by="wang"))
        assert kinds(log) == [("li", FindingKind.NO_SHOW)]
        assert kinds(log, ("20:59",)) == []

    def test_finds_appeals_that_wait(self):
        appeal = Appealed(volunteer="li", at=at("21:30"), by="li")
        log = sheet(appeal, expected=("li",))
        assert kinds(log) == [("li", FindingKind.NO_SHOW), ("li", FindingKind.APPEAL)]
        assert kinds(log.record(AppealGranted(volunteer="li", at=at("21:40"), by="zhou"))) == []

    def test_finds_what_leaders_state_of_themselves(self):
        log = sheet(settled(span("18:00", "20:00"), volunteer="zhou"), expected=("zhou",))
        assert kinds(log) == [("zhou", FindingKind.OWN_WORD)]


class TestTheTable:
    def test_says_what_to_look_at(self):
        log = sheet(came("18:00", "sun", by="zhou"), expected=("li",))
        table = log.audit(at("03:00", 1))
        assert table.title == "Attendance to look at: watch"
        assert table.columns == ("volunteer", "finding", "since", "entered by")
        assert table.rows == (
            ("li", "absent without word", None, None),
            ("sun", "not checked out", "2026-03-01 18:00", "zhou"),
            ("sun", "walk-in", None, "zhou"),
        )
        assert table.note.startswith("As of 2026-03-02 03:00.")

    def test_says_it_in_chinese(self):
        table = sheet(expected=("li",)).audit(at("21:00"), language="zh")
        assert (table.title, table.rows) == ("待核考勤：watch", (("li", "无故缺席", None, None),))

    def test_knows_no_other_language(self):
        with pytest.raises(InputError, match="language"):
            sheet().audit(at("21:00"), language="fr")


def test_a_finding_travels_as_json():
    found = Finding(volunteer="li", kind=FindingKind.NOT_CHECKED_OUT, since=at("18:00"), by="zhou")
    assert from_json(to_json(found), Finding) == found


def test_every_kind_has_two_names():
    assert all(each.label.en and each.label.zh for each in FindingKind)
