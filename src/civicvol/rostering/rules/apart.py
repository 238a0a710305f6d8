"""Apart: those who must not both be away are never on duty at the same time."""

from collections.abc import Iterator
from itertools import combinations
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.arrays import Indices, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Stage, Violation
from civicvol.rostering.rules._company import CompanyRule, Duties
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class Apart(CompanyRule):
    """No two of a company are on duty at the same time: a couple with children, say, of whom one stays at home.

    What still goes on from before the horizon counts. The amount is the number of pairs of duties at the same time,
    each of another member.

    Source: a couple on duty in different places who had not met for a week (Lanzhou 2021); not with somebody,
    volunteer_planner#380.

    Args:
        companies: for each company the ids of its volunteers, at least two.
        same_shift: whether only duties on one and the same shift count.
        positions: ids of the positions whose duties the rule looks at; of all where empty.

    >>> from civicvol.testing import try_rule
    >>> try_rule(Apart(companies=[["li", "wu"]]), "li 3 09-12, wu 3 11-15, li 4 09-12, wu 4 12-15")
    ['li is on post, Tue 3 Mar 2026 09:00–12:00 and wu on post, Tue 3 Mar 2026 11:00–15:00']
    """

    unit: ClassVar = Label("pairs of duties", "对班次")
    sentence: ClassVar = Label("{first} is on {one} and {second} on {other}", "{first}在{one}，同时{second}在{other}")
    reason: ClassVar = Label("with somebody on duty then whom they must not be away with", "不能与之同时外出者正在值班")
    stage: ClassVar = Stage.ELSEWHERE
    wide: ClassVar = True

    same_shift: bool = attrs.field(default=False, validator=_fields.flag)

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the pairs of duties at the same time."""
        for company in self.companies:
            for first, second in combinations(company, 2):
                for one in schedule.duties[first]:
                    for other in schedule.duties[second]:
                        if self._at_once(one, other):
                            facts: Facts = {
                                "first": str(schedule.problem.volunteer(first)),
                                "second": str(schedule.problem.volunteer(second)),
                                "one": schedule.duty_name(one),
                                "other": schedule.duty_name(other),
                            }
                            shifts = tuple(dict.fromkeys(shift_ids((one, other))))
                            yield self.violation(1, facts, volunteers=(first, second), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each two duties at the same time."""
        positions = [self.looks_at(position.id) for position in columns.problem.positions]
        looked_at = np.array([*positions, self.looks_at(None)], dtype=bool)[columns.position]
        number = {volunteer.id: index for index, volunteer in enumerate(columns.problem.volunteers)}
        for company in self.companies:
            members = np.array([number[id] for id in company], dtype=np.intp)
            entries = np.flatnonzero(np.isin(columns.volunteer, members) & looked_at)
            self._write(columns, program, entries)

    def _at_once(self, one: Duty, other: Duty) -> bool:
        if (one.past and other.past) or not (self.looks_at(one.position) and self.looks_at(other.position)):
            return False
        return one.shift == other.shift if self.same_shift else one.span.overlaps(other.span)

    def _write(self, columns: Columns, program: Program, entries: Indices) -> None:
        """Write the rows of one company, whose columns are given."""
        duties = Duties.of(entries, columns)
        first = duties.first
        one, other = _overlapping(columns, first)
        kept = columns.volunteer[first[one]] != columns.volunteer[first[other]]
        kept &= ~(columns.past[first[one]] & columns.past[first[other]])
        if self.same_shift:
            kept &= columns.shift[first[one]] == columns.shift[first[other]]
        count = int(np.count_nonzero(kept))
        place, column = duties.columns(np.concatenate([one[kept], other[kept]]))
        program.at_most(place % max(count, 1), column, 1.0, np.ones(count), self.weight)


def _overlapping(columns: Columns, duties: Indices) -> tuple[Indices, Indices]:
    """Return the pairs of some columns that overlap in time, as places among them."""
    order = np.argsort(columns.start[duties], kind="stable")
    start, end = columns.start[duties][order], columns.end[duties][order]
    until = np.searchsorted(start, end)
    before, step = spread(until - np.arange(len(order)) - 1)
    return order[before], order[before + 1 + step]
