"""Long rest: once a week, or in each day or month, comes a long rest."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Indices, groups, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Stage, Violation, VolunteerRule
from civicvol.rostering.rules._sums import period_name, whole_periods
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class LongRest(VolunteerRule):
    """In each week, or other period, lies one rest of so many minutes without a break.

    The amount is the number of periods without. Days begin and end by the horizon's day boundary, weeks are ISO weeks;
    the rest lies wholly in its period, and periods cut by the horizon's edge are left out. What was begun before the
    horizon counts; a period that it leaves no room for the rest is left out too. Source: 24 hours in each seven days
    and the daily eleven besides, Directive 2003/88/EC, art. 3 and 5; two hours of rest in two days (Lanzhou, 2021).

    Args:
        minutes: the rest, in elapsed minutes.
        per: the period.

    >>> from civicvol.testing import try_rule
    >>> try_rule(LongRest(), ", ".join(f"li {day} 12-18" for day in range(2, 9)))
    ['li rests 1080 minutes at the most in 2026-W10, less than 2100']
    """

    unit: ClassVar = Label("periods", "个时段")
    sentence: ClassVar = Label(
        "{volunteer} rests {rest} minutes at the most {period}, less than {minimum}",
        "{volunteer}在{period}最长仅连续休息{rest}分钟，少于{minimum}分钟",
    )
    reason: ClassVar = Label("with no long rest left", "缺少长休息")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    minutes: int = attrs.field(default=35 * 60, validator=_fields.whole(1))
    per: Period = attrs.field(default=Period.WEEK, validator=_fields.is_a(Period, "a Period"))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the periods in which a volunteer has no such rest."""
        for day, (start, end) in _spans(schedule.problem, self.per).items():
            inside = [duty for duty in duties if duty.span.start_minute < end and start < duty.span.end_minute]
            rest = _longest_rest(inside, start, end)
            if rest < self.minutes <= _longest_rest([duty for duty in inside if duty.past], start, end):
                facts: Facts = {
                    "volunteer": str(volunteer),
                    "rest": rest,
                    "minimum": self.minutes,
                    "period": period_name(self.per, day),
                }
                yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=shift_ids(inside))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write that of the rests that a period has room for, each just after a duty or its start, one is kept free.

        A column for each such rest is one only where it is free; periods with one that no candidate touches need none.
        """
        spans = np.array(list(_spans(columns.problem, self.per).values()), dtype=np.int64).reshape(-1, 2)
        looked_at = np.flatnonzero(self.within(columns))
        first = np.searchsorted(spans[:, 1], columns.start[looked_at], side="right")
        entry, step = spread(np.maximum(np.searchsorted(spans[:, 0], columns.end[looked_at]) - first, 0))
        column, period = looked_at[entry], first[entry] + step
        group, example = groups(period, columns.volunteer[column])
        own = np.arange(len(example))
        begin = np.concatenate([spans[period[example], 0], columns.end[column]])
        of, begin = _distinct(np.concatenate([own, group]), begin)
        room = begin + self.minutes <= spans[period[example[of]], 1]
        of, begin = of[room], begin[room]
        rest, taken = self._touching(columns, of, begin, group, column)
        past = np.zeros(len(of), dtype=bool)
        past[rest[columns.past[taken]]] = True
        touched = np.bincount(rest, minlength=len(of)) > 0
        needed = np.bincount(of[~past], minlength=len(own)) > 0
        needed[of[~touched]] = False
        kept = needed[of] & ~past
        free = program.add_columns(np.zeros(int(kept.sum())), np.ones(int(kept.sum())))
        number = np.cumsum(kept) - 1
        hurt = kept[rest]
        pair = np.arange(int(hurt.sum()))
        program.at_most(
            np.tile(pair, 2), np.concatenate([free[number[rest[hurt]]], taken[hurt]]), 1.0, np.ones(len(pair))
        )
        program.at_least(of[kept], free, 1.0, needed.astype(np.float64), self.weight)

    def _touching(
        self, columns: Columns, of: Indices, begin: Indices, group: Indices, column: Indices
    ) -> tuple[Indices, Indices]:
        """Return each rest and each column of its volunteer and period that touches it, as pairs of indices."""
        ordered = column[np.argsort(group, kind="stable")]
        sizes = np.bincount(group)
        rest, step = spread(sizes[of])
        taken = ordered[(np.cumsum(sizes) - sizes)[of[rest]] + step]
        touches = (columns.start[taken] < begin[rest] + self.minutes) & (begin[rest] < columns.end[taken])
        return rest[touches], taken[touches]


def _spans(problem: RosterProblem, per: Period) -> Mapping[date, tuple[int, int]]:
    """Return where each whole period of the horizon begins and ends, in minutes since 1970, by its first day."""

    def found() -> Mapping[date, tuple[int, int]]:
        horizon = problem.horizon
        last = {per.key(day): day for day in horizon.days}
        return {
            first: (horizon.day_span(first).start_minute, horizon.day_span(last[key]).end_minute)
            for key, first in whole_periods(problem, per).items()
        }

    return problem.remembered(("spans of whole periods", per), found)


def _longest_rest(duties: list[Duty], start: int, end: int) -> int:
    """Return the longest time without a duty from one minute to another; duties are in order of time."""
    worked, ends = [], start
    for duty in duties:
        worked.append((ends, duty.span.start_minute))
        ends = max(ends, duty.span.end_minute)
    return max(after - before for before, after in [*worked, (ends, end)])


def _distinct(of: Indices, begin: Indices) -> tuple[Indices, Indices]:
    """Return the distinct pairs."""
    _, example = groups(begin, of)
    return of[example], begin[example]
