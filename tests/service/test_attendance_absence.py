import pytest

from civicvol.errors import RefusedError
from civicvol.io import from_json, to_json
from civicvol.service.attendance import Outcome
from civicvol.service.attendance_absence import Appealed, AppealGranted, AppealRejected, Excused, MarkedAbsent
from tests.service.sheets import at, came, of, reasons, released, settled, sheet, texts, went


def said(kind, clock, volunteer="li", by="zhou", why=""):
    return kind(volunteer=volunteer, at=at(clock), by=by, why=why)


class TestAnExcuse:
    def test_of_their_own_comes_before_the_start(self):
        log = sheet(said(Excused, "18:00", by="li", why="ill"))
        assert of(log).outcome is Outcome.EXCUSED
        assert texts(of(log)) == ["excused by li: ill"]
        assert texts(of(log), "zh") == ["由li准假：ill"]

    def test_of_their_own_comes_no_later(self):
        assert reasons(sheet(), said(Excused, "18:01", by="li")) == [
            "li could excuse themselves until 2026-03-01 18:00; now only a leader may"
        ]

    def test_of_their_own_needs_the_notice_of_the_policy(self):
        assert sheet(said(Excused, "16:00", by="li"), notice=120)
        assert reasons(sheet(notice=120), said(Excused, "16:01", by="li"))

    def test_by_a_leader_may_come_afterwards(self):
        log = sheet(said(Excused, "23:00", why="in hospital"))
        assert of(log, as_of="22:59").outcome is Outcome.NO_SHOW
        assert of(log, as_of="23:00").outcome is Outcome.EXCUSED

    def test_takes_back_an_absence(self):
        log = sheet(said(MarkedAbsent, "18:30"), said(Excused, "19:00"))
        assert of(log).outcome is Outcome.EXCUSED

    def test_is_not_by_others(self):
        assert reasons(sheet(), said(Excused, "17:00", by="wang")) == ["only li or a leader may do this"]

    def test_is_for_those_who_are_expected(self):
        assert reasons(sheet(), said(Excused, "17:00", "sun")) == ["sun was not expected"]

    def test_comes_once(self):
        assert reasons(sheet(said(Excused, "17:00")), said(Excused, "17:01")) == ["li is excused already"]

    def test_is_not_for_those_who_came(self):
        assert reasons(sheet(came("17:50")), said(Excused, "17:51")) == ["li was there"]
        assert reasons(sheet(came("18:00"), went("19:00")), said(Excused, "19:01")) == ["li was there"]

    def test_does_not_keep_anybody_from_coming(self):
        assert of(sheet(said(Excused, "17:00"), came("18:00"))).outcome is Outcome.PRESENT

    def test_cuts_a_very_long_reason(self):
        log = sheet(said(Excused, "17:00", why="x" * 10_000))
        assert texts(of(log)) == ["excused by zhou: " + "x" * 199 + "…"]


class TestAnAbsence:
    def test_is_a_no_show_before_the_end(self):
        log = sheet(said(MarkedAbsent, "18:30"))
        assert of(log, as_of="18:29").outcome is Outcome.EXPECTED
        assert of(log, as_of="18:30").outcome is Outcome.NO_SHOW
        assert texts(of(log)) == ["marked absent by zhou"]

    def test_comes_once_the_activity_has_begun(self):
        assert reasons(sheet(), said(MarkedAbsent, "17:59")) == ["the activity has not begun"]
        assert sheet(said(MarkedAbsent, "18:00"))

    def test_is_for_leaders(self):
        assert reasons(sheet(), said(MarkedAbsent, "18:30", by="li")) == ["only a leader may do this"]

    def test_is_refused_of_those_who_came(self):
        assert reasons(sheet(came("18:00")), said(MarkedAbsent, "18:30")) == ["li was there"]

    def test_is_refused_of_those_who_are_excused(self):
        assert reasons(sheet(said(Excused, "17:00")), said(MarkedAbsent, "18:30")) == ["li is excused already"]

    def test_is_refused_of_those_who_did_not_have_to_come(self):
        assert reasons(sheet(released("18:05")), said(MarkedAbsent, "18:30")) == ["li is excused already"]

    def test_comes_once(self):
        assert reasons(sheet(said(MarkedAbsent, "18:30")), said(MarkedAbsent, "18:31")) == [
            "li is marked absent already"
        ]

    def test_is_over_when_they_come_after_all(self):
        assert of(sheet(said(MarkedAbsent, "18:30"), came("18:40"))).outcome is Outcome.PRESENT


class TestAnAppeal:
    def test_is_pending_until_it_is_decided(self):
        log = sheet(said(Appealed, "21:00", by="li", why="I was at the other gate"))
        assert of(log).outcome is Outcome.NO_SHOW
        assert texts(of(log)) == ["appealed by li: I was at the other gate"]

    def test_is_against_a_no_show(self):
        nothing = ["li has no no-show to appeal against"]
        assert reasons(sheet(), said(Appealed, "20:59", by="li")) == nothing
        assert reasons(sheet(came("18:00")), said(Appealed, "21:00", by="li")) == nothing
        assert reasons(sheet(said(Excused, "17:00")), said(Appealed, "21:00", by="li")) == nothing
        assert reasons(sheet(), said(Appealed, "21:00", "sun", by="sun")) == ["sun has no no-show to appeal against"]

    def test_is_their_own_or_entered_by_a_leader(self):
        assert reasons(sheet(), said(Appealed, "21:00", by="wang")) == ["only li or a leader may do this"]
        assert sheet(said(Appealed, "21:00"))

    def test_comes_once(self):
        log = sheet(said(Appealed, "21:00"))
        assert reasons(log, said(Appealed, "21:01")) == ["li has appealed already"]
        rejected = log.record(said(AppealRejected, "21:02"))
        assert reasons(rejected, said(Appealed, "21:03")) == ["li has appealed already"]

    def test_that_is_granted_makes_an_excused_absence(self):
        log = sheet(said(Appealed, "21:00"), said(AppealGranted, "21:30"))
        assert of(log, as_of="21:29").outcome is Outcome.NO_SHOW
        assert of(log, as_of="21:30").outcome is Outcome.EXCUSED
        assert texts(of(log))[-1] == "the appeal was granted by zhou"

    def test_that_is_rejected_changes_nothing(self):
        log = sheet(said(Appealed, "21:00"), said(AppealRejected, "21:30", why="nobody saw them"))
        assert of(log).outcome is Outcome.NO_SHOW
        assert texts(of(log))[-1] == "the appeal was rejected by zhou: nobody saw them"


@pytest.mark.parametrize("decision", [AppealGranted, AppealRejected])
class TestADecision:
    def test_is_for_leaders(self, decision):
        log = sheet(said(Appealed, "21:00"))
        assert reasons(log, said(decision, "21:30", by="li")) == ["only a leader may do this"]

    def test_is_not_on_their_own_appeal(self, decision):
        log = sheet(said(Appealed, "21:00", "zhou", by="zhou"), expected=("zhou",))
        assert reasons(log, said(decision, "21:30", "zhou")) == ["nobody decides on their own appeal"]

    def test_is_on_an_appeal_that_waits(self, decision):
        nothing = ["li has no appeal that waits"]
        appealed = sheet(said(Appealed, "21:00"))
        assert reasons(sheet(), said(decision, "21:30")) == nothing
        assert reasons(appealed.record(said(AppealRejected, "21:10")), said(decision, "21:30")) == nothing

    def test_is_not_needed_once_they_are_known_to_have_been_there(self, decision):
        log = sheet(said(Appealed, "21:00"), settled(sheet().activity.span, why="was at the other gate"))
        assert reasons(log, said(decision, "22:30")) == ["li has no appeal that waits"]


@pytest.mark.parametrize("kind", [Excused, MarkedAbsent, Appealed, AppealGranted, AppealRejected])
def test_the_events_travel_as_json(kind):
    event = said(kind, "21:00", why="因病")
    assert from_json(to_json(event), kind) == event


def test_the_errors_name_the_step():
    with pytest.raises(RefusedError, match="Excused is refused: sun was not expected"):
        sheet().record(said(Excused, "17:00", "sun"))
