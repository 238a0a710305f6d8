"""Anonymising a person in a roster book: what tells who they are is gone, and every version keeps its rules."""

from datetime import date

import attrs

from civicvol import _fields
from civicvol.desk.book import RosterBook
from civicvol.desk.event import DeskEvent
from civicvol.desk.versions import Changed
from civicvol.errors import InputError
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.disruption import Joined
from civicvol.service.privacy import mask_for


def anonymised_roster(book: RosterBook, volunteer: str, alias: str) -> RosterBook:
    """Return a roster book without the particulars of a person, in which everything happened as it did.

    The alias takes the place of their id and name wherever they stand: on the roster, in what was said and done, and in
    every reason; the ids of everybody else stay as they are. Their birth date becomes one that gives the same age on
    the roster's days, unless one of these is their birthday. What the rules look at remains: where they live and serve,
    what they can do, when they were free. In a small place that may tell who it was. `civicvol.service.anonymised` does
    the same for a service book.

    Args:
        book: the roster book.
        volunteer: id of the person.
        alias: what they are called from now on; nothing in the book may be called so yet.

    Raises:
        InputError: an argument is wrong, nobody in the book has this id, the alias is in the book already or contains
            the person's id or name.

    >>> from civicvol import datasets, solve
    >>> week = datasets.sanhua(days=7)
    >>> book = RosterBook(problem=week, draft=solve(week).roster)
    >>> who = week.volunteers[0]
    >>> again = anonymised_roster(book, who.id, "volunteer A")
    >>> again.problem.volunteers[0].name, len(again.draft) == len(book.draft)
    ('volunteer A', True)
    """
    _fields.require(
        book=(book, _fields.is_a(RosterBook, "a RosterBook")),
        volunteer=(volunteer, _fields.identifier),
        alias=(alias, _fields.identifier),
    )
    person = book.state.problem.volunteer_by_id.get(volunteer)
    if person is None:
        raise InputError.of("volunteer", "must be the id of somebody in the book", value=volunteer)
    particulars = [each for each in (volunteer, person.name) if each.strip()]
    mask = mask_for(volunteer, alias, particulars, book, people=_people(book))
    problem = attrs.evolve(
        book.problem, volunteers=tuple(_unnamed(each, person, book) for each in book.problem.volunteers)
    )
    begun: RosterBook = mask.value(attrs.evolve(book, problem=problem, events=()))
    return attrs.evolve(begun, events=tuple(mask.value(_of_joined(event, person, book)) for event in book.events))


def _people(book: RosterBook) -> set[str]:
    """Return the ids of everybody in a book: who may serve, who manages, who entered anything."""
    return {*book.state.problem.volunteer_by_id, *book.policy.managers, *(event.by for event in book.events)}


def _of_joined(event: DeskEvent, person: Volunteer, book: RosterBook) -> DeskEvent:
    """Return an event without name and birth date, where it is by this one that the person joined."""
    if not isinstance(event, Changed):
        return event
    disruptions = [
        Joined(volunteer=_unnamed(each.volunteer, person, book)) if isinstance(each, Joined) else each
        for each in event.disruptions
    ]
    return attrs.evolve(event, disruptions=disruptions)


def _unnamed(volunteer: Volunteer, person: Volunteer, book: RosterBook) -> Volunteer:
    """Return the person with their id for a name, and born on another day; anybody else as they are."""
    if volunteer.id != person.id:
        return volunteer
    return attrs.evolve(_aged(volunteer, book), name=volunteer.id if volunteer.name.strip() else volunteer.name)


def _aged(volunteer: Volunteer, book: RosterBook) -> Volunteer:
    """Return a person as if born on another day that gives the same age on all days, where there is one."""
    days = book.problem.horizon.days
    age = volunteer.age_on(days[0])
    if age is None:
        return volunteer
    other = attrs.evolve(volunteer, birth_date=date(days[0].year - age, days[0].month, 1))
    return other if all(other.age_on(day) == volunteer.age_on(day) for day in days) else volunteer
