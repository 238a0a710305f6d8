"""The work of a generated district: the positions, and what recurs in an area by its size."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

import attrs

from civicvol.calendar.cadence import Cadence
from civicvol.datasets import _posts
from civicvol.datasets._areas import Area
from civicvol.datasets._posts import template
from civicvol.duties.position import Position
from civicvol.duties.shift import CoverRequirement, ShiftTemplate
from civicvol.labels import Label
from civicvol.people.skill import SkillNeed

_BY_DAY, _BY_NIGHT = (6, 10, 14, 18), (22, 2)
_TURN_HOURS = 4

SKILLS = tuple(
    attrs.evolve(tag, implies=tag.implies - {"protection"}) for tag in _posts.SKILLS if tag.id != "protection"
)
"""The seven skills that the work asks for."""

_OF_NEIGHBOURHOODS = {position.id: position for position in _posts.POSITIONS}

POSITIONS = (
    Position(
        id="gate",
        label=Label("gate", "门岗"),
        steps=("take over the book", "ask visitors where to", "enter them", "hand over the book"),
    ),
    Position(
        id="night-watch",
        label=Label("night watch", "夜间值守"),
        steps=("take over the book", "walk round every hour", "hand over the book"),
        minimum_age=18,
    ),
    _OF_NEIGHBOURHOODS["waste-sorting"],
    attrs.evolve(_OF_NEIGHBOURHOODS["sampling"], needs=[SkillNeed(skill="sampling", level=2)]),
    _OF_NEIGHBOURHOODS["registration"],
    _OF_NEIGHBOURHOODS["order-keeping"],
    Position(id="fair", label=Label("fair", "便民集市"), steps=("put up the stalls", "serve", "clear away")),
    Position(
        id="lecture",
        label=Label("health lecture", "健康讲座"),
        steps=("set out the chairs", "speak", "answer questions"),
    ),
)


class Services:
    """What recurs in the areas of a district; its cadences are made once.

    Args:
        first_day: the day from which it recurs; the first screening evening is two days later.
    """

    def __init__(self, first_day: date) -> None:
        self._daily = Cadence.daily(first_day)
        self._every_third_day = Cadence.daily(first_day + timedelta(days=2), every=3)
        self._saturdays = Cadence.weekly(first_day, "SA")
        self._wednesdays = Cadence.weekly(first_day, "WE")

    def of_area(self, area: Area) -> Iterator[ShiftTemplate]:
        """Yield the work of an area."""
        yield from self._guard(area)
        yield from self._waste_sorting(area)
        yield from self._screening(area)
        yield from self._fair(area)
        yield self._lecture(area)

    def _guard(self, area: Area) -> Iterator[ShiftTemplate]:
        """Yield six turns round the clock; at night they are fewer, and nobody registers visitors."""
        keeper = _line("gatekeeper", "门岗员", 1.5 * area.size, all_of=["order-keeping"])
        clerk = _line("clerk", "登记员", area.size, all_of=["registration"])
        watch = _line("watch", "值守员", area.size, all_of=["order-keeping"])
        for hour in _BY_DAY:
            yield template("gate", self._daily, _hours(hour, _TURN_HOURS), area.id, keeper, clerk)
        for hour in _BY_NIGHT:
            yield template("night-watch", self._daily, _hours(hour, _TURN_HOURS), area.id, watch)

    def _waste_sorting(self, area: Area) -> Iterator[ShiftTemplate]:
        """Yield the morning and the evening at one, two or three collection points."""
        points = _whole(2 * area.size, most=3)
        supervisor = _line("supervisor", "督导员", 4 * area.size / points, any_of=["persuasion", "publicity"])
        for grid in area.grids[:points]:
            for hour in (7, 18):
                yield template("waste-sorting", self._daily, _hours(hour, 2), grid, supervisor)

    def _screening(self, area: Area) -> Iterator[ShiftTemplate]:
        """Yield every third evening, at up to four stations."""
        stations = _whole(2 * area.size, most=4)
        share = area.size / stations
        sampler = _line("sampler", "采样员", 6 * share)
        clerk = _line("clerk", "登记员", 8 * share, all_of=["registration"])
        steward = _line("steward", "秩序员", 12 * share, any_of=["order-keeping", "persuasion"])
        first_aider = _line("first-aider", "急救员", 1, all_of=["first-aid"])
        evening = time(18, 30), time(20, 30)
        for grid in area.grids[:stations]:
            yield template("sampling", self._every_third_day, evening, grid, sampler)
            yield template("registration", self._every_third_day, evening, grid, clerk)
            yield template("order-keeping", self._every_third_day, evening, grid, steward, first_aider)

    def _fair(self, area: Area) -> Iterator[ShiftTemplate]:
        """Yield both halves of Saturday's fair."""
        stalls = (
            _line("speaker", "宣传员", 2 * area.size, all_of=["publicity"]),
            _line("mediator", "调解员", area.size, all_of=["persuasion"]),
            _line("first-aider", "急救员", area.size, all_of=["first-aid"]),
            _line("helper", "帮手", 6 * area.size),
        )
        for hour in (10, 12):
            yield template("fair", self._saturdays, _hours(hour, 2), area.id, *stalls)

    def _lecture(self, area: Area) -> ShiftTemplate:
        """Return Wednesday's lecture."""
        speaker = _line("speaker", "主讲人", 1, all_of=["nursing"])
        host = _line("host", "主持人", 2 * area.size, any_of=["publicity", "registration"])
        return template("lecture", self._wednesdays, _hours(19, 2), area.id, speaker, host)


def _hours(start: int, length: int) -> tuple[time, time]:
    return time(start), time((start + length) % 24)


def _line(
    role: str, chinese: str, desired: float, *, all_of: Sequence[str] = (), any_of: Sequence[str] = ()
) -> CoverRequirement:
    """Return a role line; it can do with half of those that it should have."""
    people = _whole(desired)
    return CoverRequirement(
        role=role,
        label=Label(role, chinese),
        all_of=all_of,
        any_of=any_of,
        minimum=(people + 1) // 2,
        desired=people,
    )


def _whole(number: float, most: int = 1_000) -> int:
    """Return a whole number of at least one; the half rounds up."""
    return min(max(int(number + 0.5), 1), most)
