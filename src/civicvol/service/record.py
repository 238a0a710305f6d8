"""Service records: all that is recorded of one person, as of a moment."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import attrs

from civicvol import _fields
from civicvol._markup import Html, el, joined
from civicvol.calendar._checks import as_moment, moment
from civicvol.errors import InputError
from civicvol.labels import Label, Language
from civicvol.service.book import ServiceBook
from civicvol.service.fact import Appraisal, Commendation, Complaint, Fact, Training
from civicvol.service.hours import HoursPolicy
from civicvol.service.person import PersonalDetails
from civicvol.service.purpose import Purpose
from civicvol.service.quantity import CountUnit, Quantity, Status
from civicvol.service.record_line import ServiceLine
from civicvol.service.record_part import RecordPart, as_parts, parts_check
from civicvol.service.record_tables import fact_tables, person_table, service_table
from civicvol.service.tally import Counting, Served, amounts
from civicvol.table import Table

_TITLE = Label("Record of volunteer service: {}", "志愿服务记录：{}")
_VOLUNTEER = Label("volunteer id", "志愿者标识")
_TOLD_OF_SERVICE = Label(
    "service: activities, dates, places, recipients, content, time, leaders and recorders",
    "志愿服务情况（活动名称、日期、地点、服务对象、服务内容、时长、负责人、记录人）",
)
_SECTIONS = {
    RecordPart.SERVICE: ("hours", "services"),
    RecordPart.TRAINING: ("trainings",),
    RecordPart.COMMENDATION: ("commendations",),
    RecordPart.APPRAISAL: ("appraisals",),
    RecordPart.COMPLAINTS: ("complaints",),
}

F = TypeVar("F", bound=Fact)


@attrs.frozen(kw_only=True)
class ServiceRecord:
    """All that is recorded of one person, as of a moment.

    It has what China's Measures for the Recording of Volunteer Service ask for, those of 2012 in articles 5 to 7 and
    those of 2020 in article 4: who they are, their service, training, commendation, appraisal, and complaints.

    Args:
        person: who they are, with the further details they let be in it.
        as_of: the moment; what was written later is not in it.
        hours: the time credited; None where services are not shown.
        services: their services, in the order of time.
        trainings: their training.
        commendations: their honours.
        appraisals: how good their service was, beside what is said of single services.
        complaints: what was complained of.
    """

    person: PersonalDetails = attrs.field(validator=_fields.is_a(PersonalDetails, "PersonalDetails"))
    as_of: datetime = attrs.field(converter=as_moment, validator=moment)
    hours: Quantity | None = attrs.field(default=None, validator=_fields.optional(_fields.is_a(Quantity, "a Quantity")))
    services: tuple[ServiceLine, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(ServiceLine, "a ServiceLine"))
    )
    trainings: tuple[Training, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Training, "a Training"))
    )
    commendations: tuple[Commendation, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Commendation, "a Commendation"))
    )
    appraisals: tuple[Appraisal, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Appraisal, "an Appraisal"))
    )
    complaints: tuple[Complaint, ...] = attrs.field(
        default=(), converter=_fields.as_tuple, validator=_fields.tuple_of(_fields.is_a(Complaint, "a Complaint"))
    )

    def only(self, parts: Iterable[RecordPart | str]) -> "ServiceRecord":
        """Return the record with some of its parts, and the volunteer's id.

        Raises:
            InputError: a record has no such part.
        """
        shown = as_parts(parts)
        _fields.require(parts=(shown, parts_check))
        person = {name: getattr(self.person, name) for part in shown for name in part.fields}
        sections = {name: getattr(self, name) for part in shown for name in _SECTIONS.get(part, ())}
        if RecordPart.SERVICE in shown and RecordPart.APPRAISAL not in shown:
            sections["services"] = tuple(attrs.evolve(line, appraisals=()) for line in self.services)
        details = PersonalDetails(volunteer=self.person.volunteer, **person)
        return ServiceRecord(person=details, as_of=self.as_of, **sections)

    @property
    def reveals(self) -> tuple[Label, ...]:
        """What whoever has the record knows of the person."""
        blank = PersonalDetails(volunteer=self.person.volunteer)
        parts = [part for part in RecordPart if part is not RecordPart.FURTHER and self._tells(part, blank)]
        told = (_TOLD_OF_SERVICE if part is RecordPart.SERVICE else part.label for part in parts)
        return (_VOLUNTEER, *told, *(detail.name for detail in self.person.further))

    def _tells(self, part: RecordPart, blank: PersonalDetails) -> bool:
        if part is RecordPart.APPRAISAL and any(line.appraisals for line in self.services):
            return True
        given = any(getattr(self.person, name) != getattr(blank, name) for name in part.fields)
        return given or any(getattr(self, name) for name in _SECTIONS.get(part, ()))

    def tables(self, language: Language = "en") -> tuple[Table, ...]:
        """Return the record as tables: who they are, their service, and one for each kind of fact there is."""
        service = () if self.hours is None else (service_table(self.services, self.hours, language),)
        facts = (*self.trainings, *self.commendations, *self.appraisals, *self.complaints)
        return (person_table(self.person, language), *service, *fact_tables(facts, language))

    def text(self, language: Language = "en") -> str:
        """Return the record as text."""
        return "\n\n".join([self._title(language), *map(str, self.tables(language))])

    def __str__(self) -> str:
        return self.text()

    def to_html(self, language: Language = "en") -> str:
        """Return the record as an HTML fragment that needs nothing else; every text in it is escaped."""
        tables = (table.to_html() for table in self.tables(language))
        return joined(el("h2", self._title(language)), *map(Html, tables))

    def _repr_html_(self) -> str:
        return self.to_html()

    def _title(self, language: Language) -> str:
        return _TITLE.filled(self.person.name or self.person.volunteer).text(language)


def record_of(
    book: ServiceBook,
    volunteer: str,
    as_of: datetime,
    policy: HoursPolicy,
    *,
    status: Status | str = Status.VERIFIED,
    purpose: Purpose | str | None = None,
) -> ServiceRecord:
    """Return all that is recorded of one person, as of a moment.

    Args:
        book: where it is recorded.
        volunteer: id of the volunteer.
        as_of: the moment; what was written later is not in it.
        policy: how time is credited.
        status: 'verified', or 'recorded' for services that are verified or not.
        purpose: what time is counted for; None where all provenances count.

    Raises:
        InputError: an argument is wrong, or nobody in the book has this id.
    """
    counting = Counting(as_of=as_of, policy=policy, status=status, purpose=purpose)
    served = sorted(counting.served(book, volunteer=volunteer), key=lambda each: each.entry.spans[0].start_minute)
    if not book.knows(volunteer):
        raise InputError.of("volunteer", "must be the id of somebody in the book", value=volunteer)
    state = book.state_at(as_of)
    facts = sorted((fact for fact in state.facts.values() if fact.volunteer == volunteer), key=lambda fact: fact.day)
    appraisals = _of_kind(Appraisal, facts)
    person = state.people.get(volunteer) or PersonalDetails(volunteer=volunteer)
    allowed = state.consents.get(volunteer, frozenset())
    return ServiceRecord(
        person=attrs.evolve(person, further=[detail for detail in person.further if detail.id in allowed]),
        as_of=as_of,
        hours=counting.quantity(CountUnit.MINUTES, amounts(served)[CountUnit.MINUTES]),
        services=[_line(each, appraisals) for each in served],
        trainings=_of_kind(Training, facts),
        commendations=_of_kind(Commendation, facts),
        appraisals=[each for each in appraisals if each.entry is None],
        complaints=_of_kind(Complaint, facts),
    )


def _of_kind(kind: type[F], facts: Iterable[Fact]) -> list[F]:
    return [fact for fact in facts if isinstance(fact, kind)]


def _line(served: Served, appraisals: Sequence[Appraisal]) -> ServiceLine:
    entry, credit = served.entry, served.credit
    return ServiceLine(
        entry=entry.id,
        day=credit.day,
        activity=entry.activity,
        raw_minutes=credit.raw_minutes,
        minutes=credit.minutes,
        provenance=entry.provenance,
        verified=served.kept.verified,
        leader=entry.leader,
        recorder=served.kept.recorder,
        appraisals=[each for each in appraisals if each.entry == entry.id],
    )
