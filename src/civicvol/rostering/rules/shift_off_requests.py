"""Shift-off requests: who asks not to be at a position on a day is not."""

from typing import ClassVar

import attrs

from civicvol.labels import Label
from civicvol.rostering.request import RequestKind
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._requests import OffRequests


@attrs.frozen(kw_only=True)
class ShiftOffRequests(OffRequests):
    """Nobody is at a position on a day on which they asked not to be at it.

    The amount is the importance of the request, for each assignment at that position on that day.

    Source: the International Nurse Rostering Competition (2010) and the instances of Curtois and Qu (2014), both with a
    weight for each request.

    >>> from datetime import date
    >>> from civicvol.rostering import Request
    >>> from civicvol.testing import try_rule
    >>> asked = [Request(volunteer="li", day=date(2026, 3, 8), kind="shift off", position="gate")]
    >>> try_rule(ShiftOffRequests(), "li 8 09-12 gate, li 8 18-22 tent", requests=asked)
    ['li asked not to be at gate on 2026-03-08, and is at gate, Sun 8 Mar 2026 09:00–12:00']
    """

    kind: ClassVar = RequestKind.SHIFT_OFF
    unit: ClassVar = Label("requests", "项请求")
    sentence: ClassVar = Label(
        "{volunteer} asked not to be at {position} on {day}, and is at {shift}",
        "{volunteer}希望{day}不排{position}，却排在{shift}",
    )
    reason: ClassVar = Label("have asked not to be there that day", "希望当日不排此岗")
    family: ClassVar = Family.WISHES
