"""Exports of a service record: what is handed on, to whom, and what it reveals."""

from collections.abc import Iterable

import attrs

from civicvol import _fields
from civicvol.labels import Label, Language
from civicvol.service.record import ServiceRecord
from civicvol.service.record_part import RecordPart

_LIST = Label("{}, {}", "{}、{}")
_NOTICE = Label(
    "For {}. It reveals: {}. It must not be used for commerce or profit, nor to harm anybody's privacy.",
    "提供给：{}。所含信息：{}。不得用于商业或营利目的，不得侵害个人隐私。",
)


@attrs.frozen(kw_only=True)
class RecordExport:
    """A record of service that is handed on; it says what it reveals.

    That a record is not for commerce or profit, and must harm nobody's privacy, is in article 3 of China's Measures
    for the Recording of Volunteer Service (2012).

    Args:
        record: what is handed on.
        to: who it is for, in words.
    """

    record: ServiceRecord = attrs.field(validator=_fields.is_a(ServiceRecord, "a ServiceRecord"))
    to: str = attrs.field(validator=_fields.identifier)

    @property
    def reveals(self) -> tuple[Label, ...]:
        """What whoever gets it knows of the person."""
        return self.record.reveals

    @property
    def notice(self) -> Label:
        """What is said with it: for whom it is, what it reveals, and what it must not be used for."""
        revealed, *others = self.reveals
        for other in others:
            revealed = _LIST.filled(revealed, other)
        return _NOTICE.filled(self.to, revealed)

    def text(self, language: Language = "en") -> str:
        """Return the notice and the record as text."""
        return f"{self.notice.text(language)}\n\n{self.record.text(language)}"

    def __str__(self) -> str:
        return self.text()


def export_record(
    record: ServiceRecord, to: str, parts: Iterable[RecordPart | str] = tuple(RecordPart)
) -> RecordExport:
    """Return a record as it is handed on to somebody, with no more than they need.

    Args:
        record: the record.
        to: who it is for, in words.
        parts: what they get; all of it where nothing is said.

    Raises:
        InputError: an argument is wrong.
    """
    _fields.require(record=(record, _fields.is_a(ServiceRecord, "a ServiceRecord")))
    return RecordExport(record=record.only(parts), to=to)
