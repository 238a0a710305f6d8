"""Personal details: who a volunteer is, as a record of service states it."""

from datetime import date

import attrs

from civicvol import _fields
from civicvol.calendar import _checks
from civicvol.labels import Label, as_label


@attrs.frozen(kw_only=True)
class FurtherDetail:
    """A detail of a person that is in their record only with their consent.

    Args:
        id: the app's own id, which consent is given for: employer, education, photograph.
        name: what people call it.
        value: what it is for this person, in words.
    """

    id: str = attrs.field(validator=_fields.identifier)
    name: Label = attrs.field(
        default=attrs.Factory(lambda self: as_label(self.id), takes_self=True),
        converter=as_label,
        validator=_fields.is_a(Label, "a label"),
    )
    value: str = attrs.field(validator=_fields.text)


@attrs.frozen(kw_only=True)
class PersonalDetails:
    """Who a volunteer is.

    Name, sex, birth, identity number, skills and contact are what China's Measures for the Recording of Volunteer
    Service (2012), article 5, ask for; whatever goes beyond them needs consent.

    Args:
        volunteer: id of the volunteer.
        name: their name.
        sex: in words.
        birth_date: when they were born.
        id_type: the kind of identity document.
        id_number: its number.
        volunteer_number: their number in a register of volunteers.
        skills: what they can do, in words.
        contact: how to reach them.
        further: more than is asked for; in a record only with their consent.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    name: str = attrs.field(default=attrs.Factory(lambda self: self.volunteer, takes_self=True), validator=_fields.text)
    sex: str = attrs.field(default="", validator=_fields.text)
    birth_date: date | None = attrs.field(default=None, validator=_fields.optional(_checks.day))
    id_type: str = attrs.field(default="", validator=_fields.text)
    id_number: str = attrs.field(default="", validator=_fields.text)
    volunteer_number: str = attrs.field(default="", validator=_fields.text)
    skills: tuple[str, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.text)
    )
    contact: str = attrs.field(default="", validator=_fields.text)
    further: tuple[FurtherDetail, ...] = attrs.field(
        default=(),
        converter=_fields.as_tuple,
        validator=_fields.tuple_of(_fields.is_a(FurtherDetail, "a FurtherDetail"), unique=lambda detail: detail.id),
    )

    def age_on(self, day: date) -> int | None:
        """Return the age in full years on a day, None where the birth date is not known."""
        if self.birth_date is None:
            return None
        birth = self.birth_date
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    @property
    def particulars(self) -> tuple[str, ...]:
        """What tells this person from all others wherever it is written."""
        given = (self.volunteer, self.name, self.id_number, self.volunteer_number, self.contact)
        return tuple(each for each in given if each.strip())
