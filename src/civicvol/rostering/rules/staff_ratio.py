"""Staff ratio: so many people on a shift for each one with a skill."""

from typing import ClassVar

import attrs

from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import Facts
from civicvol.rostering.rules._mix import RatioRule, SkillMixRule


@attrs.frozen(kw_only=True)
class StaffRatio(SkillMixRule, RatioRule):
    """For each one with a skill, at most so many others are on a shift.

    A skill counts at its level and above, where it is valid on every day of the shift. The amount is the number of
    others beyond those whom the people with the skill can look after.

    Source: ratio cover, and supervision in place of a certificate, CampusConnect#5160.

    Args:
        skill: id of the skill.
        level: the level from which it counts.
        most: how many others there are for each one with the skill at most.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol import SkillTag
    >>> from civicvol.testing import try_rule
    >>> try_rule(StaffRatio(skill="nurse", most=3), "li 3 09-12", skills=[SkillTag(id="nurse")])
    ['post, Tue 3 Mar 2026 09:00–12:00 has 0 with nurse and 1 others, 1 more than 3 for each']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {fit} with {skill} and {others} others, {amount} more than {most} for each",
        "{shift}有{fit}人具备{skill}，其他{others}人，按每人带{most}人计多{amount}人",
    )
    reason: ClassVar = Label("too many for those on the shift with the skill", "超出该班具备技能者可带人数")

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return the skill, and how many others there may be for each who has it."""
        return {"most": self.most, "skill": self.skill_name(problem)}
