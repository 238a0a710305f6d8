"""What a rule is: a check in plain Python, the same in rows of a linear program, and a sentence for people.

The check is the specification. The rows say the same to a solver. Both measure one amount, in the rule's own unit, and
`civicvol.testing.assert_two_sided` holds them against each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, get_args

import attrs
import numpy as np
from numpy.typing import NDArray

from civicvol import _fields
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label, Language
from civicvol.people.volunteer import Volunteer

if TYPE_CHECKING:
    from civicvol.rostering.columns import Columns
    from civicvol.rostering.problem import RosterProblem
    from civicvol.rostering.program import Program
    from civicvol.rostering.schedule import Schedule

Measure = Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[np.float64]]
"""From indices of volunteers and of role lines, pairwise, to the amount by which each pair breaks a rule."""

Facts = Mapping[str, str | int | float | Label]
"""What a sentence says, by name; a label is said in the sentence's language."""

weight_needed = _fields.number(least=1e-3, most=1e6)
"""The weight of a rule that is always soft; the range is what a solver can weigh against each other and prove."""

weight_or_hard = _fields.optional(weight_needed)
"""The weight of a rule that may be hard."""


@attrs.frozen(kw_only=True)
class Violation:
    """One place where a roster falls short of a rule.

    Args:
        rule: the rule's name.
        hard: whether the rule must hold, or costs something.
        amount: by how much, in the rule's unit; more than 0.
        penalty: what it costs: weight times amount; 0 for a hard rule.
        message: the sentence a coordinator reads, in English and Chinese.
        volunteers: ids of the volunteers concerned.
        shifts: ids of the shifts concerned.
        facts: what the English sentence says, by name.
    """

    rule: str
    hard: bool
    amount: float
    penalty: float
    message: Label
    volunteers: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    facts: Mapping[str, str | int | float] = attrs.field(factory=dict, hash=False)

    def __str__(self) -> str:
        return str(self.message)


@attrs.frozen(kw_only=True)
class Rule(ABC):
    """Something a good roster keeps to.

    A rule with no weight is hard: no roster may break it. With a weight it is soft: each unit of its amount costs that
    much. A subclass is a frozen attrs class; its fields are its parameters.

    Args:
        weight: the cost of one unit; None makes the rule hard.
    """

    unit: ClassVar[Label]
    """What the amount counts: people, minutes, shifts."""
    sentence: ClassVar[Label]
    """How a violation reads, with the names of its facts in braces."""

    reason: ClassVar[Label]
    """Why it keeps people from a shift, after their number: "12 not free then"."""

    weight: float | None = attrs.field(default=None, validator=weight_or_hard)

    @property
    def name(self) -> str:
        """The rule's name, its class's."""
        return type(self).__name__

    @property
    def hard(self) -> bool:
        """Whether no roster may break it."""
        return self.weight is None

    @abstractmethod
    def check(self, schedule: "Schedule") -> Iterator[Violation]:
        """Yield every place where a schedule falls short of the rule, with the amount."""

    @abstractmethod
    def rows(self, columns: "Columns", program: "Program") -> None:
        """Write the rule into a linear program, so that it costs, or forbids, just what the check finds."""

    def violation(
        self, amount: float, facts: Facts, *, volunteers: tuple[str, ...] = (), shifts: tuple[str, ...] = ()
    ) -> Violation:
        """Return a violation of this rule; the sentence is filled in from the facts."""
        values = {"amount": amount, **facts}
        english, chinese = (
            {name: value.text(language) if isinstance(value, Label) else value for name, value in values.items()}
            for language in get_args(Language)
        )
        return Violation(
            rule=self.name,
            hard=self.hard,
            amount=amount,
            penalty=0.0 if self.weight is None else self.weight * amount,
            message=Label(self.sentence.en.format_map(english), self.sentence.zh.format_map(chinese)),
            volunteers=volunteers,
            shifts=shifts,
            facts=english,
        )


@attrs.frozen(kw_only=True)
class AssignmentRule(Rule):
    """A rule that looks at each assignment by itself: may this volunteer take this role of this shift?

    It writes no rows. Hard, it strikes candidates out before there is a program; soft, it adds to their cost.
    """

    @abstractmethod
    def amount(
        self, problem: "RosterProblem", volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return by how much one assignment breaks the rule (0 where it keeps it), and the facts of the sentence."""

    @abstractmethod
    def measure(self, problem: "RosterProblem") -> Measure:
        """Return the same for many candidates at once: a function from pairs of indices to amounts."""

    def check(self, schedule: "Schedule") -> Iterator[Violation]:
        """Yield a violation for every assignment that breaks the rule."""
        problem = schedule.problem
        for assignment in schedule.assignments:
            volunteer, shift = problem.volunteer(assignment.volunteer), problem.shift(assignment.shift)
            amount, facts = self.amount(problem, volunteer, shift, shift.line(assignment.role))
            if amount:
                named = {"volunteer": str(volunteer), "shift": problem.shift_name(shift), **facts}
                yield self.violation(amount, named, volunteers=(volunteer.id,), shifts=(shift.id,))

    def rows(self, columns: "Columns", program: "Program") -> None:
        """Add the cost of each candidate; of those that a hard rule breaks, only such as had to be kept are left."""
        candidates = columns.kept if self.hard else columns.candidates
        if len(candidates):
            program.charge(candidates, self.weight, columns.measured(self, candidates))
