import pytest

from civicvol import Assignment, CoverRequirement
from civicvol.desk.state import Phase
from civicvol.desk.versions import Changed
from civicvol.errors import InputError, RefusedError
from civicvol.rostering.disruption import CancelledShift, ChangedShift
from civicvol.rostering.rules import NoOverlap
from tests.desk.desks import on_leave, published, refused, roster


def change(desk, added="", removed="", when="2 12:00", **fields):
    return desk.event(Changed, when, added=desk.on(added), removed=desk.on(removed), **fields)


class TestAChange:
    def test_takes_away_what_is_there(self, desk):
        book = published(desk, "li:gate")
        assert roster(book.record(change(desk, "wu:gate", "li:gate"))) == "wu:gate"
        assert refused(book, change(desk, removed="wu:gate")) == [
            "Wu as helper on gate, Tue 3 Mar 2026 09:00–12:00, North is not on the roster"
        ]

    def test_says_everything_that_is_amiss_at_once(self, desk):
        book = published(desk, "li:gate")
        assert refused(book, change(desk, "li:gate li:gate wu:tent wu:tent", "an:gate")) == [
            "An as helper on gate, Tue 3 Mar 2026 09:00–12:00, North is not on the roster",
            "Li is on this shift already",
            "Wu is on this shift already",
        ]

    @pytest.mark.parametrize("fields", [{"added": "wu:gate"}, {"removed": "li:gate"}])
    def test_is_possible_until_the_shift_is_over(self, desk, fields):
        book = published(desk, "li:gate")
        assert book.record(change(desk, when="3 11:59", **fields))
        assert refused(book, change(desk, when="3 12:00", **fields)) == [
            "gate, Tue 3 Mar 2026 09:00–12:00, North is over"
        ]

    def test_leaves_nobody_in_a_role_that_is_no_more(self, desk):
        led = ChangedShift(shift=desk.shift("gate", "3 09:00-12:00", cover=[CoverRequirement(role="lead")]))
        book = published(desk, "li:gate")
        (reason,) = refused(book, change(desk, disruptions=[led]))
        assert reason.startswith("Li as helper on gate, Tue 3 Mar 2026 09:00–12:00, North would be on a shift or in")
        assert reason.endswith("a role that is no more: take it off the roster too")
        assert roster(book.record(change(desk, "li:gate/lead", "li:gate", disruptions=[led]))) == "li:gate/lead"

    def test_leaves_nobody_on_a_shift_that_is_no_more(self, desk):
        book = published(desk, "li:gate")
        problem = desk.problem(desk.shift("tent", "3 11:00-14:00"), volunteers=book.problem.volunteers)
        event = change(desk)
        with pytest.raises(RefusedError, match="would be on a shift or in a role that is no more"):
            book.state.changed(event, problem=problem)

    def test_of_what_nobody_knows_is_bad_input(self, desk):
        book = published(desk, "li:gate")
        for text in ("nobody:gate", "wu:nothing", "wu:gate/lead"):
            for fields in ({"added": text}, {"removed": text}):
                for disruptions in ((), (CancelledShift(shift="tent"),)):
                    with pytest.raises(InputError):
                        book.record(change(desk, disruptions=disruptions, **fields))


@pytest.fixture
def state(desk):
    return published(desk, "li:gate wu:gate an:tent", volunteers=on_leave(desk, "bo")).state


class TestQuestions:
    def test_what_would_be_broken(self, state, desk):
        (reason,) = state.against(desk.on("li:tent"))
        assert str(reason).startswith("Li cannot do both")
        assert state.against(desk.on("li:tent"), desk.on("li:gate")) == []

    def test_what_somebody_may_never_do(self, state, desk):
        assert state.unfit(desk.on("li:tent")[0]) == []
        (reason,) = state.unfit(desk.on("bo:tent")[0])
        assert str(reason).startswith("Bo is not free")
        assert published(desk, rules=[NoOverlap()]).state.unfit(desk.on("bo:tent")[0]) == []
        for text in ("nobody:tent", "bo:nothing", "bo:tent/lead"):
            with pytest.raises(InputError):
                state.unfit(desk.on(text)[0])

    def test_who_is_where(self, state):
        assert state.duty("li", "gate") == Assignment(volunteer="li", shift="gate")
        assert state.duty("li", "tent") is None
        assert (state.filled("gate", "helper"), state.filled("gate", "lead")) == (2, 0)


@pytest.mark.parametrize("phase", Phase)
def test_a_phase_is_said_in_both_languages(phase):
    assert phase.label.en
    assert phase.label.zh
