"""What the arguments must be that all generated communities take."""

from datetime import date
from typing import Any

from civicvol import _fields
from civicvol._fields import Check


def _wrong_first_day(value: Any) -> str | None:
    if type(value) is not date:
        return "must be a date (and not a datetime)"
    return None if 2000 <= value.year <= 2100 else "must be in the years 2000 to 2100"


first_day_given = Check(_wrong_first_day)

days_given = _fields.whole(1, 366)

seed_given = _fields.whole(0, 2**31 - 1)
