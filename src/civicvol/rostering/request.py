"""Requests: what people ask for on single days of the horizon."""

from datetime import date
from typing import Any

import attrs

from civicvol import _fields
from civicvol.errors import InputError
from civicvol.labels import Choice


class RequestKind(Choice):
    """What is asked for."""

    DAY_OFF = "day off", "希望休息"
    DAY_ON = "day on", "希望服务"
    SHIFT_OFF = "shift off", "希望不排此岗"
    SHIFT_ON = "shift on", "希望排此岗"

    @property
    def of_shift(self) -> bool:
        """Whether it is about the shifts of one position."""
        return self in {RequestKind.SHIFT_OFF, RequestKind.SHIFT_ON}


def as_kind(value: Any) -> Any:
    """Turn the name of a kind of request into the kind; leave anything else as it is."""
    return RequestKind.named(value)


@attrs.frozen(kw_only=True)
class Request:
    """What somebody asks for on a day: to be off or on duty, at all or at one position.

    A request is a wish. What cannot be is leave, and belongs to the volunteer's availability.

    Args:
        volunteer: id of the volunteer.
        day: the day that duties count for.
        kind: a `RequestKind`, or its name.
        position: id of the position that a request for a shift names; None for a request for a day.
        importance: how much it counts beside other requests, from 0.001 to a million.

    Raises:
        InputError: a field is wrong, or a position is missing or given where none belongs.
    """

    volunteer: str = attrs.field(validator=_fields.identifier)
    day: date = attrs.field(validator=_fields.day)
    kind: RequestKind = attrs.field(
        converter=as_kind, validator=_fields.is_a(RequestKind, "a kind of request, like 'day off'")
    )
    position: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    importance: float = attrs.field(default=1.0, validator=_fields.importance)

    def __attrs_post_init__(self) -> None:
        if self.kind.of_shift and self.position is None:
            raise InputError.of("Request.position", f"must be given for a {self.kind}", id=self.volunteer)
        if not self.kind.of_shift and self.position is not None:
            message = f"must not be given for a {self.kind}"
            raise InputError.of("Request.position", message, id=self.volunteer, value=self.position)
