"""Served units: people serve where they live, and where they have said they serve."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Measure


@attrs.frozen(kw_only=True)
class ServedUnits(AssignmentRule):
    """A volunteer serves in their home unit and the units they serve, and in everything within these.

    Shifts without a unit, and volunteers without any, are free of the rule. The amount is 1 for each assignment
    elsewhere.
    """

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label(
        "{volunteer} does not serve in {place}, where {shift} is", "{volunteer}不在{place}服务（{shift}）"
    )
    reason: ClassVar = Label("not serving there", "不在该处服务")

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return 1 where the shift is in a unit that the volunteer does not serve."""
        if shift.unit is None or not volunteer.units:
            return 0, {}
        served = any(problem.units.contains(unit, shift.unit) for unit in volunteer.units)
        return 0 if served else 1, {"place": problem.units.unit(shift.unit).label}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        kinds = {units: place for place, units in enumerate({volunteer.units for volunteer in problem.volunteers})}
        kind = np.array([kinds[volunteer.units] for volunteer in problem.volunteers], dtype=np.intp)
        places = {unit: place for place, unit in enumerate({shift.unit for shift in problem.shifts})}
        place = np.array([places[shift.unit] for shift, _ in problem.lines], dtype=np.intp)
        elsewhere = np.zeros((len(kinds), len(places)))
        for units, row in kinds.items():
            if units:
                served = frozenset().union(*map(problem.units.within, units))
                elsewhere[row] = [unit is not None and unit not in served for unit in places]

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            return elsewhere[kind[volunteer], place[line]]

        return amounts
