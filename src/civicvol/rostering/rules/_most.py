"""What the rules share that limit how much one person does in a period."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator

import attrs
import numpy as np

from civicvol.calendar.period import Period
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, groups
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Violation
from civicvol.rostering.rules._sums import SumRule, period_name
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


@attrs.frozen(kw_only=True)
class MostRule(SumRule):
    """A limit on what one volunteer does in each day, week, month or horizon.

    Past duties of the same period count; where they alone exceed the limit, the amount is what comes on top of them.
    The horizon's own limit counts no past duties.
    """

    @abstractmethod
    def limits(self, volunteer: Volunteer) -> Iterable[tuple[Period, int]]:
        """Return the periods in which the volunteer is limited, and to how much."""

    def counted(self, columns: Columns) -> Bools:
        """Return which columns count towards the limit."""
        return np.ones(len(columns), dtype=bool)

    def counts(self, volunteer: Volunteer, duty: Duty) -> bool:
        """Return the same for one duty of a volunteer."""
        return True

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the periods in which a volunteer does more than the limit."""
        for per, limit in self.limits(volunteer):
            # Who does no more than that in all, does no more in any period.
            if self.total(duties) <= limit:
                continue
            periods: defaultdict[int, list[Duty]] = defaultdict(list)
            for duty in duties:
                if self.counts(volunteer, duty) and not (duty.past and per is Period.HORIZON):
                    periods[per.key(duty.day)].append(duty)
            for of_period in periods.values():
                yield from self._over(volunteer, per, limit, of_period)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer and period in which they might exceed their limit."""
        stated = [dict(self.limits(volunteer)) for volunteer in columns.problem.volunteers]
        for per in dict.fromkeys(per for limits in stated for per in limits):
            limit = columns.of_volunteers(limits.get(per, np.inf) for limits in stated)
            counted = self.within(columns) & self.counted(columns) & np.isfinite(limit)
            if per is Period.HORIZON:
                counted &= ~columns.past
            entries = np.flatnonzero(counted)
            row, first = groups(columns.volunteer[entries], columns.period(per)[entries])
            program.at_most(row, entries, self.values(columns)[entries], limit[entries[first]], self.weight)

    def _over(self, volunteer: Volunteer, per: Period, limit: int, duties: list[Duty]) -> Iterator[Violation]:
        total = self.total(duties)
        before = self.total([duty for duty in duties if duty.past])
        if total > max(limit, before):
            period = period_name(per, duties[0].day)
            facts: Facts = {"volunteer": str(volunteer), "total": total, "limit": limit, "period": period}
            over = total - max(limit, before)
            yield self.violation(over, facts, volunteers=(volunteer.id,), shifts=shift_ids(duties))
