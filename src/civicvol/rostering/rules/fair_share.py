"""Fair share: the work is spread over all, those with none included."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.arrays import spread, sums
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Rule, Violation, weight_needed
from civicvol.rostering.schedule import Schedule, shift_ids


@attrs.frozen(kw_only=True)
class FairShare(Rule):
    """Who has done much is asked last: each further piece of work of one person costs more than the one before.

    A volunteer's minutes, past duties included, are cut into pieces; a minute of the first piece costs nothing, one of
    the second 1 / piece, of the third 2 / piece, and so on up to a last step. The amount is what the roster adds to
    that, so everybody's past sets where they begin. The sum is least where the work is spread evenly over all who can
    do it. The last step keeps people with a long record from being dearer than a place left open: with the default
    weights, shifts of up to 19 hours are filled to the desired number, and of up to 199 hours to the minimum, by
    whoever can come.

    Args:
        weight: the cost of one unit: of raising somebody from one full piece to two.
        piece: the length of a piece in minutes, at least 15. A length that divides those of the shifts makes problems
            far easier.
        steps: how many times the price rises, at most 1,000; 100 steps of two hours are 200 hours.
    """

    unit: ClassVar = Label("pieces", "份")
    sentence: ClassVar = Label(
        "{volunteer} has {minutes} minutes, after {before} before",
        "{volunteer}本期服务{minutes}分钟，此前{before}分钟",
    )
    reason: ClassVar = Label("with their share done", "已达公平份额")
    family: ClassVar = Family.FAIRNESS

    weight: float = attrs.field(default=1.0, validator=weight_needed)
    piece: int = attrs.field(default=120, validator=_fields.whole(15))
    steps: int = attrs.field(default=100, validator=_fields.whole(1, 1_000))

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield what each volunteer's share of the work costs."""
        for volunteer in schedule.volunteers:
            duties = schedule.duties[volunteer.id]
            before = sum(duty.minutes for duty in duties if duty.past)
            minutes = sum(duty.minutes for duty in duties if not duty.past)
            amount = self._cost(before + minutes) - self._cost(before)
            if amount:
                facts: Facts = {"volunteer": str(volunteer), "minutes": minutes, "before": before}
                yield self.violation(amount, facts, volunteers=(volunteer.id,), shifts=shift_ids(duties))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer: their minutes fill pieces of rising cost."""
        count = len(columns.problem.volunteers)
        minutes = np.where(columns.past, 0, columns.minutes)
        possible = sums(columns.volunteer, minutes, count)
        before = sums(columns.volunteer, columns.minutes - minutes, count)
        begun = np.minimum(before // self.piece, self.steps)
        ended = np.minimum(np.ceil((before + possible) / self.piece), self.steps + 1)
        volunteer, step = spread(np.where(possible > 0, ended - begun, 0).astype(np.intp))
        number = begun[volunteer] + step
        room = np.where(step == 0, begun[volunteer] + 1 - before[volunteer] / self.piece, 1.0)
        room[number == self.steps] = np.inf
        filled = program.add_columns(self.weight * number, room)
        candidates = columns.candidates
        program.at_most(
            np.concatenate([columns.volunteer[candidates], volunteer]),
            np.concatenate([candidates, filled]),
            np.concatenate([minutes[candidates] / self.piece, np.full(len(filled), -1.0)]),
            np.zeros(count),
        )

    def _cost(self, minutes: int) -> float:
        whole = min(minutes // self.piece, self.steps)
        return whole * (whole - 1) / 2 + whole * (minutes - whole * self.piece) / self.piece
