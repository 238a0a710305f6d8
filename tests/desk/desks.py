"""Books under a policy, and what they refuse."""

import attrs
import pytest

from civicvol import Availability, Roster, Volunteer
from civicvol.desk.book import RosterBook
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.versions import Published
from civicvol.errors import RefusedError

PEOPLE = [Volunteer(id=id, name=id.capitalize()) for id in ("li", "wu", "an", "bo")]


def published(desk, text="", *shifts, policy=None, **fields):
    """Return a published book of a desk's people, and Bo, under a policy."""
    problem = desk.problem(*shifts, **{"volunteers": PEOPLE} | fields)
    known = DeskPolicy(managers={"office"}, **policy or {})
    book = RosterBook(problem=problem, draft=Roster(desk.on(text)), policy=known)
    return book.record(desk.event(Published))


def refused(book, *events):
    """Return the reasons for which a book refuses the last of some events, which must be given in both languages."""
    *first, last = events
    book = book.record(*first)
    before = book.events, book.state
    with pytest.raises(RefusedError) as caught:
        book.record(last)
    assert (book.events, book.state) == before
    assert caught.value.step == type(last).__name__
    assert all(reason.zh and reason.zh != reason.en for reason in caught.value.reasons)
    return [reason.en for reason in caught.value.reasons]


def roster(book):
    """Return who is on a book's roster, as text."""
    return " ".join(
        f"{each.volunteer}:{each.shift}" + f"/{each.role}" * (each.role != "helper") for each in book.state.roster
    )


def on_leave(desk, who):
    """Return the people, one of them, by id, on leave on the third."""
    away = Availability(leave=[desk.span("3 00:00-23:00")])
    return [attrs.evolve(each, availability=away) if each.id == who else each for each in PEOPLE]
