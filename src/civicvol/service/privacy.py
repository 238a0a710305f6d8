"""Anonymising a person in a service book: what tells who they are is gone, and every total stays true."""

from collections.abc import Iterable, Iterator
from enum import Enum

import attrs

from civicvol import _fields
from civicvol.errors import InputError
from civicvol.service.attendance_sheet import AttendanceSheet
from civicvol.service.book import ServiceBook
from civicvol.service.mask import Mask, written
from civicvol.service.person_events import Registered

_ALIAS = "alias"


def anonymised(book: ServiceBook, volunteer: str, alias: str) -> ServiceBook:
    """Return a service book without the particulars of a person, in which every total is what it was.

    The alias takes the place of their id, also where they recorded or verified something. It takes the place of their
    names and numbers, and of how to reach them, in every free text: reasons, names and places of activities, what is
    said of others. The details they registered with are gone, and so is the code of every certificate that changes.
    Ids of their entries and facts are kept unless they contain one of these particulars. It errs on the side of
    privacy: who has the same name is called by the alias too where a text names them.

    What remains is what was done: when, for how long, where, at which activity, for whom. In a small place that may
    tell who it was; so may a nickname, or what is told about a person without naming them. Ids of activities, units
    and categories stay as they are, and should name nobody; so do the serial numbers of certificates, by which a list
    of withdrawn ones refers to them, and the names, numbers and contacts of everybody else, who may share a telephone
    with the person. Their age is not known any more, so in statistics by age they move to those who state none.
    An alias that can be traced, such as a number that is kept in another file, makes the data pseudonymous, not
    anonymous.

    Args:
        book: the book.
        volunteer: id of the person.
        alias: what they are called from now on; nothing in the book may be called so yet.

    Raises:
        InputError: an argument is wrong, nobody in the book has this id, the alias is in the book already or contains
            a particular of the person, or two of their ids would become the same.

    >>> from datetime import datetime, time, date
    >>> from civicvol.service.person import PersonalDetails
    >>> from zoneinfo import ZoneInfo
    >>> noon = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    >>> person = PersonalDetails(volunteer="v1", name="Li Na", contact="138 0000 0000")
    >>> book = ServiceBook().record(Registered(at=noon, by="office", why="Li Na asked for it", person=person))
    >>> anonymised(book, "v1", "volunteer A").events[0].why
    'volunteer A asked for it'
    """
    _fields.require(
        book=(book, _fields.is_a(ServiceBook, "a ServiceBook")),
        volunteer=(volunteer, _fields.identifier),
        alias=(alias, _fields.identifier),
    )
    if not book.knows(volunteer):
        raise InputError.of("volunteer", "must be the id of somebody in the book", value=volunteer)
    unmapped = mask_for(volunteer, alias, _particulars(book, volunteer), book.events)
    mask = attrs.evolve(unmapped, items=_items(book, unmapped))
    return attrs.evolve(book, events=[event.masked(mask) for event in book.events])


def anonymised_sheet(
    sheet: AttendanceSheet, volunteer: str, alias: str, *, particulars: Iterable[str] = ()
) -> AttendanceSheet:
    """Return an attendance sheet without the particulars of a person, by which everybody was there as they were.

    The alias takes the place of their id and particulars in everything that was entered, reasons among it. The ids of
    everybody else stay as they are.

    Args:
        sheet: the sheet.
        volunteer: id of the person.
        alias: what they are called from now on; nothing in the sheet may be called so yet.
        particulars: names and numbers by which a text may tell who they are.

    Raises:
        InputError: an argument is wrong, nobody on the sheet has this id, the alias is in the sheet already or contains
            a particular of the person.
    """
    names = _fields.as_tuple(particulars)
    _fields.require(
        sheet=(sheet, _fields.is_a(AttendanceSheet, "an AttendanceSheet")),
        volunteer=(volunteer, _fields.identifier),
        alias=(alias, _fields.identifier),
        particulars=(names, _fields.tuple_of(_fields.identifier)),
    )
    if volunteer not in sheet.expected and volunteer not in sheet.state.people:
        raise InputError.of("volunteer", "must be the id of somebody on the sheet", value=volunteer)
    people = {*sheet.expected, *sheet.state.people, *sheet.policy.leaders, *(event.by for event in sheet.events)}
    masked: AttendanceSheet = mask_for(volunteer, alias, [volunteer, *names], sheet, people=people).value(sheet)
    return masked


def mask_for(
    volunteer: str, alias: str, particulars: Iterable[str], value: object, *, people: Iterable[str] = ()
) -> Mask:
    """Return the mask that puts an alias in the place of a person's particulars in a value.

    Args:
        volunteer: id of the person.
        alias: what they are called from now on.
        particulars: by which a text may tell who they are.
        value: what is to be masked.
        people: ids of everybody in it; those of others stay as they are.

    Raises:
        InputError: the alias contains one of the particulars, or is in the value already.
    """
    found = written(particulars)
    if found.search(alias):
        raise InputError.of(_ALIAS, "must hold no particular of the person", value=alias)
    named_so = written([alias])
    if any(named_so.search(text) for text in _texts(value)):
        raise InputError.of(_ALIAS, "must be in no id and no text of the book", value=alias)
    return Mask(volunteer=volunteer, alias=alias, written=found, others=frozenset(people) - {volunteer})


def _particulars(book: ServiceBook, volunteer: str) -> Iterator[str]:
    """Yield everything that the person is or was called, or known by."""
    yield volunteer
    for event in book.events:
        if isinstance(event, Registered) and event.person.volunteer == volunteer:
            yield from event.person.particulars
    for kept in book.state.certificates.values():
        holder = kept.certificate.holder
        if holder.volunteer == volunteer:
            yield from (holder.name, holder.number)
            if holder.document is not None:
                yield holder.document.number


def _items(book: ServiceBook, mask: Mask) -> dict[str, str]:
    """Return the new ids of the person's entries and facts whose ids have to change, by the old ones."""
    entries = {id: kept.entry.volunteer for id, kept in book.state.entries.items()}
    owners = (entries, {fact.id: fact.volunteer for fact in book.facts()})
    new: dict[str, str] = {}
    for owner in owners:
        taken = {id for id, volunteer in owner.items() if volunteer != mask.volunteer}
        for id in owner.keys() - taken:
            changed = mask.text(id)
            if changed in taken:
                message = f"would give another entry or fact the id {changed!r} too"
                raise InputError.of(_ALIAS, message, id=id, value=mask.alias)
            taken.add(changed)
            if changed != id:
                new[id] = changed
    return new


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield value
    elif isinstance(value, tuple | frozenset):
        for member in value:
            yield from _texts(member)
    else:
        for field in getattr(type(value), "__attrs_attrs__", ()):
            yield from _texts(getattr(value, field.name))
