"""The rhythm of a community: spans of time, horizons, cadences and the patterns of working life."""

from civicvol.calendar.cadence import Cadence
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import Free, Recurring, Rotation, ShiftPattern, StaggeredRest, Weekly, WorkHours
from civicvol.calendar.period import Period
from civicvol.calendar.timespan import TimeSpan, difference, intersection, total_minutes, union

__all__ = [
    "Cadence",
    "Free",
    "Horizon",
    "Period",
    "Recurring",
    "Rotation",
    "ShiftPattern",
    "StaggeredRest",
    "TimeSpan",
    "Weekly",
    "WorkHours",
    "difference",
    "intersection",
    "total_minutes",
    "union",
]
