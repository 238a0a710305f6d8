"""Leader present: where several people are on a shift, one of them can lead it."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts
from civicvol.rostering.rules._mix import Blocks, SkillMixRule, write_fit


@attrs.frozen(kw_only=True)
class LeaderPresent(SkillMixRule):
    """A shift with so many people or more has one among them who can lead it.

    Whoever has a skill, valid on every day of the shift, can lead, in whatever role. While nobody on it can lead, a
    shift may have one person fewer than the number at the most; the amount is the number of people beyond that.

    Source: teams by home street, each with its leader (Baoshan 2022).

    Args:
        skill: id of the skill by which somebody can lead.
        level: the level from which it counts.
        from_people: the number of people from which a shift needs a leader.
        positions: ids of the positions whose shifts the rule looks at; of all where empty.

    >>> from civicvol import SkillTag
    >>> from civicvol.testing import try_rule
    >>> try_rule(LeaderPresent(skill="lead"), "li 3 09-12, wu 3 09-12", skills=[SkillTag(id="lead", label="leading")])
    ['post, Tue 3 Mar 2026 09:00–12:00 has 2 people and nobody with leading, who is needed from 2 people on']
    """

    unit: ClassVar = Label("people", "人")
    sentence: ClassVar = Label(
        "{shift} has {others} people and nobody with {skill}, who is needed from {from_people} people on",
        "{shift}有{others}人，却无人具备{skill}；满{from_people}人须有一人",
    )
    reason: ClassVar = Label("too many for a shift without a leader", "该班缺少带队人")

    from_people: int = attrs.field(default=2, validator=_fields.whole(1, 1_000))

    def amount(self, problem: RosterProblem, shift: Shift, fit: int, others: int) -> int:
        """Return how many people are too many for a shift that nobody leads."""
        return 0 if fit else others - self.from_people + 1

    def facts(self, problem: RosterProblem, shift: Shift) -> Facts:
        """Return the skill, and from how many people on it is needed."""
        return {"skill": self.skill_name(problem), "from_people": self.from_people}

    def rows(self, columns: Columns, program: Program) -> None:
        """Write that people come where somebody can lead, or are the few who may come all the same."""
        entries = self.entries(columns)
        fits = self.fitting(columns)[entries]
        led = write_fit(columns, program, entries[fits])
        called = entries[~fits]
        blocks, few = Blocks.of(columns, program, called), self.from_people - 1
        excused = program.add_columns(np.zeros(len(blocks.room)), np.full(len(blocks.room), few))
        program.at_most(
            np.concatenate([blocks.shift, np.arange(len(led))]),
            np.concatenate([excused, led]),
            np.concatenate([np.ones(len(excused)), np.full(len(led), few)]),
            np.full(len(led), few),
        )
        each = np.arange(len(blocks.room))
        program.at_most(
            np.concatenate([blocks.number, each, each]),
            np.concatenate([called, led[blocks.shift], excused]),
            np.concatenate([np.ones(len(called)), -blocks.room, np.full(len(each), -1.0)]),
            np.zeros(len(each)),
            self.weight,
        )
