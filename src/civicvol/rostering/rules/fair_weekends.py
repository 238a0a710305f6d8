"""Fair weekends: weekends given up are spread over all, those with none included."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import COMPARES, Facts, Family, Violation, weight_needed
from civicvol.rostering.rules._cells import worked_cells
from civicvol.rostering.rules._fair import Load, Prices, shares_of
from civicvol.rostering.rules._weekend import WeekendRule
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class FairWeekends(WeekendRule):
    """Who has given up many weekends is asked last: each further one costs a person more than the one before.

    A weekend counts once, however much is done on it. The first costs nothing, the second 1, the third 2, and so on to
    a last step. Past ones count, so everybody's past sets where they begin; the amount is what the roster adds.

    Source: the family evening given up for a screening (Baoshan, 2022); weekends worked are counted in every nurse
    rostering competition (INRC-I, 2010; INRC-II, 2015).

    Args:
        weight: the cost of one unit: of raising somebody from one weekend to two.
        steps: how many times the price rises, at most 1,000.
        by_offer: whether more is asked of those who offer more: each person's prices are divided by the time they
            offer beside the mean, as in `FairShare`.

    >>> from civicvol.testing import try_rule
    >>> try_rule(FairWeekends(), "li 7 09-12, li 8 09-12, wu 7 09-12, wu 15 09-12")
    ['wu has weekends: 2 new, 0 before']
    """

    unit: ClassVar = Label("weekends", "个周末")
    sentence: ClassVar = Label(
        "{volunteer} has weekends: {number} new, {before} before",
        "{volunteer}本期服务{number}个周末，此前{before}个周末",
    )
    reason: ClassVar = Label("with their share of weekends done", "已达公平周末份额")
    family: ClassVar = Family.FAIRNESS

    weight: float = attrs.field(default=1.0, validator=weight_needed)
    steps: int = attrs.field(default=100, validator=_fields.whole(1, 1_000))
    by_offer: bool = attrs.field(default=False, validator=_fields.flag, metadata=COMPARES)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield what a volunteer's share of the weekends costs."""
        weekends = self.weekends_of(duties)
        before = sum(any(duty.past for duty in inside) for inside in weekends.values())
        number = len(weekends) - before
        share = shares_of(self, schedule.problem, self.by_offer)[volunteer.id]
        amount = Prices(1, self.steps).rise(before, number) / share
        if amount:
            facts: Facts = {"volunteer": str(volunteer), "number": number, "before": before}
            inside = shift_ids(duty for each in weekends.values() for duty in each)
            yield self.violation(amount, facts, volunteers=(volunteer.id,), shifts=inside)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer: their weekends are counted, each dearer than the one before."""
        cells = worked_cells(columns, program, *self.on_weekends(columns))
        load = Load(volunteer=cells.volunteer, column=cells.column, work=np.ones(len(cells)), past=cells.past)
        shares = shares_of(self, columns.problem, self.by_offer)
        Prices(1, self.steps).write(program, self.weight, load, shares)
