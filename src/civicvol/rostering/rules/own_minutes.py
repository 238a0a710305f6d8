"""Own minutes: nobody is asked for more minutes than they want to give."""

from typing import ClassVar

import attrs

from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._most import MostRule


@attrs.frozen(kw_only=True)
class OwnMinutes(MostRule):
    """Nobody does more minutes in a period than their own limit says. The amount is the number of minutes over.

    Source: nobody may be forced to serve (China's Regulations on Voluntary Service, 2017, art. 25).

    >>> from civicvol import Limit, Period, Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", limits=[Limit(per=Period.WEEK, minutes=240)])
    >>> try_rule(OwnMinutes(), "li 3 09-12, li 5 18-20", people=[li])
    ['li does 300 minutes in 2026-W10, 60 more than the 240 they want']
    """

    in_minutes: ClassVar = True
    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} does {total} minutes {period}, {amount} more than the {limit} they want",
        "{volunteer}在{period}服务{total}分钟，比本人意愿的{limit}分钟多{amount}分钟",
    )
    reason: ClassVar = Label("at their own limit of minutes", "已达本人意愿时长")
    family: ClassVar = Family.WISHES

    def limits(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the volunteer's own limits of minutes."""
        return tuple((limit.per, limit.minutes) for limit in volunteer.limits if limit.minutes is not None)
