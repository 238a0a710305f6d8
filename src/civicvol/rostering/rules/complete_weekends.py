"""Complete weekends: who works on a weekend works on all of its days."""

from collections.abc import Iterator
from itertools import combinations
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import groups
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Violation
from civicvol.rostering.rules._cells import Cells, worked_cells, write_wholes
from civicvol.rostering.rules._weekend import WeekendRule
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class CompleteWeekends(WeekendRule):
    """Whoever works on a weekend works on all of its days.

    The amount is the number of its days that are free, and `split` more for each that has work before and after it. Of
    a weekend that the horizon cuts, only the days within it count.
    Source: "complete weekends" of the International Nurse Rostering Competition 2010, whose evaluator counts 4 for a
    weekend from Friday to Sunday with work around a free Saturday: a split of 3.

    Args:
        split: by how much more a free day counts that lies between days of work.

    >>> from civicvol.testing import try_rule
    >>> try_rule(CompleteWeekends(), "li 7 09-12, wu 14 09-12, wu 15 09-12, li 18 09-12")
    ['li works on a part of the weekend of 2026-03-07 only, 1 short of all of it']
    """

    unit: ClassVar = Label("days", "天")
    sentence: ClassVar = Label(
        "{volunteer} works on a part of the weekend of {weekend} only, {amount:.0f} short of all of it",
        "{volunteer}在{weekend}起的周末只服务了一部分，差{amount:.0f}",
    )
    reason: ClassVar = Label("on a part of a weekend only", "只服务周末的一部分")
    family: ClassVar = Family.TIME

    split: int = attrs.field(default=0, validator=_fields.whole(0, 1000))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the weekends worked in part."""
        of_roster = [duty for duty in duties if not duty.past]
        for number, of_weekend in self.weekends_of(of_roster).items():
            worked = {duty.day.toordinal() for duty in of_weekend}
            free = [day for day in self.days_within(schedule.problem, number) if day not in worked]
            between = [day for day in free if min(worked) < day < max(worked)]
            if free:
                facts: Facts = {"volunteer": str(volunteer), "weekend": self.first_day(number).isoformat()}
                amount = len(free) + self.split * len(between)
                yield self.violation(amount, facts, volunteers=(volunteer.id,), shifts=shift_ids(of_weekend))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each day of a weekend that might be worked, and for each that might be split off."""
        counted, number = self.on_weekends(columns)
        counted &= ~columns.past
        frame = self.frame(columns.problem)
        days = {each: self.days_within(columns.problem, each) for each in range(frame.first, frame.last + 1)}
        write_wholes(columns, program, counted, number, days, self.weight)
        if self.weight is not None and self.split:
            self._write_splits(program, worked_cells(columns, program, counted, columns.day), self.weight * self.split)

    def _write_splits(self, program: Program, worked: Cells, weight: float) -> None:
        """Write what a free day between two days of work costs."""
        place = (worked.time - self.first_day(0).toordinal()) % 7
        triples = [(np.flatnonzero(place == a), b - a, c - a) for a, b, c in combinations(range(len(self.weekend)), 3)]
        before = np.concatenate([np.zeros(0, dtype=np.intp), *(cells for cells, _, _ in triples)])
        to_free, to_after = (
            np.repeat([steps[side] for steps in triples], [len(steps[0]) for steps in triples]).astype(np.intp)
            for side in (1, 2)
        )
        volunteer, time = worked.volunteer[before], worked.time[before]
        after, free = worked.find(volunteer, time + to_after), worked.find(volunteer, time + to_free)
        kept = np.flatnonzero(after >= 0)
        split, one = groups((time + to_free)[kept], volunteer[kept])
        cost = program.add_columns(np.full(len(one), weight), np.ones(len(one)))
        row, worked_free = np.arange(len(kept)), np.flatnonzero(free[kept] >= 0)
        program.at_most(
            np.concatenate([row, row, row, worked_free]),
            np.concatenate(
                [
                    worked.column[before[kept]],
                    worked.column[after[kept]],
                    cost[split],
                    worked.column[free[kept[worked_free]]],
                ]
            ),
            np.concatenate([np.ones(2 * len(row)), -np.ones(len(row) + len(worked_free))]),
            np.ones(len(row)),
        )
