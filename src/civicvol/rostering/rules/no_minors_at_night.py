"""No minors at night."""

from datetime import time
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar.pattern import WorkHours
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure
from civicvol.rostering.rules._age import age_at, ages_of
from civicvol.rostering.rules._night import night_minutes


@attrs.frozen(kw_only=True)
class NoMinorsAtNight(AssignmentRule):
    """Volunteers under age do no work at night. The amount is the number of minutes they work in it.

    Source: adolescents do not work between ten in the evening and six in the morning, Directive 94/33/EC, art. 9;
    times of day for minors are asked for in engelsystem#1625.

    Args:
        under: age in full years from which nights are open.
        night_start: when the night begins, wall clock in the horizon's zone.
        night_end: when it ends; not after its start means the next morning.

    >>> from datetime import date
    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", birth_date=date(2010, 5, 1))
    >>> try_rule(NoMinorsAtNight(), "li 7 18-22, li 8 20-23", people=[li])
    ['li is 15 and would work 60 minutes of the night at post, Sun 8 Mar 2026 20:00–23:00']
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} is {age} and would work {amount:.0f} minutes of the night at {shift}",
        "{volunteer}{age}岁，{shift}有{amount:.0f}分钟在夜间",
    )
    reason: ClassVar = Label("under age at night", "未成年且为夜间")
    family: ClassVar = Family.PEOPLE

    under: int = attrs.field(default=18, validator=_fields.whole(1, 120))
    night_start: time = attrs.field(default=time(22), validator=_fields.wall_time)
    night_end: time = attrs.field(default=time(6), validator=_fields.wall_time)

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return how many minutes of the night a minor would work."""
        age = age_at(problem, volunteer, shift)
        if age is None or age >= self.under:
            return 0, {}
        return self._night_minutes(problem, shift), {"age": age}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        ages = ages_of(problem)
        at_night = {shift.id: self._night_minutes(problem, shift) for shift in problem.shifts}
        minutes = np.array([at_night[shift.id] for shift, _ in problem.lines], dtype=np.float64)

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            age = ages(volunteer, line)
            return np.where(age < self.under, minutes[line], 0.0)

        return amounts

    def _night_minutes(self, problem: RosterProblem, shift: Shift) -> int:
        return night_minutes(problem, shift.span, WorkHours(self.night_start, self.night_end))
