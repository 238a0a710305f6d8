"""Day-on requests: who asks to serve on a day does."""

from typing import ClassVar

import attrs

from civicvol.labels import Label
from civicvol.rostering.request import RequestKind
from civicvol.rostering.rule import Family
from civicvol.rostering.rules._requests import OnRequests


@attrs.frozen(kw_only=True)
class DayOnRequests(OnRequests):
    """Who asked to serve on a day has a duty on it.

    The amount is the importance of each request that is not met. A duty is on the day it begins.

    Source: the International Nurse Rostering Competition (2010), `DayOnRequests`.

    >>> from datetime import date
    >>> from civicvol.rostering import Request
    >>> from civicvol.testing import try_rule
    >>> asked = [Request(volunteer="li", day=date(2026, 3, day), kind="day on") for day in (7, 8)]
    >>> try_rule(DayOnRequests(), "li 7 18-22", requests=asked)
    ['li asked to serve on 2026-03-08, and does not']
    """

    kind: ClassVar = RequestKind.DAY_ON
    unit: ClassVar = Label("requests", "项请求")
    sentence: ClassVar = Label(
        "{volunteer} asked to serve on {day}, and does not", "{volunteer}希望{day}服务，却未排班"
    )
    reason: ClassVar = Label("have asked for another day", "希望在其他日子服务")
    family: ClassVar = Family.WISHES
