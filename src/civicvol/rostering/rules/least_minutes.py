"""Least minutes: everybody works so much in a day, a week, a month or the horizon."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._sums import LeastRule


@attrs.frozen(kw_only=True)
class LeastMinutes(LeastRule):
    """Everybody does at least so many minutes in each period. The amount is the number of minutes missing.

    It is asked of who has nothing to do too. A duty counts for the day it begins on; weeks are ISO weeks, months are
    calendar months, and those of which only a part lies in the horizon are left out. Source: the least total minutes
    of Curtois and Qu's shift scheduling problems (2014), and the least half-hours a workday and a week of Staffjoy.

    Args:
        minutes: the least minutes.
        per: the period.

    >>> from civicvol.testing import try_rule
    >>> try_rule(LeastMinutes(minutes=400, per=Period.HORIZON), "li 3 09-12, li 20 09-12")
    ['li does 360 minutes in all, 40 less than 400']
    """

    in_minutes: ClassVar = True
    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} does {total} minutes {period}, {amount} less than {limit}",
        "{volunteer}在{period}服务{total}分钟，比下限{limit}分钟少{amount}分钟",
    )
    reason: ClassVar = Label("below the least minutes", "未达时长下限")
    family: ClassVar = Family.TIME

    minutes: int = attrs.field(validator=_fields.whole())
    per: Period = attrs.field(default=Period.WEEK, validator=_fields.is_a(Period, "a Period"))

    def needs(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the one need, the same for everybody."""
        return ((self.per, self.minutes),)
