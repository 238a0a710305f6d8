"""Accompanied: somebody comes only with one of those who look after them."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Violation
from civicvol.rostering.rules._company import CompanyRule, members_of, named
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class Accompanied(CompanyRule):
    """The first of each company is on a shift only where one of the others is.

    So a learner comes with a mentor, and a minor with a guardian; the others may come alone. The amount is 1 for each
    shift on which the first is without company.

    Source: apprentices beside somebody of experience, engelsystem#253; minors in company, Zhejiang 2018 art. 9.

    Args:
        companies: for each company the id of who is accompanied, then those of whoever may accompany them.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol.testing import try_rule
    >>> rule = Accompanied(companies=[["li", "wu", "xu"]])
    >>> try_rule(rule, "li 3 09-12, xu 3 09-12, wu 4 09-12, li 5 09-12")
    ['li is on post, Thu 5 Mar 2026 09:00–12:00 without wu or xu']
    """

    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label("{volunteer} is on {shift} without {others}", "{volunteer}在{shift}，无{others}陪同")
    reason: ClassVar = Label("without those who accompany them", "无人陪同")

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the shifts on which somebody is without those who accompany them."""
        problem = schedule.problem
        for shift in schedule.shifts:
            if not self.looks_at(shift.position):
                continue
            on = {each.volunteer for each in schedule.roster.of_shift(shift.id)}
            for first, *others in self.companies:
                if first in on and on.isdisjoint(others):
                    facts: Facts = {
                        "shift": problem.shift_name(shift),
                        "volunteer": str(problem.volunteer(first)),
                        "others": named(problem, others, Label(" or ", "或")),
                    }
                    yield self.violation(1, facts, volunteers=(first, *others), shifts=(shift.id,))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each company and shift on which its first might be."""
        members = members_of(self, columns)
        factors = np.where(members.place == 0, 1.0, -1.0)
        program.at_most(members.group, members.entry, factors, np.zeros(members.count), self.weight)
