"""Day-off requests: who asks for a day off has it."""

from typing import ClassVar

import attrs

from civicvol.labels import Label
from civicvol.rostering.request import RequestKind
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._requests import OffRequests


@attrs.frozen(kw_only=True)
class DayOffRequests(OffRequests):
    """Nobody serves on a day on which they asked to be off.

    The amount is the importance of the request, for each assignment on that day. A duty is on the day it begins.

    Source: the International Nurse Rostering Competition (2010), `DayOffRequests`.

    >>> from datetime import date
    >>> from civicvol.rostering import Request
    >>> from civicvol.testing import try_rule
    >>> asked = [Request(volunteer="li", day=date(2026, 3, 8), kind="day off", importance=3)]
    >>> try_rule(DayOffRequests(), "li 7 18-22, li 8 09-12", requests=asked)
    ['li asked for 2026-03-08 off, and is at post, Sun 8 Mar 2026 09:00–12:00']
    """

    kind: ClassVar = RequestKind.DAY_OFF
    unit: ClassVar = Label("requests", "项请求")
    sentence: ClassVar = Label(
        "{volunteer} asked for {day} off, and is at {shift}", "{volunteer}希望{day}休息，却排在{shift}"
    )
    reason: ClassVar = Label("have asked for that day off", "希望当日休息")
    family: ClassVar = Family.WISHES
