"""Maximum cover: the most people a role line takes."""

from typing import ClassVar

import attrs

from civicvol.duties.shift import CoverRequirement
from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Stage
from civicvol.rostering.rules._cover import CoverRule, write_at_most


@attrs.frozen(kw_only=True)
class MaximumCover(CoverRule):
    """No role line has more people than its maximum.

    The amount is the number of people too many, times the line's importance.

    Source: the price of too much cover in OR-Tools' shift scheduling sample.

    >>> from civicvol import CoverRequirement
    >>> from civicvol.testing import try_rule
    >>> try_rule(MaximumCover(), "li 7 09-12, wu 7 09-12", cover=[CoverRequirement(maximum=1)])
    ['post, Sat 7 Mar 2026 09:00–12:00 has 2 for helper, 1 more than its maximum of 1']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {filled} for {role}, {missed} more than its maximum of {limit}",
        "{shift}：{role}最多{limit}人，现有{filled}人，多{missed}人",
    )
    reason: ClassVar = Label("over the maximum", "超过人数上限")
    family: ClassVar = Family.COVER
    stage: ClassVar = Stage.ELSEWHERE

    def limit(self, line: CoverRequirement) -> int:
        """Return the line's maximum."""
        return line.maximum

    def missed(self, filled: int, limit: int) -> int:
        """Return how many people are too many."""
        return filled - limit

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each role line that has more candidates than its maximum."""
        write_at_most(self, columns, program)
