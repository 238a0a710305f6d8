"""Minimum cover: the fewest people without whom a role line is short."""

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
class MinimumCover(Rule):
    """Every role line of every shift has its minimum of people.

    The amount is the number of people missing. Soft by default, because a month that cannot be covered is still
    rostered, and the places left open are reported with their reasons.
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {filled} of at least {minimum} for {role}: {amount} missing",
        "{shift}：{role}至少需{minimum}人，现有{filled}人，缺{amount}人",
    )
    reason: ClassVar = Label("not needed for the minimum", "不影响最低人数")

    weight: float | None = attrs.field(default=10_000.0, validator=weight_or_hard)

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the role lines that are under their minimum."""
        for shift in schedule.shifts:
            for line in shift.cover:
                filled = len(schedule.holders(shift, line))
                if filled < line.minimum:
                    facts = cover_facts(schedule, shift, line, filled, minimum=line.minimum)
                    yield self.violation(line.minimum - filled, facts, shifts=(shift.id,))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each role line with a minimum."""
        needs = [line.minimum for _, line in columns.problem.lines]
        heads_needed(columns, program, needs, self.weight)
