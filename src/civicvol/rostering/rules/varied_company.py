"""Varied company: people meet others, and not the same ones time and again."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.arrays import Indices, Ints, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, ScopedRule, Violation
from civicvol.rostering.rules._company import Duties
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class VariedCompany(ScopedRule):
    """Two people are on one shift together no more than so many times.

    Past duties of equal time, position and unit count as one shift; where they alone exceed the limit, what comes on
    top of them is too much. The amount is the number of times beyond the limit, over all pairs.

    Every two people who might meet more often cost the solver a column for each shift they might meet on. In a large
    community the rule is for a group, not for everybody.

    Source: not twice with the same group; with and not with, volunteer_planner#380.

    Args:
        most: how many times two people are together at most.
        group: an affiliation: pairs of those who have it are looked at; of everybody where None.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol.testing import try_rule
    >>> try_rule(VariedCompany(), "li 3 09-12, wu 3 09-12, li 4 09-12, wu 4 09-12, li 5 09-12, xu 5 09-12")
    ['li and wu are on a shift together 2 times, 1 more than 1']
    """

    unit: ClassVar = Label("times", "次")
    sentence: ClassVar = Label(
        "{first} and {second} are on a shift together {times} times, {amount} more than {limit}",
        "{first}与{second}同班{times}次，比上限{limit}次多{amount}次",
    )
    reason: ClassVar = Label("with somebody they were together with often enough", "与同班者搭档次数已满")
    family: ClassVar = Family.PEOPLE
    wide: ClassVar = True

    most: int = attrs.field(default=1, validator=_fields.whole(1, 10_000))

    def ties(self, problem: RosterProblem) -> Iterator[Iterable[str]]:
        """Yield nobody: who could share no shift is never together."""
        yield from ()

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the pairs who are together too often."""
        problem = schedule.problem
        before = self._before(problem)
        together: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for shift in schedule.shifts:
            if self.looks_at(shift.position):
                people = (problem.volunteer(each.volunteer) for each in schedule.roster.of_shift(shift.id))
                for pair in combinations(sorted(person.id for person in people if self.is_for(person)), 2):
                    together[pair].append(shift.id)
        for pair, shifts in together.items():
            limit = max(self.most, before[pair])
            times = before[pair] + len(shifts)
            if times > limit:
                first, second = (str(problem.volunteer(id)) for id in pair)
                facts: Facts = {"first": first, "second": second, "times": times, "limit": limit}
                yield self.violation(times - limit, facts, volunteers=pair, shifts=tuple(shifts))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write when two people are together, and one row for each two who might be so too often."""
        one, other, pair, duties = self._meetings(columns)
        limit = np.maximum(self.most - self._before_of(columns.problem, pair), 0)
        pairs, number = np.unique(pair, return_inverse=True)
        kept = np.bincount(number)[number] > limit
        one, other, number = one[kept], other[kept], number[kept]
        count = len(one)
        together = program.add_columns(np.zeros(count), np.ones(count))
        place, column = duties.columns(np.concatenate([one, other]))
        program.at_most(
            np.concatenate([place % max(count, 1), np.arange(count)]),
            np.concatenate([column, together]),
            np.concatenate([np.ones(len(column)), np.full(count, -1.0)]),
            np.ones(count),
        )
        limits = np.zeros(len(pairs))
        limits[number] = limit[kept]
        program.at_most(number, together, 1.0, limits, self.weight)

    def _meetings(self, columns: Columns) -> tuple[Indices, Indices, Indices, Duties]:
        """Return who might meet: the two duties of one shift, and a number for the two people; and the duties."""
        problem = columns.problem
        shifts = np.array([self.looks_at(shift.position) for shift in problem.shifts], dtype=bool)
        volunteer, shift = columns.volunteer[: columns.count], columns.shift[: columns.count]
        duties = Duties.of(np.flatnonzero(shifts[shift] & self.people(problem)[volunteer]), columns)
        # They are in order of shift and volunteer.
        shift, volunteer = columns.shift[duties.first], columns.volunteer[duties.first]
        one, step = spread(np.searchsorted(shift, shift, side="right") - np.arange(len(shift)) - 1)
        other = one + 1 + step
        return one, other, volunteer[one] * len(problem.volunteers) + volunteer[other], duties

    def _before(self, problem: RosterProblem) -> Counter[tuple[str, str]]:
        """Return how many times each two people were together before."""
        people: defaultdict[Hashable, set[str]] = defaultdict(set)
        for duty in problem.previous:
            if self.looks_at(duty.position) and self.is_for(problem.volunteer(duty.volunteer)):
                people[duty.span.start_minute, duty.span.end_minute, duty.position, duty.unit].add(duty.volunteer)
        return Counter(pair for each in people.values() for pair in combinations(sorted(each), 2))

    def _before_of(self, problem: RosterProblem, pair: Indices) -> Ints:
        """Return the same for the numbers of some pairs."""
        number = {volunteer.id: index for index, volunteer in enumerate(problem.volunteers)}
        ends = [(*sorted(number[id] for id in ids), times) for ids, times in self._before(problem).items()]
        first, second, times = np.array(sorted(ends), dtype=np.int64).reshape(-1, 3).T
        known = np.append(first * len(number) + second, -1)
        place = np.searchsorted(known[:-1], pair)
        return np.where(known[place] == pair, np.append(times, 0)[place], 0)
