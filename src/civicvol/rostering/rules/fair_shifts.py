"""Fair shifts: shifts, unpopular ones perhaps, are spread over all, those with none included."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import COMPARES, Facts, Family, Violation, VolunteerRule, weight_needed
from civicvol.rostering.rules._fair import Load, Prices, shares_of
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class FairShifts(VolunteerRule):
    """Who has taken many shifts is asked last: each further one costs a person more than the one before.

    The first shift costs nothing, the second 1, the third 2, and so on to a last step. Past ones count, so everybody's
    past sets where they begin; the amount is what the roster adds. With positions it spreads what nobody likes:
    the dustbins at six, the gate in the rain. Counting shifts makes easier problems than counting minutes.

    Source: shifts that all want and shifts that none wants, and who gets them (engelsystem#372 and #746).

    Args:
        weight: the cost of one unit: of raising somebody from one shift to two.
        steps: how many times the price rises, at most 1,000.
        by_offer: whether more is asked of those who offer more: each person's prices are divided by the time they
            offer beside the mean, as in `FairShare`.

    >>> from civicvol.testing import try_rule
    >>> try_rule(FairShifts(positions={"bins"}), "li 3 06-08 bins, li 4 06-08 bins, wu 5 06-08 bins")
    ['li has shifts: 2 new, 0 before']
    """

    unit: ClassVar = Label("shifts", "班")
    sentence: ClassVar = Label(
        "{volunteer} has shifts: {number} new, {before} before",
        "{volunteer}本期有{number}班，此前{before}班",
    )
    reason: ClassVar = Label("with their share of shifts done", "已达公平班次份额")
    family: ClassVar = Family.FAIRNESS

    weight: float = attrs.field(default=1.0, validator=weight_needed)
    steps: int = attrs.field(default=100, validator=_fields.whole(1, 1_000))
    by_offer: bool = attrs.field(default=False, validator=_fields.flag, metadata=COMPARES)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield what a volunteer's share of the shifts costs."""
        before = sum([duty.past for duty in duties])
        number = len(duties) - before
        if not number:
            return
        share = shares_of(self, schedule.problem, self.by_offer)[volunteer.id]
        amount = Prices(1, self.steps).rise(before, number) / share
        if amount:
            facts: Facts = {"volunteer": str(volunteer), "number": number, "before": before}
            yield self.violation(amount, facts, volunteers=(volunteer.id,), shifts=shift_ids(duties))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer: their shifts are counted, each dearer than the one before."""
        load = Load.of(columns, self.within(columns), np.ones(len(columns)))
        shares = shares_of(self, columns.problem, self.by_offer)
        Prices(1, self.steps).write(program, self.weight, load, shares)
