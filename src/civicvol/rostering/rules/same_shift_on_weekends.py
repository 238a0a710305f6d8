"""Same shift on weekends: who works on a weekend does the same on each of its days."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Violation
from civicvol.rostering.rules._cells import worked_cells, write_wholes
from civicvol.rostering.rules._weekend import WeekendRule
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class SameShiftOnWeekends(WeekendRule):
    """Whoever works on several days of a weekend is at the same position on each.

    The amount is, for each position held on a weekend, the number of days that are worked without it: two days at two
    positions are 2. With `whole`, free days of a weekend that is worked count like days at another position. Of a
    weekend that the horizon cuts, only the days within it count.
    Source: "identical shift types during a weekend" of the International Nurse Rostering Competition 2010, whose
    evaluator counts free days too.

    Args:
        whole: whether free days count like days at another position.

    >>> from civicvol.testing import try_rule
    >>> try_rule(SameShiftOnWeekends(), "li 7 06-14 early, li 8 22-06 night, wu 7 06-14 early")
    ['li is not at the same position on each day of the weekend of 2026-03-07: 2 days differ']
    """

    unit: ClassVar = Label("days", "天")
    sentence: ClassVar = Label(
        "{volunteer} is not at the same position on each day of the weekend of {weekend}: {amount:.0f} days differ",
        "{volunteer}在{weekend}起的周末各天岗位不同，相差{amount:.0f}天",
    )
    reason: ClassVar = Label("at different positions on a weekend", "周末岗位不一致")
    family: ClassVar = Family.TIME

    whole: bool = attrs.field(default=False, validator=_fields.flag)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the weekends with different positions."""
        of_roster = [duty for duty in duties if not duty.past]
        for number, of_weekend in self.weekends_of(of_roster).items():
            held = {(duty.position, duty.day) for duty in of_weekend}
            worked = {day for _, day in held}
            days = len(self.days_within(schedule.problem, number)) if self.whole else len(worked)
            amount = days * len({position for position, _ in held}) - len(held)
            if amount:
                facts: Facts = {"volunteer": str(volunteer), "weekend": self.first_day(number).isoformat()}
                yield self.violation(amount, facts, volunteers=(volunteer.id,), shifts=shift_ids(of_weekend))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each position that might be held on a weekend and each day on which it might not be."""
        problem = columns.problem
        on_weekend, number = self.on_weekends(columns)
        on_weekend &= ~columns.past
        frame = self.frame(problem)
        days = {each: self.days_within(problem, each) for each in range(frame.first, frame.last + 1)}
        where = None if self.whole else worked_cells(columns, program, on_weekend, columns.day)
        for position in np.unique(columns.position[on_weekend]).tolist():
            at = on_weekend & (columns.position == position)
            write_wholes(columns, program, at, number, days, self.weight, where=where)
