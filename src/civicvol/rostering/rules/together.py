"""Together: those who belong together serve together."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Violation
from civicvol.rostering.rules._company import CompanyRule, members_of, named
from civicvol.rostering.rules._mix import write_where_one
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class Together(CompanyRule):
    """Where one of a company is on a shift, all of it are: a household, friends, a mentor and a learner.

    The amount is the number of members who are missing, over all shifts on which some are.

    Source: friends and family together, volunteer_planner#380.

    Args:
        companies: for each company the ids of its volunteers, at least two.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> rule = Together(companies=[["li", "wu"]])
    >>> try_rule(rule, "li 3 09-12, wu 3 09-12, li 4 09-12")
    ['post, Wed 4 Mar 2026 09:00–12:00 has li without wu, who belong together']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {present} without {missing}, who belong together",
        "{shift}有{present}而无{missing}，他们应在一起",
    )
    reason: ClassVar = Label("without those they belong together with", "应与其同伴同班")

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the shifts on which some of a company are, and others not."""
        problem = schedule.problem
        for shift in schedule.shifts:
            if not self.looks_at(shift.position):
                continue
            on = {each.volunteer for each in schedule.roster.of_shift(shift.id)}
            for company in self.companies:
                present, missing = ([id for id in company if (id in on) is there] for there in (True, False))
                if present and missing:
                    facts: Facts = {
                        "shift": problem.shift_name(shift),
                        "present": named(problem, present),
                        "missing": named(problem, missing),
                    }
                    yield self.violation(len(missing), facts, volunteers=company, shifts=(shift.id,))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each company and shift: all are on it where anybody of the company is."""
        members = members_of(self, columns)
        sizes = np.zeros(members.count)
        sizes[members.group] = np.array([len(company) for company in self.companies], dtype=float)[members.company]
        begun = program.add_columns(np.zeros(members.count), np.ones(members.count))
        write_where_one(program, members.entry, begun[members.group])
        program.at_most(
            np.concatenate([members.group, np.arange(members.count)]),
            np.concatenate([members.entry, begun]),
            np.concatenate([np.full(len(members.entry), -1.0), sizes]),
            np.zeros(members.count),
            self.weight,
        )
