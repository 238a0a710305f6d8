"""When somebody can come: what their working life leaves, less their leave, within what they offer."""

import attrs

from civicvol import _fields
from civicvol.calendar.horizon import Horizon
from civicvol.calendar.pattern import Free, ShiftPattern
from civicvol.calendar.timespan import TimeSpan, difference, intersection

_spans = _fields.tuple_of(_fields.is_a(TimeSpan, "a TimeSpan"))


@attrs.frozen(kw_only=True)
class Availability:
    """The time somebody can give: free by their shift pattern, not away, and within the hours they offer.

    Args:
        pattern: the rhythm of their own working life; `Free()` leaves all time free.
        leave: when they are away or otherwise not to be asked (travel, illness, a family evening).
        offered: the only times they want to be asked for; None where they named none.
    """

    pattern: ShiftPattern = attrs.field(factory=Free, validator=_fields.is_a(ShiftPattern, "a ShiftPattern"))
    leave: tuple[TimeSpan, ...] = attrs.field(default=(), converter=_fields.as_tuple, validator=_spans)
    offered: tuple[TimeSpan, ...] | None = attrs.field(
        default=None, converter=attrs.converters.optional(_fields.as_tuple), validator=_fields.optional(_spans)
    )

    def free_spans(self, horizon: Horizon) -> tuple[TimeSpan, ...]:
        """Return the free time within a horizon, sorted and without overlaps."""
        return self.of_free(self.pattern.free_spans(horizon))

    def of_free(self, free: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
        """Return what leave and offer let stand of the time that the pattern leaves free."""
        if self.offered is not None:
            free = intersection(free, self.offered)
        if not free or not self.leave:
            return free
        begin, end = free[0].start_minute, free[-1].end_minute
        away = [each for each in self.leave if each.start_minute < end and begin < each.end_minute]
        return difference(free, away) if away else free
