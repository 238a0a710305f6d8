"""Least consecutive days off: who has time off has so many days in a row."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Stage, Violation
from civicvol.rostering.rules._runs import (
    ShortRunRule,
    day_frame,
    days_of,
    duties_between,
    run_facts,
    short_pauses,
    write_short_pauses,
)
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class LeastConsecutiveDaysOff(ShortRunRule):
    """Between two days of work lie none, or so many days off in a row.

    The amount is the number of days that a run of days off is short of. Past duties count, as they say when the days
    off before the roster's first duty began.
    Source: "minimum consecutive free days" of the International Nurse Rostering Competition 2010, and "minimum
    consecutive days off" of Curtois and Qu, Computational results on new staff scheduling benchmark instances, 2014.

    Args:
        days: the shortest run of days off.
        open_edges: whether days off at the end of the horizon may go on beyond it, and those at its beginning, of
            somebody without past duties, may have begun before; such runs are then held to no minimum.

    >>> from civicvol.testing import try_rule
    >>> try_rule(LeastConsecutiveDaysOff(days=2), "li 4 09-12, li 6 09-12")
    ['li is off only from 2026-03-05 to 2026-03-05, 1 short of 2 days off in a row']
    """

    unit: ClassVar = Label("days", "天")
    sentence: ClassVar = Label(
        "{volunteer} is off only from {first} to {last}, {amount:.0f} short of {limit} days off in a row",
        "{volunteer}仅从{first}到{last}休息，比连续休息{limit}天少{amount:.0f}天",
    )
    reason: ClassVar = Label("with too few days off in a row", "连续休息天数过少")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    days: int = attrs.field(default=2, validator=_fields.whole(1, 366))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield every run of days off that is too short."""
        frame = day_frame(schedule.problem, self.open_edges)
        for first, last in short_pauses(*days_of(duties), frame, self.days):
            facts = run_facts(volunteer, first, last, self.days)
            shifts = shift_ids(duties_between(duties, first - 1, last + 1))
            yield self.violation(self.days - (last - first + 1), facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write a row for each day soon after which no work may start anew."""
        people, frame = self.people(columns.problem), day_frame(columns.problem, self.open_edges)
        write_short_pauses(columns, program, self.within(columns), columns.day, people, frame, self.days, self.weight)
