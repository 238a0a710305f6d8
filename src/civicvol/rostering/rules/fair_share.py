"""Fair share: the work is spread over all, those with none included."""

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
class FairShare(VolunteerRule):
    """Who has done much is asked last: each further piece of work of one person costs more than the one before.

    A volunteer's minutes, past duties included, are cut into pieces; a minute of the first piece costs nothing, one of
    the second 1 / piece, of the third 2 / piece, and so on up to a last step. The amount is what the roster adds to
    that, so everybody's past sets where they begin. The sum is least where the work is spread evenly over all who can
    do it. The last step keeps people with a long record from being dearer than a place left open: with the default
    weights, shifts of up to 19 hours are filled to the desired number, and of up to 199 hours to the minimum, by
    whoever can come.

    With `by_offer`, each person's prices are divided by their share: the time they offer beside the mean. So who
    offers twice as much is asked for twice as much. The offer is the time in which there is work and they are free, or
    what their own limits and goals come to over the horizon, where that is less; a share is at least a tenth.

    Source: a rising price is the square of the load in steps, by which OptaPlanner's manual spreads work fairly; the
    groups of users who book shifts by quota want the same of new and old helpers (engelsystem#746).

    Args:
        weight: the cost of one unit: of raising somebody from one full piece to two.
        piece: the length of a piece in minutes, at least 15. A length that divides those of the shifts makes problems
            far easier.
        steps: how many times the price rises, at most 1,000; 100 steps of two hours are 200 hours.
        by_offer: whether more is asked of those who offer more.

    >>> from civicvol.testing import try_rule
    >>> try_rule(FairShare(), "li 3 09-12, li 4 09-12, wu 5 09-11")
    ['li has 360 minutes, after 0 before']
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
    by_offer: bool = attrs.field(default=False, validator=_fields.flag, metadata=COMPARES)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield what a volunteer's share of the work costs."""
        before = sum(duty.minutes for duty in duties if duty.past)
        minutes = sum(duty.minutes for duty in duties if not duty.past)
        share = shares_of(self, schedule.problem, self.by_offer)[volunteer.id]
        amount = Prices(self.piece, self.steps).rise(before, minutes) / share
        if amount:
            facts: Facts = {"volunteer": str(volunteer), "minutes": minutes, "before": before}
            yield self.violation(amount, facts, volunteers=(volunteer.id,), shifts=shift_ids(duties))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer: their minutes fill pieces of rising cost."""
        load = Load.of(columns, self.within(columns), columns.minutes.astype(np.float64))
        shares = shares_of(self, columns.problem, self.by_offer)
        Prices(self.piece, self.steps).write(program, self.weight, load, shares)
