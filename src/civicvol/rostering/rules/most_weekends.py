"""Most weekends: nobody works on more than so many of them."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import groups
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Violation
from civicvol.rostering.rules._weekend import WeekendRule
from civicvol.rostering.schedule import Duty, Schedule, shift_ids


def _wrong_period(value: Any) -> str | None:
    known = isinstance(value, Period) and value in (Period.MONTH, Period.HORIZON)
    return None if known else "must be Period.MONTH or Period.HORIZON"


@attrs.frozen(kw_only=True)
class MostWeekends(WeekendRule):
    """Nobody works on more than so many weekends of a month or of the horizon.

    The amount is the number of weekends too many. A weekend is worked when there is a duty on any of its days, and is
    of the month in which it begins. Past duties count for a month, unless they alone are too many, and not for the
    horizon.
    Source: "maximum number of weekends" of Curtois and Qu, Computational results on new staff scheduling benchmark
    instances, 2014.

    Args:
        weekends: the most weekends.
        per: of what: a month or the horizon.

    >>> from civicvol.testing import try_rule
    >>> try_rule(MostWeekends(weekends=1), "li 7 09-12, li 8 09-12, li 15 09-12")
    ['li works on 2 weekends in all, 1 over 1']
    """

    unit: ClassVar = Label("weekends", "个周末")
    sentence: ClassVar = Label(
        "{volunteer} works on {total} weekends {period}, {amount:.0f} over {limit}",
        "{volunteer}在{period}有{total}个周末服务，比上限{limit}个多{amount:.0f}个",
    )
    reason: ClassVar = Label("with too many weekends", "周末服务过多")
    family: ClassVar = Family.TIME

    weekends: int = attrs.field(default=2, validator=_fields.whole(0, 200))
    per: Period = attrs.field(default=Period.HORIZON, validator=_fields.Check(_wrong_period))

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the periods in which a volunteer works on too many weekends."""
        counted = [duty for duty in duties if not (duty.past and self.per is Period.HORIZON)]
        periods: defaultdict[int, list[list[Duty]]] = defaultdict(list)
        for number, of_weekend in self.weekends_of(counted).items():
            periods[self._period(number)].append(of_weekend)
        for weekends in periods.values():
            before = sum(any(duty.past for duty in of_weekend) for of_weekend in weekends)
            over = len(weekends) - max(self.weekends, before)
            if over > 0:
                begun = self.first_day(self.number(weekends[0][0].day.toordinal()) or 0)
                name = self.per.name_of(begun)
                facts: Facts = {
                    "volunteer": str(volunteer),
                    "total": len(weekends),
                    "limit": self.weekends,
                    "period": Label(f"in {name or 'all'}", name or "全期"),
                }
                shifts = shift_ids(duty for of_weekend in weekends for duty in of_weekend)
                yield self.violation(over, facts, volunteers=(volunteer.id,), shifts=shifts)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each volunteer and period in which they might work on too many weekends."""
        counted, number = self.on_weekends(columns)
        if self.per is Period.HORIZON:
            counted &= ~columns.past
        cells = self.worked_weekends(columns, program, counted, number)
        period = np.array([self._period(each) for each in cells.time.tolist()], dtype=np.int64)
        row, first = groups(period, cells.volunteer)
        program.at_most(row, cells.column, 1.0, np.full(len(first), self.weekends), self.weight)

    def _period(self, number: int) -> int:
        return self.per.key(self.first_day(number))
