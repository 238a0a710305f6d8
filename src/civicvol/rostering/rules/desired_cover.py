"""Desired cover: the number of people a role line should have, beyond its minimum."""

from typing import ClassVar

import attrs

from civicvol.duties.shift import CoverRequirement
from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, weight_or_hard
from civicvol.rostering.rules._cover import CoverRule, write_at_least


@attrs.frozen(kw_only=True)
class DesiredCover(CoverRule):
    """Role lines that want more people than their minimum have as many as they want.

    The amount is the number of people missing to the desired number, those missing to the minimum included, times the
    line's importance.

    Source: the preferred cover of Curtois and Qu (2014), with a weight for each person below it.

    >>> from civicvol import CoverRequirement
    >>> from civicvol.testing import try_rule
    >>> try_rule(DesiredCover(), "li 7 09-12", cover=[CoverRequirement(minimum=1, desired=3)])
    ['post, Sat 7 Mar 2026 09:00–12:00 has 1 of 3 wanted for helper']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {filled} of {limit} wanted for {role}",
        "{shift}：{role}希望有{limit}人，现有{filled}人",
    )
    reason: ClassVar = Label("more than are wanted", "超过希望人数")
    family: ClassVar = Family.COVER

    weight: float | None = attrs.field(default=1_000.0, validator=weight_or_hard)

    def limit(self, line: CoverRequirement) -> int | None:
        """Return the line's desired number where it is more than its minimum."""
        return line.desired if line.minimum < line.desired else None

    def missed(self, filled: int, limit: int) -> int:
        """Return how many people are missing."""
        return limit - filled

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each role line that wants more than its minimum."""
        write_at_least(self, columns, program)
