"""Most shifts in days: nobody takes more than so many in any so many days in a row."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._sums import MostInDaysRule


@attrs.frozen(kw_only=True)
class MostShiftsInDays(MostInDaysRule):
    """Nobody takes more than so many shifts in any so many days in a row; past days count.

    The amount is the number of shifts over, summed over all windows of so many days that end in the horizon. With
    positions it keeps what is hard on people apart: one night in three days, one turn at the gate in ten. Source: the
    running limits asked for in engelsystem#565; a limit a day alone is too blunt for users of volunteer-manage#40.

    Args:
        shifts: the most shifts.
        days: how many days.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostShiftsInDays(shifts=1, days=3), "li 8 18-21, li 10 18-21")
    ['li takes 2 shifts from 2026-03-08 to 2026-03-10, 1 over 1']
    """

    in_minutes: ClassVar = False
    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label(
        "{volunteer} takes {total} shifts from {first} to {last}, {amount} over {limit}",
        "{volunteer}在{first}至{last}有{total}班，超出{limit}班上限{amount}班",
    )
    reason: ClassVar = Label("at the limit of shifts in some days", "已达数日班次上限")
    family: ClassVar = Family.TIME

    shifts: int = attrs.field(validator=_fields.whole(0, 100_000))

    @property
    def limit(self) -> int:
        """The most shifts."""
        return self.shifts
