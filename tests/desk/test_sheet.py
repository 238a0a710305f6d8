import attrs
import pytest

from civicvol import CoverRequirement, InputError, Label
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.sheet import personal_view, public_view
from civicvol.desk.versions import Changed, Closed
from civicvol.rostering.disruption import CancelledShift, ChangedShift


@pytest.fixture
def book(desk):
    """Li and Wu at the gate on Tuesday, An in the tent, Wu at the gate on Wednesday; the gate has details."""
    given = desk.event(
        DetailsGiven,
        shift="gate",
        public=Label("Bring water.", "请带水。"),
        private=Label("The code is 4711.", "门禁码4711。"),
    )
    return desk.published("li:gate wu:gate an:tent wu:gate@4").record(given)


class TestPersonalView:
    def test_says_when_where_what_and_with_whom(self, book):
        assert str(personal_view(book, "wu")) == (
            "Duties of Wu\n"
            "As published, version 1.\n"
            "- Tue 3 Mar 2026 09:00–12:00: gate, North, as helper\n"
            "  with Li\n"
            "  Bring water.\n"
            "  for those on duty only: The code is 4711.\n"
            "- Wed 4 Mar 2026 09:00–12:00: gate, North, as helper"
        )

    def test_says_it_in_chinese(self, book):
        assert str(personal_view(book, "wu", "zh")) == (
            "Wu的值班\n"
            "以已发布的第1版为准。\n"
            "- 2026年3月3日周二 09:00–12:00：大门，北区，担任志愿者\n"
            "  同班：Li\n"
            "  请带水。\n"
            "  仅限当班人员：门禁码4711。\n"
            "- 2026年3月4日周三 09:00–12:00：大门，北区，担任志愿者"
        )

    def test_is_a_table(self, book):
        table = personal_view(book, "wu").table()
        assert table.title == "Duties of Wu"
        assert table.note == "As published, version 1."
        assert table.columns == ("when", "position", "place", "role", "with", "details", "for those on duty only")
        assert table.rows == (
            ("Tue 3 Mar 2026 09:00–12:00", "gate", "North", "helper", "Li", "Bring water.", "The code is 4711."),
            ("Wed 4 Mar 2026 09:00–12:00", "gate", "North", "helper", "", "", ""),
        )
        assert personal_view(book, "wu").table("zh").columns[-2:] == ("说明", "仅限当班人员")

    def test_is_a_value(self, book, desk):
        view = personal_view(book, "li")
        assert view == personal_view(book, "li") != personal_view(book, "li", "zh")
        assert (view.volunteer, view.name, view.version) == ("li", Label("Li"), 1)
        [duty] = view.duties
        assert (duty.shift.id, duty.shift.span, duty.shift.place) == (
            "gate",
            desk.span("3 09:00-12:00"),
            Label("North", "北区"),
        )
        assert (duty.role, duty.colleagues) == (Label("helper", "志愿者"), (Label("Wu"),))

    def test_says_where_there_are_no_duties(self, desk):
        book = desk.published()
        assert str(personal_view(book, "li")).endswith("version 1.\n- no duties")
        assert str(personal_view(book, "li", "zh")).endswith("第1版为准。\n- 没有值班")
        assert len(personal_view(book, "li").table()) == 0

    def test_names_colleagues_in_order(self, desk):
        wide = desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(maximum=9, desired=9)])
        view = personal_view(desk.published("wu:gate li:gate an:gate", wide), "wu")
        assert view.text().splitlines()[3] == "  with An, Li"
        assert view.text("zh").splitlines()[3] == "  同班：An、Li"

    def test_needs_no_place(self, desk):
        book = desk.published("li:gate", desk.shift("gate", "3 09:00-12:00", unit=None))
        assert "09:00–12:00: gate, as helper" in str(personal_view(book, "li"))

    def test_leaves_out_what_is_over(self, book, desk):
        shown = [len(personal_view(book, "wu", at=desk.at(when)).duties) for when in ("3 11:59", "3 12:00", "4 12:00")]
        assert shown == [2, 1, 0]

    def test_comes_in_order_of_time(self, desk):
        book = desk.published("li:b li:a", *(desk.shift(id, when, position="gate") for id, when in
                                             (("a", "5 09:00-10:00"), ("b", "4 09:00-10:00"))))  # fmt: skip
        assert [duty.shift.id for duty in personal_view(book, "li").duties] == ["b", "a"]

    def test_indents_every_line_of_the_details(self, book, desk):
        later = book.record(desk.event(DetailsGiven, shift="gate", public="one\ntwo"))
        assert "\n  one\n  two\n" in str(personal_view(later, "wu"))


class TestADraft:
    def test_shows_nobody_anything(self, desk):
        book = desk.draft("li:gate").record(desk.event(DetailsGiven, shift="gate", public="water", private="4711"))
        view = personal_view(book, "li")
        assert (view.version, view.duties) == (0, ())
        assert str(view) == "Duties of Li\nThe roster is not published yet."
        assert view.text("zh") == "Li的值班\n班表尚未发布。"
        assert str(public_view(book)) == "Shifts\nThe roster is not published yet."


class TestWhatIsPublished:
    def test_is_what_it_is_by_now(self, book, desk):
        moved = ChangedShift(shift=desk.shift("gate@4", "5 09:00-12:00"))
        later = book.record(
            desk.event(Changed, disruptions=[CancelledShift(shift="gate"), moved], added=desk.on("li:gate@4"))
        )
        [duty] = personal_view(later, "li").duties
        assert (duty.shift.span, duty.colleagues) == (desk.span("5 09:00-12:00"), (Label("Wu"),))
        assert personal_view(later, "li").version == 2
        assert "4711" not in str(personal_view(later, "wu"))

    def test_stays_when_it_is_closed(self, book, desk):
        assert len(personal_view(book.record(desk.event(Closed, "4 12:00")), "wu").duties) == 2


class TestPublicView:
    def test_says_what_is_open_and_names_nobody(self, book):
        assert str(public_view(book)) == (
            "Shifts\n"
            "As published, version 1.\n"
            "- Tue 3 Mar 2026 09:00–12:00: gate, North\n"
            "  all places are filled\n"
            "  Bring water.\n"
            "- Tue 3 Mar 2026 11:00–14:00: tent, North\n"
            "  open: helper 1\n"
            "- Wed 4 Mar 2026 09:00–12:00: gate, North\n"
            "  open: helper 1"
        )
        assert public_view(book).text("zh").splitlines()[3:6] == [
            "  已满员", "  请带水。", "- 2026年3月3日周二 11:00–14:00：帐篷，北区",
        ]  # fmt: skip
        assert "  空缺：志愿者1人" in public_view(book, "zh").text()

    def test_is_a_table(self, book):
        table = public_view(book).table()
        assert table.columns == ("when", "position", "place", "role", "open places", "details")
        assert [row[4:] for row in table.rows] == [(0, "Bring water."), (1, ""), (1, "")]
        assert table.note.startswith("As published, version 1. Open places are")
        assert public_view(book).table("zh").note == "以已发布的第1版为准。空缺按期望人数减去已到位人数计。"

    @pytest.mark.parametrize(
        ("text", "open"),
        [
            ("", [2, 1]),
            ("li:gate", [1, 1]),
            ("li:gate/lead", [2, 0]),
            ("li:gate wu:gate", [0, 1]),
            ("li:gate wu:gate an:gate", [0, 1]),
        ],
    )
    def test_counts_up_to_how_many_are_wanted(self, desk, text, open):
        lines = [CoverRequirement(minimum=1, desired=2, maximum=3), CoverRequirement(role="lead")]
        book = desk.published(text, desk.shift("gate", "3 09:00-12:00", cover=lines))
        assert [line.open for line in public_view(book).places] == open

    def test_leaves_out_roles_that_ask_for_nobody(self, desk):
        lines = [CoverRequirement(minimum=0), CoverRequirement(role="lead", minimum=0, desired=0, maximum=1)]
        shifts = desk.shift("gate", "3 09:00-12:00", cover=lines), desk.shift("tent", "3 09:00-12:00", cover=lines[:1])
        assert [(line.shift.id, line.open) for line in public_view(desk.published("", *shifts)).places] == [("gate", 0)]

    def test_leaves_out_what_is_over(self, book, desk):
        shown = [len(public_view(book, at=desk.at(when)).places) for when in ("3 11:59", "3 12:00", "4 12:00")]
        assert shown == [3, 2, 0]


class TestArguments:
    @pytest.mark.parametrize(("fields", "match"), [({"book": None}, "must be a RosterBook"), ({"at": 3}, "at must be"),
                                                   ({"language": "fr"}, "language must be")])  # fmt: skip
    @pytest.mark.parametrize("view", [public_view, personal_view])
    def test_are_named_where_they_are_wrong(self, book, view, fields, match):
        given = {"book": book} | ({"volunteer": "li"} if view is personal_view else {}) | fields
        with pytest.raises(InputError, match=match):
            view(**given)

    @pytest.mark.parametrize("volunteer", ["xu", None, 3, []])
    def test_name_somebody_known(self, book, volunteer):
        with pytest.raises(InputError, match="must be the id of a volunteer"):
            personal_view(book, volunteer)


def test_a_view_is_frozen(book):
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        personal_view(book, "li").version = 3
