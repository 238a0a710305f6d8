"""Past duties: what volunteers did before the horizon."""

import attrs

from civicvol import _fields
from civicvol.calendar.timespan import TimeSpan


@attrs.frozen(kw_only=True)
class PastDuty:
    """Something a volunteer did before the horizon; it counts for rest, for running limits and for a fair share.

    Args:
        volunteer: id of the volunteer.
        span: when it was; it begins before the horizon does.
        position: id of the position, where known.
        unit: id of the unit it was in, where known.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    span: TimeSpan = attrs.field(validator=_fields.is_a(TimeSpan, "a TimeSpan"))
    position: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    unit: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
