import attrs
import pytest

from civicvol import CoverRequirement, InputError, Label, Roster, Volunteer
from civicvol.desk.state import Phase
from civicvol.desk.versions import Changed, Closed, Published
from civicvol.errors import RefusedError
from civicvol.rostering.disruption import Absence, AddedShift, CancelledShift, ChangedShift, Joined
from civicvol.rostering.replan import Replan, replan

GATE = "gate, Tue 3 Mar 2026 09:00–12:00, North"
TENT = "tent, Tue 3 Mar 2026 11:00–14:00, North"


def reasons(book, event, language="en"):
    """Return why a book refuses an event; nothing may have changed."""
    before = book.events, book.state
    with pytest.raises(RefusedError) as caught:
        book.record(event)
    assert (book.events, book.state) == before
    assert caught.value.step == type(event).__name__
    return caught.value.text(language).splitlines()


@pytest.fixture
def change(desk):
    """Return a function that makes a change."""

    def of(added="", removed="", when="2 12:00", by="office", disruptions=()):
        return desk.event(Changed, when, by, added=desk.on(added), removed=desk.on(removed), disruptions=disruptions)

    return of


class TestPublished:
    def test_makes_the_first_version(self, desk):
        state = desk.published("li:gate").state
        assert (state.phase, state.version, state.roster) == (Phase.PUBLISHED, 1, Roster(desk.on("li:gate")))

    def test_is_by_those_who_run_the_desk(self, desk):
        event = desk.event(Published, by="li")
        assert reasons(desk.draft(), event) == ["only those who run the desk may do this"]
        assert reasons(desk.draft(), event, "zh") == ["只有排班管理员可以这样做"]

    def test_is_once(self, desk):
        book = desk.published()
        assert reasons(book, desk.event(Published)) == ["the roster is published already"]
        closed = book.record(desk.event(Closed, "5 12:00"))
        assert reasons(closed, desk.event(Published, "5 12:00")) == ["the roster is published already"]

    def test_keeps_every_hard_rule(self, desk):
        [reason] = reasons(desk.draft("li:gate li:tent"), desk.event(Published))
        assert reason == str(desk.draft("li:gate").state.against(added=desk.on("li:tent"))[0])

    def test_says_a_reason_once(self, desk):
        book = desk.draft("li:gate wu:gate an:gate")
        assert len(reasons(book, desk.event(Published))) == 1


class TestChanged:
    def test_of_a_draft_is_no_version(self, desk, change):
        state = desk.draft("li:gate").record(change("wu:gate")).state
        assert (state.version, state.roster) == (0, Roster(desk.on("li:gate wu:gate")))

    def test_of_a_draft_may_leave_what_was_broken_before(self, desk):
        book = desk.draft("li:gate li:tent")
        joined = desk.event(Changed, disruptions=[Joined(volunteer=Volunteer(id="bo"))])
        assert "bo" in book.record(joined).state.problem.volunteer_by_id
        away = desk.event(Changed, disruptions=[Absence(volunteer="li", span=desk.span("3 09:00-10:00"))])
        assert reasons(book, away) == ["Li is not free for 60 minutes of gate, Tue 3 Mar 2026 09:00–12:00, North"]

    def test_of_a_published_roster_is_one(self, desk, change):
        state = desk.published("li:gate").record(change("wu:gate", "li:gate")).state
        assert (state.version, state.roster) == (2, Roster(desk.on("wu:gate")))

    def test_of_nothing_is_one_as_well(self, desk, change):
        assert desk.published().record(change()).state.version == 2

    def test_may_move_somebody_to_another_role_of_a_shift(self, desk, change):
        lines = [CoverRequirement(role="helper"), CoverRequirement(role="lead")]
        book = desk.published("li:gate", desk.shift("gate", "3 09:00-12:00", cover=lines))
        assert book.record(change("li:gate/lead", "li:gate")).state.roster == Roster(desk.on("li:gate/lead"))

    def test_is_by_those_who_run_the_desk(self, desk, change):
        assert reasons(desk.published(), change("li:gate", by="li")) == ["only those who run the desk may do this"]

    @pytest.mark.parametrize("fields", [{"disruptions": [3]}, {"added": None}, {"removed": ["li:gate"]}])
    def test_says_which_field_is_wrong(self, desk, fields):
        with pytest.raises(InputError, match=rf"Changed\.{next(iter(fields))}"):
            desk.event(Changed, **fields)


class TestWhatIsRefused:
    def test_to_remove_what_is_not_there(self, desk, change):
        assert reasons(desk.published("li:gate"), change("", "wu:gate")) == [
            f"Wu as helper on {GATE} is not on the roster"
        ]
        assert reasons(desk.published("li:gate"), change("", "wu:gate"), "zh") == [
            "Wu（志愿者），大门，2026年3月3日周二 09:00–12:00，北区不在班表上"
        ]

    def test_to_add_whom_is_there(self, desk, change):
        book = desk.published("li:gate")
        assert reasons(book, change("li:gate")) == ["Li is on this shift already"]
        assert reasons(book, change("wu:gate wu:gate")) == ["Wu is on this shift already"]

    @pytest.mark.parametrize("duty", ["xu:gate", "li:moon", "wu:gate/king"])
    @pytest.mark.parametrize("way", ["added", "removed"])
    def test_whom_and_what_nobody_knows_is_a_fault(self, desk, change, way, duty):
        book = desk.published("li:gate")
        with pytest.raises(InputError):
            book.record(change(**{way: duty}))
        assert (book.state.version, len(book.events)) == (1, 1)

    @pytest.mark.parametrize(("added", "removed"), [("wu:gate", ""), ("", "li:gate")])
    def test_a_shift_that_is_over(self, desk, change, added, removed):
        book = desk.published("li:gate")
        assert book.record(change(added, removed, "3 11:59")).state.version == 2
        assert reasons(book, change(added, removed, "3 12:00")) == [f"{GATE} is over"]

    def test_what_breaks_a_hard_rule_with_its_sentence(self, desk, change):
        book = desk.published("li:gate wu:gate")
        [overlap] = reasons(book, change("li:tent"))
        assert "Li" in overlap
        [cover] = reasons(book, change("an:gate"))
        assert cover == str(book.state.against(added=desk.on("an:gate"))[0])
        assert book.record(change("li:tent", "li:gate")).state.version == 2

    def test_anything_once_it_is_closed(self, desk, change):
        book = desk.published("li:gate").record(desk.event(Closed, "4 12:00"))
        later = AddedShift(shift=desk.shift("new", "6 09:00-12:00", position="gate"))
        for event in (
            change(when="5 12:00"),
            change(when="5 12:00", disruptions=[later]),
            desk.event(Closed, "5 12:00"),
        ):
            assert reasons(book, event) == ["the roster is closed"]
            assert reasons(book, event, "zh") == ["班表已结束"]


class TestDisruptions:
    def test_of_an_absence_need_the_duty_to_go_with_it(self, desk, change):
        book, ill = desk.published("li:gate"), Absence(volunteer="li", span=desk.span("3 00:00-23:00"))
        [reason] = reasons(book, change(disruptions=[ill]))
        assert "Li" in reason
        state = book.record(change("wu:gate", "li:gate", disruptions=[ill])).state
        assert state.roster == Roster(desk.on("wu:gate"))
        assert state.problem.volunteer("li").availability.leave == (ill.span,)

    def test_of_somebody_new_who_comes_at_once(self, desk, change):
        xu = Joined(volunteer=Volunteer(id="xu"))
        assert desk.published().record(change("xu:gate", disruptions=[xu])).state.roster == Roster(desk.on("xu:gate"))

    def test_of_a_cancelled_shift_take_its_duties_with_it(self, desk, change):
        book, cancelled = desk.published("li:gate wu:gate an:tent"), CancelledShift(shift="gate")
        for removed in ("", "li:gate", "li:gate wu:gate"):
            state = book.record(change("", removed, disruptions=[cancelled])).state
            assert state.roster == Roster(desk.on("an:tent"))
            assert "gate" not in state.problem.shift_by_id

    def test_of_a_lost_role_need_its_duties_to_go(self, desk, change):
        book = desk.published("li:gate")
        shift = desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(role="lead")])
        assert len(reasons(book, change(disruptions=[ChangedShift(shift=shift)]))) == 1
        state = book.record(change("li:gate/lead", "li:gate", disruptions=[ChangedShift(shift=shift)])).state
        assert state.roster == Roster(desk.on("li:gate/lead"))

    def test_keep_the_rules_as_they_are_by_then(self, desk, change):
        book = desk.published("li:gate li:gate@4")
        moved = desk.shift("gate@4", "3 11:59-15:00")
        assert len(reasons(book, change(disruptions=[ChangedShift(shift=moved)]))) == 1
        beside = attrs.evolve(moved, span=desk.span("3 12:00-15:00"))
        assert book.record(change(disruptions=[ChangedShift(shift=beside)])).state.version == 2

    def test_that_do_not_fit_are_a_fault(self, desk, change):
        with pytest.raises(InputError, match=r"CancelledShift\.shift"):
            desk.published().record(change(disruptions=[CancelledShift(shift="moon")]))


class TestWhatIsOver:
    @pytest.mark.parametrize(("when", "over"), [("3 11:59", False), ("3 12:00", True)])
    def test_is_neither_changed_nor_cancelled(self, desk, change, when, over):
        book = desk.published()
        for disruption in (
            CancelledShift(shift="gate"),
            ChangedShift(shift=desk.shift("gate", "5 09:00-12:00")),
            ChangedShift(shift=desk.shift("gate", "3 09:00-12:00", attendance=9)),
        ):
            event = change(when=when, disruptions=[disruption])
            if over:
                assert reasons(book, event) == [f"{GATE} is over, and stays as it was"]
            else:
                assert book.record(event).state.version == 2

    @pytest.mark.parametrize("id", ["gate", "gate@2"])
    def test_is_nothing_new(self, desk, change, id):
        shift = desk.shift(id, "2 08:00-11:00", position="gate")
        disruption = (ChangedShift if id == "gate" else AddedShift)(shift=shift)
        name = GATE.replace("Tue 3", "Mon 2").replace("09:00–12:00", "08:00–11:00")
        assert reasons(desk.published(), change(when="2 11:00", disruptions=[disruption])) == [
            f"{name} is over, and stays as it was"
        ]
        assert desk.published().record(change(when="2 10:59", disruptions=[disruption])).state.version == 2

    def test_is_left_alone_by_a_change_of_something_else(self, desk, change):
        book = desk.published("li:gate")
        later = ChangedShift(shift=desk.shift("gate@4", "5 09:00-12:00"))
        assert book.record(change("li:gate@4", when="4 08:00", disruptions=[later])).state.version == 2


class TestClosed:
    def test_is_when_the_last_shift_is_over(self, desk):
        book = desk.published("li:gate")
        last = "gate, Wed 4 Mar 2026 09:00–12:00, North"
        assert reasons(book, desk.event(Closed, "4 11:59")) == [f"{last} is not over yet"]
        state = book.record(desk.event(Closed, "4 12:00")).state
        assert (state.phase, state.version, state.roster) == (Phase.CLOSED, 1, book.state.roster)

    def test_of_no_shifts_is_at_any_time(self, desk):
        book = desk.draft()
        empty = attrs.evolve(book, problem=attrs.evolve(book.problem, shifts=()))
        published = empty.record(desk.event(Published))
        assert published.record(desk.event(Closed)).state.phase is Phase.CLOSED

    def test_is_of_a_published_roster(self, desk):
        assert reasons(desk.draft(), desk.event(Closed, "5 12:00")) == ["the roster is still a draft"]

    def test_is_by_those_who_run_the_desk(self, desk):
        assert reasons(desk.published(), desk.event(Closed, "5 12:00", "li")) == [
            "only those who run the desk may do this"
        ]


def test_what_happened_has_a_name():
    assert [kind.label for kind in (Published, Changed, Closed)] == [
        Label("published", "发布"),
        Label("changed", "变更"),
        Label("closed", "结束"),
    ]


class TestAPlan:
    def test_is_put_into_effect(self, desk):
        book = desk.published("li:gate")
        ill = Absence(volunteer="li", span=desk.span("3 00:00-23:00"))
        plan = replan(book.state.problem, book.state.roster, [ill])
        event = Changed.by_plan(plan, at=desk.at("2 08:00"), by="office", why="ill")
        after = book.record(event).state
        assert (after.roster, after.problem, event.why) == (plan.roster, plan.problem, "ill")

    def test_has_a_roster(self, desk):
        with pytest.raises(InputError, match="plan must have a roster"):
            Changed.by_plan(Replan(disruptions=(), problem=desk.problem()), at=desk.at("2 08:00"), by="office")
        with pytest.raises(InputError, match="plan must be a Replan"):
            Changed.by_plan(None, at=desk.at("2 08:00"), by="office")


class TestAnAbsence:
    @pytest.mark.parametrize(("when", "possible"), [("3 11:59", True), ("3 12:00", False)])
    def test_leaves_what_is_served(self, desk, when, possible):
        book = desk.published("li:gate")
        ill = Absence(volunteer="li", span=desk.span("3 00:00-23:00"))
        event = desk.event(Changed, when, disruptions=[ill], removed=desk.on("li:gate"))
        if possible:
            assert len(book.record(event).state.roster) == 0
            return
        with pytest.raises(RefusedError, match="Li has served on gate, Tue 3 Mar 2026 09:00–12:00, North, so an"):
            book.record(event)
