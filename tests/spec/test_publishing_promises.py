from datetime import timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Roster
from civicvol.desk.book import RosterBook
from civicvol.desk.briefing import DetailsGiven
from civicvol.desk.diff import diff
from civicvol.desk.history import history
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.reminders import reminders_due
from civicvol.desk.sheet import personal_view, public_view
from civicvol.desk.versions import Changed, Published
from civicvol.testing import roster_problems, rosters

POLICY = DeskPolicy(managers={"office"})


def shown(view):
    """Return everything that a view shows, in both languages."""
    return "\n".join(
        [repr(view), *(view.text(each) + str(view.table(each)) for each in ("en", "zh")), view._repr_html_()]
    )


@st.composite
def books(draw):
    """Draw books with secrets about every shift, and changes, some while the roster is a draft."""
    problem = draw(roster_problems(rules=(), pinned=False, overridden=False))
    at = problem.horizon.span.start - timedelta(days=2)
    book = RosterBook(problem=problem, draft=draw(rosters(problem)), policy=POLICY)
    events = [
        DetailsGiven(at=at, by="office", shift=shift.id, public=f"open-{shift.id}.", private=f"secret-{shift.id}.")
        for shift in problem.shifts
    ]
    events += draw(st.permutations([Published(at=at, by="office")] * draw(st.booleans()) + ["change", "change"]))
    for event in events:
        if event == "change":
            roster, wanted = book.state.roster, draw(rosters(problem))
            added = [each for each in wanted if each not in roster]
            removed = [each for each in roster if each not in wanted]
            book = book.record(Changed(at=at, by="office", added=added, removed=removed))
        else:
            book = book.record(event)
    return book


class TestPrivateDetailsAreForThoseOnTheShift:
    """Whoever is on a shift reads its private details, and nobody else does, wherever they look."""

    @given(books())
    def test_in_every_view(self, book):
        state = book.state
        for volunteer in state.problem.volunteers:
            seen = shown(personal_view(book, volunteer.id))
            on = {duty.shift for duty in state.roster.of_volunteer(volunteer.id)} if state.version else set()
            for shift in state.problem.shift_by_id:
                assert (f"secret-{shift}." in seen) == (shift in on)
                assert (f"open-{shift}." in seen) == (shift in on)
        for view in (public_view(book), history(book), diff(book, 0, state.version)):
            assert "secret-" not in shown(view)

    @given(books())
    def test_in_every_reminder(self, book):
        for shift in book.problem.shifts:
            for reminder in reminders_due(book, shift.span.start - timedelta(minutes=1), before=[1, 100_000]):
                secrets = [id for id in book.problem.shift_by_id if f"secret-{id}." in repr(reminder) + str(reminder)]
                assert secrets == [reminder.shift]
                assert reminder.shift in {duty.shift for duty in book.state.roster.of_volunteer(reminder.volunteer)}


class TestADraftIsNobodysBusiness:
    """Of a roster that is not published nobody sees a duty, a shift or an open place, and nobody is reminded."""

    @given(books().filter(lambda book: not book.state.version))
    def test_in_any_view(self, book):
        assert all(personal_view(book, each.id).duties == () for each in book.problem.volunteers)
        assert public_view(book).places == ()
        assert reminders_due(book, book.problem.horizon.span.start, before=[1, 100_000]) == ()


class TestThePublicViewNamesNobody:
    """Whoever is on duty, the public view is the same for as many people in the same roles, and names none of them."""

    @given(st.data())
    def test_whoever_it_is(self, data):
        drawn = data.draw(roster_problems(rules=(), pinned=False, overridden=False))
        people = [attrs.evolve(each, name=f"person-{each.id}.") for each in drawn.volunteers]
        problem = attrs.evolve(drawn, volunteers=people)
        ids = [each.id for each in people]
        other = dict(zip(ids, data.draw(st.permutations(ids)), strict=True))
        roster = data.draw(rosters(problem))
        moved = Roster(attrs.evolve(each, volunteer=other[each.volunteer]) for each in roster)
        published = Published(at=problem.horizon.span.start, by="office")
        one, same = (
            public_view(RosterBook(problem=problem, draft=draft, policy=POLICY, events=[published]))
            for draft in (roster, moved)
        )
        assert one == same
        assert "person-" not in shown(one)
