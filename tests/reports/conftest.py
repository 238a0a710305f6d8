"""A small roster whose figures can be reckoned by hand."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from civicvol import (
    Assignment,
    CoverRequirement,
    Horizon,
    Label,
    PastDuty,
    Position,
    Roster,
    RosterProblem,
    Shift,
    TimeSpan,
    Unit,
    UnitTree,
    Volunteer,
    default_rules,
)

ZONE = ZoneInfo("Asia/Shanghai")


def span(day, start, end):
    return TimeSpan.on(date(2026, 3, day), time.fromisoformat(start), time.fromisoformat(end), ZONE)


@pytest.fixture(scope="session")
def problem():
    return RosterProblem(
        horizon=Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 8), zone=ZONE, day_start=time(5)),
        volunteers=[
            Volunteer(id="li", name="李梅"),
            Volunteer(id="wang", name="王强"),
            Volunteer(id="zhang-1", name="张伟"),
            Volunteer(id="zhang-2", name="张伟"),
            Volunteer(id="idle"),
        ],
        shifts=[
            Shift(id="bins", position="gate", span=span(5, "07:00", "09:00"), unit="sanhua"),
            Shift(
                id="evening",
                position="gate",
                span=span(2, "18:30", "21:00"),
                unit="grid-2",
                cover=[
                    CoverRequirement(role="guide", minimum=1, desired=2),
                    CoverRequirement(role="helper", minimum=2),
                ],
            ),
            Shift(id="watch", position="night", span=span(2, "22:00", "06:00")),
            Shift(
                id="small hours",
                position="gate",
                span=TimeSpan(datetime(2026, 3, 3, 2, tzinfo=ZONE), datetime(2026, 3, 3, 4, tzinfo=ZONE)),
                cover=[CoverRequirement(minimum=0, desired=1)],
            ),
        ],
        positions=[
            Position(id="gate", label=Label("Gate", "门岗")),
            Position(id="unused", label="Unused"),
            Position(id="night", label=Label("Night watch", "夜巡")),
        ],
        units=UnitTree(
            [
                Unit(id="sanhua", kind="community", label=Label("Sanhua", "三华社区")),
                Unit(id="grid-2", kind="grid", label=Label("Grid 2", "第2网格"), parent="sanhua"),
            ]
        ),
        previous=[PastDuty(volunteer="wang", span=TimeSpan.on(date(2026, 2, 20), time(9), time(10), ZONE))],
        rules=default_rules(),
    )


@pytest.fixture(scope="session")
def roster():
    held = (
        ("li", "evening", "guide"),
        ("wang", "evening", "helper"),
        ("zhang-1", "watch", "helper"),
        ("zhang-2", "watch", "helper"),
        ("li", "bins", "helper"),
    )
    return Roster([Assignment(volunteer=volunteer, shift=shift, role=role) for volunteer, shift, role in held])
