"""Most minutes in days: nobody works longer than so much in any so many days in a row."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._sums import MostInDaysRule


@attrs.frozen(kw_only=True)
class MostMinutesInDays(MostInDaysRule):
    """Nobody does more than so many minutes in any so many days in a row; past days count.

    The amount is the number of minutes over, summed over all windows of so many days that end in the horizon: who does
    much in the middle of them is over in several. Unlike a limit by the week, there is no Monday on which all begins
    anew. Source: 48 hours in any seven days, Directive 2003/88/EC, art. 6; engelsystem#565, where users ask for a
    limit on hours in a running stretch of time.

    Args:
        minutes: the most minutes.
        days: how many days.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostMinutesInDays(minutes=300, days=2), "li 8 18-21, li 9 18-21")
    ['li does 360 minutes from 2026-03-08 to 2026-03-09, 60 over 300']
    """

    in_minutes: ClassVar = True
    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} does {total} minutes from {first} to {last}, {amount} over {limit}",
        "{volunteer}在{first}至{last}服务{total}分钟，超出{limit}分钟上限{amount}分钟",
    )
    reason: ClassVar = Label("at the limit of minutes in some days", "已达数日时长上限")
    family: ClassVar = Family.TIME

    minutes: int = attrs.field(validator=_fields.whole())

    @property
    def limit(self) -> int:
        """The most minutes."""
        return self.minutes
