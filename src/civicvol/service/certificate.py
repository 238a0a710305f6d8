"""A certificate of volunteer service: who served, for how long, at what, and who vouches for it."""

from datetime import date, datetime
from typing import Any

import attrs

from civicvol import _fields
from civicvol._fields import Check
from civicvol.calendar._checks import as_moment, moment
from civicvol.calendar._checks import day as _day
from civicvol.errors import Fault, InputError
from civicvol.labels import Label, as_label
from civicvol.service.mask import Mask

_LONGEST_NAME = 200
_MOST_SHOWN = 4


def _wrong_name(value: Any) -> str | None:
    wrong = _fields.identifier.wrong(value)
    return wrong or (None if len(value) <= _LONGEST_NAME else f"must have at most {_LONGEST_NAME} characters")


def _wrong_title(value: Any) -> str | None:
    if not isinstance(value, Label):
        return "must be a label, or text"
    return _wrong_name(value.en) or (_wrong_name(value.zh) if value.zh else None)


one_line = Check(_wrong_name)
"""A name on a certificate: one line, not empty, of at most 200 characters."""


def _wrong_address(value: Any) -> str | None:
    if value == "":
        return None
    fits = isinstance(value, str) and value.startswith(("https://", "http://")) and "#" not in value
    return _wrong_name(value) if fits else "must begin with https:// and have no #"


_title = Check(_wrong_title)


@attrs.frozen(kw_only=True)
class IdDocument:
    """A document by which somebody is known: its kind and its number.

    Args:
        kind: what it is called: an identity card, a passport.
        number: its number.
    """

    kind: Label = attrs.field(converter=as_label, validator=_title)
    number: str = attrs.field(validator=one_line)

    def masked(self) -> "IdDocument":
        """Return the document with its last four characters to be seen, or fewer, never more than half of them.

        >>> IdDocument(kind="identity card", number="110101199003078515").masked().number
        '**************8515'
        """
        seen = min(_MOST_SHOWN, len(self.number) // 2)
        hidden = len(self.number) - seen
        return attrs.evolve(self, number="*" * hidden + self.number[hidden:])


@attrs.frozen(kw_only=True)
class Holder:
    """Who a certificate is about.

    Args:
        volunteer: id of the volunteer.
        name: as it is to be printed.
        number: the volunteer's number in the register; the id where none is given.
        document: what they prove their identity with; None where a certificate is to name none.
    """

    volunteer: str = attrs.field(validator=one_line)
    name: str = attrs.field(validator=one_line)
    number: str = attrs.field(default=attrs.Factory(lambda self: self.volunteer, takes_self=True), validator=one_line)
    document: IdDocument | None = attrs.field(
        default=None, validator=_fields.optional(_fields.is_a(IdDocument, "an IdDocument"))
    )


@attrs.frozen(kw_only=True)
class Issuer:
    """Who vouches for a certificate, and whom to ask about it.

    Args:
        name: the organisation.
        responsible: the person who answers for it.
        handler: the person who made it out.
        contact: where they can be reached: a telephone number, an address.
        check_at: address of a page, if there is one, that checks a code given after its `#`, which no server sees.
    """

    name: Label = attrs.field(converter=as_label, validator=_title)
    responsible: str = attrs.field(validator=one_line)
    handler: str = attrs.field(validator=one_line)
    contact: str = attrs.field(validator=one_line)
    check_at: str = attrs.field(default="", validator=Check(_wrong_address))


@attrs.frozen(kw_only=True)
class CertificateLine:
    """Time that a certificate is made of.

    Args:
        entry: id of the entry in the service book.
        activity: what was done.
        day: the day on which it began.
        minutes: how much of it is credited.
    """

    entry: str = attrs.field(validator=_fields.identifier)
    activity: Label = attrs.field(converter=as_label, validator=_fields.is_a(Label, "a label"))
    day: date = attrs.field(validator=_day)
    minutes: int = attrs.field(validator=_fields.whole(1))


@attrs.frozen(kw_only=True)
class Certificate:
    """A certificate of volunteer service.

    It has what China's Ministry of Civil Affairs asks for in its guidance on certificates of volunteer service records
    (2015, no. 149): the person with identity document and volunteer number, the time in hours and what it was spent
    on, the issuer with the people who answer for it and how to reach them, a serial number, the date, and remarks.

    Args:
        serial: its number, which its issuer uses once.
        holder: who it is about.
        lines: the time it is made of, an entry a line; only such as is verified.
        first_day: the first day of the period it covers.
        last_day: the last.
        definition: which time counts, in words without a full stop.
        issuer: who vouches for it.
        issued: when; it tells what the service book knew at that moment.
        remarks: what else is to be said, if anything.
        code: the verification code, by which anybody can check it; none before it is signed.

    Raises:
        InputError: a field is wrong, a line lies outside the period, or the period is not over when it is issued.
    """

    serial: str = attrs.field(validator=one_line)
    holder: Holder = attrs.field(validator=_fields.is_a(Holder, "a Holder"))
    lines: tuple[CertificateLine, ...] = attrs.field(
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(
            _fields.is_a(CertificateLine, "a CertificateLine"), unique=lambda line: line.entry, least=1
        ),
    )
    first_day: date = attrs.field(validator=_day)
    last_day: date = attrs.field(validator=_day)
    definition: Label = attrs.field(converter=as_label, validator=_fields.is_a(Label, "a label"))
    issuer: Issuer = attrs.field(validator=_fields.is_a(Issuer, "an Issuer"))
    issued: datetime = attrs.field(converter=as_moment, validator=moment)
    remarks: str = attrs.field(default="", validator=_fields.text)
    code: str = attrs.field(default="", validator=_fields.text)

    def __attrs_post_init__(self) -> None:
        faults = []
        if self.last_day < self.first_day:
            faults.append(self._fault("last_day", f"must not be before the first day, {self.first_day}"))
        if self.last_day > self.issued.date():
            faults.append(self._fault("last_day", f"must not be after the day of issue, {self.issued.date()}"))
        outside = [line.entry for line in self.lines if not self.first_day <= line.day <= self.last_day]
        if outside and not faults:
            faults.append(self._fault("lines", f"must lie in the period; these do not: {', '.join(outside)}"))
        if faults:
            raise InputError(faults)

    def _fault(self, field: str, message: str) -> Fault:
        return Fault(f"Certificate.{field}", message, id=self.serial, value=getattr(self, field))

    @property
    def minutes(self) -> int:
        """The time it certifies."""
        return sum(line.minutes for line in self.lines)

    def masked(self, mask: Mask) -> "Certificate":
        """Return the certificate without a person's particulars, and without its code where it had any of them."""
        if mask.person(self.holder.volunteer) != self.holder.volunteer:
            holder = Holder(volunteer=mask.alias, name=mask.alias)
        else:
            holder = self.holder
        people = {field: mask.text(getattr(self.issuer, field)) for field in ("responsible", "handler", "contact")}
        lines = (
            attrs.evolve(line, entry=mask.item(line.entry), activity=mask.label(line.activity)) for line in self.lines
        )
        masked = attrs.evolve(
            self,
            holder=holder,
            lines=tuple(lines),
            issuer=attrs.evolve(self.issuer, **people),
            remarks=mask.text(self.remarks),
        )
        return self if masked == self else attrs.evolve(masked, code="")

    def by_activity(self) -> tuple[tuple[Label, int, int], ...]:
        """Return for each activity its name, how often it is in the lines and its minutes, the longest first."""
        found: dict[Label, list[int]] = {}
        for line in self.lines:
            found.setdefault(line.activity, []).append(line.minutes)
        groups = ((activity, len(minutes), sum(minutes)) for activity, minutes in found.items())
        return tuple(sorted(groups, key=lambda group: (-group[2], group[0].en, group[0].zh)))


@attrs.frozen(kw_only=True)
class KeptCertificate:
    """A certificate that was issued, and what became of it.

    Args:
        certificate: the certificate.
        withdrawn: when it was withdrawn; None as long as nobody did. One whose entries were put right does not hold
            either, whether somebody withdrew it or not.
        why: why it was withdrawn, in words.
    """

    certificate: Certificate
    withdrawn: datetime | None = None
    why: str = ""
