"""Attendance ratio: one with a skill for every so many people who come."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, weight_or_hard
from civicvol.rostering.rules._mix import SkillMixRule


@attrs.frozen(kw_only=True)
class AttendanceRatio(SkillMixRule):
    """Each shift has one with a skill for every so many people who are expected to come to it.

    A hundred people and one more need two where there is to be one for every hundred. A skill counts at its level and
    above, where it is valid on every day of the shift, in whatever role. The amount is the number of people with the
    skill who are missing; soft by default, as minimum cover is.

    Source: one first-aider per 100, CampusConnect#5160.

    Args:
        skill: id of the skill.
        level: the level from which it counts.
        attendees: for how many expected people there is one.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from datetime import date, time
    >>> from civicvol import Shift, SkillTag, TimeSpan
    >>> from civicvol.testing import try_rule
    >>> morning = TimeSpan.on(date(2026, 3, 7), time(9), time(12), "Asia/Shanghai")
    >>> fair = Shift(id="fair", position="fair", span=morning, attendance=150)
    >>> try_rule(AttendanceRatio(skill="nurse"), "", shifts=[fair], skills=[SkillTag(id="nurse")])
    ['fair, Sat 7 Mar 2026 09:00–12:00 has 0 with nurse for 150 expected people: 2 missing']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {fit} with {skill} for {attendance} expected people: {amount} missing",
        "{shift}预计{attendance}人到场，具备{skill}者{fit}人，缺{amount}人",
    )
    reason: ClassVar = Label("without a skill that is missing on the shift", "不具备该班所缺技能")

    weight: float | None = attrs.field(default=10_000.0, validator=weight_or_hard)
    attendees: int = attrs.field(default=100, validator=_fields.whole(1))

    def amount(self, problem: RosterProblem, shift: Shift, fit: int, others: int) -> int:
        """Return how many with the skill are missing."""
        return self._needed(shift) - fit

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return the skill, and how many people are expected."""
        return {"skill": self.skill_name(problem), "attendance": shift.attendance}

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each shift to which people come."""
        entries = self.entries(columns)
        chosen = entries[self.fitting(columns)[entries]]
        needed = [self._needed(shift) for shift in columns.problem.shifts]
        program.at_least(columns.shift[chosen], chosen, 1.0, np.where(self.shifts(columns), needed, 0), self.weight)

    def _needed(self, shift: Shift) -> int:
        return -(-shift.attendance // self.attendees)
