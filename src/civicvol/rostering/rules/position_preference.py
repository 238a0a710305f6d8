"""Position preference: people get the positions they like."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure, weight_needed


@attrs.frozen(kw_only=True)
class PositionPreference(AssignmentRule):
    """A volunteer who named positions they like gets them, the better liked ones first.

    The amount of an assignment is the share of their list that they like better: 0 for the favourite, a half for the
    second of two, and 1 for a position they did not name, however many they named. Who named none does not mind.

    Source: residents who come with a wish and a speciality (Baoshan, 2022).

    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", preferences=["gate", "tent"])
    >>> try_rule(PositionPreference(), "li 3 09-12 gate, li 4 09-12 tent", people=[li])
    ['li likes 1 other positions better than tent, Wed 4 Mar 2026 09:00–12:00']
    """

    unit: ClassVar = Label("shares of the list", "偏好表份额")
    sentence: ClassVar = Label(
        "{volunteer} likes {better} other positions better than {shift}",
        "{volunteer}更喜欢另外{better}个岗位，而不是{shift}",
    )
    reason: ClassVar = Label("happier at other positions", "更喜欢其他岗位")
    family: ClassVar = Family.WISHES

    weight: float = attrs.field(default=2.0, validator=weight_needed)

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return the share of the volunteer's list that comes before the shift's position."""
        better = _better(volunteer, shift.position)
        return better / max(len(volunteer.preferences), 1), {"better": better}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        liked = {volunteer.preferences: volunteer for volunteer in problem.volunteers}
        number = {preferences: place for place, preferences in enumerate(liked)}
        kind = np.array([number[volunteer.preferences] for volunteer in problem.volunteers], dtype=np.intp)
        positions = {position.id: place for place, position in enumerate(problem.positions)}
        position = np.array([positions[shift.position] for shift, _ in problem.lines], dtype=np.intp)
        shares = np.array(
            [
                [_better(volunteer, position) / max(len(preferences), 1) for position in positions]
                for preferences, volunteer in liked.items()
            ]
        ).reshape(len(liked), len(positions))

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            return shares[kind[volunteer], position[line]]

        return amounts


def _better(volunteer: Volunteer, position: str) -> int:
    liked = volunteer.preferences
    return liked.index(position) if position in liked else len(liked)
