"""Facts: what is recorded of a volunteer beside the time they served."""

from datetime import date
from typing import Any, Self

import attrs

from civicvol import _fields
from civicvol.calendar import _checks
from civicvol.service.mask import Mask


@attrs.frozen(kw_only=True)
class Fact:
    """Something that is recorded of a volunteer; what is wrong is taken back, and recorded anew.

    Args:
        id: the app's own id.
        volunteer: id of the volunteer.
        day: when it was.
        text: what it is, in words.
    """

    id: str = attrs.field(validator=_fields.identifier)
    volunteer: str = attrs.field(validator=_fields.identifier)
    day: date = attrs.field(validator=_checks.day)
    text: str = attrs.field(default="", validator=_fields.text)

    def masked(self, mask: Mask) -> Self:
        """Return the fact without a person's particulars."""
        texts: dict[str, Any] = {
            field.name: mask.text(getattr(self, field.name))
            for field in attrs.fields(type(self))
            if field.validator is _fields.text
        }
        return attrs.evolve(self, id=mask.item(self.id), volunteer=mask.person(self.volunteer), **texts)


@attrs.frozen(kw_only=True)
class Training(Fact):
    """Training that a volunteer took part in.

    Args:
        minutes: how long it was.
        provider: who gave it, in words.
    """

    minutes: int = attrs.field(default=0, validator=_fields.whole())
    provider: str = attrs.field(default="", validator=_fields.text)


@attrs.frozen(kw_only=True)
class Commendation(Fact):
    """An honour that a volunteer was given.

    Args:
        giver: who gave it, in words.
    """

    giver: str = attrs.field(default="", validator=_fields.text)


@attrs.frozen(kw_only=True)
class EntryFact(Fact):
    """A fact that may be about one entry.

    Args:
        entry: id of the entry; None where it is about none in particular.
    """

    entry: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))

    def masked(self, mask: Mask) -> Self:
        """Return the fact without a person's particulars."""
        entry = None if self.entry is None else mask.item(self.entry)
        return attrs.evolve(super().masked(mask), entry=entry)


@attrs.frozen(kw_only=True)
class Appraisal(EntryFact):
    """How good somebody's service was, in words: at one entry, or over a time.

    Args:
        appraiser: who says so, in words: a recipient, an organiser.
    """

    appraiser: str = attrs.field(default="", validator=_fields.text)


@attrs.frozen(kw_only=True)
class Complaint(EntryFact):
    """A complaint about somebody's service, as it was made; it takes no hours away by itself.

    Args:
        outcome: what came of it, in words.
    """

    outcome: str = attrs.field(default="", validator=_fields.text)
