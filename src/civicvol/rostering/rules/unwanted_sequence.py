"""Unwanted sequence: duties and free days that must not come one after the other in this order."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar._checks import WEEKDAYS, weekday
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, Indices, Ints
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Violation, VolunteerRule, ids_of
from civicvol.rostering.rules._cells import Cells, worked_cells
from civicvol.rostering.rules._runs import days_of, duties_between, run_facts
from civicvol.rostering.schedule import Duty, Schedule, shift_ids

Step = frozenset[str] | None


def _as_steps(value: Any) -> Any:
    steps = _fields.as_tuple(value)
    return tuple(map(_fields.as_frozenset, steps)) if isinstance(steps, tuple) else steps


def _wrong_pattern(value: Any) -> str | None:
    steps = _fields.tuple_of(_fields.optional(_fields.set_of(_fields.identifier)), least=2)
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
        at = [{duty.day.toordinal() for duty in duties if _is_at(step, duty.position)} for step in self.pattern]
        length = len(self.pattern)
        for first in range(min(past, default=horizon.first_day.toordinal()), horizon.last_day.toordinal() - length + 2):
            days = [first + step for step, of_step in enumerate(self.pattern) if of_step is not None]
            if (
                self._may_begin(first)
                and any(day not in past for day in days)
                and all(
                    first + step in at[step] if of_step is not None else first + step not in worked
                    for step, of_step in enumerate(self.pattern)
                )
            ):
                facts: Facts = run_facts(volunteer, first, first + length - 1, length)
                shifts = shift_ids(duties_between(duties, first, first + length - 1))
                yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each place where the pattern might be found."""
        problem = columns.problem
        within = self.within(columns)
        index = {position.id: number for number, position in enumerate(problem.positions)}

        def cells_at(step: frozenset[str]) -> Cells:
            at = np.isin(columns.position, [index[id] for id in step]) if step else np.ones(len(columns), dtype=bool)
            return worked_cells(columns, program, within & at, columns.day)

        begun = np.full(len(problem.volunteers), problem.horizon.first_day.toordinal())
        past = np.flatnonzero(within & columns.past)
        np.minimum.at(begun, columns.volunteer[past], columns.day[past])
        work = [(number, cells_at(step)) for number, step in enumerate(self.pattern) if step is not None]
        free = [number for number, step in enumerate(self.pattern) if step is None]
        any_work = cells_at(frozenset())
        (place, cells), *others = work
        volunteer, first = cells.volunteer, cells.time - place
        fits = (begun[volunteer] <= first) & (first + len(self.pattern) - 1 <= problem.horizon.last_day.toordinal())
        fits &= np.array([self._may_begin(day) for day in first.tolist()], dtype=bool)
        found = [cells.column]
        recent = ~cells.past
        for number, of_step in others:
            at = of_step.find(volunteer, first + number)
            fits &= at >= 0
            recent |= ~_at(of_step.past, at)
            found.append(_at(of_step.column, at))
        rests = [any_work.find(volunteer, first + number) for number in free]
        for at in rests:
            fits &= (at < 0) | ~_at(any_work.past, at)
        kept = np.flatnonzero(fits & recent)
        row = np.arange(len(kept))
        resting = [(np.flatnonzero(at[kept] >= 0), _at(any_work.column, at)[kept]) for at in rests]
        program.at_most(
            np.concatenate([np.tile(row, len(work)), *(rested for rested, _ in resting)]),
            np.concatenate([*(column[kept] for column in found), *(column[rested] for rested, column in resting)]),
            np.concatenate([np.ones(len(work) * len(kept)), *(-np.ones(len(rested)) for rested, _ in resting)]),
            np.full(len(kept), len(work) - 1),
            self.weight,
        )

    def _may_begin(self, day: int) -> bool:
        return self.weekday is None or WEEKDAYS[(day - 1) % 7] == self.weekday
