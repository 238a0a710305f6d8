"""Minimum cover: the fewest people without whom a role line is short."""

from typing import ClassVar

import attrs

from civicvol.duties.shift import CoverRequirement
from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, weight_or_hard
from civicvol.rostering.rules._cover import CoverRule, write_at_least


@attrs.frozen(kw_only=True)
class MinimumCover(CoverRule):
    """Every role line of every shift has its minimum of people.

    The amount is the number of people missing, times the line's importance. Soft by default, because a month that
    cannot be covered is still rostered, and the places left open are reported with their reasons.

    Source: rosters that cannot be complete, in optaweb-employee-rostering#467 and timefold-solver#1259.

    >>> from civicvol import CoverRequirement
    >>> from civicvol.testing import try_rule
    >>> try_rule(MinimumCover(), "li 7 09-12", cover=[CoverRequirement(minimum=2)])
    ['post, Sat 7 Mar 2026 09:00–12:00 has 1 of at least 2 for helper: 1 missing']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {filled} of at least {limit} for {role}: {missed} missing",
        "{shift}：{role}至少需{limit}人，现有{filled}人，缺{missed}人",
    )
    reason: ClassVar = Label("not needed for the minimum", "不影响最低人数")
    family: ClassVar = Family.COVER

    weight: float | None = attrs.field(default=10_000.0, validator=weight_or_hard)

    def limit(self, line: CoverRequirement) -> int:
        """Return the line's minimum."""
        return line.minimum

    def missed(self, filled: int, limit: int) -> int:
        """Return how many people are missing."""
        return limit - filled

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each role line with a minimum."""
        write_at_least(self, columns, program)
