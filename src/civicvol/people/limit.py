"""How much in a period: what somebody is willing to do at the most, or would like to do."""

import attrs

from civicvol import _fields
from civicvol.calendar.period import Period
from civicvol.errors import InputError


@attrs.frozen(kw_only=True)
class Limit:
    """So many minutes, so many shifts or both in a period: a limit, or a goal.

    Raises:
        InputError: a field is wrong, or neither minutes nor shifts are given.
    """

    per: Period = attrs.field(validator=_fields.is_a(Period, "a Period"))
    minutes: int | None = attrs.field(default=None, validator=_fields.optional(_fields.whole()))
    shifts: int | None = attrs.field(default=None, validator=_fields.optional(_fields.whole(0, 100_000)))

    def __attrs_post_init__(self) -> None:
        if self.minutes is None and self.shifts is None:
            raise InputError.of("Limit.minutes", "or shifts must be given", value=None)
