"""The periods over which work is counted: a day, an ISO week, a calendar month, the whole horizon."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from civicvol import _fields
from civicvol.labels import Label


class Period(StrEnum):
    """A stretch of days that limits are stated for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    HORIZON = "horizon"

    @property
    def label(self) -> Label:
        """The period as a person calls it."""
        return _LABELS[self]

    def key(self, day: date) -> int:
        """Return a number that is equal for two days exactly when they lie in the same period.

        Weeks are ISO weeks (Monday to Sunday), months are calendar months; all days lie in one horizon.

        >>> Period.WEEK.key(date(2026, 3, 1)) == Period.WEEK.key(date(2026, 2, 23))
        True
        """
        _fields.expect("day", day, date, "a date")
        return _KEYS[self](day)

    def name_of(self, day: date) -> str:
        """Return the period that holds a day as text: 2026-03-01, 2026-W09, 2026-03, or nothing for the horizon."""
        _fields.expect("day", day, date, "a date")
        return _NAMES[self](day)


_LABELS = {
    Period.DAY: Label("day", "日"),
    Period.WEEK: Label("week", "周"),
    Period.MONTH: Label("month", "月"),
    Period.HORIZON: Label("horizon", "全期"),
}
_KEYS: dict[Period, Callable[[date], int]] = {
    Period.DAY: date.toordinal,
    Period.WEEK: lambda day: (day.toordinal() - 1) // 7,
    Period.MONTH: lambda day: day.year * 12 + day.month,
    Period.HORIZON: lambda _day: 0,
}
_NAMES: dict[Period, Callable[[date], str]] = {
    Period.DAY: date.isoformat,
    Period.WEEK: lambda day: "{}-W{:02}".format(*day.isocalendar()[:2]),
    Period.MONTH: lambda day: f"{day:%Y-%m}",
    Period.HORIZON: lambda _day: "",
}
