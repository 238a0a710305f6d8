"""Totals: what a book comes to as of a moment: hours, person-times, people, services and people served."""

from datetime import date, datetime

import attrs

from civicvol import _fields
from civicvol.labels import Label, Language
from civicvol.service.book import ServiceBook
from civicvol.service.hours import HoursPolicy
from civicvol.service.purpose import Purpose
from civicvol.service.quantity import CountUnit, Quantity, Status
from civicvol.service.tally import Counting, amounts
from civicvol.table import Table

_TITLE = Label("Service of {}", "{}的服务")
_EVERYBODY = Label("everybody", "全体志愿者")
_COLUMNS = Label("amount", "数量"), Label("definition", "口径")
_NOTE = Label("Entries that are {}, as of {}.", "{}的记录，截至{}。")
_BETWEEN = Label("{}, {} to {}", "{}（{}至{}）")
_SINCE = Label("{}, since {}", "{}（{}起）")
_UNTIL = Label("{}, until {}", "{}（至{}）")

_quantity = _fields.is_a(Quantity, "a Quantity")


@attrs.frozen(kw_only=True)
class Totals:
    """What a book comes to, as of a moment; each quantity says its moment, status and definition.

    Args:
        scope: whose service it is, and of which days.
        hours: the time credited.
        person_times: how often somebody served.
        people: how many people did.
        services: at how many activities.
        served: how many people were served there.
    """

    scope: Label = attrs.field(validator=_fields.is_a(Label, "a label"))
    hours: Quantity = attrs.field(validator=_quantity)
    person_times: Quantity = attrs.field(validator=_quantity)
    people: Quantity = attrs.field(validator=_quantity)
    services: Quantity = attrs.field(validator=_quantity)
    served: Quantity = attrs.field(validator=_quantity)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """All five."""
        return self.hours, self.person_times, self.people, self.services, self.served

    def table(self, language: Language = "en") -> Table:
        """Return the totals as a table that states every definition."""
        rows = [(each.label.text(language), each.definition.text(language)) for each in self.quantities]
        return Table(
            title=_TITLE.filled(self.scope).text(language),
            columns=tuple(each.text(language) for each in _COLUMNS),
            rows=rows,
            note=_NOTE.filled(self.hours.status.label, self.hours.moment).text(language),
        )

    def text(self, language: Language = "en") -> str:
        """Return the totals as text."""
        return str(self.table(language))

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def totals(
    book: ServiceBook,
    as_of: datetime,
    policy: HoursPolicy,
    *,
    status: Status | str = Status.VERIFIED,
    purpose: Purpose | str | None = None,
    volunteer: str | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Totals:
    """Return what a book comes to as of a moment.

    Args:
        book: where service is recorded.
        as_of: the moment; what was written later does not count.
        policy: how time is credited.
        status: 'verified' or 'recorded', which is verified or not; reversed entries never count.
        purpose: what time is counted for; None where all provenances count.
        volunteer: id of the volunteer whose service it is; None for everybody's.
        first_day: the first day that counts; None for all until the last.
        last_day: the last one; None for all from the first.

    Raises:
        InputError: an argument is wrong.
    """
    counting = Counting(as_of=as_of, policy=policy, status=status, purpose=purpose)
    served = counting.served(book, volunteer=volunteer, first_day=first_day, last_day=last_day)
    found = {unit: counting.quantity(unit, amount) for unit, amount in amounts(served).items()}
    return Totals(
        scope=_scope(_EVERYBODY if volunteer is None else Label(volunteer), first_day, last_day),
        hours=found[CountUnit.MINUTES],
        person_times=found[CountUnit.PERSON_TIMES],
        people=found[CountUnit.PEOPLE],
        services=found[CountUnit.SERVICES],
        served=found[CountUnit.SERVED],
    )


def _scope(who: Label, first_day: date | None, last_day: date | None) -> Label:
    if first_day is not None and last_day is not None:
        return _BETWEEN.filled(who, str(first_day), str(last_day))
    if first_day is not None:
        return _SINCE.filled(who, str(first_day))
    return who if last_day is None else _UNTIL.filled(who, str(last_day))
