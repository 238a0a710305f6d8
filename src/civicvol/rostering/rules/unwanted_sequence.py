"""Unwanted sequence: duties and free days that must not come one after the other in this order."""

from collections.abc import Iterator
from typing import Any, ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar._checks import WEEKDAYS, weekday
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Ints
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Violation, VolunteerRule, ids_of
from civicvol.rostering.rules._cells import Cells, positions_of, worked_cells
from civicvol.rostering.rules._runs import days_of, duties_between, run_facts
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


def _as_steps(value: Any) -> Any:
    steps = _fields.as_tuple(value)
    return tuple(map(_fields.as_frozenset, steps)) if isinstance(steps, tuple) else steps


def _wrong_pattern(value: Any) -> str | None:
    steps = _fields.tuple_of(_fields.optional(_fields.set_of(_fields.identifier)), least=1)
    wrong = steps.wrong(value)
    if wrong is None and all(step is None for step in value):
        return "must have a day of work in it"
    return wrong


@attrs.frozen(kw_only=True)
class UnwantedSequence(VolunteerRule):
    """Nobody's days follow a certain pattern, such as a night and then a free weekend.

    The amount is 1 for each time the pattern is found, wholly within the horizon but for past duties. Days before the
    first past duty are not known and match nothing; where only past duties are the work, it is nobody's fault.
    Source: "unwanted patterns" and "no night shift before a free weekend" of the International Nurse Rostering
    Competition 2010.

    Args:
        pattern: the days one after the other: the ids of positions, at one of which is work on that day; no ids for any
            work; None for a free day. At least one day is of work.
        weekday: the code of the weekday on which the pattern begins; any where None.

    >>> from civicvol.testing import try_rule
    >>> rule = UnwantedSequence(pattern=[["night"], None, None], weekday="FR")
    >>> try_rule(rule, "li 6 22-06 night, wu 6 22-06 night, wu 8 09-12, xu 7 22-06 night")
    ['li has an unwanted sequence of days from 2026-03-06 to 2026-03-08']
    """

    unit: ClassVar = Label("sequences", "次")
    sentence: ClassVar = Label(
        "{volunteer} has an unwanted sequence of days from {first} to {last}",
        "{volunteer}从{first}到{last}的安排是不希望的次序",
    )
    reason: ClassVar = Label("in an unwanted sequence of days", "处于不希望的次序")
    family: ClassVar = Family.TIME

    pattern: tuple[frozenset[str] | None, ...] = attrs.field(
        converter=_as_steps, validator=_fields.Check(_wrong_pattern), metadata=ids_of("position")
    )
    weekday: str | None = attrs.field(default=None, validator=_fields.optional(weekday))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield every place where the pattern is found."""
        horizon = schedule.problem.horizon
        worked, past = days_of(duties)
        at = [worked if not step else days_of(_at(duties, step))[0] for step in self.pattern]
        begin, end = min(past, default=horizon.first_day.toordinal()), horizon.last_day.toordinal() + 1
        for first in filter(self._may_begin, range(begin, end - len(self.pattern) + 1)):
            days = list(zip(range(first, end), self.pattern, at, strict=False))
            matches = all((day in found) != (step is None) for day, step, found in days)
            if matches and any(step is not None and day not in past for day, step, _ in days):
                last = first + len(self.pattern) - 1
                facts = run_facts(volunteer, first, last, len(self.pattern))
                shifts = shift_ids(duties_between(duties, first, last))
                yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each place where the pattern might be found."""
        horizon = columns.problem.horizon
        any_work = self._cells(columns, program, frozenset())
        cells = [any_work if step is None else self._cells(columns, program, step) for step in self.pattern]
        place = next(number for number, step in enumerate(self.pattern) if step is not None)
        volunteer, first = cells[place].volunteer, cells[place].time - place
        fits = first + len(self.pattern) - 1 <= horizon.last_day.toordinal()
        fits &= first >= self._known_from(columns)[volunteer]
        fits &= np.array([self._may_begin(day) for day in first.tolist()], dtype=bool)
        recent = np.zeros(len(volunteer), dtype=bool)
        found = []
        for number, (step, of_step) in enumerate(zip(self.pattern, cells, strict=True)):
            at = of_step.find(volunteer, first + number)
            there, past = at >= 0, np.append(of_step.past, False)[at]
            fits &= ~past if step is None else there
            recent |= ~past & (step is not None)
            found.append((there, np.append(of_step.column, -1)[at], 1.0 if step is not None else -1.0))
        kept = np.flatnonzero(fits & recent)
        entries = [(np.flatnonzero(there[kept]), column[kept[there[kept]]], sign) for there, column, sign in found]
        program.at_most(
            np.concatenate([row for row, _, _ in entries]),
            np.concatenate([column for _, column, _ in entries]),
            np.concatenate([np.full(len(row), sign) for row, _, sign in entries]),
            np.full(len(kept), sum(step is not None for step in self.pattern) - 1.0),
            self.weight,
        )

    def _cells(self, columns: Columns, program: Program, step: frozenset[str]) -> Cells:
        """Return the cells of days with work at some positions; at any where none are given."""
        at = np.ones(len(columns), dtype=bool)
        if step:
            at = np.isin(columns.position, positions_of(columns, step))
        return worked_cells(columns, program, self.within(columns) & at, columns.day)

    def _known_from(self, columns: Columns) -> Ints:
        """Return the day from which on each volunteer's work is known."""
        problem = columns.problem
        known = np.full(len(problem.volunteers), problem.horizon.first_day.toordinal(), dtype=np.int64)
        past = np.flatnonzero(self.within(columns) & columns.past)
        np.minimum.at(known, columns.volunteer[past], columns.day[past])
        return known

    def _may_begin(self, day: int) -> bool:
        return self.weekday is None or WEEKDAYS[(day - 1) % 7] == self.weekday


def _at(duties: tuple[Duty, ...], positions: frozenset[str]) -> list[Duty]:
    return [duty for duty in duties if duty.position in positions]
