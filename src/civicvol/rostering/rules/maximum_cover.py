"""Maximum cover: the most people a role line takes."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Rule, Violation
from civicvol.rostering.rules._cover import cover_facts
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class MaximumCover(Rule):
    """No role line has more people than its maximum. The amount is the number of people too many."""

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {filled} for {role}, {amount} more than its maximum of {maximum}",
        "{shift}：{role}最多{maximum}人，现有{filled}人，多{amount}人",
    )
    reason: ClassVar = Label("over the maximum", "超过人数上限")

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the role lines that are over their maximum."""
        for shift in schedule.shifts:
            for line in shift.cover:
                filled = len(schedule.holders(shift, line))
                if filled > line.maximum:
                    facts = cover_facts(schedule, shift, line, filled, maximum=line.maximum)
                    yield self.violation(filled - line.maximum, facts, shifts=(shift.id,))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each role line that has more candidates than its maximum."""
        limits = np.array([line.maximum for _, line in columns.problem.lines], dtype=np.float64)
        program.at_most(columns.line, columns.candidates, 1.0, limits, self.weight)
