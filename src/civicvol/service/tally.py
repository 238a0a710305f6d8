"""What counts in a book as of a moment: entries with their credits, and how many of each unit they make."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.labels import Label
from civicvol.service.book import ServiceBook
from civicvol.service.credit import Credit, credit
from civicvol.service.entry import ServiceEntry
from civicvol.service.hours import HoursPolicy
from civicvol.service.purpose import Purpose, as_purpose, purpose_check
from civicvol.service.quantity import CountUnit, Quantity, Status, as_status, status_check
from civicvol.service.state import KeptEntry

_CREDITED = Label("time credited: {}", "计入时长：{}")
_DEFINITIONS = {
    CountUnit.PERSON_TIMES: Label(
        "each person once for each activity they served at, whatever time is credited",
        "每人每次活动计一次，不论计入时长多少",
    ),
    CountUnit.PEOPLE: Label("each person who served, once", "服务过的每个人计一次"),
    CountUnit.SERVICES: Label("each activity at which somebody served, once", "有人服务的每次活动计一次"),
    CountUnit.SERVED: Label("the people served, once for each activity", "各次活动的受服务人数之和"),
}


@attrs.frozen(kw_only=True)
class Served:
    """An entry that counts, with who recorded it, and what it is credited.

    Args:
        kept: the entry.
        credit: what it is credited.
    """

    kept: KeptEntry
    credit: Credit

    @property
    def entry(self) -> ServiceEntry:
        """The entry itself."""
        return self.kept.entry


@attrs.frozen(kw_only=True)
class Counting:
    """What is counted: as of when, by which policy, with which entries, and for what.

    Args:
        as_of: the moment; what was written later does not count.
        policy: how time is credited.
        status: which entries count.
        purpose: what time is counted for; None where all provenances count.
    """

    as_of: datetime = attrs.field(converter=as_moment, validator=moment)
    policy: HoursPolicy = attrs.field(validator=_fields.is_a(HoursPolicy, "an HoursPolicy"))
    status: Status = attrs.field(default=Status.VERIFIED, converter=as_status, validator=status_check)
    purpose: Purpose | None = attrs.field(default=None, converter=as_purpose, validator=_fields.optional(purpose_check))

    def served(
        self,
        book: ServiceBook,
        *,
        volunteer: str | None = None,
        first_day: date | None = None,
        last_day: date | None = None,
    ) -> tuple[Served, ...]:
        """Return the entries that count, in the order in which they were recorded.

        Credits are reckoned with everything that counts by then, also of other days: a day's cap is a day's cap
        whichever days are looked at.

        Args:
            book: where they are recorded.
            volunteer: id of the volunteer whose they are; None for all.
            first_day: the first day that is looked at; None for all until the last.
            last_day: the last one; None for all from the first.

        Raises:
            InputError: an argument is wrong.
        """
        day = _fields.optional(_fields.day)
        _fields.require(
            book=(book, _fields.is_a(ServiceBook, "a ServiceBook")),
            volunteer=(volunteer, _fields.optional(_fields.identifier)),
            first_day=(first_day, day),
            last_day=(last_day, day),
        )
        kept = [
            each
            for each in book.state_at(self.as_of).entries.values()
            if (each.verified if self.status is Status.VERIFIED else each.stands)
            and volunteer in (None, each.entry.volunteer)
        ]
        credits = credit([each.entry for each in kept], self.policy, self.purpose)
        return tuple(
            Served(kept=each, credit=own)
            for each, own in zip(kept, credits, strict=True)
            if (first_day is None or first_day <= own.day) and (last_day is None or own.day <= last_day)
        )

    def quantity(self, unit: CountUnit, amount: int) -> Quantity:
        """Return an amount as a quantity that says how it was counted."""
        definition = _DEFINITIONS.get(unit) or _CREDITED.filled(self.policy.definition(self.purpose))
        return Quantity(amount=amount, unit=unit, as_of=self.as_of, status=self.status, definition=definition)


def amounts(served: Iterable[Served]) -> Mapping[CountUnit, int]:
    """Return how many of each unit some entries make."""
    minutes, person_times, recipients = 0, set(), dict[str, int]()
    for each in served:
        activity = each.entry.activity
        minutes += each.credit.minutes
        person_times.add((each.entry.volunteer, activity.id))
        recipients[activity.id] = max(activity.recipients, recipients.get(activity.id, 0))
    return {
        CountUnit.MINUTES: minutes,
        CountUnit.PERSON_TIMES: len(person_times),
        CountUnit.PEOPLE: len({volunteer for volunteer, _ in person_times}),
        CountUnit.SERVICES: len(recipients),
        CountUnit.SERVED: sum(recipients.values()),
    }
