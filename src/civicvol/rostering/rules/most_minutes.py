"""Most minutes: nobody works longer than so much in a day, a week, a month or the horizon."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._most import MostRule


@attrs.frozen(kw_only=True)
class MostMinutes(MostRule):
    """Nobody does more than so many minutes in a period. The amount is the number of minutes over.

    A duty counts for the day it begins on, weeks are ISO weeks, months are calendar months.

    Source: minutes in a workday and a work week in Staffjoy; "maximum total minutes" of Curtois and Qu (2014).

    Args:
        minutes: the most minutes.
        per: the period.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostMinutes(minutes=240, per=Period.DAY), "li 3 09-12, li 3 14-16, li 4 09-13")
    ['li does 300 minutes on 2026-03-03, 60 over 240']
    """

    in_minutes: ClassVar = True
    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} does {total} minutes {period}, {amount} over {limit}",
        "{volunteer}在{period}服务{total}分钟，超出{limit}分钟上限{amount}分钟",
    )
    reason: ClassVar = Label("at the limit of minutes", "已达时长上限")
    family: ClassVar = Family.TIME

    minutes: int = attrs.field(validator=_fields.whole())
    per: Period = attrs.field(default=Period.WEEK, validator=_fields.is_a(Period, "a Period"))

    def limits(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the one limit, the same for everybody."""
        return ((self.per, self.minutes),)
