"""Position preference: people get the positions they like."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Measure, weight_needed


@attrs.frozen(kw_only=True)
class PositionPreference(AssignmentRule):
    """A volunteer who named positions they like gets them, the better liked ones first.

    The amount of an assignment is its position's rank in their list: 0 for the favourite, 1 for the next, and for a
    position they did not name the length of the list. Who named none does not mind.
    """

    unit: ClassVar = Label("ranks", "位")
    sentence: ClassVar = Label(
        "{volunteer} likes {amount:.0f} other positions better than {shift}",
        "{volunteer}更喜欢另外{amount:.0f}个岗位，而不是{shift}",
    )
    reason: ClassVar = Label("happier at other positions", "更喜欢其他岗位")

    weight: float = attrs.field(default=2.0, validator=weight_needed)

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return the rank of the shift's position in the volunteer's list."""
        return _rank(volunteer, shift.position), {}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        liked = {volunteer.preferences: volunteer for volunteer in problem.volunteers}
        number = {preferences: place for place, preferences in enumerate(liked)}
        kind = np.array([number[volunteer.preferences] for volunteer in problem.volunteers], dtype=np.intp)
        positions = {position.id: place for place, position in enumerate(problem.positions)}
        position = np.array([positions[shift.position] for shift, _ in problem.lines], dtype=np.intp)
        ranks = np.array(
            [[_rank(volunteer, position) for position in positions] for volunteer in liked.values()], dtype=np.float64
        ).reshape(len(liked), len(positions))

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            return ranks[kind[volunteer], position[line]]

        return amounts


def _rank(volunteer: Volunteer, position: str) -> int:
    liked = volunteer.preferences
    return liked.index(position) if position in liked else len(liked)
