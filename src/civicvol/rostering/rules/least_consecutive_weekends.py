"""Least consecutive weekends: who works on weekends works on so many in a row."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Violation
from civicvol.rostering.rules._runs import short_runs, write_short_runs
from civicvol.rostering.rules._weekend import WeekendRule
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class LeastConsecutiveWeekends(WeekendRule):
    """Nobody works on fewer than so many weekends in a row; past ones count.

    A weekend is worked when there is a duty on any of its days. The amount is the number of weekends that a run is
    short of. Runs that past duties alone make are nobody's fault.
    Source: "minimum consecutive working weekends" of the International Nurse Rostering Competition 2010.

    Args:
        weekends: the shortest run of weekends.
        open_edges: whether work on the last weekend may go on beyond the horizon, and work on the first one of somebody
            without past duties on weekends may have begun before it; such runs are then held to no minimum.

    >>> from civicvol.testing import try_rule
    >>> try_rule(LeastConsecutiveWeekends(weekends=2), "li 14 09-12, wu 14 09-12, wu 22 09-12")
    ['li works on the weekends from 2026-03-14 to 2026-03-14 only, 1 short of 2 in a row']
    """

    unit: ClassVar = Label("weekends", "个周末")
    sentence: ClassVar = Label(
        "{volunteer} works on the weekends from {first} to {last} only, {amount:.0f} short of {limit} in a row",
        "{volunteer}仅在{first}到{last}的周末服务，比连续{limit}个周末少{amount:.0f}个",
    )
    reason: ClassVar = Label("with too few weekends in a row", "连续服务周末过少")
    family: ClassVar = Family.TIME

    weekends: int = attrs.field(default=2, validator=_fields.whole(1, 200))
    open_edges: bool = attrs.field(default=True, validator=_fields.flag)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield every run of weekends that is too short."""
        worked = self.weekends_of(duties)
        frame = self.frame(schedule.problem, self.open_edges)
        for first, last in short_runs(*self.numbers_of(duties), frame, self.weekends):
            facts = self.facts(volunteer, first, last, self.weekends)
            shifts = shift_ids(duty for number in range(first, last + 1) for duty in worked[number])
            yield self.violation(self.weekends - (last - first + 1), facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write a row for each weekend soon after which work that started before must not have ended."""
        counted, number = self.on_weekends(columns)
        frame = self.frame(columns.problem, self.open_edges)
        write_short_runs(columns, program, counted, number, frame, self.weekends, self.weight)
