"""Recurrence rules of RFC 5545 in days: read strictly, and evaluated one year at a time by python-dateutil."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import suppress
from datetime import MAXYEAR, date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

import attrs
from dateutil import rrule

from civicvol.calendar._checks import WEEKDAYS

PATIENCE = 100
"""A rule without a day in the first so many years counts as one that has none."""

_MOST = 10**9
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_NUMBERS = {"BYSETPOS": 366, "BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53}
_ONLY_WITH = {
    "BYSETPOS": ("MONTHLY", "YEARLY"),
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYYEARDAY": ("YEARLY",),
    "BYWEEKNO": ("YEARLY",),
}
_WEEKDAY = re.compile(rf"([+-]?\d{{1,2}})?({'|'.join(WEEKDAYS)})", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,3}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,10}", re.ASCII)
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)

Values = tuple[Any, ...]


@attrs.frozen(cache_hash=True)
class Picks:
    """Which days of a year the BY parts of a rule pick, whatever its start and interval."""

    monthly: bool
    week_start: int
    by: tuple[tuple[str, Values], ...]


@attrs.frozen
class Rule:
    """A rule that has been read: its frequency, its limits and its BY parts by name."""

    frequency: str
    interval: int
    count: int | None
    until: date | None
    week_start: int
    by: tuple[tuple[str, Values], ...]

    def days(self, start: date, first: date, last: date) -> Iterator[date]:
        """Yield the days from `first` to `last` of the rule that begins at `start`."""
        last = min(last, self.until or last)
        if self.count is None:
            for ordinals in self._years(start, max(first, start), last):
                yield from map(date.fromordinal, ordinals)
            return
        left = self.count
        for ordinals in self._years(start, start, last):
            counted = ordinals[:left]
            yield from map(date.fromordinal, counted[bisect_left(counted, first.toordinal()) :])
            left -= len(counted)
            if not left:
                return

    def _years(self, start: date, first: date, last: date) -> Iterator[list[int]]:
        """Yield the days from `first` to `last` as ordinals, a list for every year."""
        picks = self._picks(start)
        begin, stop = first.toordinal(), last.toordinal()
        for year in range(first.year, last.year + 1):
            # The calendar repeats every 400 years, weekdays included; years like these keep dateutil off its ends.
            numbers = _days_of_year(picks, 2000 + year % 400)
            new_year = date(year, 1, 1).toordinal()
            low, high = bisect_left(numbers, begin - new_year), bisect_right(numbers, stop - new_year)
            yield self._in_step(start.toordinal(), [new_year + number for number in numbers[low:high]])

    def _in_step(self, start: int, ordinals: list[int]) -> list[int]:
        """Return the days whose period comes a whole number of intervals after the period of the start."""
        step = self.interval
        if step == 1:
            return ordinals
        if self.frequency in {"DAILY", "WEEKLY"}:
            length, begin = (1, 0) if self.frequency == "DAILY" else (7, 1 + self.week_start)
            first = (start - begin) // length
            return [day for day in ordinals if ((day - begin) // length - first) % step == 0]
        period = _month if self.frequency == "MONTHLY" else _year
        first = period(start)
        return [day for day in ordinals if (period(day) - first) % step == 0]

    def _picks(self, start: date) -> Picks:
        """Return the BY parts with what the start fills in where they leave the day open."""
        by = dict(self.by)
        if not by.keys() & {"bymonthday", "byyearday", "byweekday"}:
            if self.frequency == "DAILY":
                by["byweekday"] = tuple((number, 0) for number in range(7))
            elif self.frequency == "WEEKLY" or "byweekno" in by:
                by["byweekday"] = ((start.weekday(), 0),)
            else:
                by["bymonthday"] = (start.day,)
                if self.frequency == "YEARLY":
                    by.setdefault("bymonth", (start.month,))
        return Picks(self.frequency == "MONTHLY", self.week_start, tuple(sorted(by.items())))


@lru_cache(maxsize=2_000)
def _days_of_year(picks: Picks, year: int) -> tuple[int, ...]:
    """Return the days that are picked, counted from the first of January as 0."""
    by: dict[str, Any] = {name: values for name, values in picks.by if name != "byweekday"}
    weekdays = dict(picks.by).get("byweekday")
    if weekdays:
        by["byweekday"] = tuple(rrule.weekday(number, nth or None) for number, nth in weekdays)
    weeks = by.pop("byweekno", ())
    # dateutil looks for a day until the year 9999, so each period is a rule of its own whose next period is past that.
    if picks.monthly:
        months = (datetime(year, month, 1) for month in by.get("bymonth", range(1, 13)))
        rules = [rrule.rrule(rrule.MONTHLY, month, interval=12 * MAXYEAR, **by) for month in months]
    else:
        rules = [rrule.rrule(rrule.YEARLY, datetime(year, 1, 1), interval=MAXYEAR, **by)]
    new_year = date(year, 1, 1).toordinal()
    days = [day.toordinal() for day in chain.from_iterable(rules)]
    if weeks:
        # dateutil gives the first days of some Januaries to a week 53 that the year before does not have.
        days = [day for day in days if not _week_numbers(day, picks.week_start).isdisjoint(weeks)]
    return tuple(day - new_year for day in days)


@lru_cache(maxsize=1_000)
def read(text: str) -> Rule:
    """Read an RRULE value.

    Raises:
        ValueError: it is no rule of date frequency; the message says why, as words that follow "the rule".
    """
    parts = _split(text)
    frequency = parts.pop("FREQ", None)
    if frequency not in _FREQUENCIES:
        raise ValueError(f"must have a FREQ of {', '.join(_FREQUENCIES)}")
    interval = _amount("INTERVAL", parts.pop("INTERVAL", "1"))
    count = _amount("COUNT", parts.pop("COUNT")) if "COUNT" in parts else None
    until = _until(parts.pop("UNTIL")) if "UNTIL" in parts else None
    if count is not None and until is not None:
        raise ValueError("must not have both COUNT and UNTIL")
    week_start = parts.pop("WKST", "MO")
    if week_start not in WEEKDAYS:
        raise ValueError("must have a weekday like MO as WKST")
    by = _by_parts(frequency, parts)
    return Rule(frequency, interval, count, until, WEEKDAYS.index(week_start), by)


def _split(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise ValueError("must be NAME=VALUE parts with ';' between them, like FREQ=WEEKLY;BYDAY=MO")
        if name in parts:
            raise ValueError(f"must not have {name} twice")
        parts[name] = value
    return parts


def _amount(name: str, value: str) -> int:
    if not _AMOUNT.fullmatch(value) or not 1 <= int(value) <= _MOST:
        raise ValueError(f"must have a whole number from 1 to {_MOST:,} as {name}")
    return int(value)


def _until(value: str) -> date:
    match = _DATE.fullmatch(value)
    if match:
        with suppress(ValueError):
            return date(*map(int, match.groups()))
    raise ValueError("must have a date like 20261231, without a time, as UNTIL")


def _by_parts(frequency: str, parts: dict[str, str]) -> tuple[tuple[str, Values], ...]:
    by: dict[str, Values] = {}
    for name, value in parts.items():
        if name not in _NUMBERS and name != "BYDAY":
            raise ValueError(f"must not have {name[:20]}: a cadence counts in days")
        if frequency not in _ONLY_WITH.get(name, _FREQUENCIES):
            raise ValueError(f"must not have {name} with FREQ={frequency}")
        if name != "BYDAY":
            by[name.lower()] = _numbers(name, value)
    if "BYDAY" in parts:
        by["byweekday"] = _weekdays(frequency, parts["BYDAY"], by)
    if "bysetpos" in by and "byweekno" in by:
        raise ValueError("must not have BYSETPOS with BYWEEKNO")
    if by.keys() == {"bysetpos"}:
        raise ValueError("must have another BY part to choose from with BYSETPOS")
    return tuple(sorted(by.items()))


def _numbers(name: str, value: str) -> Values:
    most = _NUMBERS[name]
    least = 1 if name == "BYMONTH" else -most
    numbers = {int(item) if _NUMBER.fullmatch(item) else 0 for item in value.split(",")}
    if 0 in numbers or not all(least <= number <= most for number in numbers):
        below = "" if name == "BYMONTH" else f", or from -{most} to -1,"
        raise ValueError(f"must have numbers from 1 to {most}{below} as {name}")
    return tuple(sorted(numbers))


def _weekdays(frequency: str, value: str, by: dict[str, Values]) -> Values:
    matches = [_WEEKDAY.fullmatch(item) for item in value.split(",")]
    if not all(matches):
        raise ValueError("must have weekdays like MO, or 1MO and -1FR for the first and last, as BYDAY")
    found = {(WEEKDAYS.index(match[2]), match[1]) for match in matches if match}
    numbered = {(weekday, int(nth)) for weekday, nth in found if nth is not None}
    plain = {weekday for weekday, nth in found if nth is None}
    if not numbered:
        return tuple((weekday, 0) for weekday in sorted(plain))
    if frequency in ("DAILY", "WEEKLY") or "byweekno" in by:
        raise ValueError("must not number the weekdays of BYDAY: only months and years are long enough")
    most = 5 if frequency == "MONTHLY" or "bymonth" in by else 53
    if not all(1 <= abs(nth) <= most for _, nth in numbered):
        raise ValueError(f"must number the weekdays of BYDAY from 1 to {most}, or from -{most} to -1")
    # dateutil wants a day to be in both lists at once, where the standard has either; so there is only one list.
    return tuple(sorted(numbered | {(weekday, nth) for weekday in plain for nth in range(1, most + 1)}))


def _week_numbers(ordinal: int, week_start: int) -> set[int]:
    """Return the number of a day's week from the start and, below 0, from the end of the year that holds most of it."""
    middle = date.fromordinal(ordinal - (ordinal - 1 - week_start) % 7 + 3)
    passed = middle.toordinal() - date(middle.year, 1, 1).toordinal()
    to_come = date(middle.year, 12, 31).toordinal() - middle.toordinal()
    return {1 + passed // 7, -1 - to_come // 7}


def _month(ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    return 12 * day.year + day.month


def _year(ordinal: int) -> int:
    return date.fromordinal(ordinal).year
