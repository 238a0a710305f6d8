"""What the rules share that count the people on a role line."""

from abc import abstractmethod
from collections.abc import Iterator

import attrs
import numpy as np

from civicvol import _fields
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.rostering.arrays import Floats
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Rule, Violation, ids_of
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class CoverRule(Rule):
    """A rule on how many people a role line has; its amount counts people, times the line's importance.

    Args:
        positions: ids of the positions whose shifts the rule looks at; of all where empty.
    """

    positions: frozenset[str] = attrs.field(
        default=frozenset(),
        converter=_fields.as_frozenset,
        validator=_fields.set_of(_fields.identifier),
        metadata=ids_of("position"),
    )

    @abstractmethod
    def limit(self, line: CoverRequirement) -> int | None:
        """Return the number of people that a line is held to, None where it is held to none."""

    @abstractmethod
    def missed(self, filled: int, limit: int) -> int:
        """Return by how many people a line with so many misses its number."""

    def lines(self, shift: Shift) -> Iterator[tuple[CoverRequirement, int]]:
        """Yield the role lines of a shift that are held to a number of people, with that number."""
        if not self.positions or shift.position in self.positions:
            for line in shift.cover:
                limit = self.limit(line)
                if limit is not None:
                    yield line, limit

    def limits(self, columns: Columns) -> Floats:
        """Return the number of people that each role line is held to; not a number where it is held to none."""
        held = ((shift, {line.role: limit for line, limit in self.lines(shift)}) for shift in columns.problem.shifts)
        return np.array([limits.get(line.role, np.nan) for shift, limits in held for line in shift.cover], dtype=float)

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the role lines that miss their number."""
        for shift in schedule.shifts:
            for line, limit in self.lines(shift):
                holders = schedule.holders(shift, line)
                filled = len(holders)
                missed = self.missed(filled, limit)
                if missed > 0:
                    facts: Facts = {
                        "shift": schedule.problem.shift_name(shift),
                        "role": line.label,
                        "filled": filled,
                        "limit": limit,
                        "missed": missed,
                    }
                    too_many = holders if filled > limit else ()
                    yield self.violation(missed * line.importance, facts, volunteers=too_many, shifts=(shift.id,))

    def weights(self, columns: Columns) -> Floats | None:
        """Return what one person costs on each role line, None where the rule is hard."""
        if self.weight is None:
            return None
        return np.array([self.weight * line.importance for _, line in columns.problem.lines], dtype=np.float64)


def write_at_least(rule: CoverRule, columns: Columns, program: Program) -> None:
    """Write that role lines have so many people; a line may have fewer candidates than that, or none."""
    needs = np.nan_to_num(rule.limits(columns))
    program.at_least(columns.line, columns.candidates, 1.0, needs, rule.weights(columns))


def write_at_most(rule: CoverRule, columns: Columns, program: Program) -> None:
    """Write that role lines have no more than so many people; seldom would one have more."""
    limits = np.nan_to_num(rule.limits(columns), nan=np.inf)
    program.at_most(columns.line, columns.candidates, 1.0, limits, rule.weights(columns), lazy=True)
