"""Skill present: somebody with a skill is among those on a shift."""

from typing import ClassVar

import attrs

from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Facts
from civicvol.rostering.rules._mix import PresentRule, SkillMixRule


@attrs.frozen(kw_only=True)
class SkillPresent(SkillMixRule, PresentRule):
    """On each shift on which anybody is, at least so many have a skill, in whatever role.

    A skill counts at its level and above, where it is valid on every day of the shift; those that imply it count too.
    The amount is the number of people with the skill who are missing.

    Source: team mixes asked for in engelsystem#322, and the skill an expired certificate must not grant in
    ReadyResponder#15.

    Args:
        skill: id of the skill.
        level: the level from which it counts.
        least: how many have it at least.
        always: whether shifts with nobody on them count as well.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol import SkillTag
    >>> from civicvol.testing import try_rule
    >>> try_rule(SkillPresent(skill="nurse"), "li 3 09-12", skills=[SkillTag(id="nurse")])
    ['post, Tue 3 Mar 2026 09:00–12:00 has 0 of at least 1 with nurse: 1 missing']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {fit} of at least {least} with {skill}: {amount} missing",
        "{shift}：至少需{least}人具备{skill}，现有{fit}人，缺{amount}人",
    )
    reason: ClassVar = Label("without a skill that is missing on the shift", "不具备该班所缺技能")

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return the skill, and how many have it at least."""
        return {"least": self.least, "skill": self.skill_name(problem)}
