"""Same person: a household or a post is served by few different people."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.arrays import groups
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, ScopedRule, Violation
from civicvol.rostering.rules._cells import worked_cells
from civicvol.rostering.schedule import Duty, Schedule

_Place = tuple[str | None, str | None]


@attrs.frozen(kw_only=True)
class SamePerson(ScopedRule):
    """Each place is served by the same people: by no more than so many different ones.

    A place is a position in a unit: the morning visit to a building, the gate of a grid. The amount is the number of
    people beyond, summed over the places. Who served a place before counts among its people; where they alone are too
    many, the amount is the number of new ones. It ties all shifts of a place together, which makes problems far harder:
    name the positions where it matters, home visits rather than posts at which a crowd takes turns.

    Source: elders called on morning and evening by somebody they know (Xingjiaqiao, 2020); continuity of care in home
    care rostering (Fikar and Hirsch, Home health care routing and scheduling: a review, 2017).

    Args:
        most: the most people of a place.
        whole_unit: whether a unit is one place, as a household is, whatever the position; duties in no unit then do
            not count.

    >>> from civicvol.testing import try_rule
    >>> try_rule(SamePerson(), "li 3 09-12, li 4 09-12, wu 5 09-12")
    ['post is served by 2 people, 1 more than 1']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{place} is served by {people} people, {amount} more than {limit}",
        "{place}由{people}人服务，比上限{limit}人多{amount}人",
    )
    reason: ClassVar = Label("not among those who serve there", "不是该处的固定人员")
    family: ClassVar = Family.CONTINUITY
    wide: ClassVar = True

    most: int = attrs.field(default=1, validator=_fields.whole(1, 100_000))
    whole_unit: bool = attrs.field(default=False, validator=_fields.flag)

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the places that too many people serve."""
        before: dict[_Place, set[str]] = {}
        served: dict[_Place, dict[str, list[str]]] = {}
        for volunteer in filter(self.is_for, schedule.problem.volunteers):
            for duty in schedule.duties[volunteer.id]:
                place = self._place(duty)
                if place is None or not self.looks_at(duty.position):
                    continue
                if duty.shift is None:
                    before.setdefault(place, set()).add(volunteer.id)
                else:
                    served.setdefault(place, {}).setdefault(volunteer.id, []).append(duty.shift.id)
        for place, people in served.items():
            known = before.get(place, set())
            number = len(known | people.keys())
            over = number - max(self.most, len(known))
            if over > 0:
                facts: Facts = {"place": _name(schedule.problem, place), "people": number, "limit": self.most}
                shifts = tuple(id for ids in people.values() for id in ids)
                yield self.violation(over, facts, volunteers=tuple(people), shifts=tuple(dict.fromkeys(shifts)))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each place: the people who serve it at all."""
        counted = self.within(columns) & ((columns.unit if self.whole_unit else columns.position) >= 0)
        position = np.where(self.whole_unit, -1, columns.position)
        place = columns.unit * (len(columns.problem.positions) + 1) + position
        cells = worked_cells(columns, program, counted, place)
        row, first = groups(cells.time)
        program.at_most(row, cells.column, 1.0, np.full(len(first), self.most), self.weight)

    def _place(self, duty: Duty) -> _Place | None:
        """Return the unit and position of a duty, as far as they tell its place; None where it has none."""
        if self.whole_unit:
            return None if duty.unit is None else (duty.unit, None)
        return None if duty.position is None else (duty.unit, duty.position)


def _name(problem: RosterProblem, place: _Place) -> Label:
    unit, position = place
    labels = [] if position is None else [problem.position(position).label]
    labels += [] if unit is None else [problem.units.unit(unit).label]
    return Label(", ".join(label.en for label in labels), "，".join(label.text("zh") for label in labels))
