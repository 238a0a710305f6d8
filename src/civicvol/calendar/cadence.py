"""How often something recurs, in days."""

from collections.abc import Iterable
from datetime import MAXYEAR, date
from typing import Any

import attrs

from civicvol import _fields
from civicvol._fields import Check
from civicvol.calendar import _checks, _rule
from civicvol.errors import Fault, InputError


def _wrong_rule(value: Any) -> str | None:
    message = _fields.text.wrong(value)
    if message is None:
        try:
            _rule.read(value)
        except ValueError as error:
            return str(error)
    return message


def _upper(value: str) -> str:
    return value.upper() if isinstance(value, str) else value


@attrs.frozen
class Cadence:
    """The days on which something recurs, as a recurrence rule of RFC 5545.

    The rule is the value of an RRULE with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY. As in the standard, days that do not
    exist are left out (the 31st of a short month), what the rule leaves open comes from the start (its weekday, its
    day of the month), and COUNT counts before `except_days` are taken away. The start itself is a day of the cadence
    only when the rule says so. BYSETPOS goes with MONTHLY and YEARLY, and UNTIL is a date.

    Args:
        rule: the rule, such as `FREQ=MONTHLY;BYDAY=-1FR`.
        start: the first day that can be one of its days; it also sets the rhythm of INTERVAL.
        except_days: days to leave out.
        extra_days: days to add, wherever they lie.

    Raises:
        InputError: the rule cannot be read, counts in hours, minutes, seconds or from Easter, or has no day within
            100 years of its start (31 February); or a day is both left out and added.

    >>> visits = Cadence("FREQ=MONTHLY;INTERVAL=3;BYDAY=1SA", date(2026, 1, 1))
    >>> [str(day) for day in visits.dates(date(2026, 1, 1), date(2026, 12, 31))]
    ['2026-01-03', '2026-04-04', '2026-07-04', '2026-10-03']
    """

    rule: str = attrs.field(converter=_upper, validator=Check(_wrong_rule))
    start: date = attrs.field(validator=_fields.day)
    except_days: frozenset[date] = attrs.field(
        default=frozenset(), converter=_fields.as_frozenset, validator=_fields.set_of(_fields.day)
    )
    extra_days: frozenset[date] = attrs.field(
        default=frozenset(), converter=_fields.as_frozenset, validator=_fields.set_of(_fields.day)
    )

    def __attrs_post_init__(self) -> None:
        faults = []
        both = self.except_days & self.extra_days
        if both:
            faults.append(Fault("Cadence.extra_days", "must not be in except_days too", value=str(min(both))))
        if not self._has_a_day():
            message = f"must have a day within {_rule.PATIENCE} years of its start, {self.start}"
            faults.append(Fault("Cadence.rule", message, value=self.rule))
        if faults:
            raise InputError(faults)

    @classmethod
    def daily(cls, start: date, every: int = 1) -> "Cadence":
        """Return the cadence of every day, or every so many days, from a start.

        Raises:
            InputError: an argument is of the wrong kind.
        """
        return cls(_text("DAILY", every), start)

    @classmethod
    def weekly(cls, start: date, *weekdays: str, every: int = 1) -> "Cadence":
        """Return the cadence of some weekdays in every week, or every so many weeks; weeks begin on Monday.

        Args:
            start: the day from which it counts.
            weekdays: codes from MO to SU; the weekday of the start if there are none.
            every: 2 for every other week.

        Raises:
            InputError: an argument is of the wrong kind.

        >>> Cadence.weekly(date(2026, 3, 2), "MO", "TH").rule
        'FREQ=WEEKLY;BYDAY=MO,TH'
        """
        _fields.require(weekdays=(weekdays, _fields.tuple_of(_checks.weekday)))
        return cls(_text("WEEKLY", every, f"BYDAY={','.join(weekdays)}" if weekdays else ""), start)

    @classmethod
    def monthly(
        cls, start: date, *, day: int | None = None, nth: int | None = None, weekday: str | None = None, every: int = 1
    ) -> "Cadence":
        """Return the cadence of one day in every month, or every so many months.

        Args:
            start: the day from which it counts.
            day: the day of the month, from 1 to 31; -1 is the last. Months without it are left out.
            nth: instead of `day`, which of the month's days of that weekday: 1 to 5, or -1 for the last.
            weekday: its code, from MO to SU.
            every: 3 for once a quarter.

        Raises:
            InputError: an argument is of the wrong kind, or `day` and `nth` with `weekday` do not fit together.

        >>> Cadence.monthly(date(2026, 1, 1), nth=-1, weekday="FR").rule
        'FREQ=MONTHLY;BYDAY=-1FR'
        """
        if (nth is None) != (weekday is None) or (day is not None and nth is not None):
            raise InputError.of(
                "Cadence.monthly", "must have a day, or both nth and weekday", value=(day, nth, weekday)
            )
        if day is not None:
            _fields.require(day=(day, _fields.whole(-31, 31)))
            return cls(_text("MONTHLY", every, f"BYMONTHDAY={day}"), start)
        if nth is not None:
            _fields.require(nth=(nth, _fields.whole(-5, 5)), weekday=(weekday, _checks.weekday))
            return cls(_text("MONTHLY", every, f"BYDAY={nth}{weekday}"), start)
        return cls(_text("MONTHLY", every), start)

    def dates(self, first: date, last: date) -> tuple[date, ...]:
        """Return its days from `first` to `last`, both included, in order; nothing when `last` is before `first`.

        Raises:
            InputError: an argument is no date.
        """
        _fields.require(first=(first, _fields.day), last=(last, _fields.day))
        days: Iterable[date] = _rule.read(self.rule).days(self.start, first, last)
        extra = {day for day in self.extra_days if first <= day <= last}
        if extra or self.except_days:
            days = sorted(extra.union(days) - self.except_days)
        return tuple(days)

    def _has_a_day(self) -> bool:
        patience = date(min(self.start.year + _rule.PATIENCE, MAXYEAR), 12, 31)
        return any(True for _ in _rule.read(self.rule).days(self.start, self.start, patience))


def _text(frequency: str, every: int, by: str = "") -> str:
    _fields.require(every=(every, _fields.whole(1)))
    parts = (f"FREQ={frequency}", f"INTERVAL={every}" if every > 1 else "", by)
    return ";".join(part for part in parts if part)
