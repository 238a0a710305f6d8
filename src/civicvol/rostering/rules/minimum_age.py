"""Minimum age: positions that are not for the youngest."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure
from civicvol.rostering.rules._age import age_at, ages_of


@attrs.frozen(kw_only=True)
class MinimumAge(AssignmentRule):
    """A volunteer has the age a position asks for. The amount is the number of full years missing.

    Whoever's birth date is not known is taken to be old enough.

    Source: work is given by age and body (China's Regulations on Voluntary Service, 2017, art. 15).

    >>> from datetime import date
    >>> from civicvol import Position, Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", birth_date=date(2010, 5, 1))
    >>> try_rule(MinimumAge(), "li 7 09-12", people=[li], positions=[Position(id="post", minimum_age=18)])
    ['li is 15 at post, Sat 7 Mar 2026 09:00–12:00, which is for people of 18 and more']
    """

    unit: ClassVar = Label("years", "岁")
    sentence: ClassVar = Label(
        "{volunteer} is {age} at {shift}, which is for people of {minimum} and more",
        "{volunteer}在{shift}时{age}岁，该岗位须年满{minimum}岁",
    )
    reason: ClassVar = Label("too young", "年龄不足")
    family: ClassVar = Family.PEOPLE

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return how many years the volunteer is too young for the position."""
        age, minimum = age_at(problem, volunteer, shift), problem.position(shift.position).minimum_age
        if age is None or age >= minimum:
            return 0, {}
        return minimum - age, {"age": age, "minimum": minimum}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        ages = ages_of(problem)
        minimum = np.array([problem.position(shift.position).minimum_age for shift, _ in problem.lines], dtype=np.intp)

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            age = ages(volunteer, line)
            return np.where(age < minimum[line], minimum[line] - age, 0.0)

        return amounts
