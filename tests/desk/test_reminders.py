from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Horizon, InputError, TimeSpan
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.reminders import reminders_due
from civicvol.desk.versions import Changed, Closed
from civicvol.rostering.disruption import CancelledShift, ChangedShift

DAY = 1440


@pytest.fixture
def due(desk):
    """Return a function that returns who is reminded of what how many minutes before, "li:gate 1440"."""

    def of(book, at, since=None, **fields):
        since = None if since is None else desk.at(since)
        return [
            f"{each.volunteer}:{each.shift} {each.lead}" for each in reminders_due(book, desk.at(at), since, **fields)
        ]

    return of


class TestDue:
    """The gate is on Tuesday 3 March at 09:00, so its day before is Monday 09:00."""

    @pytest.mark.parametrize(
        ("since", "at", "found"),
        [
            ("2 08:00", "2 08:59", []),
            ("2 08:59", "2 09:00", ["li:gate 1440"]),
            ("2 09:00", "2 09:01", []),
            ("2 08:00", "2 10:00", ["li:gate 1440"]),
            ("2 09:00", "3 08:59", []),
        ],
    )
    def test_from_after_one_moment_until_another(self, desk, due, since, at, found):
        assert due(desk.published("li:gate"), at, since) == found

    def test_comes_once_for_each_number(self, desk, due):
        book = desk.published("li:gate", desk.shift("gate", "10 09:00-12:00"))
        assert due(book, "4 09:00", "4 08:59") == ["li:gate 8640"]
        assert due(book, "9 09:00", "4 09:00") == ["li:gate 1440"]
        assert due(book, "10 08:00", "10 07:59", before=[60]) == ["li:gate 60"]
        assert due(book, "10 08:00", "1 12:00", before=[]) == []

    def test_comes_once_where_nobody_asked_for_long(self, desk, due):
        book = desk.published("li:gate", desk.shift("gate", "10 09:00-12:00"))
        assert due(book, "9 10:00", "1 12:00") == ["li:gate 1440"]
        assert due(book, "9 10:00") == ["li:gate 1440"]

    def test_is_not_of_what_has_begun(self, desk, due):
        book = desk.published("li:gate")
        assert due(book, "3 08:59") == ["li:gate 1440"]
        assert due(book, "3 09:00") == []

    def test_is_what_passes_and_not_the_clock(self, desk):
        zone = ZoneInfo("Europe/Berlin")
        start, end = (datetime(2026, 3, 29, hour, tzinfo=zone) for hour in (9, 12))
        shift = desk.shift("gate", "3 09:00-12:00")
        horizon = Horizon(first_day=date(2026, 3, 29), last_day=date(2026, 3, 29), zone=zone)
        shift = type(shift)(id="gate", position="gate", span=TimeSpan(start, end), cover=shift.cover)
        book = desk.published("li:gate", shift, horizon=horizon)
        [reminder] = reminders_due(book, datetime(2026, 3, 28, 8, tzinfo=zone), None, [DAY])
        assert reminder.due == datetime(2026, 3, 28, 8, tzinfo=zone)
        assert str(reminder.due.tzinfo) == "Europe/Berlin"

    def test_comes_in_order_of_the_duties(self, desk, due):
        book = desk.published("wu:gate li:gate an:tent wu:gate@4")
        assert due(book, "2 12:00", before=[5 * DAY]) == [
            "li:gate 7200", "wu:gate 7200", "an:tent 7200", "wu:gate@4 7200",
        ]  # fmt: skip


class TestOfADutyGotLate:
    def test_is_at_once(self, desk, due):
        book = desk.published().record(desk.event(Changed, "3 08:00", added=desk.on("li:gate")))
        assert due(book, "3 07:59", "3 07:00") == []
        assert due(book, "3 08:00", "3 07:59") == ["li:gate 1440"]
        assert due(book, "3 08:01", "3 08:00") == []

    def test_is_at_once_when_it_is_published_late(self, desk, due):
        book = desk.published("li:gate", when="2 20:00")
        assert due(book, "2 20:00", "2 19:59") == ["li:gate 1440"]

    def test_is_at_once_when_it_has_moved(self, desk, due):
        shift = desk.shift("gate", "10 09:00-12:00")
        moved = ChangedShift(shift=desk.shift("gate", "6 09:00-12:00"))
        book = desk.published("li:gate", shift).record(desk.event(Changed, "3 08:00", disruptions=[moved]))
        assert due(book, "3 08:00", "3 07:59") == ["li:gate 8640"]
        assert due(book, "5 09:00", "3 08:00") == ["li:gate 1440"]

    def test_is_not_before_its_time(self, desk, due):
        book = desk.published("", desk.shift("gate", "10 09:00-12:00"))
        book = book.record(desk.event(Changed, "3 08:00", added=desk.on("li:gate")))
        assert due(book, "3 08:00", "3 07:59") == []
        assert due(book, "4 09:00", "3 08:00") == ["li:gate 8640"]


class TestNobodyIsReminded:
    def test_of_a_duty_that_they_have_no_longer(self, desk, due):
        book = desk.published("li:gate").record(desk.event(Changed, "2 08:00", removed=desk.on("li:gate")))
        assert due(book, "2 09:00", "2 07:00") == []
        assert due(book, "2 07:59", "1 12:00", before=[2 * DAY]) == []

    def test_of_a_shift_that_is_cancelled(self, desk, due):
        gone = desk.event(Changed, "2 08:00", disruptions=[CancelledShift(shift="gate")])
        assert due(desk.published("li:gate").record(gone), "2 09:00") == []

    def test_of_a_draft(self, desk, due):
        assert due(desk.draft("li:gate"), "2 12:00") == []
        assert due(desk.published("li:gate", when="2 12:00"), "2 11:59") == []

    def test_of_anything_once_it_is_closed(self, desk, due):
        assert due(desk.published("li:gate").record(desk.event(Closed, "4 12:00")), "4 12:00") == []

    def test_of_what_comes_to_be_only_later(self, desk, due):
        book = desk.published().record(desk.event(Changed, "2 10:00", added=desk.on("li:gate")))
        assert due(book, "2 09:30") == []


class TestReminder:
    def test_says_who_what_and_the_details(self, desk):
        book = desk.published("li:gate").record(
            desk.event(DetailsGiven, shift="gate", public="Bring water.", private="4711")
        )
        [reminder] = reminders_due(book, desk.at("2 12:00"))
        title = "Reminder for Li: helper on gate, Tue 3 Mar 2026 09:00–12:00, North"
        assert str(reminder) == f"{title}\nBring water.\nfor those on duty only: 4711"
        assert reminder.text("zh") == (
            "提醒Li：志愿者，大门，2026年3月3日周二 09:00–12:00，北区\nBring water.\n仅限当班人员：4711"
        )
        assert (reminder.due, reminder.span) == (desk.at("2 09:00"), desk.span("3 09:00-12:00"))

    def test_is_a_line_where_there_are_no_details(self, desk):
        [reminder] = reminders_due(desk.published("li:gate"), desk.at("2 12:00"))
        assert reminder.text().count("\n") == 0


class TestArguments:
    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"book": None}, "book"),
            ({"at": None}, "at"),
            ({"at": datetime(2026, 3, 2)}, "at"),
            ({"since": "2 12:00"}, "since"),
            ({"before": 1440}, "before"),
            ({"before": [0]}, "before"),
            ({"before": [60, 60]}, "before"),
            ({"before": ["day"]}, "before"),
        ],
    )
    def test_are_named_where_they_are_wrong(self, desk, fields, field):
        with pytest.raises(InputError) as caught:
            reminders_due(**{"book": desk.published(), "at": desk.at("2 12:00")} | fields)
        assert [fault.field for fault in caught.value.faults] == [field]

    def test_go_forward(self, desk):
        book = desk.published("li:gate")
        assert reminders_due(book, desk.at("2 09:00"), desk.at("2 09:00")) == ()
        with pytest.raises(InputError, match="since must not be after at"):
            reminders_due(book, desk.at("2 08:59"), desk.at("2 09:00"))


class TestWhoeverKeepsADutyIsRemindedOnceForEachNumber:
    """However often an app asks, each reminder comes once, if it asks at least once between two of them."""

    @given(
        st.lists(st.integers(1, 300), min_size=1, max_size=40), st.sets(st.sampled_from((300, 601, 1440)), min_size=1)
    )
    def test_from_publication_to_the_beginning(self, desk, steps, before):
        book = desk.published("li:gate wu:gate@4")
        at, found = desk.at("2 06:00"), []
        for step in steps:
            later = at + timedelta(minutes=step)
            found += reminders_due(book, later, at, before)
            at = later
        starts = {"gate": desk.at("3 09:00"), "gate@4": desk.at("4 09:00")}
        expected = {
            (shift, lead)
            for shift, start in starts.items()
            for lead in before
            if desk.at("2 06:00") < start - timedelta(minutes=lead) <= at
        }
        assert sorted((each.shift, each.lead) for each in found) == sorted(expected)
