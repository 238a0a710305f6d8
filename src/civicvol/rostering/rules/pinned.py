"""Pinned: what is settled beforehand stays."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Rule, Stage, Violation
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class Pinned(Rule):
    """Every pinned assignment is in the roster. The amount is 1 for each that is not.

    A problem with pinned assignments is held to this rule also where its rules do not name it.
    """

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label(
        "{volunteer} is pinned to {shift} but not on it", "{volunteer}已固定在{shift}，但不在班表上"
    )
    reason: ClassVar = Label("pinned elsewhere", "已固定在他处")
    family: ClassVar = Family.PEOPLE
    stage: ClassVar = Stage.ELSEWHERE

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the pinned assignments that are missing."""
        problem, looked_at = schedule.problem, {volunteer.id for volunteer in schedule.volunteers}
        for pin in problem.pinned:
            if pin.volunteer in looked_at and pin not in schedule.roster:
                names: Facts = {
                    "volunteer": str(problem.volunteer(pin.volunteer)),
                    "shift": problem.shift_name(problem.shift(pin.shift)),
                }
                yield self.violation(1, names, volunteers=(pin.volunteer,), shifts=(pin.shift,))

    def rows(self, columns: Columns, program: Program) -> None:
        """Fix the pinned columns at one."""
        program.require(columns.indices(columns.problem.pinned), self.weight)
