"""Longest stretch: in the heat, in protective clothing or for some people, work comes in short stretches."""

from datetime import date
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Family, Stage
from civicvol.rostering.rules._stretch import StretchRule
from civicvol.rostering.schedule import Duty


@attrs.frozen(kw_only=True)
class LongestStretch(StretchRule):
    """Nobody works longer than so many minutes at a stretch: on hot days, at some positions, or of some people.

    From the beginning of each of somebody's duties that the rule looks at, a window is looked at that is as long as the
    stretch and a break, and no more than the stretch may be worked in it. The amount is the number of minutes over,
    summed over the windows. Source: volunteers fell ill in the heat of a Shanghai summer (Baoshan, 2022), stood for six
    hours at nine degrees and went without food for six hours to save protective suits (Lanzhou, 2021); users ask for a
    limit on hours in a row, for all and for demanding work (engelsystem#565).

    Args:
        minutes: the longest stretch.
        dates: the days it is for, hot ones perhaps; all where empty. A duty counts for the day it begins on.
        break_minutes: how much of each window is rest, in one piece or in several.

    >>> from civicvol.testing import try_rule
    >>> heat = LongestStretch(minutes=120, dates={date(2026, 3, 8)})
    >>> try_rule(heat, "li 7 13-18, li 8 13-15, li 8 16-18, wu 8 13-16")
    ['wu does 150 of 150 minutes, 30 over 120 at a stretch']
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} does {total} of {window} minutes, {amount} over {limit} at a stretch",
        "{volunteer}在{window}分钟内服务{total}分钟，超出连续{limit}分钟上限{amount}分钟",
    )
    reason: ClassVar = Label("too long at a stretch", "连续时间过长")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    minutes: int = attrs.field(validator=_fields.whole(1))
    dates: frozenset[date] = attrs.field(
        default=frozenset(), converter=_fields.as_frozenset, validator=_fields.set_of(_fields.day)
    )

    def limits(self, problem: RosterProblem) -> tuple[int]:
        """Return the one limit that there is."""
        return (self.minutes,)

    def counts(self, problem: RosterProblem, volunteer: Volunteer, duty: Duty, limit: int) -> bool:
        """Return whether the duty is on one of the days."""
        return self._is_on(duty.day)

    def counted(self, columns: Columns, limit: int) -> Bools:
        """Return the same for all columns."""
        days = [day.toordinal() for day in self.dates]
        return np.isin(columns.day, days) if days else np.ones(len(columns), dtype=bool)

    def _is_on(self, day: date) -> bool:
        return not self.dates or day in self.dates
