"""Most first-timers: no more than so many on a shift are there for the first time."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts
from civicvol.rostering.rules._mix import MixRule, past_minutes, past_minutes_of


@attrs.frozen(kw_only=True)
class MostFirstTimers(MixRule):
    """At most so many people on a shift are first-timers: those with no past duty.

    Who is new stays so for the whole horizon. The amount is the number of first-timers beyond the limit.

    Source: not only first-timers on a shift, engelsystem#322.

    Args:
        most: how many first-timers there are at most.
        at_position: whether those are first-timers too who have served, but never at the shift's position.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostFirstTimers(most=1), "li 3 09-12, wu 3 09-12, xu 3 09-12, xu 1 09-12")
    ['post, Tue 3 Mar 2026 09:00–12:00 has 2 first-timers, 1 more than 1']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {fit} first-timers, {amount} more than {most}", "{shift}有{fit}名新手，比上限{most}人多{amount}人"
    )
    reason: ClassVar = Label("first-timers, with enough of them on the shift", "为新手，该班新手已满")

    most: int = attrs.field(default=1, validator=_fields.whole(0, 1_000))
    at_position: bool = attrs.field(default=False, validator=_fields.flag)

    def fits(self, problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> bool:
        """Return whether a volunteer is a first-timer."""
        return past_minutes(problem, volunteer, shift, at_position=self.at_position) == 0

    def fitting(self, columns: Columns) -> Bools:
        """Return the same for each candidate."""
        found: Bools = past_minutes_of(columns, at_position=self.at_position) == 0
        return found

    def amount(self, problem: RosterProblem, shift: Shift, fit: int, others: int) -> int:
        """Return how many first-timers are too many."""
        return fit - self.most

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return how many first-timers there may be."""
        return {"most": self.most}

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each shift with more candidates who are first-timers."""
        entries = self.entries(columns)
        chosen = entries[self.fitting(columns)[entries]]
        limits = np.full(len(columns.problem.shifts), self.most)
        program.at_most(columns.shift[chosen], chosen, 1.0, limits, self.weight)
