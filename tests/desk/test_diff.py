import pytest

from civicvol import CoverRequirement, InputError
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.diff import diff
from civicvol.desk.versions import Changed, Closed, Published
from civicvol.rostering.disruption import AddedShift, CancelledShift, ChangedShift

GATE, TENT = "gate, Tue 3 Mar 2026 09:00–12:00, North", "tent, Tue 3 Mar 2026 11:00–14:00, North"


@pytest.fixture
def book(desk):
    """Three versions: the first; Li for Wu; and the gate cancelled, the tent moved, another one new."""
    changes = [
        CancelledShift(shift="gate"),
        ChangedShift(shift=desk.shift("tent", "3 12:00-15:00")),
        ChangedShift(shift=desk.shift("gate@4", "4 09:00-12:00", cover=[CoverRequirement()])),
        AddedShift(shift=desk.shift("gate@5", "5 09:00-12:00")),
    ]
    return desk.draft("li:gate").record(
        desk.event(Changed, "1 08:00", added=desk.on("an:tent")),
        desk.event(Published, "1 09:00"),
        desk.event(DetailsGiven, "1 10:00", shift="gate", private="4711"),
        desk.event(Changed, "1 11:00", added=desk.on("wu:gate"), removed=desk.on("li:gate"), why="Li is ill"),
        desk.event(Changed, "1 12:00", disruptions=changes, added=desk.on("li:gate@5"), why="rain"),
    )


def told(found):
    return {notice.volunteer: [str(change) for change in notice.changes] for notice in found.notices}


class TestDiff:
    def test_of_one_change_says_who_is_told_what_and_why_it_is(self, book):
        found = diff(book, 1, 2)
        assert str(found) == (
            "From version 1 to version 2\n"
            "Changes for Li\n"
            f"- no longer: helper on {GATE}\n"
            "Changes for Wu\n"
            f"- new: helper on {GATE}\n"
            "History\n"
            f"- 2026-03-01 10:00, office: gave details, {GATE}\n"
            "- 2026-03-01 11:00, office: changed (Li is ill)"
        )

    def test_says_what_became_of_the_shifts(self, book):
        moved = TENT.replace("11:00–14:00", "12:00–15:00")
        assert list(map(str, diff(book, 2, 3).shifts)) == [
            f"cancelled: {GATE}",
            f"changed: {moved} instead of {TENT}",
            "changed: whom gate, Wed 4 Mar 2026 09:00–12:00, North needs",
            "new: gate, Thu 5 Mar 2026 09:00–12:00, North",
        ]

    def test_over_several_versions_is_about_what_remains(self, book):
        found = diff(book, 1, 3)
        assert told(found) == {
            "an": [f"changed: {TENT.replace('11:00–14:00', '12:00–15:00')} instead of {TENT}"],
            "li": [f"cancelled: {GATE}", "new: helper on gate, Thu 5 Mar 2026 09:00–12:00, North"],
        }
        assert [line.why for line in found.events.lines] == ["", "Li is ill", "rain"]

    def test_from_the_draft_tells_everybody_everything(self, book):
        found = diff(book, 0, 1)
        assert told(found) == {"an": [f"new: helper on {TENT}"], "li": [f"new: helper on {GATE}"]}
        assert [str(line.what) for line in found.events.lines] == ["changed", "published"]
        assert str(found).startswith("From the draft to version 1\nChanges for An")
        assert found.text("zh").startswith("草稿至第1版的变动\nAn的变动")

    @pytest.mark.parametrize("number", [0, 1, 2, 3])
    def test_to_itself_is_nothing(self, book, number):
        found = diff(book, number, number)
        assert (found.shifts, found.notices, found.events.lines) == ((), (), ())
        assert str(found).endswith("\n- nothing changed\nHistory\n- nothing")
        assert found.text("zh").endswith("\n- 没有变动\n变更记录\n- 无")

    def test_goes_by_what_happened_from_the_beginning_of_one_version_to_that_of_the_other(self, book, desk):
        closed = book.record(desk.event(Closed, "5 12:00"))
        assert [str(line.what) for line in diff(closed, 2, 3).events.lines] == ["changed"]
        assert [str(line.what) for line in diff(closed, 1, 2).events.lines] == ["gave details", "changed"]

    def test_shows_as_tables(self, book):
        found = diff(book, 1, 3, "zh")
        assert found.table().title == "第1版至第3版的变动"
        assert found.table("en").columns == ("whom or what it concerns", "change")
        assert [row[0] for row in found.table("en").rows] == ["Shifts"] * 4 + ["An", "Li", "Li"]
        assert found._repr_html_() == found.table("zh").to_html() + found.events.table("zh").to_html()
        assert "4711" not in found._repr_html_()

    def test_says_the_shifts_first(self, book):
        lines = diff(book, 2, 3).text("zh").splitlines()
        assert lines[:3] == ["第2版至第3版的变动", "班次", "- 取消：大门，2026年3月3日周二 09:00–12:00，北区"]
        assert "- 变更：大门，2026年3月4日周三 09:00–12:00，北区所需人员" in lines

    @pytest.mark.parametrize(
        ("a", "b", "field"), [(-1, 1, "a"), (0, 4, "b"), (None, 1, "a"), (2, 1, "b"), (1.0, 1, "a")]
    )
    def test_is_between_versions_that_there_are(self, book, a, b, field):
        with pytest.raises(InputError) as caught:
            diff(book, a, b)
        assert [fault.field for fault in caught.value.faults] == [field]

    def test_is_of_a_book(self):
        with pytest.raises(InputError, match="must be a RosterBook"):
            diff(None, 0, 0)
