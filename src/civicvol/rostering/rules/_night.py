"""What the rules share that ask how much of a duty lies in the night."""

from datetime import UTC, date, time, timedelta

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar.pattern import WorkHours
from civicvol.calendar.timespan import TimeSpan
from civicvol.rostering.arrays import Bools
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import VolunteerRule
from civicvol.rostering.schedule import Duty


def night_minutes(problem: RosterProblem, span: TimeSpan, night: WorkHours) -> int:
    """Return how many minutes of a span lie in the night, by the wall clock of the horizon's zone."""
    return problem.remembered(
        ("night", night, span.start_minute, span.end_minute), lambda: _reckoned(problem, span, night)
    )


def _reckoned(problem: RosterProblem, span: TimeSpan, night: WorkHours) -> int:
    zone = problem.horizon.zone
    ends = span.start, span.end.astimezone(UTC) - timedelta(minutes=1)
    first, last = (instant.astimezone(zone).date().toordinal() for instant in ends)
    nights = (night.span_on(date.fromordinal(day), zone) for day in range(first - 1, last + 1))
    together = (each.intersection(span) for each in nights if each is not None)
    return sum(each.minutes for each in together if each is not None)


def night_columns(columns: Columns, night: WorkHours, least: int) -> Bools:
    """Return which columns have at least so many minutes in the night."""
    problem = columns.problem
    of_shifts, of_past = (
        np.array([night_minutes(problem, each.span, night) >= least for each in members], dtype=bool)
        for members in (problem.shifts, problem.previous)
    )
    return np.concatenate([of_shifts[columns.shift[: columns.count]], of_past])


@attrs.frozen(kw_only=True)
class NightRule(VolunteerRule):
    """A rule on the night duties of one person over time.

    By default the night is from ten to six and three hours in it make a night duty, as for the night worker of
    Directive 2003/88/EC, art. 2 (3) and (4).

    Args:
        night_start: when the night begins, wall clock in the horizon's zone.
        night_end: when it ends; not after its start means the next morning.
        minutes_at_night: how many minutes in the night make a duty a night duty.
    """

    night_start: time = attrs.field(default=time(22), validator=_fields.wall_time)
    night_end: time = attrs.field(default=time(6), validator=_fields.wall_time)
    minutes_at_night: int = attrs.field(default=180, validator=_fields.whole(1))

    @property
    def night(self) -> WorkHours:
        """The hours of the night."""
        return WorkHours(self.night_start, self.night_end)

    def at_night(self, problem: RosterProblem, duty: Duty) -> bool:
        """Return whether a duty is a night duty."""
        return night_minutes(problem, duty.span, self.night) >= self.minutes_at_night

    def on_nights(self, columns: Columns) -> Bools:
        """Return which columns are night duties that the rule looks at."""
        return self.within(columns) & night_columns(columns, self.night, self.minutes_at_night)
