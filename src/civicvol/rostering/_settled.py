"""Settled: for a replan, who may be on which role line at all."""

from collections.abc import Iterable
from typing import ClassVar

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.disruption import Absence
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure


@attrs.frozen(kw_only=True)
class Settled(AssignmentRule):
    """Nobody comes to a role line unless they were on it or it is open to others; nobody serves while absent.

    Overrides do not set it aside.

    Args:
        published: who was where.
        open_lines: shift and role of the lines to which others may come.
        absences: who is absent when.
    """

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label("{volunteer} cannot come to {shift}", "{volunteer}不能来{shift}")
    reason: ClassVar = Label("absent, or a shift that stays as it is", "缺席，或班次保持不变")
    family: ClassVar = Family.STABILITY

    published: Roster
    open_lines: frozenset[tuple[str, str]] = frozenset()
    absences: tuple[Absence, ...]

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return 1 for somebody who cannot come."""
        wanted = Assignment(volunteer=volunteer.id, shift=shift.id, role=line.role)
        known = wanted in self.published or (shift.id, line.role) in self.open_lines
        absent = any(each.concerns(volunteer.id, shift.id, problem) for each in self.absences)
        return float(absent or not known), {}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        lines = {(shift.id, line.role): place for place, (shift, line) in enumerate(problem.lines)}
        people = {volunteer.id: number for number, volunteer in enumerate(problem.volunteers)}
        width = len(lines)
        opened = np.array([key in self.open_lines for key in lines], dtype=bool)
        known = _codes(
            people[each.volunteer] * width + lines[each.shift, each.role]
            for each in self.published
            if each.volunteer in people and (each.shift, each.role) in lines
        )
        away = _codes(
            people[each.volunteer] * width + place
            for each in self.absences
            for place, (shift, _) in enumerate(problem.lines)
            if each.volunteer in people and each.concerns(each.volunteer, shift.id, problem)
        )

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            code = volunteer * width + line
            possible = (opened[line] | np.isin(code, known)) & ~np.isin(code, away)
            return np.where(possible, 0.0, 1.0)

        return amounts

    def counted(self, problem: RosterProblem) -> Measure:
        """Return the measure, whatever is agreed."""
        return self.measure(problem)


def _codes(codes: Iterable[int]) -> Indices:
    return np.fromiter(codes, dtype=np.intp)
