"""A span of time on a real clock, and the set operations on collections of spans."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from operator import attrgetter
from zoneinfo import ZoneInfo

import attrs

from civicvol import _fields
from civicvol.calendar import _checks
from civicvol.errors import InputError
from civicvol.labels import Label, Language

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_ORDER = attrgetter("start_minute", "end_minute", "_zones")
_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@attrs.frozen(order=True)
class TimeSpan:
    """A span of time from `start` up to, and without, `end`.

    Both ends are aware datetimes in a named zone, on whole minutes. Two spans are equal when their ends are the same
    instants in the same zones; they are ordered by their instants. A wall time that a clock change skips becomes the
    one that the clock shows instead (02:30 becomes 03:30 where summer time begins at 02:00).

    Args:
        start: when it begins, with a `ZoneInfo`.
        end: when it is over, later than `start`.

    Attributes:
        start_minute: the start in whole minutes since 1970-01-01 00:00 UTC.
        end_minute: the end in whole minutes since 1970-01-01 00:00 UTC.

    Raises:
        InputError: an end is naive, has a fixed offset or seconds, or lies outside the years 1900 to 2999; or the
            end is not after the start.

    >>> night = TimeSpan.on(date(2026, 3, 28), time(22), time(6), "Europe/Berlin")
    >>> print(night, "is", night.minutes // 60, "hours: the clocks go forward")
    Sat 28 Mar 2026 22:00 – Sun 29 Mar 2026 06:00 is 7 hours: the clocks go forward
    """

    start: datetime = attrs.field(eq=False, validator=_checks.moment)
    end: datetime = attrs.field(eq=False, validator=_checks.moment)
    start_minute: int = attrs.field(init=False, repr=False)
    end_minute: int = attrs.field(init=False, repr=False)
    _zones: tuple[str, str] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        start_minute, start_rest = divmod(self.start - _EPOCH, _MINUTE)
        end_minute, end_rest = divmod(self.end - _EPOCH, _MINUTE)
        if start_rest or end_rest:
            name = "start" if start_rest else "end"
            raise InputError.of(f"TimeSpan.{name}", "must be a whole minute of UTC", value=getattr(self, name))
        if start_minute >= end_minute:
            raise InputError.of("TimeSpan.end", f"must be after the start, {self.start.isoformat()}", value=self.end)
        start, end = _moment(start_minute, self.start.tzinfo), _moment(end_minute, self.end.tzinfo)
        _fill(self, start_minute, start, end_minute, end)

    @classmethod
    def on(cls, day: date, start: time, end: time, zone: ZoneInfo | str) -> "TimeSpan":
        """Return the span between two times on the wall clock of a zone.

        Args:
            day: the day it begins.
            start: the time of day it begins.
            end: the time of day it ends; at or before `start` it means the next day, so 08:00 to 08:00 is a whole day.
            zone: the zone, or its name.

        Raises:
            InputError: an argument is of the wrong kind, or a clock change leaves no time between the two.

        >>> print(TimeSpan.on(date(2026, 3, 1), time(18), time(21), "Asia/Shanghai"))
        Sun 1 Mar 2026 18:00–21:00
        """
        found = _fields.as_zone(zone)
        _fields.require(
            day=(day, _checks.day),
            start=(start, _fields.wall_time),
            end=(end, _fields.wall_time),
            zone=(found, _fields.zone),
        )
        last = day if end > start else day + timedelta(days=1)
        return cls(datetime.combine(day, start, found), datetime.combine(last, end, found))

    @property
    def minutes(self) -> int:
        """The minutes that really pass between start and end."""
        return self.end_minute - self.start_minute

    def overlaps(self, other: "TimeSpan") -> bool:
        """Return whether the two share at least a minute; spans that only touch do not."""
        _fields.expect("other", other, TimeSpan, "a TimeSpan")
        return self.start_minute < other.end_minute and other.start_minute < self.end_minute

    def contains(self, other: "TimeSpan | datetime") -> bool:
        """Return whether another span, or an aware datetime, lies within this one; its own end does not.

        Raises:
            InputError: `other` is neither a span nor an aware datetime in the years 1900 to 2999.
        """
        if isinstance(other, TimeSpan):
            return self.start_minute <= other.start_minute and other.end_minute <= self.end_minute
        return self.start_minute <= minute_of(other) < self.end_minute

    def intersection(self, other: "TimeSpan") -> "TimeSpan | None":
        """Return the time that the two share, or None; each end keeps the zone of the span it comes from."""
        if not self.overlaps(other):
            return None
        first = self if self.start_minute >= other.start_minute else other
        last = self if self.end_minute <= other.end_minute else other
        return first if first is last else _between(first.start_minute, first.start, last.end_minute, last.end)

    def extended(self, before: int = 0, after: int = 0) -> "TimeSpan":
        """Return the span with minutes added before it and after it, counted on a real clock, in the same zones.

        Raises:
            InputError: the minutes are not whole numbers from 0.
        """
        _fields.require(before=(before, _fields.whole()), after=(after, _fields.whole()))
        return TimeSpan(
            _moment(self.start_minute - before, self.start.tzinfo), _moment(self.end_minute + after, self.end.tzinfo)
        )

    def text(self, language: Language = "en") -> str:
        """Return the span as people write it; the end says its day where it is another.

        >>> TimeSpan.on(date(2026, 3, 1), time(18), time(21), "Asia/Shanghai").text("zh")
        '2026年3月1日周日 18:00–21:00'
        """
        return self.label.text(language)

    @property
    def label(self) -> Label:
        """The span as people write it, in both languages."""
        begin, end = _time_text(self.start), _time_text(self.end)
        english, chinese = _day_texts(self.start)
        if self.start.date() == self.end.date():
            return Label(f"{english} {begin}–{end}", f"{chinese} {begin}–{end}")
        last_english, last_chinese = _day_texts(self.end)
        return Label(f"{english} {begin} – {last_english} {end}", f"{chinese} {begin} – {last_chinese} {end}")

    def __str__(self) -> str:
        return self.text()


def minute_of(moment: datetime) -> int:
    """Return the minute of an aware datetime, counted from 1970-01-01 00:00 UTC; seconds are cut off.

    Raises:
        InputError: it is no aware datetime in the years 1900 to 2999.
    """
    _fields.require(moment=(moment, _checks.instant))
    return (moment - _EPOCH) // _MINUTE


def union(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Return the time that at least one of the spans covers: sorted, and merged where they overlap or touch.

    As with the other operations here, an end keeps the zone of the span it comes from.

    Raises:
        InputError: a member is no TimeSpan.
    """
    merged: list[TimeSpan] = []
    for span in sorted(_checked(spans), key=_ORDER):
        if not merged or span.start_minute > merged[-1].end_minute:
            merged.append(span)
        elif span.end_minute > merged[-1].end_minute:
            merged[-1] = _between(merged[-1].start_minute, merged[-1].start, span.end_minute, span.end)
    return tuple(merged)


def intersection(a: Iterable[TimeSpan], b: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Return the time that both collections cover, sorted and merged.

    Raises:
        InputError: a member is no TimeSpan.
    """
    left, right = union(a), union(b)
    shared: list[TimeSpan] = []
    i = j = 0
    while i < len(left) and j < len(right):
        both = left[i].intersection(right[j])
        if both is not None:
            shared.append(both)
        if left[i].end_minute <= right[j].end_minute:
            i += 1
        else:
            j += 1
    return tuple(shared)


def difference(a: Iterable[TimeSpan], b: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Return the time that the first collection covers and the second does not, sorted and merged.

    Raises:
        InputError: a member is no TimeSpan.
    """
    holes = union(b)
    pieces: list[TimeSpan] = []
    at = 0
    for span in union(a):
        while at < len(holes) and holes[at].end_minute <= span.start_minute:
            at += 1
        if at == len(holes) or span.end_minute <= holes[at].start_minute:
            pieces.append(span)
            continue
        cuts = [(span.start_minute, span.start)]
        place = at
        while place < len(holes) and holes[place].start_minute < span.end_minute:
            hole = holes[place]
            cuts += [(hole.start_minute, hole.start), (hole.end_minute, hole.end)]
            place += 1
        cuts.append((span.end_minute, span.end))
        # The holes are sorted and apart, so only the first and the last can reach over an end of the span.
        kept = zip(cuts[::2], cuts[1::2], strict=True)
        pieces += [_between(*start, *end) for start, end in kept if start[0] < end[0]]
    return tuple(pieces)


def total_minutes(spans: Iterable[TimeSpan]) -> int:
    """Return the minutes that the spans cover together; a minute in two of them counts once.

    Raises:
        InputError: a member is no TimeSpan.
    """
    return sum(span.minutes for span in union(spans))


_PLAIN = frozenset({TimeSpan})
_span_members = _fields.tuple_of(_fields.is_a(TimeSpan, "a TimeSpan"))


def _checked(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    members: tuple[TimeSpan, ...] = _fields.as_tuple(spans)
    # Very many spans come by here, so they are looked at one by one only where something is amiss.
    if not isinstance(members, tuple) or not _PLAIN.issuperset(map(type, members)):
        _fields.require(spans=(members, _span_members))
    return members


def _between(start_minute: int, start: datetime, end_minute: int, end: datetime) -> TimeSpan:
    """Return the span between two ends of spans, which need no second check: set operations make very many."""
    span: TimeSpan = object.__new__(TimeSpan)
    _fill(span, start_minute, start, end_minute, end)
    return span


def _fill(span: TimeSpan, start_minute: int, start: datetime, end_minute: int, end: datetime) -> None:
    put = object.__setattr__
    put(span, "start", start)
    put(span, "end", end)
    put(span, "start_minute", start_minute)
    put(span, "end_minute", end_minute)
    put(span, "_zones", (str(start.tzinfo), str(end.tzinfo)))


def _moment(minute: int, zone: tzinfo | None) -> datetime:
    return (_EPOCH + minute * _MINUTE).astimezone(zone)


def _time_text(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def _day_texts(day: date) -> tuple[str, str]:
    """Return a day in English and in Chinese."""
    year, month, number, weekday = day.year, day.month, day.day, day.weekday()
    return (
        f"{_DAY_NAMES[weekday]} {number} {_MONTH_NAMES[month - 1]} {year}",
        f"{year}年{month}月{number}日周{'一二三四五六日'[weekday]}",
    )
