"""What the rules share that limit how long somebody works at a stretch.

A stretch is measured in windows: in the minutes of the limit and a break together, no more than the limit is worked.
Windows begin where the shifts of the problem begin, so the check and the rows look at the same ones.
"""

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, groups, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Violation, VolunteerRule
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class StretchRule(VolunteerRule):
    """A limit on the minutes worked in any window as long as the limit and a break.

    Past duties count; where they alone exceed the limit, the amount is what comes on top of them.

    Args:
        break_minutes: how much of each window is rest, in one piece or in several.
    """

    break_minutes: int = attrs.field(default=30, validator=_fields.whole(1))

    @abstractmethod
    def windows(self, problem: RosterProblem) -> set[tuple[int, int]]:
        """Return where windows begin, in minutes since 1970-01-01 UTC, and the limit in each.

        A stretch may have begun before the horizon, so past duties that reach towards it have windows too.
        """

    def reaches(self, problem: RosterProblem, span: TimeSpan, limit: int) -> bool:
        """Return whether the window that begins with a span reaches into the horizon."""
        return span.start_minute + limit + self.break_minutes > problem.horizon.span.start_minute

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
        windows = problem.remembered(self, lambda: _by_limit(self.windows(problem)))
        for limit, begins in windows.items():
            counted = [duty for duty in duties if self.counts(problem, volunteer, duty, limit)]
            length = limit + self.break_minutes
            touched = {
                begins[place]
                for duty in counted
                for place in range(
                    bisect_right(begins, duty.span.start_minute - length), bisect_left(begins, duty.span.end_minute)
                )
            }
            for begin in sorted(touched):
                yield from self._over(volunteer, counted, begin, limit)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer and window in which they might work longer than the limit."""
        for limit, found in _by_limit(self.windows(columns.problem)).items():
            begins = np.array(found, dtype=np.int64)
            length = limit + self.break_minutes
            entries = np.flatnonzero(self.within(columns) & self.counted(columns, limit))
            start, end = columns.start[entries], columns.end[entries]
            first = np.searchsorted(begins, start - length, side="right")
            entry, step = spread(np.searchsorted(begins, end) - first)
            window = first[entry] + step
            within = np.minimum(end[entry], begins[window] + length) - np.maximum(start[entry], begins[window])
            row, one = groups(window, columns.volunteer[entries[entry]])
            program.at_most(row, entries[entry], within, np.full(len(one), limit), self.weight)

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


def _by_limit(windows: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Return for each limit where its windows begin, in order."""
    begins: dict[int, list[int]] = {}
    for begin, limit in sorted(windows):
        begins.setdefault(limit, []).append(begin)
    return begins


def _minutes_within(duty: Duty, begin: int, end: int) -> int:
    return min(duty.span.end_minute, end) - max(duty.span.start_minute, begin)
