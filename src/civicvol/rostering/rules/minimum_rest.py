"""Minimum rest: time to sleep between one day's duties and the next day's."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Stage, Violation, VolunteerRule
from civicvol.rostering.rules._pairs import column_pairs, duty_pairs, rest_between, rest_facts, write_pairs
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class MinimumRest(VolunteerRule):
    """Between two duties of different days lie so many minutes of rest.

    The amount is, over all pairs of duties with less rest between them, the number of minutes missing.

    Source: the daily rest of eleven hours in Directive 2003/88/EC, art. 3; rest after demanding shifts in
    engelsystem#565. Ten hours are usual among volunteers.

    Args:
        minutes: the rest, in elapsed minutes.
        same_day: whether it is also asked for between two duties of one day.

    >>> from civicvol.testing import try_rule
    >>> (said,) = try_rule(MinimumRest(), "li 3 20-23, li 4 07-09")
    >>> said.rpartition(", ")[-1]
    '120 less than 600'
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} rests {rest} minutes between {before} and {after}, {amount} less than {minimum}",
        "{volunteer}在{before}与{after}之间仅休息{rest}分钟，比{minimum}分钟少{amount}分钟",
    )
    reason: ClassVar = Label("with too little rest", "休息不足")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    minutes: int = attrs.field(default=600, validator=_fields.whole(1))
    same_day: bool = attrs.field(default=False, validator=_fields.flag)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the pairs of duties with too little rest between them."""
        for before, after in duty_pairs(duties, self.minutes):
            if self.same_day or before.day != after.day:
                facts = rest_facts(schedule, volunteer, before, after, self.minutes)
                missing = self.minutes - rest_between(before, after)
                pair = shift_ids((before, after))
                yield self.violation(missing, facts, volunteers=(volunteer.id,), shifts=pair)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each pair."""
        before, after = column_pairs(columns, self.minutes)
        rest = np.maximum(columns.start[after] - columns.end[before], 0)
        within = self.within(columns)
        counts = within[before] & within[after] & (self.same_day | (columns.day[before] != columns.day[after]))
        write_pairs(program, before, after, np.where(counts, self.minutes - rest, 0).astype(np.float64), self.weight)
