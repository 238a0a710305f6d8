"""A small desk: three people, a gate and a tent in the north, in the week from Monday 2 March 2026 in Shanghai."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from civicvol import (
    Assignment,
    CoverRequirement,
    Horizon,
    Label,
    Position,
    Roster,
    RosterProblem,
    Shift,
    TimeSpan,
    Unit,
    UnitTree,
    Volunteer,
)
from civicvol.desk.book import RosterBook
from civicvol.desk.policy import DeskPolicy
from civicvol.desk.versions import Published
from civicvol.rostering.rules import Available, MaximumCover, NoOverlap

ZONE = ZoneInfo("Asia/Shanghai")


class Desk:
    """Makes a book and what happens to it; a moment is written as its day of March and its time, "3 09:00"."""

    def at(self, when):
        day, _, clock = when.partition(" ")
        return datetime.combine(date(2026, 3, 1) + timedelta(int(day) - 1), time.fromisoformat(clock), ZONE)

    def span(self, when):
        day, _, hours = when.partition(" ")
        start, _, end = hours.partition("-")
        return TimeSpan(self.at(f"{day} {start}"), self.at(f"{day} {end}"))

    def shift(self, id, when, **fields):
        lines = [CoverRequirement(label=Label("helper", "志愿者"), minimum=1, desired=2, maximum=2)]
        fields = {"position": id.partition("@")[0], "unit": "north", "cover": lines} | fields
        return Shift(id=id, span=self.span(when), **fields)

    def on(self, text):
        """Return the assignments of a text like "li:gate wu:tent/lead"."""
        parts = (part.replace("/", ":").split(":") for part in text.split())
        return [Assignment(volunteer=who, shift=shift, role=(*role, "helper")[0]) for who, shift, *role in parts]

    def problem(self, *shifts, **fields):
        known = {
            "horizon": Horizon(first_day=date(2026, 3, 2), last_day=date(2026, 3, 15), zone=ZONE),
            "volunteers": [Volunteer(id=id, name=id.capitalize()) for id in ("li", "wu", "an")],
            "positions": [
                Position(id="gate", label=Label("gate", "大门")), Position(id="tent", label=Label("tent", "帐篷")),
            ],
            "units": UnitTree([Unit(id="north", kind="community", label=Label("North", "北区"))]),
            "rules": [Available(), NoOverlap(), MaximumCover()],
        }  # fmt: skip
        shifts = shifts or (
            self.shift("gate", "3 09:00-12:00"),
            self.shift("tent", "3 11:00-14:00"),
            self.shift("gate@4", "4 09:00-12:00"),
        )
        return RosterProblem(shifts=shifts, **known | fields)

    def draft(self, text="", *shifts, **fields):
        """Return a book whose roster is a draft, run by the office."""
        policy = DeskPolicy(managers={"office"})
        return RosterBook(problem=self.problem(*shifts, **fields), draft=Roster(self.on(text)), policy=policy)

    def published(self, text="", *shifts, when="1 12:00", **fields):
        """Return a book whose roster is published."""
        return self.draft(text, *shifts, **fields).record(self.event(Published, when))

    def event(self, kind, when="1 12:00", by="office", **fields):
        return kind(at=self.at(when), by=by, **fields)


@pytest.fixture(scope="session")
def desk():
    return Desk()
