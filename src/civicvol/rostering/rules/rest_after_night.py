"""Rest after night: who has been on night duty sleeps in before the next duty of another kind."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, Indices, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Stage, Violation
from civicvol.rostering.rules._cells import worked_cells
from civicvol.rostering.rules._night import NightRule
from civicvol.rostering.rules._pairs import column_pairs, duty_pairs, rest_between, rest_facts
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class RestAfterNight(NightRule):
    """Between a night duty and a later duty that is none lie so many minutes of rest.

    The amount is, over all such pairs with less rest between them, the number of minutes missing. With `after` it is
    asked for only after so many nights in a row; a further night goes on with the row. Source: the long rest after
    nights in the terms of doctors in training in England (46 hours, 2016); Directive 2003/88/EC, art. 8 to 12, asks
    for the protection of night workers and names no number; helpers were back on their feet after two hours of sleep
    (Lanzhou, 2021).

    Args:
        minutes: the rest, in elapsed minutes.
        after: how many nights in a row make the long rest due.

    >>> from civicvol.testing import try_rule
    >>> (said,) = try_rule(RestAfterNight(), "li 3 22-06, li 4 22-06, li 5 18-20")
    >>> said.removesuffix("720 less than 1440")
    'li rests 720 minutes from post, Wed 4 Mar 2026 22:00 – Thu 5 Mar 2026 06:00 to post, Thu 5 Mar 2026 18:00–20:00, '
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} rests {rest} minutes from {before} to {after}, {amount} less than {minimum}",
        "{volunteer}夜班{before}后至{after}仅休息{rest}分钟，比{minimum}分钟少{amount}分钟",
    )
    reason: ClassVar = Label("with too little rest after a night", "夜班后休息不足")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    minutes: int = attrs.field(default=1_440, validator=_fields.whole(1))
    after: int = attrs.field(default=1, validator=_fields.whole(1, 31))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the pairs of a night and a later duty with too little rest between them."""
        problem = schedule.problem
        nights = {duty.day.toordinal() for duty in duties if self.at_night(problem, duty)}
        for before, after in duty_pairs(duties, self.minutes):
            night = before.day.toordinal()
            row = nights.issuperset(range(night - self.after + 1, night + 1))
            if row and self.at_night(problem, before) and not self.at_night(problem, after):
                facts = rest_facts(schedule, volunteer, before, after, self.minutes)
                missing = self.minutes - rest_between(before, after)
                pair = shift_ids((before, after))
                yield self.violation(missing, facts, volunteers=(volunteer.id,), shifts=pair)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each pair: with the nights before it in the row, it may not be all there."""
        at_night = self.on_nights(columns)
        before, after = column_pairs(columns, self.minutes)
        counts = at_night[before] & self.within(columns)[after] & ~at_night[after]
        before, after = before[counts], after[counts]
        missing = (self.minutes - np.maximum(columns.start[after] - columns.end[before], 0)).astype(np.float64)
        # A night goes on with a row of nights only where each night before it in the row can be worked.
        pair, night = self._nights_before(columns, program, at_night, before)
        whole = np.bincount(pair, minlength=len(before)) == self.after - 1
        number = np.cumsum(whole) - 1
        kept = np.flatnonzero(whole)
        row = np.concatenate([np.tile(np.arange(len(kept)), 2), number[pair[whole[pair]]]])
        column = np.concatenate([before[kept], after[kept], night[whole[pair]]])
        amount = np.ones(len(kept)) if self.weight is None else missing[kept]
        program.at_most(row, column, amount[row], amount * self.after, self.weight)

    def _nights_before(
        self, columns: Columns, program: Program, at_night: Bools, last: Indices
    ) -> tuple[Indices, Indices]:
        """Return for some columns the earlier nights of the row that each ends, as far as they can be worked.

        Returns:
            The places of the columns, and for each a column of the program that says whether one earlier night is
            worked.
        """
        if self.after == 1:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        cells = worked_cells(columns, program, at_night, columns.day)
        place, step = spread(np.full(len(last), self.after - 1))
        cell = cells.find(columns.volunteer[last[place]], columns.day[last[place]] - step - 1)
        known = cell >= 0
        return place[known], cells.column[cell[known]]
