"""Qualified: whoever takes a role has the skills it asks for, valid while it lasts."""

from datetime import date
from typing import ClassVar

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.skill import SkillNeed, valid_days
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure


@attrs.frozen(kw_only=True)
class Qualified(AssignmentRule):
    """A volunteer on a role line has all the skills it and its position ask for, at their levels.

    Qualifications count where they are valid on every calendar day the shift touches, one after the other where they
    were renewed. The amount is the number of needs not met; a choice of several skills (any of) is one need.

    Source: training before sampling (Baoshan, 2022); work is given by knowledge and skill, and asks for the legal
    qualification where there is one (China's Regulations on Voluntary Service, 2017, art. 15 and 16).

    >>> from civicvol import Position, SkillTag
    >>> from civicvol.testing import try_rule
    >>> tent = Position(id="tent", needs=["sampling"])
    >>> try_rule(Qualified(), "li 7 09-12 tent", positions=[tent], skills=[SkillTag(id="sampling")])
    ['li is not qualified for tent, Sat 7 Mar 2026 09:00–12:00: no valid sampling']
    """

    unit: ClassVar = Label("needs", "项要求")
    sentence: ClassVar = Label(
        "{volunteer} is not qualified for {shift}: no valid {missing}",
        "{volunteer}不具备{shift}所需的有效技能：{missing}",
    )
    reason: ClassVar = Label("not qualified", "不具备所需技能")
    family: ClassVar = Family.PEOPLE

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return how many needs of the line and its position the volunteer does not meet."""
        first, last = problem.dates_of(shift)
        missing = [
            choice
            for choice in needs_of(problem, shift, line)
            if not any(volunteer.meets(need, problem.providers[need.skill], first, last) for need in choice)
        ]
        return len(missing), {"missing": _named(problem, missing)} if missing else {}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        dates = [[day.toordinal() for day in problem.dates_of(shift)] for shift, _ in problem.lines]
        first, last = np.array(dates, dtype=np.int64).reshape(-1, 2).T
        held: dict[SkillNeed, list[Validity]] = {}
        choices: dict[frozenset[SkillNeed], list[int]] = {}
        for place, (shift, line) in enumerate(problem.lines):
            for choice in needs_of(problem, shift, line):
                choices.setdefault(frozenset(choice), []).append(place)
                for need in choice:
                    if need not in held:
                        held[need] = _validities(problem, need)
        asked = {choice: _marked(places, len(problem.lines)) for choice, places in choices.items()}

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            missing = np.zeros(len(line))
            for choice, asks in asked.items():
                where = np.flatnonzero(asks[line])
                met = np.zeros(len(where), dtype=bool)
                for need in choice:
                    for start, end in held[need]:
                        ever = np.flatnonzero((start <= end)[volunteer[where]])
                        who, when = volunteer[where[ever]], line[where[ever]]
                        met[ever] |= (start[who] <= first[when]) & (last[when] <= end[who])
                missing[where] += ~met
            return missing

        return amounts


Validity = tuple[Indices, Indices]
"""The first and the last day, one each a volunteer, of a stretch on which they meet a need."""


def needs_of(problem: RosterProblem, shift: Shift, line: CoverRequirement) -> list[tuple[SkillNeed, ...]]:
    """Return the needs of a role line, its position's included, each once and as a choice of one or several skills."""
    asked = (*problem.position(shift.position).needs, *line.all_of)
    choices: list[tuple[SkillNeed, ...]] = [(need,) for need in asked]
    if line.any_of:
        choices.append(line.any_of)
    return choices if len(choices) < 2 else list({frozenset(choice): choice for choice in choices}.values())


def _named(problem: RosterProblem, choices: list[tuple[SkillNeed, ...]]) -> Label:
    """Return how people call some needs: sampling or nursing (level 2), persuasion."""
    english, chinese = [], []
    for choice in choices:
        labels = [(problem.skill(need.skill).label, need.level) for need in choice]
        english.append(" or ".join(f"{each} (level {level})" if level > 1 else each.en for each, level in labels))
        chinese.append(
            "或".join(f"{each.text('zh')}（{level}级）" if level > 1 else each.text("zh") for each, level in labels)
        )
    return Label(", ".join(english), "、".join(chinese))


def _validities(problem: RosterProblem, need: SkillNeed) -> list[Validity]:
    """Return when the volunteers meet a need: their first stretches of days, their second ones, and so on."""
    providers = problem.providers[need.skill]
    count = len(problem.volunteers)
    layers: list[Validity] = []
    for place, volunteer in enumerate(problem.volunteers):
        for layer, (first, last) in enumerate(valid_days(volunteer.meeting(need, providers))):
            if layer == len(layers):
                layers.append((np.full(count, date.max.toordinal()), np.zeros(count, dtype=np.intp)))
            start, end = layers[layer]
            start[place], end[place] = first.toordinal(), last.toordinal()
    return layers


def _marked(places: list[int], count: int) -> Bools:
    marks = np.zeros(count, dtype=bool)
    marks[places] = True
    return marks
