"""What the rules share that look at weekends."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar._checks import WEEKDAYS
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, Ints
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, VolunteerRule
from civicvol.rostering.rules._cells import Cells, worked_cells
from civicvol.rostering.rules._runs import Frame, has_starts, work_starts
from civicvol.rostering.schedule import Duty


def _wrong_weekend(value: Any) -> str | None:
    if isinstance(value, tuple) and 1 <= len(value) <= 6:
        twice = WEEKDAYS * 2
        if any(twice[begin : begin + len(value)] == value for begin in range(7)):
            return None
    return "must be one to six weekdays in a row, like ('SA', 'SU')"


@attrs.frozen(kw_only=True)
class WeekendRule(VolunteerRule):
    """A rule on one person's weekends.

    A weekend that the horizon cuts counts by those of its days that lie within it, and by past duties.

    Args:
        weekend: the days of a weekend, in order, by their codes in RFC 5545.
    """

    weekend: tuple[str, ...] = attrs.field(
        default=("SA", "SU"), converter=_fields.as_tuple, validator=_fields.Check(_wrong_weekend)
    )

    def first_day(self, number: int) -> date:
        """Return the day on which a weekend begins, by its number."""
        return date.fromordinal(number * 7 + self._offset)

    def days_within(self, problem: RosterProblem, number: int) -> list[int]:
        """Return the days of a weekend, by its number, that lie within the horizon, as ordinal numbers."""
        first, last = problem.horizon.first_day.toordinal(), problem.horizon.last_day.toordinal()
        begin = number * 7 + self._offset
        return list(range(max(begin, first), min(begin + len(self.weekend), last + 1)))

    def number(self, day: int) -> int | None:
        """Return the number of the weekend that a day, given by its ordinal number, is part of, if it is of one."""
        number, place = divmod(day - self._offset, 7)
        return number if place < len(self.weekend) else None

    def frame(self, problem: RosterProblem, open_edges: bool = True) -> Frame:
        """Return the weekends that a horizon holds, wholly or in part."""
        first, last = problem.horizon.first_day.toordinal(), problem.horizon.last_day.toordinal()
        return Frame(
            first=-((self._offset + len(self.weekend) - 1 - first) // 7),
            last=(last - self._offset) // 7,
            open_edges=open_edges,
        )

    def weekends_of(self, duties: Iterable[Duty]) -> dict[int, list[Duty]]:
        """Return the weekends on which there are duties, by number, with these."""
        found: dict[int, list[Duty]] = {}
        for duty in duties:
            number = self.number(duty.day.toordinal())
            if number is not None:
                found.setdefault(number, []).append(duty)
        return found

    def numbers_of(self, duties: Iterable[Duty]) -> tuple[set[int], set[int]]:
        """Return the numbers of the weekends that are worked, and of those that past duties are on."""
        weekends = self.weekends_of(duties)
        return set(weekends), {number for number, held in weekends.items() if any(duty.past for duty in held)}

    def facts(self, volunteer: Volunteer, first: int, last: int, limit: int) -> Facts:
        """Return the facts of a sentence on a run of weekends."""
        days = {"first": self.first_day(first).isoformat(), "last": self.first_day(last).isoformat()}
        return {"volunteer": str(volunteer), **days, "limit": limit}

    def on_weekends(self, columns: Columns) -> tuple[Bools, Ints]:
        """Return which columns the rule looks at and are on weekends, and the numbers of these."""
        number, place = np.divmod(columns.day - self._offset, 7)
        return self.within(columns) & (place < len(self.weekend)), number

    def worked_weekends(self, columns: Columns, program: Program, counted: Bools, number: Ints) -> Cells:
        """Return the cells of weekends on which volunteers might work."""
        cells = worked_cells(columns, program, counted, number)
        if has_starts(columns.problem):
            self._tighten(columns, program, counted, cells)
        return cells

    def _tighten(self, columns: Columns, program: Program, counted: Bools, cells: Cells) -> None:
        """Write that a weekend is worked where there is work on a day of it, or where work starts on the next."""
        starts = work_starts(columns, program, self.within(columns), columns.day)
        days = starts.cells
        place = (days.time - self._offset) % 7
        second = np.flatnonzero(starts.follows & (place > 0) & (place < len(self.weekend)))
        at = cells.find(days.volunteer[second], (days.time[second] - self._offset) // 7)
        kept = np.flatnonzero((at >= 0) & ~np.append(cells.past, True)[at])
        second, at = second[kept], at[kept]
        program.at_most(
            np.tile(np.arange(len(second)), 3),
            np.concatenate([days.column[second - 1], starts.column[second], cells.column[at]]),
            np.repeat([1.0, 1.0, -1.0], len(second)),
            np.zeros(len(second)),
        )

    @property
    def _offset(self) -> int:
        """The ordinal number of the first weekend's first day; day 1 was a Monday."""
        return 1 + WEEKDAYS.index(self.weekend[0])
