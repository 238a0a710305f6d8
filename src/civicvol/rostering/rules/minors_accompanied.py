"""Minors accompanied: adults are with those under age."""

from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._age import age_at, ages_of
from civicvol.rostering.rules._mix import RatioRule


@attrs.frozen(kw_only=True)
class MinorsAccompanied(RatioRule):
    """On each shift there is an adult for every so many minors.

    The age is that on the day the shift begins; whoever states no birth date is taken to be of age. The amount is the
    number of minors beyond those whom the adults on the shift can look after. For one minor's own guardian see
    `Accompanied`.

    Source: minors serve with consent or company, Zhejiang 2018 art. 9, Ningbo 2021 art. 10; a supervisor present,
    engelsystem#1625.

    Args:
        most: how many minors there are for each adult at most.
        under: age in full years from which somebody is an adult.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from datetime import date
    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> try_rule(MinorsAccompanied(), "li 3 09-12", people=[Volunteer(id="li", birth_date=date(2010, 5, 1))])
    ['post, Tue 3 Mar 2026 09:00–12:00 has 1 minors and 0 adults, 1 more than 3 for each adult']
    """

    unit: ClassVar = Label("minors", "名未成年人")
    sentence: ClassVar = Label(
        "{shift} has {others} minors and {fit} adults, {amount} more than {most} for each adult",
        "{shift}有{others}名未成年人、{fit}名成年人，按每名成年人带{most}人计多{amount}人",
    )
    reason: ClassVar = Label("under age, with too few adults on the shift", "未成年，该班成年人不足")
    family: ClassVar = Family.PEOPLE

    most: int = attrs.field(default=3, validator=_fields.whole(1, 1_000))
    under: int = attrs.field(default=18, validator=_fields.whole(1, 120))

    def fits(self, problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> bool:
        """Return whether a volunteer is an adult."""
        age = age_at(problem, volunteer, shift)
        return age is None or age >= self.under

    def fitting(self, columns: Columns) -> Bools:
        """Return the same for each candidate."""
        ages = ages_of(columns.problem)(columns.volunteer[: columns.count], columns.line)
        return ~(ages < self.under)
