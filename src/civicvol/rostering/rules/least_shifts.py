"""Least shifts: everybody takes so many in a day, a week, a month or the horizon."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._sums import LeastRule


@attrs.frozen(kw_only=True)
class LeastShifts(LeastRule):
    """Everybody takes at least so many shifts in each period. The amount is the number of shifts missing.

    It is asked of who has nothing to do too. A shift counts for the day it begins on; weeks are ISO weeks, months are
    calendar months, and those of which only a part lies in the horizon are left out. Source: the least number of
    assignments of the first nurse rostering competition (INRC-I, 2010).

    Args:
        shifts: the least shifts.
        per: the period.

    >>> from civicvol.testing import try_rule
    >>> try_rule(LeastShifts(shifts=3, per=Period.HORIZON), "li 3 09-12, li 20 09-12")
    ['li takes 2 shifts in all, 1 less than 3']
    """

    in_minutes: ClassVar = False
    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label(
        "{volunteer} takes {total} shifts {period}, {amount} less than {limit}",
        "{volunteer}在{period}有{total}班，比下限{limit}班少{amount}班",
    )
    reason: ClassVar = Label("below the least shifts", "未达班次下限")
    family: ClassVar = Family.TIME

    shifts: int = attrs.field(default=1, validator=_fields.whole(0, 100_000))
    per: Period = attrs.field(default=Period.WEEK, validator=_fields.is_a(Period, "a Period"))

    def needs(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the one need, the same for everybody."""
        return ((self.per, self.shifts),)
