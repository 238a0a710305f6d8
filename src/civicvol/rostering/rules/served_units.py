"""Served units: people serve where they live, and where they have said they serve."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.reach import Reach
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure


@attrs.frozen(kw_only=True)
class ServedUnits(AssignmentRule):
    """A volunteer serves in their home unit and the units they serve, in all within these, and where their home lies.

    So who lives in a building is there for its grid's and its community's shifts too. Shifts without a unit, and
    volunteers without any, are free of the rule. The amount is 1 for each assignment elsewhere.

    Source: teams by the street that people live in (Baoshan, 2022); cadres who report for duty where they live
    (Yijiang, 2020).

    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", home="north")
    >>> try_rule(ServedUnits(), "li 7 09-12 post@north, li 8 09-12 post@south", people=[li])
    ['li does not serve in south, where post, Sun 8 Mar 2026 09:00–12:00, south is']
    """

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label(
        "{volunteer} does not serve in {place}, where {shift} is", "{volunteer}不在{place}服务（{shift}）"
    )
    reason: ClassVar = Label("not serving there", "不在该处服务")
    family: ClassVar = Family.PEOPLE

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return 1 where the shift is in a unit that the volunteer does not serve."""
        if shift.unit is None or not volunteer.units:
            return 0, {}
        if not _above(problem, shift.unit).isdisjoint(volunteer.units):
            return 0, {}
        if volunteer.home is not None and shift.unit in _above(problem, volunteer.home):
            return 0, {}
        return 1, {"place": problem.units.unit(shift.unit).label}

    def reach(self, problem: RosterProblem) -> Reach | None:
        """Return who serves where; None where the rule is for some people or positions only."""
        return _reach_of(problem) if self.group is None and not self.positions else None

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        reach = _reach_of(problem)
        place = np.repeat(reach.place, [len(shift.cover) for shift in problem.shifts])
        elsewhere = (~reach.served).astype(np.float64)

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            return elsewhere[reach.kind[volunteer], place[line]]

        return amounts


def _above(problem: RosterProblem, unit: str) -> frozenset[str]:
    """Return the ids of a unit and of those that it lies in."""
    return problem.remembered(
        ("above", unit), lambda: frozenset((unit, *(each.id for each in problem.units.ancestors(unit))))
    )


def _reach_of(problem: RosterProblem) -> Reach:
    """Return who serves where in a problem."""

    def found() -> Reach:
        lives = [(volunteer.units, volunteer.home) for volunteer in problem.volunteers]
        kinds = {life: number for number, life in enumerate(dict.fromkeys(lives))}
        places = {unit: number for number, unit in enumerate(dict.fromkeys(shift.unit for shift in problem.shifts))}
        served = np.ones((len(kinds), len(places)), dtype=bool)
        for (units, home), row in kinds.items():
            if units:
                inside = {inner for unit in units for inner in problem.units.within(unit)}
                inside.update(() if home is None else (unit.id for unit in problem.units.ancestors(home)))
                served[row] = [unit is None or unit in inside for unit in places]
        return Reach(
            kind=np.array([kinds[life] for life in lives], dtype=np.intp),
            place=np.array([places[shift.unit] for shift in problem.shifts], dtype=np.intp),
            served=served,
        )

    return problem.remembered("reach", found)
