"""Quantities: amounts that say what they count, as of when, and by which definition."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.calendar.timespan import minute_of
from civicvol.errors import InputError
from civicvol.labels import Choice, Label, Language

_AMOUNT = Label("{} {}", "{}{}")
_SHOWN = Label("{} ({}; as of {}; {})", "{}（{}；截至{}；{}）")
_HOURS = Label("{} h", "{}小时")
_HOURS_AND_MINUTES = Label("{} h {} min", "{}小时{}分钟")


class CountUnit(Choice):
    """What is counted. Units are not added to one another: ten people are not ten hours."""

    MINUTES = "minutes", "分钟"
    PERSON_TIMES = "person-times", "人次"
    PEOPLE = "people", "人"
    SERVICES = "services", "次服务"
    SERVED = "people served", "人受服务"

    @property
    def adds_up(self) -> bool:
        """Whether two amounts make one: minutes and person-times do, but the same people may be in two counts."""
        return self in (CountUnit.MINUTES, CountUnit.PERSON_TIMES)

    def amount(self, amount: int) -> Label:
        """Return an amount with its unit; minutes are shown in hours."""
        if self is not CountUnit.MINUTES:
            return _AMOUNT.filled(f"{amount:,}", _ONE[self] if amount == 1 else self.label)
        hours, minutes = divmod(amount, 60)
        return _HOURS_AND_MINUTES.filled(f"{hours:,}", minutes) if minutes else _HOURS.filled(f"{hours:,}")


_ONE = {
    CountUnit.PERSON_TIMES: Label("person-time", "人次"),
    CountUnit.PEOPLE: Label("person", "人"),
    CountUnit.SERVICES: Label("service", "次服务"),
    CountUnit.SERVED: Label("person served", "人受服务"),
}


class Status(Choice):
    """Which entries count: those that are verified, or all that are recorded; reversed ones never do."""

    VERIFIED = "verified", "已核实"
    RECORDED = "recorded", "已录入（含未核实）", "recorded, verified or not"


def as_status(value: Any) -> Any:
    """Turn the name of a status into the status; leave anything else as it is."""
    return Status.named(value)


status_check = _fields.is_a(Status, "a status: 'verified' or 'recorded'")


@attrs.frozen(kw_only=True)
class Quantity:
    """An amount that says what it counts, as of when, and by which definition.

    Two quantities are added where all of that is the same, and the unit adds up.

    Args:
        amount: how many.
        unit: what is counted.
        as_of: the moment whose knowledge it is.
        status: which entries count.
        definition: what exactly is counted.

    >>> from zoneinfo import ZoneInfo
    >>> noon = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    >>> served = Quantity(amount=90, unit=CountUnit.MINUTES, as_of=noon, definition=Label("minutes served"))
    >>> print(served + served)
    3 h (verified; as of 2026-03-01 12:00 Asia/Shanghai; minutes served)
    >>> served + attrs.evolve(served, unit=CountUnit.PEOPLE)
    Traceback (most recent call last):
    civicvol.errors.InputError: Quantity.unit must be that of the other quantity, minutes, not 'people'
    """

    amount: int = attrs.field(validator=_fields.whole(0, 10**15))
    unit: CountUnit = attrs.field(validator=_fields.is_a(CountUnit, "a CountUnit"))
    as_of: datetime = attrs.field(converter=as_moment, validator=moment)
    status: Status = attrs.field(default=Status.VERIFIED, converter=as_status, validator=status_check)
    definition: Label = attrs.field(validator=_fields.is_a(Label, "a label"))

    def __add__(self, other: "Quantity") -> "Quantity":
        _fields.expect("other", other, Quantity, "a Quantity")
        for name, told in _SAME.items():
            mine, theirs = told(self), told(other)
            if mine != theirs:
                message = f"must be that of the other quantity, {mine}"
                raise InputError.of(f"Quantity.{name}", message, value=str(theirs))
        if not self.unit.adds_up:
            message = "must be one that adds up: some may be in both counts, so count them together"
            raise InputError.of("Quantity.unit", message, value=str(self.unit))
        return attrs.evolve(self, amount=self.amount + other.amount)

    def __radd__(self, other: Any) -> "Quantity":
        return self if type(other) is int and other == 0 else self + other

    @property
    def label(self) -> Label:
        """The amount with its unit."""
        return self.unit.amount(self.amount)

    @property
    def moment(self) -> str:
        """The moment whose knowledge it is, in words."""
        return f"{self.as_of:%Y-%m-%d %H:%M} {self.as_of.tzinfo}"

    def text(self, language: Language = "en") -> str:
        """Return the amount with its unit, status, moment and definition."""
        return _SHOWN.filled(self.label, self.status.label, self.moment, self.definition).text(language)

    def __str__(self) -> str:
        return self.text()


_SAME: dict[str, Callable[[Quantity], object]] = {
    "unit": lambda quantity: quantity.unit,
    "as_of": lambda quantity: minute_of(quantity.as_of),
    "status": lambda quantity: quantity.status,
    "definition": lambda quantity: quantity.definition,
}
