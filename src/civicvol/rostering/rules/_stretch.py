"""What the rules share that limit how long somebody works at a stretch.

A stretch is measured in windows: in the minutes of the limit and a break together, no more than the limit is worked.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator

import attrs
import numpy as np

from civicvol import _fields
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, groups, spread, sums
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Violation, VolunteerRule
from civicvol.rostering.rules._cells import worked_cells
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class StretchRule(VolunteerRule):
    """A limit on the minutes worked in any window as long as the limit and a break.

    Windows begin where somebody's own duties do. Past duties count; where they alone exceed the limit, the amount is
    what comes on top of them.

    Args:
        break_minutes: how much of each window is rest, in one piece or in several.
    """

    break_minutes: int = attrs.field(default=30, validator=_fields.whole(1))

    @abstractmethod
    def limits(self, problem: RosterProblem) -> Iterable[int]:
        """Return the limits, in minutes; each is held to in windows of its own."""

    @abstractmethod
    def counts(self, problem: RosterProblem, volunteer: Volunteer, duty: Duty, limit: int) -> bool:
        """Return whether a duty of a volunteer counts towards a limit."""

    @abstractmethod
    def counted(self, columns: Columns, limit: int) -> Bools:
        """Return the same for all columns."""

    def facts(self, volunteer: Volunteer, duties: list[Duty]) -> Facts:
        """Return further facts for the sentence."""
        return {}

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the windows in which a volunteer works longer than the limit."""
        problem = schedule.problem
        for limit in self.limits(problem):
            counted = [duty for duty in duties if self.counts(problem, volunteer, duty, limit)]
            # Who works no longer than that in all, does not in any window.
            if sum([duty.minutes for duty in counted]) <= limit:
                continue
            for begin in sorted({duty.span.start_minute for duty in counted}):
                yield from self._over(volunteer, counted, begin, limit)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer and window in which they might work longer than the limit."""
        for limit in self.limits(columns.problem):
            self._write(columns, program, self.within(columns) & self.counted(columns, limit), limit)

    def _write(self, columns: Columns, program: Program, counted: Bools, limit: int) -> None:
        """Write the rows of one limit.

        Where the duties that do not begin with a window might exceed the limit in it by themselves, its row lets them,
        unless one that does is taken.
        """
        entries = np.flatnonzero(counted)
        if not len(entries):
            return
        length = limit + self.break_minutes
        start, end, past = columns.start[entries], columns.end[entries], columns.past[entries]
        own, example = groups(start, columns.volunteer[entries])
        width = int(end.max() - start.min()) + length + 1
        before = columns.volunteer[entries] * width - int(start.min())
        begins = (before + start)[example]
        first = np.searchsorted(begins, before + start - length, side="right")
        entry, step = spread(np.searchsorted(begins, before + end) - first)
        window = first[entry] + step
        begin = start[example][window]
        minutes = np.minimum(end[entry], begin + length) - np.maximum(start[entry], begin)
        count = len(example)
        limits = np.maximum(limit, sums(window[past[entry]], minutes[past[entry]], count))
        room = np.maximum(sums(window, np.where(window == own[entry], 0, minutes), count) - limits, 0)
        room[own[past]] = 0
        loose = np.flatnonzero(room)
        begun = np.zeros(len(columns), dtype=bool)
        begun[entries] = room[own] > 0
        program.at_most(
            np.concatenate([window, loose]),
            np.concatenate([entries[entry], worked_cells(columns, program, begun, columns.start).column]),
            np.concatenate([minutes, room[loose]]),
            limits + room,
            self.weight,
        )

    def _over(self, volunteer: Volunteer, duties: list[Duty], begin: int, limit: int) -> Iterator[Violation]:
        end = begin + limit + self.break_minutes
        inside = [duty for duty in duties if duty.span.start_minute < end and begin < duty.span.end_minute]
        total = sum(_minutes_within(duty, begin, end) for duty in inside)
        before = sum(_minutes_within(duty, begin, end) for duty in inside if duty.past)
        if total > max(limit, before):
            facts: Facts = {
                "volunteer": str(volunteer),
                "total": total,
                "limit": limit,
                "window": limit + self.break_minutes,
                **self.facts(volunteer, inside),
            }
            over = total - max(limit, before)
            yield self.violation(over, facts, volunteers=(volunteer.id,), shifts=shift_ids(inside))


def _minutes_within(duty: Duty, begin: int, end: int) -> int:
    return min(duty.span.end_minute, end) - max(duty.span.start_minute, begin)
