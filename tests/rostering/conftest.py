"""Small problems in one line: two weeks in Berlin, from Monday 23 March to Sunday 5 April 2026.

The clocks go forward on Sunday 29 March. A time is written as its day and hours, "24 22:00-06:00"; days above 5 are in
March. A roster is written as its assignments, "li:gate wu:gate/lead".
"""

from datetime import date, time

import attrs
import pytest

from civicvol import (
    Assignment,
    Availability,
    CoverRequirement,
    Horizon,
    PastDuty,
    Position,
    Qualification,
    Roster,
    RosterProblem,
    Shift,
    SkillTag,
    TimeSpan,
    Volunteer,
    check,
    rules,
    solve,
)
from civicvol.rostering.rules import MinimumCover
from civicvol.testing import assert_two_sided

ZONE = "Europe/Berlin"
FIRST_DAY, LAST_DAY = date(2026, 3, 23), date(2026, 4, 5)


class Make:
    """Makes values, problems and rosters from short texts."""

    def day(self, number):
        return date(2026, 3 if number > LAST_DAY.day else 4, number)

    def horizon(self, day_start="00:00"):
        return Horizon(first_day=FIRST_DAY, last_day=LAST_DAY, zone=ZONE, day_start=time.fromisoformat(day_start))

    def span(self, when):
        day, _, hours = when.partition(" ")
        start, end = map(time.fromisoformat, hours.split("-"))
        return TimeSpan.on(self.day(int(day)), start, end, ZONE)

    def person(self, id="li", **fields):
        return Volunteer(id=id, **fields)

    def shift(self, id, when, position="post", **fields):
        return Shift(id=id, position=position, span=self.span(when), **fields)

    def past(self, when, volunteer="li", **fields):
        return PastDuty(volunteer=volunteer, span=self.span(when), **fields)

    def problem(self, *members, rules=(), day_start="00:00", **fields):
        """Sort members by what they are; Li is there if nobody is, and so are positions that nobody described."""
        kinds = {Volunteer: [], Shift: [], Position: [], PastDuty: []}
        for member in members:
            kinds[type(member)].append(member)
        people, shifts, positions, previous = kinds.values()
        people = people or [self.person()]
        named = {shift.position for shift in shifts}.union(*(person.preferences for person in people))
        named |= {duty.position for duty in previous if duty.position}
        described = {position.id for position in positions}
        return RosterProblem(
            horizon=self.horizon(day_start),
            volunteers=people,
            shifts=shifts,
            positions=[*positions, *(Position(id=id) for id in sorted(named - described))],
            previous=previous,
            rules=rules,
            **fields,
        )

    def assignment(self, text):
        volunteer, _, rest = text.partition(":")
        shift, _, role = rest.partition("/")
        return Assignment(volunteer=volunteer, shift=shift, role=role or "helper")

    def roster(self, text):
        return Roster(map(self.assignment, text.split()))

    def found(self, rule, *members, on, **fields):
        """Return what one rule finds in a roster; its rows must say the same, hard and soft."""
        problem, roster = self.problem(*members, rules=[rule], **fields), self.roster(on)
        for weight in (None, 2.5):
            if attrs.fields(type(rule)).weight.validator.wrong(weight) is None:
                assert_two_sided(attrs.evolve(rule, weight=weight), problem, roster)
        return check(problem, roster).of(type(rule))

    def amounts(self, rule, *members, on, **fields):
        """Return the amounts of what one rule finds."""
        return [violation.amount for violation in self.found(rule, *members, on=on, **fields)]

    def solved(self, rule, *members, **fields):
        """Return who is on the best roster where one rule stands against filling every place."""
        result = solve(self.problem(*members, rules=[rule, MinimumCover()], **fields))
        assert result.status == "optimal"
        return {f"{each.volunteer}:{each.shift}" for each in result.roster}


@pytest.fixture(scope="session")
def make():
    return Make()


@pytest.fixture
def kitchen(make):
    """A lunch that three can cook, one of whom is away, and a gate at the same time."""
    cook = CoverRequirement(role="cook", all_of=["cooking"], minimum=2, desired=3)
    people = [
        make.person("an"),
        make.person("bo", qualifications=[Qualification(skill="cooking")]),
        make.person("cy", qualifications=[Qualification(skill="cooking")],
                    availability=Availability(leave=[make.span("24 00:00-23:00")])),
        make.person("di", qualifications=[Qualification(skill="cooking")]),
    ]  # fmt: skip
    shifts = [make.shift("lunch", "24 11:00-13:00", cover=[cook]), make.shift("gate", "24 12:00-14:00")]
    return make.problem(*people, *shifts, rules=rules.default_rules(), skills=[SkillTag(id="cooking")])
