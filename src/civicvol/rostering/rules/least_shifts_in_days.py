"""Least shifts in days: everybody takes so many in any so many days in a row."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._sums import LeastInDaysRule


@attrs.frozen(kw_only=True)
class LeastShiftsInDays(LeastInDaysRule):
    """Everybody takes at least so many shifts in any so many days in a row.

    The amount is the number of shifts missing, summed over all windows of so many days that lie wholly in the horizon.
    It is asked of who has nothing to do too: one shift in any 28 days keeps a group in practice. Source: the cycle of
    28 days in which a member of a co-operative serves in Tapir; weekly sum constraints of OR-Tools' shift scheduling
    sample.

    Args:
        shifts: the least shifts.
        days: how many days.

    >>> from civicvol.testing import try_rule
    >>> try_rule(LeastShiftsInDays(shifts=1, days=27), "li 29 18-21")
    ['li takes 0 shifts from 2026-03-02 to 2026-03-28, 1 less than 1']
    """

    in_minutes: ClassVar = False
    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label(
        "{volunteer} takes {total} shifts from {first} to {last}, {amount} less than {limit}",
        "{volunteer}在{first}至{last}有{total}班，比下限{limit}班少{amount}班",
    )
    reason: ClassVar = Label("below the least shifts in some days", "未达数日班次下限")
    family: ClassVar = Family.TIME

    shifts: int = attrs.field(default=1, validator=_fields.whole(0, 100_000))

    @property
    def limit(self) -> int:
        """The least shifts."""
        return self.shifts
