"""Most consecutive days: after so many days of work in a row comes a day off."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.arrays import Indices, groups, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Rule, Stage, Violation
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class MostConsecutiveDays(Rule):
    """Nobody works more than so many days in a row; past days count.

    The amount is the number of runs of one day more than the limit: with a limit of 6, eight days in a row are two.

    Args:
        days: the longest run of days.
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

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield every run of one day too many."""
        for volunteer in schedule.volunteers:
            duties = schedule.duties[volunteer.id]
            worked = sorted({duty.day.toordinal() for duty in duties})
            for first, last in zip(worked, worked[self.days :], strict=False):
                run = [duty for duty in duties if first <= duty.day.toordinal() <= last]
                if last - first == self.days and not _all_past(run):
                    facts: Facts = {
                        "volunteer": str(volunteer),
                        "first": date.fromordinal(first).isoformat(),
                        "last": date.fromordinal(last).isoformat(),
                        "limit": self.days,
                    }
                    yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=shift_ids(run))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each run of days in each of which a volunteer might work."""
        group, first = groups(columns.day, columns.volunteer)
        volunteer, day = columns.volunteer[first], columns.day[first]
        ends = np.arange(self.days, len(first))
        starts = ends - self.days
        same = (volunteer[starts] == volunteer[ends]) & (day[ends] - day[starts] == self.days)
        starts = starts[same]
        if not len(starts):
            return
        entry, step = spread(np.full(len(starts), self.days + 1))
        worked = _worked_days(columns, program, group, len(first), np.unique(starts[entry] + step))
        limits = np.full(len(starts), self.days)
        program.at_most(entry, worked[starts[entry] + step], 1.0, limits, self.weight, lazy=True)


def _all_past(duties: list[Duty]) -> bool:
    return all(duty.past for duty in duties)


def _worked_days(columns: Columns, program: Program, group: Indices, count: int, wanted: Indices) -> Indices:
    """Return for each day of a volunteer a column that is one where they work on it.

    Where a day has one column, or a past duty, that column says it; elsewhere a new column is at least each of them.
    """
    said = np.zeros(count, dtype=np.intp)
    said[group] = np.arange(len(columns))
    past = np.flatnonzero(columns.past)
    said[group[past]] = past
    several = np.bincount(group, minlength=count) > 1
    several[group[past]] = False
    new = wanted[several[wanted]]
    said[new] = program.add_columns(np.zeros(len(new)), np.ones(len(new)))
    is_new = np.zeros(count, dtype=bool)
    is_new[new] = True
    entries = np.flatnonzero(is_new[group])
    row = np.tile(np.arange(len(entries)), 2)
    column = np.concatenate([entries, said[group[entries]]])
    factor = np.repeat([1.0, -1.0], len(entries))
    program.at_most(row, column, factor, np.zeros(len(entries)))
    return said
