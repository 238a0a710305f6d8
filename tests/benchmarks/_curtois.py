"""Instances of Curtois and Qu: their files, and what a roster costs and breaks by their own rules.

Format and meaning: T. Curtois and R. Qu, "Computational results on new staff scheduling benchmark instances" (2014),
and the page on instances 1 to 24 at schedulingbenchmarks.org. Hard: one shift a day, shifts that must not follow one
another on successive days, most shifts of each type, most and least minutes, most and least shifts in a row, least
days off in a row, most weekends with work on Saturday or Sunday, days off. For a price: shifts asked for and not given
(on), shifts not wanted but given (off), and people too few or too many for a shift. The first day is a Monday. Least
runs are asked only of those that lie between two days of the horizon: before it and after it anything may have been.

Read more broadly than the published instances need: sections may come in any order, be empty, or (but for the horizon,
the shifts and the staff) be missing; a type that MaxShifts does not name is not limited; a day and type without cover
may have any number of people for nothing; requests for the same shift add up; prices may be fractions, and 0.

Nothing of civicvol is used here, so that its rosters are reckoned independently.
"""

import math
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from pathlib import Path

import attrs

Wish = tuple[str, int, str]
"""A staff member, a day and a shift type."""

DAY_MINUTES = 24 * 60
WEEKEND = (5, 6)
REQUIRED = ("HORIZON", "SHIFTS", "STAFF")
SECTIONS = (*REQUIRED, "DAYS_OFF", "SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS", "COVER")


@attrs.frozen(kw_only=True)
class ShiftType:
    """A kind of shift: how long it is, and which types must not follow it on the next day."""

    id: str
    minutes: int
    not_next: frozenset[str] = frozenset()


@attrs.frozen(kw_only=True)
class Staff:
    """A staff member and their limits; a shift type that is not in `most_shifts` has none."""

    id: str
    most_shifts: Mapping[str, int]
    most_minutes: int
    least_minutes: int
    most_in_a_row: int
    least_in_a_row: int
    least_days_off: int
    most_weekends: int
    days_off: frozenset[int] = frozenset()


@attrs.frozen(kw_only=True)
class Cover:
    """How many people a shift should have, and what each one too few or too many costs."""

    needed: int
    under: float
    over: float


@attrs.frozen(kw_only=True)
class Instance:
    """What a file says; `wanted` and `unwanted` hold the prices of wishes that are not kept."""

    days: int
    types: tuple[ShiftType, ...]
    staff: tuple[Staff, ...]
    wanted: Mapping[Wish, float] = {}
    unwanted: Mapping[Wish, float] = {}
    cover: Mapping[tuple[int, str], Cover] = {}


class Line:
    """A line of a section, cut at its commas; empty values at its end do not count."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.values = [value.strip() for value in text.split(",")]
        while self.values and not self.values[-1]:
            self.values.pop()

    def error(self, message: str) -> ValueError:
        """Return an error that says which line it is."""
        return ValueError(f"line {self.number}: {message}")

    def take(self, least: int, most: int | None = None) -> list[str]:
        """Return the values, of which there must be so many; those that may be missing are empty."""
        most = least if most is None else most
        if not least <= len(self.values) <= most:
            number = f"{least}" if least == most else f"{least} to {most}"
            raise self.error(f"needs {number} values, but has {len(self.values)}")
        return self.values + [""] * (most - len(self.values))

    def whole(self, text: str, least: int = 0, most: int = 10**9) -> int:
        """Return a value that must be a whole number in a range."""
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else -1
        if not least <= number <= most:
            raise self.error(f"{text!r} must be a whole number from {least:,} to {most:,}")
        return number

    def price(self, text: str) -> float:
        """Return a value that must be a price."""
        try:
            found = float(text)
        except ValueError:
            found = math.nan
        if not 0 <= found < math.inf:
            raise self.error(f"{text!r} must be a number from 0")
        return found

    def known(self, text: str, ids: Container[str], kind: str) -> str:
        """Return a value that must be one of some ids."""
        if text not in ids:
            raise self.error(f"there is no {kind} {text!r}")
        return text

    def fresh(self, text: str, ids: Container[str], kind: str) -> str:
        """Return a value that must be an id, and none of some."""
        if not text or text in ids:
            raise self.error(f"the {kind} {text!r} is there already" if text else f"the {kind} has no id")
        return text


def read(path: Path) -> Instance:
    """Read an instance.

    Raises:
        ValueError: the file cannot be used; the sentence says where and why.
        OSError: it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("is not text in UTF-8") from error
    return parse(text)


def parse(text: str) -> Instance:
    """Read an instance from the text of a file.

    Raises:
        ValueError: it cannot be used; the sentence says where and why.
    """
    sections = _sections(text)
    if len(sections["HORIZON"]) != 1:
        raise ValueError("SECTION_HORIZON must have one line, the number of days")
    (horizon,) = sections["HORIZON"]
    days = horizon.whole(*horizon.take(1), least=1)
    types = _types(sections["SHIFTS"])
    staff = _staff(sections["STAFF"], types)
    for line in sections["DAYS_OFF"]:
        member = staff[line.known(line.values[0], staff, "staff member")]
        off = (line.whole(day, 0, days - 1) for day in line.values[1:] if day)
        staff[member.id] = attrs.evolve(member, days_off=member.days_off.union(off))

    def place(line: Line, day: str, shift: str) -> tuple[int, str]:
        return line.whole(day, 0, days - 1), line.known(shift, types, "shift")

    def wishes(section: str) -> Mapping[Wish, float]:
        found: dict[Wish, float] = {}
        for line in sections[section]:
            name, day, shift, price = line.take(4)
            wish = line.known(name, staff, "staff member"), *place(line, day, shift)
            found[wish] = found.get(wish, 0.0) + line.price(price)
        return found

    cover: dict[tuple[int, str], Cover] = {}
    for line in sections["COVER"]:
        day, shift, needed, under, over = line.take(5)
        if place(line, day, shift) in cover:
            raise line.error(f"the shift {shift!r} of day {day} has its cover already")
        each = Cover(needed=line.whole(needed), under=line.price(under), over=line.price(over))
        cover[place(line, day, shift)] = each
    return Instance(
        days=days,
        types=tuple(types.values()),
        staff=tuple(staff.values()),
        wanted=wishes("SHIFT_ON_REQUESTS"),
        unwanted=wishes("SHIFT_OFF_REQUESTS"),
        cover=cover,
    )


def _sections(text: str) -> dict[str, list[Line]]:
    sections: dict[str, list[Line]] = {name: [] for name in SECTIONS}
    begun: list[str] = []
    for number, each in enumerate(text.splitlines(), start=1):
        line = Line(number, each)
        if not line.values or line.values[0].startswith("#"):
            continue
        if line.values[0].startswith("SECTION_"):
            begun.append(line.known(line.values[0].removeprefix("SECTION_"), sections, "section"))
        elif not begun:
            raise line.error("is in no section; is this an instance of Curtois and Qu?")
        else:
            sections[begun[-1]].append(line)
    missing = [f"SECTION_{name}" for name in REQUIRED if name not in begun]
    if missing:
        raise ValueError(f"has no {' and no '.join(missing)}")
    return sections


def _types(lines: Iterable[Line]) -> dict[str, ShiftType]:
    types: dict[str, ShiftType] = {}
    named: list[tuple[Line, str]] = []
    for line in lines:
        id, minutes, others = line.take(2, 3)
        not_next = frozenset(_members(others))
        named.extend((line, each) for each in not_next)
        line.fresh(id, types, "shift")
        types[id] = ShiftType(id=id, minutes=line.whole(minutes, 1, DAY_MINUTES), not_next=not_next)
    for line, each in named:
        line.known(each, types, "shift")
    return types


def _staff(lines: Iterable[Line], types: Container[str]) -> dict[str, Staff]:
    staff: dict[str, Staff] = {}
    for line in lines:
        id, shifts, *texts = line.take(8)
        most_shifts = {}
        for each in _members(shifts):
            shift, equals, most = each.rpartition("=")
            if not equals:
                raise line.error(f"{each!r} must be like E=14")
            most_shifts[line.known(shift.strip(), types, "shift")] = line.whole(most.strip())
        most_minutes, least_minutes, most_row, least_row, least_off, weekends = map(line.whole, texts)
        staff[line.fresh(id, staff, "staff member")] = Staff(
            id=id,
            most_shifts=most_shifts,
            most_minutes=most_minutes,
            least_minutes=least_minutes,
            most_in_a_row=most_row,
            least_in_a_row=least_row,
            least_days_off=least_off,
            most_weekends=weekends,
        )
    return staff


def _members(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.split("|")))


Grid = tuple[tuple[str, ...], ...]
"""A row per staff member, a column per day; a shift type, or nothing for a free day."""


def cost(instance: Instance, grid: Grid) -> float:
    """Return what a roster costs."""
    given = {
        (member.id, day, shift)
        for member, row in zip(instance.staff, grid, strict=True)
        for day, shift in enumerate(row)
        if shift
    }
    people = Counter((day, shift) for _, day, shift in given)
    prices = [price for wish, price in instance.wanted.items() if wish not in given]
    prices += [price for wish, price in instance.unwanted.items() if wish in given]
    for place, cover in instance.cover.items():
        missing = cover.needed - people[place]
        prices.append(cover.under * missing if missing > 0 else -cover.over * missing)
    return math.fsum(prices)


def broken(instance: Instance, grid: Grid) -> list[str]:
    """Return where a roster breaks a hard constraint, in words."""
    types = {each.id: each for each in instance.types}
    return [
        f"{member.id}: {text}"
        for member, row in zip(instance.staff, grid, strict=True)
        for text in (*_broken_shifts(member, row, types), *_broken_days(member, row))
    ]


def _broken_shifts(member: Staff, row: tuple[str, ...], types: Mapping[str, ShiftType]) -> Iterator[str]:
    worked = [types[shift] for shift in row if shift]
    for day, (before, after) in enumerate(pairwise(row)):
        if before and after in types[before].not_next:
            yield f"{after} on day {day + 1} must not follow {before}"
    for shift, number in Counter(each.id for each in worked).items():
        if number > member.most_shifts.get(shift, number):
            yield f"{number} shifts {shift}"
    minutes = sum(each.minutes for each in worked)
    if not member.least_minutes <= minutes <= member.most_minutes:
        yield f"{minutes} minutes"


def _broken_days(member: Staff, row: tuple[str, ...]) -> Iterator[str]:
    yield from (f"work on day {day}, a day off" for day in sorted(member.days_off) if row[day])
    weekends = {day // 7 for day, shift in enumerate(row) if shift and day % 7 in WEEKEND}
    if len(weekends) > member.most_weekends:
        yield f"{len(weekends)} weekends"
    for works, run in groupby(range(len(row)), key=lambda day: bool(row[day])):
        days = tuple(run)
        inside = days[0] > 0 and days[-1] < len(row) - 1
        least = member.least_in_a_row if works else member.least_days_off
        if (works and len(days) > member.most_in_a_row) or (inside and len(days) < least):
            yield f"{len(days)} days {'of work' if works else 'off'} in a row from day {days[0]}"
