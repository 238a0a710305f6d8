"""Backbone stays: where people are released, those of the backbone are the last."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Facts, Family
from civicvol.rostering.rules._mix import PresentRule


@attrs.frozen(kw_only=True)
class BackboneStays(PresentRule):
    """While anybody else is on a shift, at least so many of the backbone are.

    Where a shift needs fewer people than before, the others are released first, and the backbone may do it alone. The
    amount is the number of people of the backbone who are missing.

    Source: backbone members chosen by the community (Wujiayuan), the order of standing down (Lanzhou 2021).

    Args:
        group: the affiliation of those who are the backbone.
        least: how many of them stay at least.
        always: whether it also holds where nobody else is on the shift.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> rule, li = BackboneStays(group="core", least=2), Volunteer(id="li", affiliations=["core"])
    >>> try_rule(rule, "li 3 09-12", people=[li])
    []
    >>> try_rule(rule, "li 3 09-12, wu 3 09-12", people=[li])
    ['post, Tue 3 Mar 2026 09:00–12:00 has 1 of at least 2 of the backbone (core): 1 missing']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {fit} of at least {least} of the backbone ({group}): {amount} missing",
        "{shift}：骨干（{group}）至少需{least}人，现有{fit}人，缺{amount}人",
    )
    reason: ClassVar = Label("not of the backbone that is missing on the shift", "并非该班所缺骨干")
    family: ClassVar = Family.PEOPLE
    called_by_others: ClassVar = True

    group: str = attrs.field(validator=_fields.identifier)

    def fits(self, problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> bool:
        """Return whether a volunteer is of the backbone."""
        return self.group in volunteer.affiliations

    def fitting(self, columns: Columns) -> Bools:
        """Return the same for each candidate."""
        backbone = np.array([self.group in each.affiliations for each in columns.problem.volunteers], dtype=bool)
        found: Bools = backbone[columns.volunteer[: columns.count]]
        return found

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return who the backbone is, and how many of it stay."""
        return {"least": self.least, "group": self.group}
