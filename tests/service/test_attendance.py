import attrs
import pytest

from civicvol.errors import InputError
from civicvol.io import from_json, to_json
from civicvol.labels import Label
from civicvol.service.attendance import Attendance, Outcome
from civicvol.service.entry import ServiceEntry
from civicvol.service.provenance import Provenance
from tests.service.sheets import WATCH, at, came, of, sheet, span, went

SERVED = Attendance(
    volunteer="li",
    activity=WATCH,
    outcome=Outcome.PRESENT,
    spans=(span("17:50", "20:00"),),
    counted=(span("18:00", "20:00"),),
    provenance=Provenance.LEADER,
    remarks=(Label("-10 min: too early to count", "-10分钟：过早到场的时间不计"),),
)


class TestTheEntry:
    def test_is_of_the_time_that_counts_and_keeps_the_time_there(self):
        assert SERVED.entry("e1", travel_minutes=20, leader="Zhou") == ServiceEntry(
            id="e1",
            volunteer="li",
            activity=WATCH,
            spans=(span("18:00", "20:00"),),
            present=(span("17:50", "20:00"),),
            provenance=Provenance.LEADER,
            travel_minutes=20,
            leader="Zhou",
        )

    def test_may_be_of_time_without_presence(self):
        entry = attrs.evolve(SERVED, spans=()).entry("e1")
        assert (entry.present, entry.raw_minutes, entry.minutes) == ((), 0, 120)

    def test_is_none_where_nothing_counts(self):
        assert attrs.evolve(SERVED, counted=()).entry("e1") is None

    def test_is_none_before_it_is_final(self):
        assert attrs.evolve(SERVED, final=False).entry("e1") is None


class TestTheText:
    def test_goes_from_what_was_there_to_what_counts(self):
        assert SERVED.counted_minutes == 120
        assert SERVED.text().split("\n") == [
            "li: present",
            "there: Sun 1 Mar 2026 17:50–20:00 (130 min)",
            "-10 min: too early to count",
            "counts: Sun 1 Mar 2026 18:00–20:00 (120 min)",
        ]

    def test_says_that_nothing_counts(self):
        assert attrs.evolve(SERVED, counted=()).text("zh").split("\n")[-1] == "计入：无"

    def test_says_no_more_of_those_who_were_not_there(self):
        assert Attendance(volunteer="li", activity=WATCH, outcome=Outcome.NO_SHOW).text("zh") == "li：缺席"


def test_travels_as_json():
    there = of(sheet(came("18:00")), as_of="18:30")
    assert there.since == at("18:00")
    assert from_json(to_json(there), Attendance) == there
    left = of(sheet(came("18:20"), went("20:00")))
    assert from_json(to_json(left), Attendance) == left


def test_names_what_is_wrong():
    with pytest.raises(InputError) as caught:
        Attendance(volunteer="", activity=None, outcome="present", spans=(1,), late_minutes=-1, remarks=("late",))
    assert [fault.field for fault in caught.value.faults] == [
        "Attendance.volunteer",
        "Attendance.activity",
        "Attendance.outcome",
        "Attendance.spans",
        "Attendance.late_minutes",
        "Attendance.remarks",
    ]


def test_every_outcome_has_two_names():
    assert all(each.label.en and each.label.zh for each in Outcome)
