"""Minute goals: people get as much time of service as they would like to give."""

from typing import ClassVar

import attrs

from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.rule import Family, weight_or_hard
from civicvol.rostering.rules._sums import LeastRule


@attrs.frozen(kw_only=True)
class MinuteGoals(LeastRule):
    """Everybody gets as many minutes in a period as their own goals say: four hours a week.

    The amount is the number of minutes missing. A shift counts in full for the day it begins on; weeks are ISO weeks,
    months are calendar months, and those of which only a part lies in the horizon are left out.

    Source: yearly norms that people want to meet, such as 20 hours of a registered volunteer in China (rules of the
    Youth League, 2013).

    >>> from civicvol import Limit, Volunteer
    >>> from civicvol.calendar import Period
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", goals=[Limit(per=Period.HORIZON, minutes=600)])
    >>> try_rule(MinuteGoals(), "li 3 09-12, li 10 09-12", people=[li])
    ['li has 360 minutes in all, 240 less than the 600 they would like']
    """

    in_minutes: ClassVar = True
    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} has {total} minutes {period}, {amount} less than the {limit} they would like",
        "{volunteer}在{period}有{total}分钟，比本人希望的{limit}分钟少{amount}分钟",
    )
    reason: ClassVar = Label("wish for more time of service", "希望更多时长")
    family: ClassVar = Family.WISHES

    weight: float | None = attrs.field(default=0.02, validator=weight_or_hard)

    def needs(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the volunteer's own goals of minutes."""
        return tuple((goal.per, goal.minutes) for goal in volunteer.goals if goal.minutes is not None)
