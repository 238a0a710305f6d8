"""Fair nights: night duties are spread over all, those with none included."""

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
from civicvol.rostering.rules._fair import Load, Prices, shares_of
from civicvol.rostering.rules._night import NightRule
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class FairNights(NightRule):
    """Who has done many nights is asked last: each further night duty costs a person more than the one before.

    The first night costs nothing, the second 1, the third 2, and so on to a last step. Past ones count, so everybody's
    past sets where they begin; the amount is what the roster adds.

    Source: the patrols from midnight to dawn of Yijiang (2020); fair shares of nights and weekends are among the soft
    constraints that Burke and others list (The state of the art of nurse rostering, 2004).

    Args:
        weight: the cost of one unit: of raising somebody from one night to two.
        steps: how many times the price rises, at most 1,000.
        by_offer: whether more is asked of those who offer more: each person's prices are divided by the time they
            offer beside the mean, as in `FairShare`.

    >>> from civicvol.testing import try_rule
    >>> try_rule(FairNights(), "li 0 22-06, li 3 22-06, wu 4 22-06, wu 5 09-12")
    ['li has nights: 1 new, 1 before']
    """

    unit: ClassVar = Label("nights", "个夜班")
    sentence: ClassVar = Label(
        "{volunteer} has nights: {number} new, {before} before",
        "{volunteer}本期有{number}个夜班，此前{before}个夜班",
    )
    reason: ClassVar = Label("with their share of nights done", "已达公平夜班份额")
    family: ClassVar = Family.FAIRNESS

    weight: float = attrs.field(default=1.0, validator=weight_needed)
    steps: int = attrs.field(default=100, validator=_fields.whole(1, 1_000))
    by_offer: bool = attrs.field(default=False, validator=_fields.flag, metadata=COMPARES)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield what a volunteer's share of the nights costs."""
        nights = [duty for duty in duties if self.at_night(schedule.problem, duty)]
        before = sum(duty.past for duty in nights)
        number = len(nights) - before
        share = shares_of(self, schedule.problem, self.by_offer)[volunteer.id]
        amount = Prices(1, self.steps).rise(before, number) / share
        if amount:
            facts: Facts = {"volunteer": str(volunteer), "number": number, "before": before}
            yield self.violation(amount, facts, volunteers=(volunteer.id,), shifts=shift_ids(nights))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer: their nights are counted, each dearer than the one before."""
        load = Load.of(columns, self.on_nights(columns), np.ones(len(columns)))
        shares = shares_of(self, columns.problem, self.by_offer)
        Prices(1, self.steps).write(program, self.weight, load, shares)
