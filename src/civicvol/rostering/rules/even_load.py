"""Even load: the gap between who has most and who has least is small."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.arrays import Bools, sums
from civicvol.rostering.columns import Columns, find_candidates
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, ScopedRule, Violation, weight_needed
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class EvenLoad(ScopedRule):
    """Between who has most minutes and who has least lies little; past duties count.

    The amount is the difference, in pieces. Who has least is looked for among those who could take something: whom no
    hard rule on single assignments keeps from every shift. It is the max-min alternative to `FairShare`: it looks at
    the two ends alone, and asks for the least even where it takes from nobody. A record so long that nobody reaches it
    leaves it only one end to work on. Source: max-min fairness, as in Bertsimas, Farias and Trichakis (The price of
    fairness, 2011).

    Args:
        weight: the cost of one piece.
        piece: the length of a piece in minutes, at least 15.

    >>> from civicvol.testing import try_rule
    >>> try_rule(EvenLoad(), "li 3 09-12, li 4 09-12, wu 5 09-11")
    ['li has 360 minutes, and wu has 120']
    """

    unit: ClassVar = Label("pieces", "份")
    sentence: ClassVar = Label(
        "{most_person} has {most} minutes, and {least_person} has {least}",
        "{most_person}有{most}分钟，而{least_person}仅有{least}分钟",
    )
    reason: ClassVar = Label("with most of all already", "时长已居首位")
    family: ClassVar = Family.FAIRNESS
    wide: ClassVar = True

    weight: float = attrs.field(default=1.0, validator=weight_needed)
    piece: int = attrs.field(default=120, validator=_fields.whole(15))

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the difference between the two ends."""
        problem = schedule.problem
        minutes = {
            volunteer: sum(duty.minutes for duty in schedule.duties[volunteer.id] if self.looks_at(duty.position))
            for volunteer in problem.volunteers
            if self.is_for(volunteer)
        }
        able = [volunteer for volunteer, can in zip(problem.volunteers, self._able(problem), strict=True) if can]
        if not able:
            return
        most, least = max(minutes, key=lambda each: minutes[each]), min(able, key=lambda each: minutes[each])
        amount = (minutes[most] - minutes[least]) / self.piece
        if amount:
            facts: Facts = {
                "most_person": str(most),
                "most": minutes[most],
                "least_person": str(least),
                "least": minutes[least],
            }
            yield self.violation(amount, facts, volunteers=(most.id, least.id))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write a column for the most that anybody has, and one for the least of those who could take something."""
        problem = columns.problem
        able = self._able(problem)
        if not np.any(able):
            return
        counted = self.within(columns)
        told, past = (np.flatnonzero(counted & which) for which in (~columns.past, columns.past))
        pieces, volunteer, count = columns.minutes / self.piece, columns.volunteer, len(problem.volunteers)
        # A piece is added to all, so that what is asked of a row is never nothing; it cancels in the difference.
        before = 1 + sums(volunteer[past], pieces[past], count)
        reach = before + sums(volunteer[told], pieces[told], count)
        most, least = program.add_columns([self.weight, -self.weight], [np.inf, reach[able].min()])
        row = np.concatenate([volunteer[told], np.arange(count)])
        factor = np.concatenate([-pieces[told], np.ones(count)])
        top, bottom = (np.concatenate([told, np.full(count, end)]) for end in (most, least))
        program.at_least(row, top, factor, np.where(self.people(problem), before, 0.0))
        program.at_most(row, bottom, factor, np.where(able, before, np.inf))

    def _able(self, problem: RosterProblem) -> Bools:
        """Return which volunteers could take something that the rule looks at."""

        def found() -> Bools:
            able = np.zeros(len(problem.volunteers), dtype=bool)
            candidates = find_candidates(problem)
            able[candidates.volunteer[self.within(candidates) & ~candidates.past]] = True
            return able

        return problem.remembered(("could take", self.group, self.positions), found)
