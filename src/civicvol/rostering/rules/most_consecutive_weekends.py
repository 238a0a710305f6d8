"""Most consecutive weekends: after so many weekends of work in a row comes a free one."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Violation
from civicvol.rostering.rules._runs import long_runs, write_long_runs
from civicvol.rostering.rules._weekend import WeekendRule
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class MostConsecutiveWeekends(WeekendRule):
    """Nobody works on more than so many weekends in a row; past ones count.

    A weekend is worked when there is a duty on any of its days. The amount is the number of runs of one weekend more
    than the limit: with a limit of 2, four weekends in a row are two.
    Source: "maximum consecutive working weekends" of the International Nurse Rostering Competition 2010.

    Args:
        weekends: the longest run of weekends.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostConsecutiveWeekends(weekends=1), "li 7 09-12, li 15 09-12, li 29 09-12")
    ['li works on every weekend from 2026-03-07 to 2026-03-14, one more than 1 in a row']
    """

    unit: ClassVar = Label("weekends", "个周末")
    sentence: ClassVar = Label(
        "{volunteer} works on every weekend from {first} to {last}, one more than {limit} in a row",
        "{volunteer}从{first}到{last}每个周末都服务，超过连续{limit}个周末的上限",
    )
    reason: ClassVar = Label("with too many weekends in a row", "连续服务周末过多")
    family: ClassVar = Family.TIME

    weekends: int = attrs.field(default=2, validator=_fields.whole(1, 200))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield every run of one weekend too many."""
        worked = self.weekends_of(duties)
        for first, last in long_runs(*self.numbers_of(duties), self.weekends):
            facts = self.facts(volunteer, first, last, self.weekends)
            shifts = shift_ids(duty for number in range(first, last + 1) for duty in worked[number])
            yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each run of weekends on each of which a volunteer might work."""
        counted, number = self.on_weekends(columns)
        write_long_runs(columns, program, counted, number, self.weekends, self.weight)
