"""Demanding stretch: nobody stays too long in heat or protective clothing."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Family, Stage
from civicvol.rostering.rules._stretch import StretchRule
from civicvol.rostering.schedule import Duty


@attrs.frozen(kw_only=True)
class DemandingStretch(StretchRule):
    """Nobody works longer at demanding positions, at a stretch, than the position allows.

    A demanding position is one with a longest stretch. From the beginning of each of their duties at one a window is
    looked at that is as long as that stretch and a break; duties at positions at least as demanding, those with no
    longer stretch, count in it. So a day may go from the less to the more demanding, each within its own limit. The
    amount is the number of minutes over, summed over the windows.

    Source: six hours without food in protective suits, and six hours standing at 9 °C (Lanzhou, 2021).

    >>> from civicvol import Position
    >>> from civicvol.testing import try_rule
    >>> suit = Position(id="suit", longest_stretch=120)
    >>> try_rule(DemandingStretch(), "li 7 09-12 suit, wu 7 10-12 suit", positions=[suit])
    ['li does 150 of 150 minutes at demanding positions, 30 over 120']
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} does {total} of {window} minutes at demanding positions, {amount} over {limit}",
        "{volunteer}在{window}分钟内有{total}分钟在高强度岗位，超出{limit}分钟上限{amount}分钟",
    )
    reason: ClassVar = Label("too long at demanding positions", "高强度岗位时间过长")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    def limits(self, problem: RosterProblem) -> list[int]:
        """Return the limits of all positions: a duty counts in the windows of its own and of each longer one."""
        return problem.remembered(
            "demanding stretches",
            lambda: sorted({each.longest_stretch for each in problem.positions if each.longest_stretch}),
        )

    def counts(self, problem: RosterProblem, volunteer: Volunteer, duty: Duty, limit: int) -> bool:
        """Return whether the duty is at a position that allows no longer stretch than the limit."""
        stretch = None if duty.position is None else problem.position_by_id[duty.position].longest_stretch
        return stretch is not None and stretch <= limit

    def counted(self, columns: Columns, limit: int) -> Bools:
        """Return the same for all columns; the last entry stands for past duties whose position is not known."""
        stretches = (position.longest_stretch for position in columns.problem.positions)
        demanding = [stretch is not None and stretch <= limit for stretch in stretches]
        return np.array([*demanding, False], dtype=bool)[columns.position]
