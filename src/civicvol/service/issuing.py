"""Making out a certificate from the service book."""

from collections.abc import Iterable
from datetime import date, datetime

from civicvol import _fields
from civicvol.calendar import _checks
from civicvol.errors import InputError, RefusedError
from civicvol.labels import Label
from civicvol.service.book import ServiceBook
from civicvol.service.certificate import Certificate, CertificateLine, Holder, IdDocument, Issuer, one_line
from civicvol.service.certificate_events import CertificateIssued
from civicvol.service.credit import Credit, credit
from civicvol.service.entry import ServiceEntry
from civicvol.service.hours import HoursPolicy
from civicvol.service.keys import SigningKey
from civicvol.service.person import PersonalDetails
from civicvol.service.purpose import Purpose
from civicvol.service.verification import sign

_STRANGER = Label("{} is not registered, so there is no name to certify", "{}尚未登记，没有可证明的姓名")
_NOTHING = Label("{} has no verified hours to certify", "{}没有可证明的已核实时长")
_DOCUMENT = Label("identity document", "身份证件")


def issue(
    book: ServiceBook,
    volunteer: str,
    *,
    issuer: Issuer,
    serial: str,
    at: datetime,
    by: str,
    policy: HoursPolicy,
    signing_key: SigningKey | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    whole_id: bool = False,
    remarks: str = "",
) -> CertificateIssued:
    """Return the event by which a volunteer is issued a certificate, with the certificate in it.

    The certificate says what verified service a volunteer is credited under the policy, by what the book knows now.
    The book is not changed: `book.record` writes the event into it, which gives the serial number away.

    Args:
        book: the service book.
        volunteer: id of the volunteer, whose name and identity document are taken from the book.
        issuer: who vouches for it.
        serial: its serial number, which no certificate in the book has.
        at: when it is issued, not before the last event in the book; it is dated by the clocks of the policy's zone.
        by: id of whoever issues it.
        policy: which time counts: `Purpose.CERTIFICATES` decides by provenance.
        signing_key: the issuer's key; without one there is no verification code.
        first_day: the first day of the period it covers; that of the first entry where None.
        last_day: the last day of it; that of the last entry where None.
        whole_id: whether the number of the identity document is written in full; else its last four characters can be
            seen, and the certificate does not know the others.
        remarks: what else is to be said.

    Raises:
        InputError: an argument is wrong, or the period ends after the day of issue.
        RefusedError: the volunteer is not registered or has no verified hours in the period, or the book refuses it.
        MissingExtraError: there is a key, and `cryptography` is not installed.
    """
    _fields.require(
        book=(book, _fields.is_a(ServiceBook, "a ServiceBook")),
        volunteer=(volunteer, _fields.identifier),
        issuer=(issuer, _fields.is_a(Issuer, "an Issuer")),
        serial=(serial, one_line),
        at=(at, _checks.moment),
        by=(by, _fields.identifier),
        policy=(policy, _fields.is_a(HoursPolicy, "an HoursPolicy")),
        signing_key=(signing_key, _fields.optional(_fields.is_a(SigningKey, "a SigningKey"))),
        first_day=(first_day, _fields.optional(_checks.day)),
        last_day=(last_day, _fields.optional(_checks.day)),
        whole_id=(whole_id, _fields.flag),
        remarks=(remarks, _fields.text),
    )
    if first_day is not None and last_day is not None and last_day < first_day:
        raise InputError.of("last_day", f"must not be before the first day, {first_day}", value=last_day)
    person = book.state.people.get(volunteer)
    if person is None:
        raise RefusedError(CertificateIssued.__name__, [_STRANGER.filled(volunteer)])
    entries = {
        kept.entry.id: kept.entry
        for kept in book.state.entries.values()
        if kept.verified and kept.entry.volunteer == volunteer
    }
    # Caps and overlaps reach over the ends of the period, so it is cut out of what all of their time is credited.
    credits = credit(entries.values(), policy, Purpose.CERTIFICATES)
    lines = _lines(entries, (each for each in credits if each.minutes and _between(each.day, first_day, last_day)))
    if not lines:
        raise RefusedError(CertificateIssued.__name__, [_NOTHING.filled(person.name)])
    certificate = Certificate(
        serial=serial,
        holder=_holder(person, whole_id=whole_id),
        lines=lines,
        first_day=lines[0].day if first_day is None else first_day,
        last_day=lines[-1].day if last_day is None else last_day,
        definition=policy.definition(Purpose.CERTIFICATES),
        issuer=issuer,
        issued=at.astimezone(policy.zone),
        remarks=remarks,
    )
    if signing_key is not None:
        certificate = sign(certificate, signing_key)
    event = CertificateIssued(at=at, by=by, certificate=certificate)
    book.record(event)
    return event


def _between(day: date, first_day: date | None, last_day: date | None) -> bool:
    return (first_day is None or first_day <= day) and (last_day is None or day <= last_day)


def _lines(entries: dict[str, ServiceEntry], credits: Iterable[Credit]) -> tuple[CertificateLine, ...]:
    """Return a line for each credit, in the order of time."""
    ordered = sorted(credits, key=lambda each: (entries[each.entry].spans[0].start_minute, each.entry))
    return tuple(
        CertificateLine(
            entry=each.entry, activity=entries[each.entry].activity.name, day=each.day, minutes=each.minutes
        )
        for each in ordered
    )


def _holder(person: PersonalDetails, *, whole_id: bool) -> Holder:
    """Return a person as a certificate names them."""
    document = None
    if person.id_number:
        document = IdDocument(kind=Label(person.id_type) if person.id_type else _DOCUMENT, number=person.id_number)
    return Holder(
        volunteer=person.volunteer,
        name=person.name,
        number=person.volunteer_number or person.volunteer,
        document=document if document is None or whole_id else document.masked(),
    )
