"""Own shifts: nobody is asked for more shifts than they want to take."""

from typing import ClassVar

import attrs

from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._most import MostRule


@attrs.frozen(kw_only=True)
class OwnShifts(MostRule):
    """Nobody takes more shifts in a period than their own limit says. The amount is the number of shifts over.

    Source: nobody may be forced to serve (China's Regulations on Voluntary Service, 2017, art. 25).

    >>> from civicvol import Limit, Period, Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", limits=[Limit(per=Period.HORIZON, shifts=2)])
    >>> try_rule(OwnShifts(), "li 3 09-12, li 10 09-12, li 17 09-12", people=[li])
    ['li takes 3 shifts in all, 1 more than the 2 they want']
    """

    in_minutes: ClassVar = False
    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label(
        "{volunteer} takes {total} shifts {period}, {amount} more than the {limit} they want",
        "{volunteer}在{period}有{total}班，比本人意愿的{limit}班多{amount}班",
    )
    reason: ClassVar = Label("at their own limit of shifts", "已达本人意愿班次")
    family: ClassVar = Family.WISHES

    def limits(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the volunteer's own limits of shifts."""
        return tuple((limit.per, limit.shifts) for limit in volunteer.limits if limit.shifts is not None)
