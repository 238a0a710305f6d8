import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import InputError, Roster
from civicvol.desk.book import RosterBook
from civicvol.desk.state import Phase
from civicvol.desk.versions import Changed, Closed, Published
from civicvol.errors import RefusedError


@pytest.fixture
def book(desk):
    """Edited as a draft, published, and changed twice."""
    return desk.draft("li:gate").record(
        desk.event(Changed, "1 09:00", added=desk.on("wu:gate")),
        desk.event(Published, "1 10:00"),
        desk.event(Changed, "1 11:00", added=desk.on("an:tent")),
        desk.event(Changed, "1 12:00", removed=desk.on("li:gate")),
    )


class TestBeginning:
    def test_is_a_draft_of_no_version(self, desk):
        state = desk.draft("li:gate").state
        assert (state.phase, state.version, state.roster) == (Phase.DRAFT, 0, Roster(desk.on("li:gate")))

    @pytest.mark.parametrize(
        ("field", "value"),
        [("problem", None), ("draft", []), ("policy", {}), ("events", None), ("events", [3]), ("events", "events")],
    )
    def test_says_which_field_is_wrong(self, desk, field, value):
        with pytest.raises(InputError) as caught:
            RosterBook(**{"problem": desk.problem()} | {field: value})
        assert [fault.field for fault in caught.value.faults] == [f"RosterBook.{field}"]

    @pytest.mark.parametrize("text", ["xu:gate", "li:moon", "li:gate/king"])
    def test_knows_everybody_in_the_draft(self, desk, text):
        with pytest.raises(InputError, match=r"of this problem|this problem knows|role of its shift"):
            desk.draft(text)

    def test_may_break_rules_as_long_as_it_is_a_draft(self, desk):
        assert len(desk.draft("li:gate li:tent").state.roster) == 2


class TestVersion:
    @pytest.mark.parametrize(
        ("number", "roster"),
        [(0, "li:gate wu:gate"), (1, "li:gate wu:gate"), (2, "li:gate wu:gate an:tent"), (3, "wu:gate an:tent")],
    )
    def test_is_the_state_at_its_end(self, desk, book, number, roster):
        state = book.version(number)
        assert (state.version, state.roster) == (number, Roster(desk.on(roster)))

    def test_of_a_closed_roster_is_closed(self, desk, book):
        closed = book.record(desk.event(Closed, "5 12:00"))
        assert closed.state.version == 3
        assert closed.version(3).phase is Phase.CLOSED

    @pytest.mark.parametrize("number", [-1, 4, None, 1.0, True])
    def test_is_one_that_there_is(self, book, number):
        with pytest.raises(InputError, match="number"):
            book.version(number)


class TestStates:
    def test_are_the_beginning_and_one_for_each_event(self, book):
        states = list(book.states)
        assert [state.version for state in states] == [0, 0, 1, 2, 3]
        assert states[-1] == book.state

    def test_are_played_again_when_the_book_is_loaded(self, book):
        again = RosterBook(problem=book.problem, draft=book.draft, policy=book.policy, events=book.events)
        assert (again, again.state) == (book, book.state)
        assert pickle.loads(pickle.dumps(book)).state == book.state  # noqa: S301

    def test_names_an_event_that_cannot_be(self, desk, book):
        with pytest.raises(InputError, match=r"number 1.* cannot be: Published is refused: only those who"):
            RosterBook(problem=book.problem, draft=book.draft, events=book.events[1:])


class TestARefusedChangeChangesNothing:
    """Whatever is tried, a book either has the event and keeps every hard rule, or is what it was."""

    @given(st.data())
    def test_of_any_assignments(self, desk, data):
        duties = st.lists(
            st.builds("{}:{}/{}".format, st.sampled_from(("li", "wu", "an", "xu")), st.sampled_from(("gate", "tent")),
                      st.sampled_from(("helper", "helper", "lead"))), max_size=2,
        ).map(" ".join).map(desk.on)  # fmt: skip
        book = desk.published("li:gate wu:tent")
        for _ in range(3):
            event = desk.event(Changed, data.draw(st.sampled_from(("2 09:00", "3 12:00", "3 14:00"))),
                               added=data.draw(duties), removed=data.draw(duties))  # fmt: skip
            before = book.events, book.state
            try:
                book = book.record(event)
            except (RefusedError, InputError):
                assert (book.events, book.state) == before
            else:
                roster = before[1].roster.without(*event.removed).with_(*event.added)
                assert (book.state.roster, book.state.version) == (roster, before[1].version + 1)
                spans = {who: [each.shift for each in roster.of_volunteer(who)] for who in ("li", "wu", "an")}
                assert all(len(shifts) < 2 for shifts in spans.values())
