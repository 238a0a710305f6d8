"""Least consecutive days: who works at all works so many days in a row."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Violation
from civicvol.rostering.rules._runs import (
    ShortRunRule,
    day_frame,
    days_of,
    duties_between,
    run_facts,
    short_runs,
    write_short_runs,
)
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class LeastConsecutiveDays(ShortRunRule):
    """Nobody works fewer than so many days in a row; past days count.

    The amount is the number of days that a run of work is short of: with a minimum of 3, a single day is 2. Runs that
    past duties alone make are nobody's fault.
    Source: "minimum consecutive working days" of the International Nurse Rostering Competition 2010, and "minimum
    consecutive shifts" of Curtois and Qu, Computational results on new staff scheduling benchmark instances, 2014.

    Args:
        days: the shortest run of days.
        open_edges: whether work on the last day may go on beyond the horizon, and work on the first day of somebody
            without past duties may have begun before it; such runs are then held to no minimum.

    >>> from civicvol.testing import try_rule
    >>> try_rule(LeastConsecutiveDays(days=3), "li 4 09-12, li 5 09-12, li 29 09-12")
    ['li works only from 2026-03-04 to 2026-03-05, 1 short of 3 days in a row']
    """

    unit: ClassVar = Label("days", "天")
    sentence: ClassVar = Label(
        "{volunteer} works only from {first} to {last}, {amount:.0f} short of {limit} days in a row",
        "{volunteer}仅从{first}到{last}服务，比连续{limit}天少{amount:.0f}天",
    )
    reason: ClassVar = Label("with too few days in a row", "连续服务天数过少")
    family: ClassVar = Family.TIME

    days: int = attrs.field(default=2, validator=_fields.whole(1, 366))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield every run of work that is too short."""
        frame = day_frame(schedule.problem, self.open_edges)
        for first, last in short_runs(*days_of(duties), frame, self.days):
            facts = run_facts(volunteer, first, last, self.days)
            shifts = shift_ids(duties_between(duties, first, last))
            yield self.violation(self.days - (last - first + 1), facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write a row for each day soon after which work that started before must not have ended."""
        frame = day_frame(columns.problem, self.open_edges)
        write_short_runs(columns, program, self.within(columns), columns.day, frame, self.days, self.weight)
