"""Checks on weekdays and moments that the calendar's values share."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from civicvol import _fields
from civicvol._fields import Check

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The weekday codes of RFC 5545, from Monday."""

FIRST_YEAR, LAST_YEAR = 1900, 2999

weekday = Check(
    lambda value: None if isinstance(value, str) and value in WEEKDAYS else f"must be one of {', '.join(WEEKDAYS)}"
)


def _wrong_year(value: Any) -> str | None:
    return None if FIRST_YEAR <= value.year <= LAST_YEAR else f"must be in the years {FIRST_YEAR} to {LAST_YEAR}"


day = Check(lambda value: _fields.day.wrong(value) or _wrong_year(value))
"""A date in the years that spans can have."""


def _wrong_moment(value: Any) -> str | None:
    if not isinstance(value, datetime):
        return "must be a datetime with a time zone"
    if not isinstance(value.tzinfo, ZoneInfo) or value.tzinfo.key is None:
        return "must have a named time zone: use tzinfo=ZoneInfo('Asia/Shanghai'), or ZoneInfo('UTC')"
    return "must be a whole minute" if value.second or value.microsecond else _wrong_year(value)


moment = Check(_wrong_moment)


def as_moment(value: datetime) -> datetime:
    """Turn a wall time that a clock change skips into the one that the clock shows instead; leave anything else."""
    return value if moment.wrong(value) else value.astimezone(UTC).astimezone(value.tzinfo)


def _wrong_instant(value: Any) -> str | None:
    if not isinstance(value, datetime) or value.utcoffset() is None:
        return "must be a datetime with a time zone"
    return _wrong_year(value)


instant = Check(_wrong_instant)
"""Any aware datetime, also one with seconds or with a fixed offset."""
