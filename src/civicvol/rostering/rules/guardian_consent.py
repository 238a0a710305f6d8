"""Guardian consent: minors serve only with their guardian's consent."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure
from civicvol.rostering.rules._age import age_at, ages_of


@attrs.frozen(kw_only=True)
class GuardianConsent(AssignmentRule):
    """A volunteer under age serves only where their guardian consents. The amount is 1 for each assignment without.

    Source: local regulations in China, which ask for a guardian's consent or company (Zhejiang 2018 art. 9, Ningbo 2021
    art. 10, Shanghai art. 13).

    Args:
        under: age in full years from which no consent is needed.

    >>> from datetime import date
    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", birth_date=date(2010, 5, 1))
    >>> try_rule(GuardianConsent(), "li 7 09-12", people=[li])
    ["li is 15 at post, Sat 7 Mar 2026 09:00–12:00 and has no guardian's consent"]
    """

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label(
        "{volunteer} is {age} at {shift} and has no guardian's consent",
        "{volunteer}在{shift}时{age}岁，尚无监护人同意",
    )
    reason: ClassVar = Label("under age without a guardian's consent", "未成年且无监护人同意")
    family: ClassVar = Family.PEOPLE

    under: int = attrs.field(default=18, validator=_fields.whole(1, 120))

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return 1 where the volunteer is under age at the shift and has no consent."""
        age = age_at(problem, volunteer, shift)
        if age is None or age >= self.under or volunteer.guardian_consent:
            return 0, {}
        return 1, {"age": age}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        ages = ages_of(problem)
        consent = np.array([volunteer.guardian_consent for volunteer in problem.volunteers], dtype=bool)

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            age = ages(volunteer, line)
            return np.where((age < self.under) & ~consent[volunteer], 1.0, 0.0)

        return amounts
