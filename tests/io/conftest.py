"""A small problem with an answer to write, read and show."""

from datetime import date, time

import pytest

import civicvol
from civicvol import (
    Assignment,
    Availability,
    CoverRequirement,
    Horizon,
    Label,
    Limit,
    PastDuty,
    Position,
    Qualification,
    RosterProblem,
    Rotation,
    Shift,
    SkillTag,
    TimeSpan,
    Travel,
    Unit,
    UnitTree,
    Volunteer,
    default_rules,
)
from civicvol.calendar import Period


def span(day, start, end):
    return TimeSpan.on(date(2026, 3, day), time.fromisoformat(start), time.fromisoformat(end), "Asia/Shanghai")


@pytest.fixture(scope="session")
def problem():
    return RosterProblem(
        horizon=Horizon(
            first_day=date(2026, 2, 27), last_day=date(2026, 3, 3), zone="Asia/Shanghai", day_start=time(5)
        ),
        volunteers=[
            Volunteer(
                id="li",
                name="李梅",
                birth_date=date(1985, 2, 11),
                home="grid-2",
                qualifications=[Qualification(skill="sampling", level=2, valid_until=date(2026, 12, 31))],
                availability=Availability(pattern=Rotation(anchor=date(2026, 3, 2)), leave=[span(3, "08:00", "09:00")]),
                preferences=["gate"],
                limits=[Limit(per=Period.WEEK, minutes=600)],
                affiliations={"school", "band"},
            ),
            Volunteer(id="wang", name="<王 & 强>", serves={"sanhua"}),
        ],
        shifts=[
            Shift(
                id="gate-1",
                position="gate",
                span=span(1, "18:30", "21:00"),
                unit="grid-2",
                cover=[
                    CoverRequirement(role="sampler", all_of=["sampling"]),
                    CoverRequirement(role="helper", minimum=2, desired=3),
                ],
            ),
            Shift(
                id="watch-1",
                position="watch",
                span=span(1, "22:00", "02:00"),
                cover=[CoverRequirement(minimum=0, desired=1)],
            ),
        ],
        positions=[Position(id="gate", label=Label("Gate", "门岗")), Position(id="watch", label="=Night watch")],
        skills=[SkillTag(id="sampling")],
        units=UnitTree(
            [
                Unit(id="sanhua", kind="community", label=Label("Sanhua", "三华社区")),
                Unit(id="grid-2", kind="grid", label=Label("Grid 2", "第2网格"), parent="sanhua"),
            ]
        ),
        travel=Travel(within={"grid": 5}, elsewhere=30),
        rules=default_rules(),
        pinned=[Assignment(volunteer="wang", shift="watch-1")],
        previous=[PastDuty(volunteer="wang", span=TimeSpan.on(date(2026, 2, 20), time(9), time(10), "Asia/Shanghai"))],
    )


@pytest.fixture(scope="session")
def result(problem):
    return civicvol.solve(problem)
