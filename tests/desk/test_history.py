from importlib import import_module
from inspect import isabstract
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import civicvol.desk
from civicvol import InputError, Label
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.event import DeskEvent
from civicvol.desk.history import history
from civicvol.desk.swaps import Claimed, Offered
from civicvol.desk.versions import Changed
from civicvol.desk.waiting_list import Queued
from civicvol.rostering.disruption import AddedShift, CancelledShift

MODULES = [import_module(f"civicvol.desk.{path.stem}") for path in Path(civicvol.desk.__file__).parent.glob("[!_]*.py")]
EVENTS = {
    kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, DeskEvent) and not isabstract(kind)
}


@pytest.mark.parametrize("kind", sorted(EVENTS, key=lambda kind: kind.__name__))
def test_every_event_says_in_words_what_it_is(kind):
    assert isinstance(kind.label, Label)
    assert kind.label.en
    assert any("\u4e00" <= character <= "\u9fff" for character in kind.label.zh)


def test_no_two_events_are_called_the_same():
    for language in ("en", "zh"):
        names = [kind.label.text(language) for kind in EVENTS]
        assert len(set(names)) == len(names)


@pytest.fixture
def book(desk):
    """Published, told about, offered and cancelled."""
    return desk.published("li:gate wu:gate").record(
        desk.event(DetailsGiven, "1 12:30", shift="tent", private="4711"),
        desk.event(Offered, "1 13:00", "li", offer="o1", assignment=desk.on("li:gate")[0], why="a wedding"),
        desk.event(Queued, "1 14:00", "office", volunteer="an", shift="gate"),
        desk.event(Changed, "2 09:00", disruptions=[CancelledShift(shift="gate")], why="rain"),
    )


GATE = "gate, Tue 3 Mar 2026 09:00–12:00, North"


class TestHistory:
    def test_says_when_who_what_and_why(self, book):
        assert str(history(book)) == (
            "History\n"
            "- 2026-03-01 12:00, office: published\n"
            "- 2026-03-01 12:30, office: gave details, tent, Tue 3 Mar 2026 11:00–14:00, North\n"
            f"- 2026-03-01 13:00, Li: offered a duty, {GATE}, o1 (a wedding)\n"
            f"- 2026-03-01 14:00, office: joined the waiting list, An, {GATE}\n"
            "- 2026-03-02 09:00, office: changed (rain)"
        )

    def test_says_it_in_chinese(self, book):
        lines = str(history(book, "zh")).splitlines()
        assert lines[:2] == ["变更记录", "- 2026-03-01 12:00，office：发布"]
        assert lines[3] == "- 2026-03-01 13:00，Li：转让班次，大门，2026年3月3日周二 09:00–12:00，北区，o1（a wedding）"

    def test_is_a_table(self, book):
        table = history(book).table()
        assert table.columns == ("when", "who", "what", "about", "why")
        assert table.rows[0] == ("2026-03-01 12:00", "office", "published", "", "")
        assert table.rows[3] == ("2026-03-01 14:00", "office", "joined the waiting list", f"An, {GATE}", "")
        assert history(book).table("zh").columns == ("时间", "操作人", "事项", "涉及", "原因")

    def test_keeps_private_details_to_itself(self, book):
        assert "4711" not in str(history(book)) + history(book)._repr_html_()

    def test_is_told_on_the_clock_of_the_roster(self, desk):
        book = desk.published()
        at = desk.at("2 01:00").astimezone(ZoneInfo("UTC"))
        later = book.record(Changed(at=at, by="office"))
        assert history(later).lines[-1].cells()[0] == "2026-03-02 01:00"

    def test_names_what_came_and_went_by_its_id(self, desk):
        added, gone = AddedShift(shift=desk.shift("new", "3 09:00-12:00", position="gate")), CancelledShift(shift="new")
        book = desk.published().record(
            desk.event(Changed, disruptions=[added]),
            desk.event(DetailsGiven, shift="new"),
            desk.event(Changed, disruptions=[gone]),
        )
        assert history(book).lines[2].about == (Label("new"),)

    def test_names_whoever_did_something_for_themselves_once(self, desk):
        book = desk.published("li:gate an:gate").record(desk.event(Queued, by="wu", volunteer="wu", shift="gate"))
        assert str(history(book)).endswith(f"Wu: joined the waiting list, {GATE}")

    def test_of_nothing_says_so(self, desk):
        assert str(history(desk.draft())) == "History\n- nothing"
        assert str(history(desk.draft(), "zh")) == "变更记录\n- 无"

    def test_names_the_line_of_a_claim(self, book, desk):
        offered = desk.published("li:gate").record(
            desk.event(Offered, by="li", offer="o1", assignment=desk.on("li:gate")[0]),
            desk.event(Claimed, by="office", offer="o1", volunteer="an"),
        )
        assert str(history(offered)).endswith("office: claimed a duty, An, o1")

    @pytest.mark.parametrize(("book", "language"), [(None, "en"), (True, "fr")])
    def test_needs_a_book_and_a_language(self, desk, book, language):
        with pytest.raises(InputError, match="must be a RosterBook" if book is None else "must be 'en' or 'zh'"):
            history(book and desk.draft(), language)
