"""Shift goals: people get as many shifts as they would like to have."""

from typing import ClassVar

import attrs

from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.rule import Family, weight_or_hard
from civicvol.rostering.rules._sums import LeastRule


@attrs.frozen(kw_only=True)
class ShiftGoals(LeastRule):
    """Everybody gets as many shifts in a period as their own goals say: twice a month.

    The amount is the number of shifts missing. A shift counts for the day it begins on; weeks are ISO weeks, months are
    calendar months, and those of which only a part lies in the horizon are left out.

    Source: the wish to serve so often, which rota software of churches and clubs lets people state (Planning Center).

    >>> from civicvol import Limit, Volunteer
    >>> from civicvol.calendar import Period
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", goals=[Limit(per=Period.WEEK, shifts=1)])
    >>> try_rule(ShiftGoals(), "li 3 09-12, li 10 09-12, li 24 09-12", people=[li])
    ['li has 0 shifts in 2026-W12, 1 less than the 1 they would like']
    """

    in_minutes: ClassVar = False
    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label(
        "{volunteer} has {total} shifts {period}, {amount} less than the {limit} they would like",
        "{volunteer}在{period}有{total}班，比本人希望的{limit}班少{amount}班",
    )
    reason: ClassVar = Label("wish for more shifts", "希望更多班次")
    family: ClassVar = Family.WISHES

    weight: float | None = attrs.field(default=2.0, validator=weight_or_hard)

    def needs(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the volunteer's own goals of shifts."""
        return tuple((goal.per, goal.shifts) for goal in volunteer.goals if goal.shifts is not None)
