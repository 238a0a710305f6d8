"""Shift-on requests: who asks to be at a position on a day is."""

from typing import ClassVar

import attrs

from civicvol.labels import Label
from civicvol.rostering.request import RequestKind
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._requests import OnRequests


@attrs.frozen(kw_only=True)
class ShiftOnRequests(OnRequests):
    """Who asked to be at a position on a day has a duty at it.

    The amount is the importance of each request that is not met. A duty is on the day it begins.

    Source: the International Nurse Rostering Competition (2010) and the instances of Curtois and Qu (2014), both with a
    weight for each request.

    >>> from datetime import date
    >>> from civicvol.rostering import Request
    >>> from civicvol.testing import try_rule
    >>> asked = [Request(volunteer="li", day=date(2026, 3, 8), kind="shift on", position="gate")]
    >>> try_rule(ShiftOnRequests(), "li 8 18-22 tent, wu 8 09-12 gate", requests=asked)
    ['li asked to be at gate on 2026-03-08, and is not']
    """

    kind: ClassVar = RequestKind.SHIFT_ON
    unit: ClassVar = Label("requests", "项请求")
    sentence: ClassVar = Label(
        "{volunteer} asked to be at {position} on {day}, and is not", "{volunteer}希望{day}排在{position}，却未排上"
    )
    reason: ClassVar = Label("have asked for another shift", "希望排其他班次")
    family: ClassVar = Family.WISHES
