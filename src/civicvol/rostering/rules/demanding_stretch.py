"""Demanding stretch: nobody stays too long in heat or protective clothing."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rules._stretch import StretchRule
from civicvol.rostering.schedule import Duty


@attrs.frozen(kw_only=True)
class DemandingStretch(StretchRule):
    """Nobody works longer at demanding positions, at a stretch, than the position allows.

    From the beginning of each shift at a demanding position (one with a longest stretch) a window is looked at that is
    as long as that stretch and a break; duties at all demanding positions count in it. The amount is the number of
    minutes over, summed over the windows.
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} does {total} of {window} minutes at demanding positions, {amount} over {limit}",
        "{volunteer}在{window}分钟内有{total}分钟在高强度岗位，超出{limit}分钟上限{amount}分钟",
    )
    reason: ClassVar = Label("too long at demanding positions", "高强度岗位时间过长")

    def windows(self, problem: RosterProblem) -> set[tuple[int, int]]:
        """Return a window for each shift at a demanding position."""
        stretches = ((shift, problem.position(shift.position).longest_stretch) for shift in problem.shifts)
        return {(shift.span.start_minute, limit) for shift, limit in stretches if limit is not None}

    def counts(self, problem: RosterProblem, volunteer: Volunteer, duty: Duty) -> bool:
        """Return whether the duty is at a demanding position."""
        return duty.position is not None and problem.position(duty.position).longest_stretch is not None

    def counted(self, columns: Columns) -> Bools:
        """Return the same for all columns; the last entry stands for past duties whose position is not known."""
        demanding = [position.longest_stretch is not None for position in columns.problem.positions]
        return np.array([*demanding, False], dtype=bool)[columns.position]
