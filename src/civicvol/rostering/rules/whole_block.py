"""Whole block: who works in a block of days works on every day of it, as in a closed loop."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Violation, VolunteerRule
from civicvol.rostering.rules._cells import write_wholes
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class WholeBlock(VolunteerRule):
    """Whoever works in a block of so many days works on every day of it on which there is work.

    The amount is the number of days missing. Blocks follow on each other from the first day on. The days on which there
    is work are those with a shift or a past duty of anybody at the positions; so nobody joins a block in its middle.
    Source: volunteers who stayed in the closed loop of a quarantine site for 21 days, Baoshan, Shanghai, 2022.

    Args:
        days: how long a block is.
        first_day: a day on which a block begins; the horizon's first where None.

    >>> from civicvol.testing import try_rule
    >>> try_rule(WholeBlock(days=3), "li 2 09-12, li 3 09-12, li 4 09-12, wu 3 09-12, wu 5 09-12")
    ['wu works on a part of the block from 2026-03-02 to 2026-03-04 only, 2 days short of all of it']
    """

    unit: ClassVar = Label("days", "天")
    sentence: ClassVar = Label(
        "{volunteer} works on a part of the block from {first} to {last} only, {amount:.0f} days short of all of it",
        "{volunteer}只参加了{first}到{last}时段的一部分，缺{amount:.0f}天",
    )
    reason: ClassVar = Label("in a part of a block only", "只参加时段的一部分")
    family: ClassVar = Family.TIME

    days: int = attrs.field(default=21, validator=_fields.whole(1, 366))
    first_day: date | None = attrs.field(default=None, validator=_fields.optional(_fields.day))

    def ties(self, problem: RosterProblem) -> Iterator[Iterable[str]]:
        """Yield everybody: the days on which there is work are those of anybody's work."""
        yield problem.volunteer_by_id

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the blocks of which a volunteer works a part."""
        problem = schedule.problem
        begin = self._begin(problem)
        blocks: dict[int, list[Duty]] = {}
        for duty in duties:
            blocks.setdefault((duty.day.toordinal() - begin) // self.days, []).append(duty)
        for block, of_block in blocks.items():
            if not all(duty.past for duty in of_block):
                worked = {duty.day.toordinal() for duty in of_block}
                missing = len(self._days_of_work(problem)[block]) - len(worked)
                if missing:
                    first = begin + block * self.days
                    facts: Facts = {
                        "volunteer": str(volunteer),
                        "first": date.fromordinal(first).isoformat(),
                        "last": date.fromordinal(first + self.days - 1).isoformat(),
                    }
                    yield self.violation(missing, facts, volunteers=(volunteer.id,), shifts=shift_ids(of_block))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer, block and day of work in it."""
        block = (columns.day - self._begin(columns.problem)) // self.days
        days = self._days_of_work(columns.problem)
        write_wholes(columns, program, self.within(columns), block, days, self.weight)

    def _begin(self, problem: RosterProblem) -> int:
        """Return a day on which a block begins, as an ordinal number."""
        return (problem.horizon.first_day if self.first_day is None else self.first_day).toordinal()

    def _days_of_work(self, problem: RosterProblem) -> dict[int, list[int]]:
        """Return the days of each block on which there is work."""
        return problem.remembered(("days of work", self), lambda: self._find_days(problem))

    def _find_days(self, problem: RosterProblem) -> dict[int, list[int]]:
        work = [shift.span for shift in problem.shifts if self.looks_at(shift.position)]
        work += [duty.span for duty in problem.previous if self.looks_at(duty.position)]
        found: dict[int, list[int]] = {}
        for day in sorted({problem.day_of(span).toordinal() for span in work}):
            found.setdefault((day - self._begin(problem)) // self.days, []).append(day)
        return found
