"""What the cover rules share."""

from collections.abc import Sequence

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts
from civicvol.rostering.schedule import Schedule


def cover_facts(schedule: Schedule, shift: Shift, line: CoverRequirement, filled: int, **number: int) -> Facts:
    """Return the facts of a sentence on a role line."""
    return {"shift": schedule.problem.shift_name(shift), "role": line.label, "filled": filled, **number}


def heads_needed(columns: Columns, program: Program, needs: Sequence[int], weight: float | None) -> None:
    """Write that each role line has so many people; the line may have fewer candidates than that, or none."""
    program.at_least(columns.line, columns.candidates, 1.0, needs, weight)
