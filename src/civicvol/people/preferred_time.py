"""Preferred times: the days and hours at which somebody likes to serve."""

from datetime import time, timedelta

import attrs

from civicvol import _fields
from civicvol.calendar.cadence import Cadence
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import WorkHours
from civicvol.calendar.timespan import TimeSpan

_WHOLE_DAY = WorkHours(time(0), time(0))


@attrs.frozen(kw_only=True)
class PreferredTime:
    """Days that recur, and the hours of each: Wednesday evenings, the first and third Saturday of the month.

    Args:
        cadence: the days.
        hours: the hours on each, wall clock; the whole day where not given.

    >>> from datetime import date
    >>> first_saturday = PreferredTime(cadence=Cadence.monthly(date(2026, 1, 1), nth=1, weekday="SA"))
    >>> month = Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), zone="Asia/Shanghai")
    >>> [str(span.start.date()) for span in first_saturday.spans(month)]
    ['2026-03-07']
    """

    cadence: Cadence = attrs.field(validator=_fields.is_a(Cadence, "a Cadence"))
    hours: WorkHours = attrs.field(default=_WHOLE_DAY, validator=_fields.is_a(WorkHours, "a WorkHours"))

    def spans(self, horizon: Horizon) -> tuple[TimeSpan, ...]:
        """Return the spans that reach into a horizon, in order.

        Raises:
            InputError: `horizon` is no Horizon.
        """
        _fields.require(horizon=(horizon, _fields.is_a(Horizon, "a Horizon")))
        window = horizon.span
        days = self.cadence.dates(window.start.date() - timedelta(days=1), window.end.date())
        spans = (self.hours.span_on(day, horizon.zone) for day in days)
        return tuple(span for span in spans if span is not None and span.overlaps(window))
