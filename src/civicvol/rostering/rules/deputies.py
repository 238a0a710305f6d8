"""Deputies: one of a few people answers for each shift."""

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
from civicvol.rostering.rule import Family, ids_of
from civicvol.rostering.rules._mix import PresentRule


@attrs.frozen(kw_only=True)
class Deputies(PresentRule):
    """On each shift on which anybody is, at least one is of a few named people: a key person or a deputy of theirs.

    The amount is the number of them who are missing.

    Source: the secretary leads when the key person is ill (Xingjiaqiao 2020).

    Args:
        people: ids of the key person and the deputies.
        least: how many of them there are at least.
        always: whether shifts with nobody on them count as well.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol.testing import try_rule
    >>> print(try_rule(Deputies(people=["li", "wu"]), "xu 3 09-12, li 4 09-12, wu 5 09-12")[0])
    post, Tue 3 Mar 2026 09:00–12:00 has 0 of at least 1 of those who answer for it: 1 missing
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {fit} of at least {least} of those who answer for it: {amount} missing",
        "{shift}：负责人或其副手至少需{least}人，现有{fit}人，缺{amount}人",
    )
    reason: ClassVar = Label("not one of those who answer for the shift", "并非该班负责人或其副手")
    family: ClassVar = Family.PEOPLE

    people: frozenset[str] = attrs.field(
        converter=_fields.as_frozenset, validator=_fields.set_of(_fields.identifier), metadata=ids_of("volunteer")
    )

    def fits(self, problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> bool:
        """Return whether a volunteer is one of the people."""
        return volunteer.id in self.people

    def fitting(self, columns: Columns) -> Bools:
        """Return the same for each candidate."""
        named = np.array([volunteer.id in self.people for volunteer in columns.problem.volunteers], dtype=bool)
        found: Bools = named[columns.volunteer[: columns.count]]
        return found
