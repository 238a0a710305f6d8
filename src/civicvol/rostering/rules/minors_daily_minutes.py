"""Minors' daily minutes: the young have short days."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.rule import Family, Violation
from civicvol.rostering.rules._age import ages_of_columns
from civicvol.rostering.rules._most import MostRule
from civicvol.rostering.schedule import Duty, Schedule


@attrs.frozen(kw_only=True)
class MinorsDailyMinutes(MostRule):
    """Volunteers under age do no more than so many minutes a day. The amount is the number of minutes over.

    Source: daily caps for minors, asked for in engelsystem#1625; Directive 94/33/EC, art. 8, caps the day of working
    adolescents at eight hours.

    Args:
        minutes: the most minutes in a day.
        under: age in full years from which the limit is lifted; reckoned on the day the duty counts for.

    >>> from datetime import date
    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", birth_date=date(2010, 5, 1))
    >>> try_rule(MinorsDailyMinutes(minutes=240), "li 7 09-12, li 7 14-17", people=[li])
    ['li is under age and does 360 minutes on 2026-03-07, 120 over 240']
    """

    in_minutes: ClassVar = True
    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} is under age and does {total} minutes {period}, {amount} over {limit}",
        "{volunteer}未成年，{period}服务{total}分钟，超出{limit}分钟上限{amount}分钟",
    )
    reason: ClassVar = Label("under age with too long a day", "未成年且当日时间过长")
    family: ClassVar = Family.TIME

    minutes: int = attrs.field(default=240, validator=_fields.whole())
    under: int = attrs.field(default=18, validator=_fields.whole(1, 120))

    def limits(self, volunteer: Volunteer) -> tuple[tuple[Period, int], ...]:
        """Return the one limit; which duties count for it depends on the age."""
        return ((Period.DAY, self.minutes),)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the days on which a volunteer under age does more than the limit."""
        # Nobody grows younger.
        if duties and self.counts(volunteer, duties[0]):
            yield from super().check_duties(schedule, volunteer, duties)

    def counts(self, volunteer: Volunteer, duty: Duty) -> bool:
        """Return whether the volunteer is under age on the day the duty counts for."""
        age = volunteer.age_on(duty.day)
        return age is not None and age < self.under

    def counted(self, columns: Columns) -> Bools:
        """Return the same for all columns."""
        return ages_of_columns(columns) < self.under
