"""Least minutes in days: everybody works so much in any so many days in a row."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._sums import LeastInDaysRule


@attrs.frozen(kw_only=True)
class LeastMinutesInDays(LeastInDaysRule):
    """Everybody does at least so many minutes in any so many days in a row.

    The amount is the number of minutes missing, summed over all windows of so many days that lie wholly in the horizon.
    It is asked of who has nothing to do too. Source: the weekly sum constraints of OR-Tools' shift scheduling sample,
    here over running days.

    Args:
        minutes: the least minutes.
        days: how many days.

    >>> from civicvol.testing import try_rule
    >>> try_rule(LeastMinutesInDays(minutes=60, days=27), "li 29 18-21")
    ['li does 0 minutes from 2026-03-02 to 2026-03-28, 60 less than 60']
    """

    in_minutes: ClassVar = True
    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} does {total} minutes from {first} to {last}, {amount} less than {limit}",
        "{volunteer}在{first}至{last}服务{total}分钟，比下限{limit}分钟少{amount}分钟",
    )
    reason: ClassVar = Label("below the least minutes in some days", "未达数日时长下限")
    family: ClassVar = Family.TIME

    minutes: int = attrs.field(validator=_fields.whole())

    @property
    def limit(self) -> int:
        """The least minutes."""
        return self.minutes
