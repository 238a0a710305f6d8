"""Forbidden succession: after this kind of duty, that kind must not follow on the next day."""

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Stage, Violation, VolunteerRule, ids_of
from civicvol.rostering.rules._cells import Cells, positions_of, worked_cells
from civicvol.rostering.rules._runs import has_starts, work_starts
from civicvol.rostering.schedule import Duty, Schedule, shift_ids

_positions = _fields.set_of(_fields.identifier)


@attrs.frozen(kw_only=True)
class ForbiddenSuccession(VolunteerRule):
    """After a day at one of the first positions, none of the others follows within so many days.

    The amount is 1 for every such pair of days; past duties count. Duties on one day follow nothing.
    Source: "forbidden shift type successions" of the nurse rostering competitions, and the shifts that "cannot follow"
    of Curtois and Qu, Computational results on new staff scheduling benchmark instances, 2014.

    Args:
        first: ids of the positions that must not be followed.
        then: ids of the positions that must not follow.
        days: for how many days.

    >>> from civicvol.testing import try_rule
    >>> rule = ForbiddenSuccession(first={"night"}, then={"early"})
    >>> try_rule(rule, "li 4 22-06 night, li 5 06-14 early, wu 4 22-06 night, wu 6 06-14 early")
    ['li is at early on 2026-03-05, too soon after night on 2026-03-04']
    """

    unit: ClassVar = Label("pairs of days", "对日子")
    sentence: ClassVar = Label(
        "{volunteer} is at {after} on {last}, too soon after {before} on {first}",
        "{volunteer}于{first}在{before}，{last}又在{after}，间隔过短",
    )
    reason: ClassVar = Label("right after a duty it must not follow", "紧接在不可相继的服务之后")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    first: frozenset[str] = attrs.field(
        converter=_fields.as_frozenset, validator=_positions, metadata=ids_of("position")
    )
    then: frozenset[str] = attrs.field(
        converter=_fields.as_frozenset, validator=_positions, metadata=ids_of("position")
    )
    days: int = attrs.field(default=1, validator=_fields.whole(1, 366))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the pairs of days."""
        before, after = (_by_day(duties, positions) for positions in (self.first, self.then))
        for day, earlier in before.items():
            for step in range(1, self.days + 1):
                pair = [*earlier, *after.get(day + step, ())]
                if len(pair) > len(earlier) and not pair[-1].past:
                    facts: Facts = {
                        "volunteer": str(volunteer),
                        "first": earlier[0].day.isoformat(),
                        "last": pair[-1].day.isoformat(),
                        "before": _name_of(schedule, earlier[0]),
                        "after": _name_of(schedule, pair[-1]),
                    }
                    yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=shift_ids(dict.fromkeys(pair)))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each pair of days."""
        before, after = (self._at(columns, program, positions) for positions in (self.first, self.then))
        one, step = spread(np.full(len(before), self.days))
        place = after.find(before.volunteer[one], before.time[one] + 1 + step)
        found = place >= 0
        one, place = one[found], place[found]
        row = np.tile(np.arange(len(one)), 2)
        column = np.concatenate([before.column[one], after.column[place]])
        program.at_most(row, column, 1.0, np.ones(len(one)), self.weight)
        if self.weight is None and has_starts(columns.problem):
            self._tighten(columns, program, after)

    def _tighten(self, columns: Columns, program: Program, after: Cells) -> None:
        """Write that what must not follow is started on its day, or follows on what it may follow."""
        within = self.within(columns)
        starts = work_starts(columns, program, within, columns.day)
        others = np.setdiff1d(columns.position, positions_of(columns, self.first))
        before = worked_cells(columns, program, within & np.isin(columns.position, others), columns.day)
        place = starts.cells.find(after.volunteer, after.time)
        row = np.flatnonzero(starts.follows[place])
        start = starts.column[place[row]]
        allowed = before.find(after.volunteer[row], after.time[row] - 1)
        there = np.flatnonzero(allowed >= 0)
        program.at_most(
            np.concatenate([np.tile(np.arange(len(row)), 2), there]),
            np.concatenate([after.column[row], start, before.column[allowed[there]]]),
            np.concatenate([np.ones(len(row)), -np.ones(len(row) + len(there))]),
            np.zeros(len(row)),
        )

    def _at(self, columns: Columns, program: Program, positions: frozenset[str]) -> Cells:
        """Return the cells of days with work at some positions."""
        at = np.isin(columns.position, positions_of(columns, positions))
        return worked_cells(columns, program, self.within(columns) & at, columns.day)


def _by_day(duties: tuple[Duty, ...], positions: frozenset[str]) -> dict[int, list[Duty]]:
    found: defaultdict[int, list[Duty]] = defaultdict(list)
    for duty in duties:
        if duty.position in positions:
            found[duty.day.toordinal()].append(duty)
    return dict(found)


def _name_of(schedule: Schedule, duty: Duty) -> Label:
    """Return what people call a duty's position, which is known."""
    return schedule.problem.position(str(duty.position)).label
