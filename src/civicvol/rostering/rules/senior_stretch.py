"""Senior stretch: the old have short stretches."""

from collections.abc import Iterator
from typing import ClassVar

import attrs

from civicvol import _fields
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Family, Stage, Violation
from civicvol.rostering.rules._age import ages_of_columns
from civicvol.rostering.rules._stretch import StretchRule
from civicvol.rostering.schedule import Duty, Schedule


@attrs.frozen(kw_only=True)
class SeniorStretch(StretchRule):
    """From an age on, nobody works longer than so many minutes at a stretch.

    From the beginning of each of their duties a window is looked at that is as long as the stretch and a break, and no
    more than the stretch may be worked in it. The amount is the number of minutes over, summed over the windows.

    Source: a veteran of 71 on duty for twelve hours (Lanzhou, 2021).

    Args:
        minutes: the longest stretch.
        from_age: age in full years from which it applies; reckoned on the day the duty counts for.
        break_minutes: how much of each window is rest, in one piece or in several.

    >>> from datetime import date
    >>> from civicvol import Volunteer
    >>> from civicvol.testing import try_rule
    >>> li = Volunteer(id="li", birth_date=date(1955, 5, 1))
    >>> try_rule(SeniorStretch(minutes=240), "li 7 09-12, li 7 12-14", people=[li])
    ['li is 70 and does 270 of 270 minutes, 30 over 240 at a stretch']
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} is {age} and does {total} of {window} minutes, {amount} over {limit} at a stretch",
        "{volunteer}{age}岁，{window}分钟内服务{total}分钟，超出连续{limit}分钟上限{amount}分钟",
    )
    reason: ClassVar = Label("too long at a stretch for seniors", "年长者连续时间过长")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.RESTED

    minutes: int = attrs.field(default=240, validator=_fields.whole(1))
    from_age: int = attrs.field(default=65, validator=_fields.whole(0, 150))

    def limits(self, problem: RosterProblem) -> tuple[int]:
        """Return the one limit that there is."""
        return (self.minutes,)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the windows in which a volunteer old enough works longer than the limit."""
        # Nobody grows younger.
        if duties and self.counts(schedule.problem, volunteer, duties[-1], self.minutes):
            yield from super().check_duties(schedule, volunteer, duties)

    def counts(self, problem: RosterProblem, volunteer: Volunteer, duty: Duty, limit: int) -> bool:
        """Return whether the volunteer is old enough on the day the duty counts for."""
        age = volunteer.age_on(duty.day)
        return age is not None and age >= self.from_age

    def counted(self, columns: Columns, limit: int) -> Bools:
        """Return the same for all columns."""
        return ages_of_columns(columns) >= self.from_age

    def facts(self, volunteer: Volunteer, duties: list[Duty]) -> dict[str, str | int | float]:
        """Return the volunteer's age."""
        return {"age": volunteer.age_on(duties[0].day) or 0}
