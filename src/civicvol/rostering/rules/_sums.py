"""What the rules share that add up what one person does in a stretch of days: in minutes, or in shifts."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices, Ints, groups, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Violation, VolunteerRule
from civicvol.rostering.rules._cells import worked_cells
from civicvol.rostering.schedule import Duty, Schedule, shift_ids

_DAY = timedelta(days=1)


@attrs.frozen(kw_only=True)
class SumRule(VolunteerRule):
    """A rule on the sum of what one volunteer does."""

    in_minutes: ClassVar[bool]
    """Whether minutes are added up, or shifts."""

    def total(self, duties: Collection[Duty]) -> int:
        """Return what some duties come to."""
        return sum([duty.minutes for duty in duties]) if self.in_minutes else len(duties)

    def values(self, columns: Columns) -> Floats:
        """Return what each column adds."""
        return columns.minutes.astype(np.float64) if self.in_minutes else np.ones(len(columns))


@attrs.frozen(kw_only=True)
class LeastRule(SumRule):
    """A least sum for each volunteer in each day, week, month or horizon; periods cut by its edges are left out.

    Args:
        if_any: whether it is asked only where somebody does anything in the period: who comes at all, comes for long.
    """

    if_any: bool = attrs.field(default=False, validator=_fields.flag)

    @abstractmethod
    def needs(self, volunteer: Volunteer) -> Iterable[tuple[Period, int]]:
        """Return the periods in which something is asked of the volunteer, and how much."""

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the periods in which a volunteer does less than is asked."""
        for per, need in self.needs(volunteer):
            periods: defaultdict[int, list[Duty]] = defaultdict(list)
            for duty in duties:
                if not duty.past:
                    periods[per.key(duty.day)].append(duty)
            for key, day in whole_periods(schedule.problem, per).items():
                of_period = periods[key]
                total = self.total(of_period)
                if total < need and (of_period or not self.if_any):
                    facts: Facts = {
                        "volunteer": str(volunteer),
                        "total": total,
                        "limit": need,
                        "period": period_name(per, day),
                    }
                    yield self.violation(need - total, facts, volunteers=(volunteer.id,), shifts=shift_ids(of_period))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer and period of which something is asked."""
        problem = columns.problem
        stated = [dict(self.needs(each)) if self.is_for(each) else {} for each in problem.volunteers]
        for per in dict.fromkeys(per for needs in stated for per in needs):
            need = np.array([needs.get(per, 0) for needs in stated], dtype=np.float64)
            keys = np.array(list(whole_periods(problem, per)), dtype=np.int64)
            period = columns.period(per)
            counted = self.within(columns) & ~columns.past & (need[columns.volunteer] > 0) & np.isin(period, keys)
            entries = np.flatnonzero(counted)
            row = columns.volunteer[entries] * len(keys) + np.searchsorted(keys, period[entries])
            value = self.values(columns)[entries]
            if self.if_any:
                cells = worked_cells(columns, program, counted, period)
                shown = cells.volunteer * len(keys) + np.searchsorted(keys, cells.time)
                program.at_most(
                    np.concatenate([row, shown]),
                    np.concatenate([entries, cells.column]),
                    np.concatenate([-value, need[cells.volunteer]]),
                    np.zeros(len(need) * len(keys)),
                    self.weight,
                )
            else:
                program.at_least(row, entries, value, np.repeat(need, len(keys)), self.weight)


@attrs.frozen(kw_only=True)
class WindowRule(SumRule):
    """A rule on the sum of what one volunteer does in any so many days in a row.

    Args:
        days: how many days.
    """

    days: int = attrs.field(validator=_fields.whole(1, 366))

    @property
    @abstractmethod
    def limit(self) -> int:
        """What the sum is held to in each of the windows."""

    def found(self, volunteer: Volunteer, last: int, total: int, amount: int, duties: Iterable[Duty]) -> Violation:
        """Return the violation in the window that ends on a day, given by its ordinal."""
        facts: Facts = {
            "volunteer": str(volunteer),
            "total": total,
            "limit": self.limit,
            "first": date.fromordinal(last - self.days + 1).isoformat(),
            "last": date.fromordinal(last).isoformat(),
        }
        return self.violation(amount, facts, volunteers=(volunteer.id,), shifts=shift_ids(duties))

    def by_window(self, duties: Iterable[Duty], first: int, last: int) -> defaultdict[int, list[Duty]]:
        """Return the duties in each window that ends from the first to the last of some days, given by ordinals."""
        windows: defaultdict[int, list[Duty]] = defaultdict(list)
        for duty in duties:
            day = duty.day.toordinal()
            for end in range(max(day, first), min(day + self.days - 1, last) + 1):
                windows[end].append(duty)
        return windows

    def entries(self, columns: Columns, first: int, last: int) -> tuple[Indices, Indices, Ints]:
        """Return the windows of each column as entries: indices of the column and its volunteer, end of the window.

        Args:
            columns: the columns.
            first: ordinal of the first day that a window may end on.
            last: ordinal of the last such day.
        """
        looked_at = np.flatnonzero(self.within(columns))
        begin = np.maximum(columns.day[looked_at], first)
        end = np.minimum(columns.day[looked_at] + self.days - 1, last)
        entry, step = spread(np.maximum(end - begin + 1, 0))
        return looked_at[entry], columns.volunteer[looked_at[entry]], begin[entry] + step


@attrs.frozen(kw_only=True)
class MostInDaysRule(WindowRule):
    """A limit on the sum in each window that ends on a day of the horizon; past duties count.

    Where they alone exceed the limit, the amount is what comes on top of them.
    """

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the windows in which a volunteer does more than the limit."""
        horizon = schedule.problem.horizon
        windows = self.by_window(duties, horizon.first_day.toordinal(), horizon.last_day.toordinal())
        for end, inside in sorted(windows.items()):
            total = self.total(inside)
            over = total - max(self.limit, self.total([duty for duty in inside if duty.past]))
            if over > 0:
                yield self.found(volunteer, end, total, over, inside)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer and window in which they might exceed the limit."""
        horizon = columns.problem.horizon
        entry, volunteer, end = self.entries(columns, horizon.first_day.toordinal(), horizon.last_day.toordinal())
        row, first = groups(end, volunteer)
        program.at_most(row, entry, self.values(columns)[entry], np.full(len(first), self.limit), self.weight)


@attrs.frozen(kw_only=True)
class LeastInDaysRule(WindowRule):
    """A least sum in each window that lies wholly in the horizon."""

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the windows in which a volunteer does less than is asked."""
        first, last = self._ends(schedule.problem)
        windows = self.by_window(duties, first, last)
        for end in range(first, last + 1):
            total = self.total(windows[end])
            if total < self.limit:
                yield self.found(volunteer, end, total, self.limit - total, windows[end])

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer and window."""
        first, last = self._ends(columns.problem)
        width = max(last - first + 1, 0)
        entry, volunteer, end = self.entries(columns, first, last)
        needs = np.repeat(np.where(self.people(columns.problem), self.limit, 0), width)
        program.at_least(volunteer * width + end - first, entry, self.values(columns)[entry], needs, self.weight)

    def _ends(self, problem: RosterProblem) -> tuple[int, int]:
        """Return the first and the last day that a window may end on."""
        return problem.horizon.first_day.toordinal() + self.days - 1, problem.horizon.last_day.toordinal()


def whole_periods(problem: RosterProblem, per: Period) -> Mapping[int, date]:
    """Return the first day of each period that lies wholly in the horizon, which itself does, in order, by key."""

    def found() -> Mapping[int, date]:
        horizon = problem.horizon
        days = {per.key(day): day for day in reversed(horizon.days)}
        if per is not Period.HORIZON:
            for outside in (horizon.first_day - _DAY, horizon.last_day + _DAY):
                days.pop(per.key(outside), None)
        return dict(sorted(days.items()))

    return problem.remembered(("whole periods", per), found)


def period_name(per: Period, day: date) -> Label:
    """Return the period that holds a day as it reads in a sentence."""
    name = per.name_of(day)
    chinese = {
        Period.DAY: name,
        Period.WEEK: "{}年第{}周".format(*day.isocalendar()[:2]),
        Period.MONTH: f"{day.year}年{day.month}月",
        Period.HORIZON: "全期",
    }
    return Label(f"on {name}" if per is Period.DAY else f"in {name or 'all'}", chinese[per])
