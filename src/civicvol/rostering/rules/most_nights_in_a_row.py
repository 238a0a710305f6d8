"""Most nights in a row: after so many nights of duty comes one of sleep."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Family, Stage, Violation
from civicvol.rostering.rules._night import NightRule
from civicvol.rostering.rules._runs import days_of, duties_between, long_runs, run_facts, write_long_runs
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class MostNightsInARow(NightRule):
    """Nobody is on night duty more than so many nights in a row; past nights count.

    The amount is the number of runs of one night more than the limit. A night is of the day on which its duty begins.
    Source: at most three nights in a row, the advice of the working time society (Garde et al., How to schedule night
    shift work in order to reduce health and safety risks, Scand. J. Work Environ. Health 2020).

    Args:
        nights: the longest run of nights.
        night_start: when the night begins, wall clock in the horizon's zone.
        night_end: when it ends; not after its start means the next morning.
        minutes_at_night: how many minutes in the night make a duty a night duty.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostNightsInARow(nights=2), "li 4 22-06, li 5 22-06, li 6 20-02, li 7 18-23")
    ['li is on night duty from 2026-03-04 to 2026-03-06, one more than 2 nights in a row']
    """

    unit: ClassVar = Label("nights", "夜")
    sentence: ClassVar = Label(
        "{volunteer} is on night duty from {first} to {last}, one more than {limit} nights in a row",
        "{volunteer}从{first}到{last}连续夜间服务，超过连续{limit}夜的上限",
    )
    reason: ClassVar = Label("with too many nights in a row", "连续夜间服务过多")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    nights: int = attrs.field(default=3, validator=_fields.whole(1, 366))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield every run of one night too many."""
        at_night = [duty for duty in duties if self.at_night(schedule.problem, duty)]
        for first, last in long_runs(*days_of(at_night), self.nights):
            facts = run_facts(volunteer, first, last, self.nights)
            shifts = shift_ids(duties_between(at_night, first, last))
            yield self.violation(1, facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each run of nights in each of which a volunteer might be on duty."""
        counted = self.on_nights(columns)
        write_long_runs(columns, program, counted, columns.day, self.nights, self.weight)
