"""What a rule is: a check in plain Python, the same in rows of a linear program, and a sentence for people.

The check is the specification. The rows say the same to a solver. Both measure one amount, in the rule's own unit, and
`civicvol.testing.assert_two_sided` holds them against each other.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

import attrs
import numpy as np
from numpy.typing import NDArray

from civicvol import _fields
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.errors import Fault
from civicvol.labels import Choice, Label
from civicvol.people.volunteer import Volunteer

if TYPE_CHECKING:
    from civicvol.rostering.columns import Columns
    from civicvol.rostering.problem import RosterProblem
    from civicvol.rostering.program import Program
    from civicvol.rostering.reach import Reach
    from civicvol.rostering.schedule import Duty, Schedule

Measure = Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[np.float64]]
"""From indices of volunteers and of role lines, pairwise, to the amount by which each pair breaks a rule."""

Facts = Mapping[str, str | int | float | Label]
"""What a sentence says, by name; a label is said in the sentence's language."""

_NAMED = ("volunteer", "shift")

weight_needed = _fields.number(least=1e-3, most=1e6)
"""The weight of a rule that is always soft; the range is what a solver can weigh against each other and prove."""

weight_or_hard = _fields.optional(weight_needed)
"""The weight of a rule that may be hard."""


class Family(Choice):
    """What a rule is about."""

    COVER = "cover", "人手"
    STABILITY = "stability", "稳定"
    TIME = "time", "时间"
    PEOPLE = "people", "人员"
    WISHES = "wishes", "意愿"
    FAIRNESS = "fairness", "公平"
    CONTINUITY = "continuity", "连续"

    @property
    def tier(self) -> "Tier":
        """Where its soft rules come when tiers are solved in turn."""
        return _TIERS.get(self, Tier.PEOPLE)


class Tier(Choice):
    """The order in which soft rules matter when tiers are solved in turn; hard rules come before them all."""

    COVER = "cover", "人手"
    STABILITY = "stability", "稳定"
    PEOPLE = "people", "人员"
    FAIRNESS = "fairness", "公平"
    WISHES = "wishes", "意愿"


_TIERS = {
    Family.COVER: Tier.COVER,
    Family.STABILITY: Tier.STABILITY,
    Family.FAIRNESS: Tier.FAIRNESS,
    Family.WISHES: Tier.WISHES,
}


class Stage(Choice):
    """Where a hard rule stops somebody on the way to a shift: the funnel of `why_unfilled` narrows in this order."""

    QUALIFIED = "qualified", "合格"
    AVAILABLE = "available", "有空"
    RESTED = "rested", "休息充足"
    WITHIN_LIMITS = "within limits", "未达上限", "under their limits"
    ELSEWHERE = "not used elsewhere", "未在他处"


def ids_of(kind: str) -> dict[str, str]:
    """Return the metadata of a field that holds ids of a kind: "volunteer", "shift", "position", "skill" or "unit"."""
    return {"ids of": kind}


COMPARES = {"compares": True}
"""The metadata of a flag that makes a rule measure each person by all the others."""


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
        unit: what the amount counts.
        override: why it was agreed that the rule may be broken here; nothing where it was not. What is agreed is
            neither hard nor costs anything.
    """

    rule: str
    hard: bool
    amount: float
    penalty: float
    message: Label
    volunteers: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    facts: Mapping[str, str | int | float] = attrs.field(factory=dict, hash=False)
    unit: Label = attrs.field(factory=lambda: Label(""))
    override: str = ""

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

    family: ClassVar[Family]
    """What it is about."""

    stage: ClassVar[Stage] = Stage.WITHIN_LIMITS
    """Where, hard, it stops people on the way to a shift."""

    wide: ClassVar[bool] = False
    """Whether an assignment may matter for more than its own volunteer and its own shift.

    A check of a wide rule always looks at all of a roster; of any other, only at the volunteers and shifts that the
    schedule names.
    """

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

    def faults(self, problem: "RosterProblem") -> Iterator[Fault]:
        """Yield what of the rule does not fit a problem: here, the ids in its fields that the problem does not know."""
        for field in attrs.fields(type(self)):
            kind = field.metadata.get("ids of")
            if kind is not None:
                known = problem.known(kind)
                unknown = (id for id in _ids_within(getattr(self, field.name)) if id not in known)
                for id in unknown:
                    yield Fault(f"{self.name}.{field.name}", f"must be the id of a {kind} of this problem", value=id)

    def ties(self, problem: "RosterProblem") -> Iterator[Iterable[str]]:
        """Yield groups of volunteers, by id, whom the rule looks at together even where they could share no shift.

        A problem is taken apart only between people whom no rule ties. Here a wide rule, one that names volunteers or
        shifts, and one with a flag set by which it compares people, tie everybody.
        """
        fields = attrs.fields(type(self))
        compares = any(field.metadata.get("compares") and getattr(self, field.name) for field in fields)
        if self.wide or compares or any(field.metadata.get("ids of") in _NAMED for field in fields):
            yield problem.volunteer_by_id

    def part(self, volunteers: Container[str]) -> Self | None:
        """Return the rule for some of the volunteers, by id, whom it does not tie to others; None if it has none."""
        return self

    def violation(
        self, amount: float, facts: Facts, *, volunteers: tuple[str, ...] = (), shifts: tuple[str, ...] = ()
    ) -> Violation:
        """Return a violation of this rule; the sentence is filled in from the facts."""
        english: dict[str, str | int | float] = {"amount": amount}
        chinese = english.copy()
        for name, value in facts.items():
            english[name], chinese[name] = (value.en, value.text("zh")) if isinstance(value, Label) else (value, value)
        return Violation(
            rule=self.name,
            hard=self.hard,
            amount=amount,
            penalty=0.0 if self.weight is None else self.weight * amount,
            message=Label(self.sentence.en.format_map(english), self.sentence.zh.format_map(chinese)),
            volunteers=volunteers,
            shifts=shifts,
            facts=english,
            unit=self.unit,
        )


def _ids_within(value: Any) -> Iterator[str]:
    """Yield the ids in a value, which may be in tuples and sets."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Iterable):
        for member in value:
            yield from _ids_within(member)


@attrs.frozen(kw_only=True)
class ScopedRule(Rule):
    """A rule that may be for some people and some positions only.

    Args:
        group: an affiliation: the rule is for those who have it; for everybody where None. A group that nobody has is
            no fault, so one set of rules serves many problems.
        positions: ids of the positions whose duties the rule looks at; of all where empty.
    """

    group: str | None = attrs.field(default=None, validator=_fields.optional(_fields.identifier))
    positions: frozenset[str] = attrs.field(
        default=frozenset(),
        converter=_fields.as_frozenset,
        validator=_fields.set_of(_fields.identifier),
        metadata=ids_of("position"),
    )

    def is_for(self, volunteer: Volunteer) -> bool:
        """Return whether the rule is for a volunteer."""
        return self.group is None or self.group in volunteer.affiliations

    def people(self, problem: "RosterProblem") -> NDArray[np.bool_]:
        """Return the same for each volunteer of a problem."""
        return np.array([self.is_for(volunteer) for volunteer in problem.volunteers], dtype=bool)

    def looks_at(self, position: str | None) -> bool:
        """Return whether the rule looks at duties of a position, given by id; None is one that is not known."""
        return not self.positions or position in self.positions

    def within(self, columns: "Columns") -> NDArray[np.bool_]:
        """Return which columns the rule looks at."""
        positions = [self.looks_at(position.id) for position in columns.problem.positions]
        # The position of a past duty may not be known; its index is -1, the last place.
        looked_at = np.array([*positions, self.looks_at(None)], dtype=bool)
        found: NDArray[np.bool_] = self.people(columns.problem)[columns.volunteer] & looked_at[columns.position]
        return found


@attrs.frozen(kw_only=True)
class AssignmentRule(ScopedRule):
    """A rule that looks at each assignment by itself: may this volunteer take this role of this shift?

    It writes no rows. Hard, it strikes candidates out before there is a program; soft, it adds to their cost. What the
    problem's overrides agree to, it lets pass.
    """

    stage: ClassVar[Stage] = Stage.QUALIFIED

    @abstractmethod
    def amount(
        self, problem: "RosterProblem", volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return by how much one assignment breaks the rule (0 where it keeps it), and the facts of the sentence."""

    @abstractmethod
    def measure(self, problem: "RosterProblem") -> Measure:
        """Return the same for many candidates at once: a function from pairs of indices to amounts."""

    def reach(self, problem: "RosterProblem") -> "Reach | None":
        """Return whom it lets serve where, if that hangs on kinds of people and of places alone; None if on more.

        Before anything is looked at closely, a problem is cut down, and taken apart, along these kinds.
        """
        return None

    def counted(self, problem: "RosterProblem") -> Measure:
        """Return the measure where it counts: for the people and positions it is for, and unless overridden."""
        measure = self.measure(problem)
        agreed = [each for each in problem.overrides if each.sets_aside(self.name)]
        if self.group is None and not self.positions and not agreed:
            return measure
        people = self.people(problem)
        lines = np.array([self.looks_at(shift.position) for shift, _ in problem.lines], dtype=bool)
        number = {volunteer.id: index for index, volunteer in enumerate(problem.volunteers)}
        pairs = {(number[each.volunteer], each.shift) for each in agreed}
        places = [(one, place) for one, id in pairs for place, (shift, _) in enumerate(problem.lines) if shift.id == id]
        overridden = np.array([one * len(lines) + place for one, place in places], dtype=np.intp)

        def amounts(volunteer: NDArray[np.intp], line: NDArray[np.intp]) -> NDArray[np.float64]:
            counts = people[volunteer] & lines[line] & ~np.isin(volunteer * len(lines) + line, overridden)
            return np.where(counts, measure(volunteer, line), 0.0).astype(np.float64)

        return amounts

    def check(self, schedule: "Schedule") -> Iterator[Violation]:
        """Yield a violation for every assignment that breaks the rule."""
        problem = schedule.problem
        scoped = self.group is not None or bool(self.positions)
        for _, volunteer, shift, line in schedule.taken:
            if scoped and not (self.is_for(volunteer) and self.looks_at(shift.position)):
                continue
            amount, facts = self.amount(problem, volunteer, shift, line)
            if amount:
                named = {"volunteer": str(volunteer), "shift": problem.shift_name(shift), **facts}
                found = self.violation(amount, named, volunteers=(volunteer.id,), shifts=(shift.id,))
                agreed = problem.override(self.name, volunteer.id, shift.id)
                yield attrs.evolve(found, hard=False, penalty=0.0, override=agreed.reason) if agreed else found

    def rows(self, columns: "Columns", program: "Program") -> None:
        """Add the cost of each candidate; of those that a hard rule breaks, only such as had to be kept are left."""
        candidates = columns.kept if self.hard else columns.candidates
        if len(candidates):
            program.charge(candidates, self.weight, columns.measured(self, candidates))


@attrs.frozen(kw_only=True)
class VolunteerRule(ScopedRule):
    """A rule that looks at what one person does over time."""

    @abstractmethod
    def check_duties(
        self, schedule: "Schedule", volunteer: Volunteer, duties: "tuple[Duty, ...]"
    ) -> Iterator[Violation]:
        """Yield where the duties of one volunteer, past ones among them and in order of time, fall short of the rule.

        Only the duties that the rule looks at are given.
        """

    def check(self, schedule: "Schedule") -> Iterator[Violation]:
        """Yield where the volunteers whom the rule is for fall short of it."""
        of_volunteer = schedule.duties
        for volunteer in schedule.volunteers:
            if self.is_for(volunteer):
                duties = of_volunteer[volunteer.id]
                if self.positions:
                    duties = tuple(duty for duty in duties if self.looks_at(duty.position))
                yield from self.check_duties(schedule, volunteer, duties)
