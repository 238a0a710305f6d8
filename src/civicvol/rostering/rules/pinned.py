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

    Source: fixed assignments, as in the shift scheduling sample of OR-Tools.

    >>> from civicvol import Assignment, Volunteer
    >>> from civicvol.testing import try_rule
    >>> settled = Assignment(volunteer="wu", shift="post@7-09-12")
    >>> try_rule(Pinned(), "li 7 09-12", people=[Volunteer(id="wu")], pinned=[settled])
    ['wu is pinned to post, Sat 7 Mar 2026 09:00–12:00 but not on it']
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
