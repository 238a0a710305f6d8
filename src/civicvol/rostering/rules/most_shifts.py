"""Most shifts: nobody takes more than so many in a day, a week, a month or the horizon."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._most import MostRule


@attrs.frozen(kw_only=True)
class MostShifts(MostRule):
    """Nobody takes more than so many shifts in a period. The amount is the number of shifts over.

    A shift counts for the day it begins on, weeks are ISO weeks, months are calendar months.

    Source: one shift a day is too blunt for users of volunteer-manage#40, who ask for a number of their own.

    Args:
        shifts: the most shifts.
        per: the period.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostShifts(shifts=2, per=Period.WEEK), "li 3 09-12, li 4 09-12, li 5 09-12, li 9 09-12")
    ['li takes 3 shifts in 2026-W10, 1 over 2']
    """

    in_minutes: ClassVar = False
    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label(
        "{volunteer} takes {total} shifts {period}, {amount} over {limit}",
        "{volunteer}在{period}有{total}班，超出{limit}班上限{amount}班",
    )
    reason: ClassVar = Label("at the limit of shifts", "已达班次上限")
    family: ClassVar = Family.TIME

    shifts: int = attrs.field(default=1, validator=_fields.whole(0, 100_000))
    per: Period = attrs.field(default=Period.DAY, validator=_fields.is_a(Period, "a Period"))

    def limits(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the one limit, the same for everybody."""
        return ((self.per, self.shifts),)
