"""Desired cover: the number of people a role line should have, beyond its minimum."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Rule, Violation, weight_or_hard
from civicvol.rostering.rules._cover import cover_facts, heads_needed
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class DesiredCover(Rule):
    """Role lines that want more people than their minimum have as many as they want.

    The amount is the number of people missing to the desired number, those missing to the minimum included.
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {filled} of {desired} wanted for {role}",
        "{shift}：{role}希望有{desired}人，现有{filled}人",
    )
    reason: ClassVar = Label("more than are wanted", "超过希望人数")

    weight: float | None = attrs.field(default=1_000.0, validator=weight_or_hard)

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the role lines that want more people than they have."""
        for shift in schedule.shifts:
            for line in shift.cover:
                filled = len(schedule.holders(shift, line))
                if filled < line.desired and line.minimum < line.desired:
                    facts = cover_facts(schedule, shift, line, filled, desired=line.desired)
                    yield self.violation(line.desired - filled, facts, shifts=(shift.id,))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each role line that wants more than its minimum."""
        lines = columns.problem.lines
        needs = [line.desired if line.minimum < line.desired else 0 for _, line in lines]
        heads_needed(columns, program, needs, self.weight)
