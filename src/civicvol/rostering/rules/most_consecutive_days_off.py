"""Most consecutive days off: nobody stays away longer than so many days."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Stage, Violation, VolunteerRule
from civicvol.rostering.rules._runs import day_frame, days_of, duties_between, long_pauses, run_facts, write_long_pauses
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class MostConsecutiveDaysOff(VolunteerRule):
    """Nobody has more than so many days off in a row.

    The amount is the number of days too many. Days off are counted from the last past duty, or from the first day where
    none is known; what was too long before the horizon does not count.
    Source: "maximum consecutive free days" of the International Nurse Rostering Competition 2010.

    Args:
        days: the longest run of days off.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostConsecutiveDaysOff(days=10), "li 10 09-12, li 24 09-12")
    ['li is off from 2026-03-11 to 2026-03-23, 3 more than 10 days in a row']
    """

    unit: ClassVar = Label("days", "天")
    sentence: ClassVar = Label(
        "{volunteer} is off from {first} to {last}, {amount:.0f} more than {limit} days in a row",
        "{volunteer}从{first}到{last}休息，比连续休息{limit}天多{amount:.0f}天",
    )
    reason: ClassVar = Label("with too many days off in a row", "连续休息天数过多")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.ELSEWHERE

    days: int = attrs.field(default=14, validator=_fields.whole(1, 366))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield every run of days off that is too long."""
        for first, last, excess in long_pauses(*days_of(duties), day_frame(schedule.problem), self.days):
            facts = run_facts(volunteer, first, last, self.days)
            shifts = shift_ids(duties_between(duties, first - 1, last + 1))
            yield self.violation(excess, facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write a row for each volunteer and run of one day more than the limit: on one of them is work."""
        people, frame = self.people(columns.problem), day_frame(columns.problem)
        write_long_pauses(columns, program, self.within(columns), columns.day, people, frame, self.days, self.weight)
