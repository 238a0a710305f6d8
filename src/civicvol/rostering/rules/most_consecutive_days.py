"""Most consecutive days: after so many days of work in a row comes a day off."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Stage, Violation, VolunteerRule
from civicvol.rostering.rules._runs import days_of, duties_between, has_starts, long_runs, run_facts, write_long_runs
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class MostConsecutiveDays(VolunteerRule):
    """Nobody works more than so many days in a row; past days count.

    The amount is the number of runs of one day more than the limit: with a limit of 6, eight days in a row are two.
    Source: seven days with a rest day in them, Directive 2003/88/EC, art. 5; "maximum consecutive working days" of the
    nurse rostering competitions.

    Args:
        days: the longest run of days.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostConsecutiveDays(days=2), "li 3 09-12, li 4 09-12, li 5 18-22")
    ['li works every day from 2026-03-03 to 2026-03-05, one more than 2 in a row']
    """

    unit: ClassVar = Label("days", "天")
    sentence: ClassVar = Label(
        "{volunteer} works every day from {first} to {last}, one more than {limit} in a row",
        "{volunteer}从{first}到{last}连续服务，超过连续{limit}天的上限",
    )
    reason: ClassVar = Label("with too many days in a row", "连续服务天数过多")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    days: int = attrs.field(default=6, validator=_fields.whole(1, 366))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield every run of one day too many."""
        if len(duties) <= self.days:
            return
        for first, last in long_runs(*days_of(duties), self.days):
            facts = run_facts(volunteer, first, last, self.days)
            shifts = shift_ids(duties_between(duties, first, last))
            yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each run of days in each of which a volunteer might work."""
        by_starts = has_starts(columns.problem)
        write_long_runs(
            columns, program, self.within(columns), columns.day, self.days, self.weight, by_starts=by_starts
        )
