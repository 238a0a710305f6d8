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
    """Nobody takes more shifts in a period than their own limit says. The amount is the number of shifts over."""

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
