"""Fair share: the work is spread over all, those with none included."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.rostering.columns import Columns, spread
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Rule, Violation, weight_needed
from civicvol.rostering.schedule import Schedule, shift_ids


@attrs.frozen(kw_only=True)
class FairShare(Rule):
    """Who has done much is asked last: each further piece of work of one person costs more than the one before.

    A volunteer's minutes, past duties included, are cut into pieces; a minute of the first piece costs nothing, one of
    the second 1 / piece, of the third 2 / piece, and so on. The amount is what the roster adds to that, so everybody's
    past sets where they begin. The sum is least where the work is spread evenly over all who can do it.

    Args:
        weight: the cost of one unit: of raising somebody from one full piece to two.
        piece: the length of a piece in minutes. A length that divides those of all shifts keeps the problem easy.
    """

    unit: ClassVar = Label("pieces", "份")
    sentence: ClassVar = Label(
        "{volunteer} has {minutes} minutes, after {before} before",
        "{volunteer}本期服务{minutes}分钟，此前{before}分钟",
    )
    reason: ClassVar = Label("have had their share", "已达公平份额")

    weight: float = attrs.field(default=1.0, validator=weight_needed)
    piece: int = attrs.field(default=240, validator=_fields.whole(1))

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
        possible = np.bincount(columns.volunteer, minutes, count)
        before = np.bincount(columns.volunteer, columns.minutes - minutes, count)
        begun = before // self.piece
        pieces = np.where(possible > 0, np.ceil((before + possible) / self.piece) - begun, 0).astype(np.intp)
        volunteer, step = spread(pieces)
        number = begun[volunteer] + step
        room = np.where(step == 0, (begun[volunteer] + 1) * self.piece - before[volunteer], self.piece)
        filled = program.add_columns(self.weight * number / self.piece, room)
        candidates = columns.candidates
        program.at_most(
            np.concatenate([columns.volunteer[candidates], volunteer]),
            np.concatenate([candidates, filled]),
            np.concatenate([minutes[candidates].astype(np.float64), np.full(len(filled), -1.0)]),
            np.zeros(count),
        )

    def _cost(self, minutes: int) -> float:
        whole, rest = divmod(minutes, self.piece)
        return whole * (whole - 1) / 2 + whole * rest / self.piece
